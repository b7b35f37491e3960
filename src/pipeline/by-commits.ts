import { gatherEarlier } from '../fingerprint/gather.js'
import { textOf } from '../model/failure.js'
import type { Fingerprint } from '../model/fingerprint.js'
import type { Decision, PlannedImage } from '../model/plan.js'
import { decisionAsked } from '../plan/decide.js'
import { diff } from '../plan/diff.js'
import type { Question } from '../plan/probe.js'
import { rangeOf } from '../plan/range.js'
import { readingOf } from './inputs.js'
import type { Run } from './job.js'
import type { Completion } from './completion.js'

/**
 * Decides by the commit range alone: neither records nor a registry are asked, so what a run before this one failed to
 * build is not built by this one, and what is unchanged gets no tag. A range that is not known builds. An image of others
 * has the same digest before and after.
 */
export async function decideByCommits(
  questions: readonly Question[],
  run: Run,
  completion: Completion,
): Promise<readonly PlannedImage[]> {
  const before = await fingerprintsBefore(questions, run, completion)
  return questions.map((question) => {
    const { service, parents, fingerprint } = question
    const decision = decisionOf(question, before)
    return {
      service,
      parents,
      fingerprint,
      decision,
      changed: service.kind === 'service' && decision.kind === 'rebuild',
    }
  })
}

/** Service → what it was before the range; or why all are to be built. */
type Before = ReadonlyMap<string, Fingerprint> | { readonly problem: string }

async function fingerprintsBefore(
  questions: readonly Question[],
  run: Run,
  completion: Completion,
): Promise<Before> {
  const { request, job, ports } = run
  const range = await rangeOf({ request, context: job.context }, ports.git)
  if (range.kind === 'everything') return new Map()
  if (range.kind === 'unknown') return range
  const services = questions.map(({ service }) => service)
  const earlier = await gatherEarlier(services, range.base, readingOf(run))
  if (earlier.ok) return completion.known(earlier.value, services)
  return { problem: textOf(earlier.failures) }
}

function decisionOf(question: Question, before: Before): Decision {
  const { service, fingerprint } = question
  const asked = decisionAsked(question)
  if (asked !== undefined) return asked
  if ('problem' in before)
    return { kind: 'rebuild', reasons: [{ kind: 'unknown-range', problem: before.problem }] }
  const earlier = before.get(service.name)
  if (earlier === undefined) return { kind: 'rebuild', reasons: [{ kind: 'no-record' }] }
  const reasons = diff(earlier.document, fingerprint.document)
  return reasons.length > 0 ? { kind: 'rebuild', reasons } : { kind: 'reuse', found: 'range' }
}
