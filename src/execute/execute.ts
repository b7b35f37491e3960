import { type Failure, unexpected } from '../model/failure.js'
import type { Outcome } from '../model/outcome.js'
import { imagesBefore, type Plan, type PlannedImage } from '../model/plan.js'
import { deliver } from './deliver.js'
import type { RunRequest } from '../model/request.js'
import type { Execution, Underway } from './execution.js'
import { fullDisk } from './full-disk.js'
import { Gathering, type Meet } from './gathering.js'
import { rebuild } from './rebuild.js'
import { schedule } from './schedule.js'
import { supplied, toBuild } from './supply.js'

/**
 * Carries out every decision of the plan, an image after those that it is built from; outcomes come in the plan's order.
 * One image's failure stays with it and with those that are built from it: the others are built, pushed and reported,
 * unless `fail-fast` is set.
 */
export async function execute(plan: Plan, execution: Execution): Promise<Outcome[]> {
  const stop = new AbortController()
  const signal = AbortSignal.any([execution.signal, stop.signal])
  const parents = new Set(plan.images.flatMap((image) => Object.values(image.parents)))
  const handover = { parents, layouts: new Map() }
  const images = await supplied(plan.images, execution, handover)
  const byName = new Map(images.map((image) => [image.service.name, image]))
  const before = (image: PlannedImage) => imagesBefore(image).flatMap((name) => byName.get(name) ?? [])
  const outcomes = new Map<string, Outcome>()
  const { maxParallel, failFast } = execution.request
  const gathering = new Gathering(execution.clock)
  const awaited = new Set(images.flatMap(imagesBefore))
  const work = async (image: PlannedImage, meet?: Meet): Promise<Outcome> => {
    const underway = { ...execution, noneFurther: signal, outcomes, handover, ...(meet && { meet }) }
    const isStopped = signal.aborted && image.decision.kind !== 'skip'
    const outcome = isStopped
      ? cancelled(image)
      : (withoutParents(image, outcomes) ?? (await carryOut(image, underway).catch(brokenOff(image))))
    outcomes.set(image.service.name, outcome)
    if (outcome.kind === 'failed' && failFast) stop.abort()
    await execution.record(outcome)
    execution.on({ kind: 'finished', outcome })
    return outcome
  }
  const ended = await schedule(
    images,
    { bound: maxParallel, before, weight, share: (image) => shareOf(image, execution.request) },
    (image) =>
      // What shares a process ends with the last in it, which nobody is to wait for.
      isShort(image) && !awaited.has(image.service.name)
        ? gathering.join((meet) => work(image, meet))
        : work(image),
  )
  const notice = fullDisk(ended)
  if (notice !== undefined) execution.notify(notice)
  return ended
}

/** What a build is reckoned to take of which none is recorded. */
const USUAL_MS = 60_000

/** What it took the last time, or is reckoned to take. */
function weight({ decision, record }: PlannedImage): number {
  return decision.kind === 'rebuild' ? (record?.durationMs ?? USUAL_MS) : 0
}

/**
 * Whether its build may share a process: what a process of its own costs counts with short builds alone, and what is lost
 * when the process ends for another's failure is little.
 */
function isShort(image: PlannedImage): boolean {
  return image.decision.kind === 'rebuild' && weight(image) < USUAL_MS
}

function shareOf(image: PlannedImage, { load, maxParallel, maxShortParallel }: RunRequest): number {
  const { kind } = image.decision
  if (kind === 'skip' || (kind === 'reuse' && !load)) return 0
  return isShort(image) ? maxParallel / maxShortParallel : 1
}

/** What becomes of an image that is to be built from others that were not made; `undefined` when all were. */
function withoutParents(image: PlannedImage, outcomes: ReadonlyMap<string, Outcome>): Outcome | undefined {
  if (image.decision.kind !== 'rebuild') return undefined
  const before = imagesBefore(image).map((name) => [name, outcomes.get(name)?.kind] as const)
  const by = before.find(([, kind]) => kind === 'failed' || kind === 'blocked')?.[0]
  if (by !== undefined) return { kind: 'blocked', image, by }
  return before.some(([, kind]) => kind === 'cancelled') ? cancelled(image) : undefined
}

/** A bug in one image's work must not take the others' results with it. */
function brokenOff(image: PlannedImage): (error: unknown) => Outcome {
  return (error) => failedOutcome(image, [unexpected(error)])
}

function cancelled(image: PlannedImage): Outcome {
  return { kind: 'cancelled', image }
}

async function carryOut(image: PlannedImage, execution: Underway): Promise<Outcome> {
  const { decision } = image
  if (decision.kind === 'skip') return { kind: 'skipped', image }
  if (decision.kind === 'reuse') {
    const { digest, found } = decision
    const isLoaded = found === 'engine'
    const delivered = await deliver(image, { digest, isLoaded, isReused: true }, execution)
    if (delivered.kind === 'done') return { kind: 'reused', image, ...(digest !== undefined && { digest }) }
    if (delivered.kind === 'failed') return failedOutcome(image, delivered.failures)
    // It is gone since it was asked for, or could not be asked for.
    return carryOut(toBuild(image), execution)
  }
  const rebuilt = await rebuild(image, execution)
  switch (rebuilt.kind) {
    case 'adopted':
      return carryOut(
        { ...image, decision: { kind: 'reuse', found: 'registry', digest: rebuilt.digest } },
        execution,
      )
    case 'interrupted':
      return cancelled(image)
    case 'failed':
      return { ...failedOutcome(image, rebuilt.failures), ...rebuilt.ran }
    case 'built': {
      const { digest } = rebuilt
      const existing = { digest, isLoaded: digest === undefined, isReused: false }
      const [delivered, sizeBytes] = await Promise.all([
        deliver(image, existing, execution),
        sizeOf(image, digest, execution),
      ])
      if (delivered.kind !== 'done') return failedOutcome(image, delivered.failures)
      return { ...rebuilt, image, ...(sizeBytes !== undefined && { sizeBytes }) }
    }
  }
}

/** Only told: without an answer the image is as good. */
async function sizeOf(
  { service }: PlannedImage,
  digest: string | undefined,
  { registry }: Execution,
): Promise<number | undefined> {
  if (digest === undefined) return undefined
  const size = await registry.size(service.image, digest)
  return size.ok ? size.value : undefined
}

function failedOutcome(image: PlannedImage, [failure]: readonly Failure[]): Outcome {
  if (failure === undefined) throw new Error('A failed result without a failure')
  return { kind: 'failed', image, failure }
}
