import { createHash } from 'node:crypto'
import type { Leg } from '../model/leg.js'
import { reusedIn } from '../state/handed-plan.js'
import { decodeLeg } from '../state/leg.js'
import { notify, type Run } from './job.js'

/** What names of the run artifacts of legs begin with, and of the plan's, which is none. */
const LEGS = 'smart-image-build-'
const PLAN = /^(?:[0-9a-f]{8}-)?plan-\d+(?:-[0-9a-f]{8})?$/

/**
 * Name of a run artifact, which no other of the run may have: a configuration elsewhere than at the usual places has legs
 * of its own. What a leg tells of its images names their repositories, so that all of them may be read together.
 */
export function artifactName(what: string, run: Run, attempt = run.job.context.attempt ?? 1): string {
  const { job, request } = run
  const { folder = '' } = job
  const { config = '' } = request
  const identity = createHash('sha256')
    .update(JSON.stringify([folder, config]), 'utf8')
    .digest('hex')
  const own = folder === '' && config === '' ? '' : `${identity.slice(0, 8)}-`
  return `${LEGS}${own}${what}-${attempt}`
}

/** What the jobs before have left. */
export interface Left {
  /** Of all attempts of the run. */
  readonly legs: readonly Leg[]
  /** Name → fingerprint of what the newest plan reuses; none where no plan is there. */
  readonly reused: ReadonlyMap<string, string>
}

/** What the legs and the plan of this run have left so far. A leg that cannot be read has left nothing. */
export async function leftBehind(run: Run): Promise<Left> {
  const { texts, problems } = await run.ports.artifacts.read(LEGS)
  const legs: Leg[] = []
  const unusable = [...problems]
  for (const [name, text] of texts) {
    if (PLAN.test(name.slice(LEGS.length))) continue
    const decoded = decodeLeg(text)
    if ('leg' in decoded) legs.push(decoded.leg)
    else unusable.push(`${name}: ${decoded.problem}`)
  }
  for (const problem of unusable) notify(run, { message: `Results of a leg cannot be read: ${problem}` })
  return { legs, reused: reusedByPlan(texts, run) }
}

function reusedByPlan(texts: ReadonlyMap<string, string>, run: Run): ReadonlyMap<string, string> {
  for (let attempt = run.job.context.attempt ?? 1; attempt > 0; attempt -= 1) {
    const text = texts.get(artifactName('plan', run, attempt))
    if (text !== undefined) return reusedIn(text)
  }
  return new Map()
}
