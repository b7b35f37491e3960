import { deliver } from '../execute/deliver.js'
import type { Leg } from '../model/leg.js'
import { ok, type Result } from '../model/failure.js'
import type { Outcome, RunResult } from '../model/outcome.js'
import { overlaid } from '../plan/overlay.js'
import { audienceOf } from './decide-all.js'
import { notify, type Run } from './job.js'
import { leftBehind } from './legs.js'
import { loadServices } from './load.js'
import { makePlan } from './plan.js'
import { Recorder } from './record.js'
import { loadStored } from './stored.js'
import { tagsOf } from './tags.js'

export interface Collected {
  readonly result: RunResult
  /** Has recorded what exists, and waits for the end of the run. */
  readonly recorder: Recorder
}

/**
 * Merges what the legs of this run came to with the plan, which is made again, and points the tags of every image that
 * exists, the reused ones too. Builds nothing: what is missing is a failed image.
 */
export async function collect(run: Run, started: number): Promise<Result<Collected>> {
  const stored = await loadStored(run)
  const loaded = await loadServices(run, stored.memo.config)
  if (!loaded.ok) return loaded
  const { legs, reused } = await leftBehind(run)
  noteAll(legs, run)
  const planned = await makePlan(loaded.value, stored, { ...run, upstream: upstreamOf(legs) })
  if (!planned.ok) return planned
  const { plan, state, isShared } = planned.value
  const { request, ports, job } = run
  const told = overlaid(plan.images, {
    ...{ legs, attempt: job.context.attempt ?? 1, push: request.push },
    reused: request.push ? new Map() : reused,
  })
  for (const notice of told.notices) notify(run, notice)
  const merged = { ...plan, images: told.outcomes.map(({ image }) => image) }
  const tags = await tagsOf({ ...planned.value, plan: merged }, { run, isDirty: false })
  if (!tags.ok) return tags
  const execution = {
    ...{ request, tags: tags.value, audience: audienceOf(run, isShared) },
    ...{ registry: ports.registry, engine: ports.engine },
    notify: notify.bind(undefined, run),
  }
  const outcomes = await Promise.all(
    told.outcomes.map(async (outcome): Promise<Outcome> => {
      if (outcome.kind !== 'built' && outcome.kind !== 'reused') return outcome
      const { image, digest } = outcome
      if (job.signal.aborted) return { kind: 'cancelled', image }
      const existing = { digest, isLoaded: false, isReused: outcome.kind === 'reused' }
      const delivered = await deliver(image, existing, execution)
      const [failure] = delivered.kind === 'done' ? [] : delivered.failures
      return failure === undefined ? outcome : { kind: 'failed', image, failure }
    }),
  )
  const recorder = new Recorder(state, run)
  await recorder.addAll(outcomes)
  const durationMs = ports.clock.now() - started
  return ok({ result: { plan: merged, outcomes, notices: run.notices, durationMs }, recorder })
}

/** Images of others move while a run goes on; later runs are to go by what the newest legs went by. */
function upstreamOf(legs: readonly Leg[]): ReadonlyMap<string, string> {
  const inOrder = legs.toSorted((a, b) => a.attempt - b.attempt)
  const results = inOrder.flatMap((leg) => leg.results)
  return new Map(results.flatMap(({ document }) => Object.entries(document.upstream ?? {})))
}

/** What legs had to say belongs to the summary; their own jobs have shown it already. */
function noteAll(legs: readonly Leg[], { notices }: Run): void {
  const known = new Set(notices.map(({ message }) => message))
  for (const notice of legs.flatMap((leg) => leg.notices)) {
    if (!known.has(notice.message)) notices.push(notice)
    known.add(notice.message)
  }
}
