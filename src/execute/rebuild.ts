import type { BuildStatus } from '../model/build-status.js'
import { failed, type Failure, ok, type Result } from '../model/failure.js'
import { type Existence, isWanted, type PlannedImage } from '../model/plan.js'
import type { ProgressLine } from '../ports/image-builder.js'
import { buildRequest, digestsOf, type Connections, tagOf } from './build.js'
import type { Execution, Underway } from './execution.js'
import { keepLayers, layersFor } from './layers.js'
import { layoutName, parentsOf } from './parents.js'
import { buildPersistently } from './retry.js'

/** How the attempt to have an image anew ended. */
export type Rebuilt =
  /** `digest` is that in the registry, absent where it was not pushed. */
  | {
      readonly kind: 'built'
      readonly digest?: string
      readonly startedAt: string
      readonly durationMs: number
      readonly status: BuildStatus
      readonly parents: Readonly<Record<string, string>>
    }
  /** Another run built the same content meanwhile: one of the two images is enough. */
  | { readonly kind: 'adopted'; readonly digest: string }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'failed'; readonly failures: readonly Failure[] }

/**
 * Builds the image under its fingerprint's tag. The registry is asked once more before and after: the plan may be old by
 * now, or may have been made while the registry did not answer, and nothing is built for an outage.
 */
export async function rebuild(image: PlannedImage, execution: Underway): Promise<Rebuilt> {
  const { push } = execution.request
  if (push && !isWanted(image)) {
    const before = await ask(image, execution)
    if (!before.ok) return { kind: 'failed', failures: before.failures }
    if (before.value.kind === 'exists') return { kind: 'adopted', digest: before.value.digest }
  }
  const built = await build(image, execution)
  if (!push || built.kind === 'interrupted') return built
  const after = await ask(image, execution)
  if (built.kind === 'failed') {
    // A repository whose tags are immutable refuses what another run has pushed meanwhile.
    if (!after.ok || after.value.kind === 'missing') return built
    return isWanted(image)
      ? buildBeside(image, execution, built)
      : { kind: 'adopted', digest: after.value.digest }
  }
  return after.ok && after.value.kind === 'exists' ? { ...built, digest: after.value.digest } : built
}

/**
 * Builds once more, under a tag of its own, what a repository refuses that keeps the fingerprint's tag: later runs know the
 * image by its record. Whatever else was wrong with the build stands.
 */
async function buildBeside(image: PlannedImage, execution: Underway, refused: Rebuilt): Promise<Rebuilt> {
  const { audience, notify, registry, runId } = execution
  const tag = tagOf(image, audience)
  const immutable = await registry.isImmutable(image.service.image, tag)
  if (!immutable.ok || !immutable.value) return refused
  const suffix = `-${runId}`
  notify({
    message: `The repository of \`${image.service.name}\` keeps the tag ${tag}: the new image is ${tag}${suffix}, and only records lead to it`,
  })
  return build(image, { ...execution, suffix })
}

/** A registry that does not answer is a failure here. */
async function ask(
  image: PlannedImage,
  { registry, audience }: Execution,
): Promise<Result<Exclude<Existence, { kind: 'unknown' }>>> {
  const found = await registry.find(image.service.image, tagOf(image, audience))
  if (!found.ok) return found
  const { value } = found
  return value.kind === 'unknown' ? failed({ kind: 'registry-failed', message: value.problem }) : ok(value)
}

async function build(image: PlannedImage, execution: Underway): Promise<Rebuilt> {
  const { clock, on, request, signal } = execution
  const service = image.service.name
  const startedAt = new Date(clock.now()).toISOString()
  on({ kind: 'build-started', service })
  const onLine = ({ text: line, isOutput }: ProgressLine) => {
    on({ kind: 'build-progress', service, line, isOutput })
  }
  const onStatus = (status: BuildStatus) => {
    on({ kind: 'build-status', service, status })
  }
  const parents = parentsOf(image, execution)
  if (!parents.ok) return { kind: 'failed', failures: parents.failures }
  const layers = await layersFor(image, execution)
  const layerOptions = layers.options
  const connections = { parents: parents.value, layerOptions, ...destinationOf(image, execution) }
  const built = await buildPersistently(
    buildRequest(image, execution, connections),
    { onLine, onStatus, signal },
    execution,
  )
  if (!built.ok) {
    const isInterrupted = built.failures[0]?.kind === 'interrupted'
    return isInterrupted ? { kind: 'interrupted' } : { kind: 'failed', failures: built.failures }
  }
  await keepLayers(image, layers, execution)
  const kept = await keep(image, execution, connections.layout)
  if (!kept.ok) return { kind: 'failed', failures: kept.failures }
  const { digest, durationMs, status } = built.value
  const shared = { kind: 'built', startedAt, durationMs, status, parents: digestsOf(parents.value) } as const
  if (!request.push) return shared
  if (digest !== undefined) return { ...shared, digest }
  const message = `\`${service}\` was pushed, but the builder named no digest`
  return { kind: 'failed', failures: [{ kind: 'engine-failed', message }] }
}

/**
 * A service that is to be loaded is, unless it is pushed, too: then what was pushed is pulled. A base is only for a builder
 * that hands on nothing but what the engine has.
 */
function destinationOf(
  image: PlannedImage,
  { request, handover, hasLayouts, layouts }: Underway,
): Pick<Connections, 'load' | 'layout'> {
  const { kind, name } = image.service
  const isHandedOn = !request.push && handover.parents.has(name)
  return {
    load: (request.load && !request.push && kind === 'service') || (isHandedOn && !hasLayouts),
    ...(isHandedOn && hasLayouts && { layout: layouts.place(layoutName(image)) }),
  }
}

/** Those that are built from the image find it from now on. */
async function keep(
  image: PlannedImage,
  { layouts, handover }: Underway,
  place: string | undefined,
): Promise<Result<void>> {
  if (place === undefined) return ok(undefined)
  const kept = await layouts.keep(layoutName(image), place)
  if (!kept.ok) return kept
  handover.layouts.set(image.service.name, kept.value)
  return ok(undefined)
}
