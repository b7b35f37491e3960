import { gatherEarlier } from '../fingerprint/gather.js'
import type { ObjectId } from '../model/snapshot.js'
import { ownDelivery } from '../plan/decide.js'
import { imagesBefore } from '../model/plan.js'
import type { Question } from '../plan/probe.js'
import { branchBase } from '../plan/range.js'
import { readingOf } from './inputs.js'
import { notify, type Run } from './job.js'
import type { Completion } from './completion.js'
import { textOf } from '../model/failure.js'

export interface Comparison {
  readonly run: Run
  /** The commit before the event; asked for only when it is needed. */
  readonly base: () => Promise<ObjectId | undefined>
}

export interface Baseline extends Comparison {
  /** A patched image of others is no change of the branch: both sides have the digests of this run. */
  readonly completion: Completion
}

/**
 * Gives each service whose scope has delivered nothing yet what it was where its branch began: a pull request or a new
 * branch wants no deploy of what it did not touch. The default branch, tags and manual runs deliver everything.
 */
export async function withBaseline(
  questions: readonly Question[],
  of: Baseline,
): Promise<readonly Question[]> {
  const { run } = of
  const fresh = questions.filter((question) => question.requested && ownDelivery(question) === undefined)
  if (fresh.length === 0) return questions
  const commit = await branchBase(run.job.context, run.ports.git)
  if (commit === undefined) return questions
  // What they are built from has a part in them, too.
  const isAlone = fresh.every(({ parents, service }) => imagesBefore({ parents, service }).length === 0)
  const services = (isAlone ? fresh : questions).map((question) => question.service)
  const earlier = await gatherEarlier(services, commit, readingOf(run))
  if (!earlier.ok) {
    const why = textOf(earlier.failures)
    notify(run, { message: `Nothing is compared with ${commit}: ${why}` })
    return questions
  }
  const fingerprints = of.completion.known(earlier.value, services)
  return questions.map((question) => {
    // A service that was not there yet, or could not have been built, has nothing to be compared with.
    const baseline = fingerprints.get(question.service.name)
    return baseline === undefined ? question : { ...question, baseline }
  })
}
