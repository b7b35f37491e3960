import { gatherEarlier } from '../fingerprint/gather.js'
import type { RunContext } from '../model/request.js'
import type { ObjectId } from '../model/snapshot.js'
import { ownRecord } from '../plan/decide.js'
import type { Question } from '../plan/probe.js'
import { readingOf } from './inputs.js'
import { notify, type Run } from './job.js'

export interface Comparison {
  readonly run: Run
  /** The commit before the event; asked for only when it is needed. */
  readonly base: () => Promise<ObjectId | undefined>
}

/**
 * Gives each service whose scope has delivered nothing yet what it was where its branch began: a pull request or a new
 * branch wants no deploy of what it did not touch. The default branch, tags and manual runs deliver everything.
 */
export async function withBaseline(
  questions: readonly Question[],
  of: Comparison,
): Promise<readonly Question[]> {
  const { run } = of
  const fresh = questions.filter(
    (question) => question.requested && ownRecord(question)?.delivered === undefined,
  )
  if (fresh.length === 0 || !isBranch(run.job.context)) return questions
  const commit = await of.base()
  if (commit === undefined) return questions
  const services = fresh.map((question) => question.service)
  const earlier = await gatherEarlier(services, commit, readingOf(run))
  if (!earlier.ok) {
    const why = earlier.failures.map((failure) => failure.message).join('; ')
    notify(run, { message: `Nothing is compared with ${commit}: ${why}` })
    return questions
  }
  return questions.map((question) => {
    // A service that was not there yet, or could not have been built, has nothing to be compared with.
    const baseline = earlier.value.fingerprints.get(question.service.name)
    return baseline === undefined ? question : { ...question, baseline }
  })
}

function isBranch({ trigger, ref, defaultBranch }: RunContext): boolean {
  switch (trigger.kind) {
    case 'pull-request':
    case 'merge-group':
    case 'terminal':
      return true
    case 'push':
      return defaultBranch !== undefined && ref !== `refs/heads/${defaultBranch}`
    case 'tag':
    case 'release':
    case 'schedule':
    case 'dispatch':
    case 'other':
      return false
  }
}
