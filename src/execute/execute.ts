import type { RunEvent } from '../model/event.js'
import { failed, ok, type Result, unexpected } from '../model/failure.js'
import type { Outcome } from '../model/outcome.js'
import type { Decision, Plan, PlannedImage } from '../model/plan.js'
import type { RunRequest } from '../model/request.js'
import { fullName } from '../model/service.js'
import type { ImageBuilder, ProgressLine } from '../ports/image-builder.js'
import type { ImageEngine } from '../ports/image-engine.js'
import type { ImageRegistry } from '../ports/image-registry.js'
import { buildRequest, fingerprintReference, type Provenance } from './build.js'
import { inParallel } from './schedule.js'

/** Everything that carrying out a plan needs. */
export interface Execution {
  readonly request: RunRequest
  readonly provenance: Provenance
  /** Service → tags that its image gets besides the fingerprint's. */
  readonly tags: ReadonlyMap<string, readonly string[]>
  readonly builder: ImageBuilder
  readonly registry: ImageRegistry
  readonly engine: ImageEngine
  /** Stops running builds and starts no further ones; `fail-fast` only does the latter. */
  readonly signal: AbortSignal
  /** Hears everything as it happens. */
  readonly on: (event: RunEvent) => void
  /** Ends before the next image of the same worker is started. */
  readonly record: (outcome: Outcome) => Promise<void>
}

/**
 * Carries out every decision of the plan; outcomes come in the plan's order. One image's failure stays with it: the
 * others are built, pushed and reported, unless `fail-fast` is set.
 */
export async function execute(plan: Plan, execution: Execution): Promise<Outcome[]> {
  const stop = new AbortController()
  const signal = AbortSignal.any([execution.signal, stop.signal])
  return inParallel(plan.images, execution.request.maxParallel, async (image) => {
    const isStopped = signal.aborted && image.decision.kind !== 'skip'
    const outcome = isStopped ? cancelled(image) : await carryOut(image, execution).catch(brokenOff(image))
    if (outcome.kind === 'failed' && execution.request.failFast) stop.abort()
    await execution.record(outcome)
    execution.on({ kind: 'finished', outcome })
    return outcome
  })
}

/** A bug in one image's work must not take the others' results with it. */
function brokenOff(image: PlannedImage): (error: unknown) => Outcome {
  return (error) => ({ kind: 'failed', image, failure: unexpected(error) })
}

function cancelled(image: PlannedImage): Outcome {
  return { kind: 'cancelled', image }
}

async function carryOut(image: PlannedImage, execution: Execution): Promise<Outcome> {
  const { decision } = image
  switch (decision.kind) {
    case 'skip':
      return { kind: 'skipped', image }
    case 'reuse':
      return reuse(image, decision, execution)
    case 'rebuild':
      return rebuild(image, execution)
  }
}

async function rebuild(image: PlannedImage, execution: Execution): Promise<Outcome> {
  const { builder, on, signal, request } = execution
  const service = image.service.name
  on({ kind: 'build-started', service })
  const onLine = ({ text: line, isOutput }: ProgressLine) => {
    on({ kind: 'build-progress', service, line, isOutput })
  }
  const built = await builder.build(buildRequest(image, request, execution.provenance), { onLine, signal })
  if (!built.ok) {
    const [failure] = built.failures
    return failure?.kind === 'interrupted' ? cancelled(image) : outcomeOf(image, built)
  }
  const { digest, durationMs } = built.value
  const delivered = await deliver(image, digest, { ...execution, loaded: request.load })
  if (!delivered.ok) return outcomeOf(image, delivered)
  return { kind: 'built', image, durationMs, ...(request.push && digest !== undefined && { digest }) }
}

async function reuse(
  image: PlannedImage,
  decision: Extract<Decision, { kind: 'reuse' }>,
  execution: Execution,
): Promise<Outcome> {
  const { digest } = decision
  const delivered = await deliver(image, digest, { ...execution, loaded: decision.found === 'engine' })
  if (!delivered.ok) return outcomeOf(image, delivered)
  return { kind: 'reused', image, ...(digest !== undefined && { digest }) }
}

/** Points the run's tags at an image that exists, in the registry and in the engine, as far as the request goes. */
async function deliver(
  image: PlannedImage,
  digest: string | undefined,
  execution: Execution & { loaded: boolean },
): Promise<Result<void>> {
  const { request, registry, engine } = execution
  const tags = execution.tags.get(image.service.name) ?? []
  if (request.push) {
    if (digest === undefined) return noDigest(image)
    const pointed = await registry.point(image.service.image, digest, tags)
    if (!pointed.ok) return pointed
  }
  if (!request.load) return ok(undefined)
  const reference = fingerprintReference(image)
  if (!execution.loaded && digest !== undefined) {
    const pulled = await load(image, digest, engine)
    if (!pulled.ok) return pulled
  }
  return engine.tag(
    reference,
    tags.map((tag) => `${fullName(image.service.image)}:${tag}`),
  )
}

async function load(image: PlannedImage, digest: string, engine: ImageEngine): Promise<Result<void>> {
  const reference = fingerprintReference(image)
  const here = await engine.find([reference])
  if (!here.ok) return here
  if (here.value.get(reference)?.kind === 'exists') return ok(undefined)
  const pinned = `${fullName(image.service.image)}@${digest}`
  const pulled = await engine.pull(pinned)
  return pulled.ok ? engine.tag(pinned, [reference]) : pulled
}

function noDigest(image: PlannedImage): Result<never> {
  const message = `\`${image.service.name}\` was pushed, but the builder named no digest`
  return failed({ kind: 'engine-failed', message })
}

function outcomeOf(image: PlannedImage, result: Result<unknown> & { ok: false }): Outcome {
  const [failure] = result.failures
  if (failure === undefined) throw new Error('A failed result without a failure')
  return { kind: 'failed', image, failure }
}
