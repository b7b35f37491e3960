import type { BuildStatus } from '../model/build-status.js'
import { failed, type Failure, ok, type Result } from '../model/failure.js'
import { type Existence, isWanted, type PlannedImage } from '../model/plan.js'
import type { ProgressLine } from '../ports/image-builder.js'
import { buildRequest, digestsOf, type Connections, tagOf } from './build.js'
import type { Execution, Underway } from './execution.js'
import { accept, tryOut, type Unproven } from './health.js'
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
  /** `ran` where a build was begun and failed. */
  | {
      readonly kind: 'failed'
      readonly failures: readonly Failure[]
      readonly ran?: Ran
      /** It was built, but does not work: nothing is to be tried in its place. */
      readonly isSick?: true
    }

interface Ran {
  readonly startedAt: string
  readonly durationMs: number
}

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
  const after = await ask(image, execution, built.kind === 'built' ? built.digest : undefined)
  if (built.kind === 'failed') {
    if (built.isSick) return built
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
  pushed?: string,
): Promise<Result<Exclude<Existence, { kind: 'unknown' }>>> {
  const found = await registry.find(image.service.image, tagOf(image, audience), pushed)
  if (!found.ok) return found
  const { value } = found
  return value.kind === 'unknown' ? failed({ kind: 'registry-failed', message: value.problem }) : ok(value)
}

async function build(image: PlannedImage, execution: Underway): Promise<Rebuilt> {
  const { clock, on, request, signal } = execution
  const service = image.service.name
  const started = clock.now()
  const startedAt = new Date(started).toISOString()
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
  const destination = destinationOf(image, execution)
  const { meet } = execution
  const mayShare = meet !== undefined
  const connections = { parents: parents.value, layerOptions, ...destination, mayShare }
  const asked = buildRequest(image, execution, connections)
  const persistently = () => buildPersistently(asked, { onLine, onStatus, signal }, execution)
  const built = await (meet === undefined ? persistently() : meet(persistently))
  if (!built.ok) {
    const isInterrupted = built.failures[0]?.kind === 'interrupted'
    const ran = { startedAt, durationMs: clock.now() - started }
    return isInterrupted ? { kind: 'interrupted' } : { kind: 'failed', failures: built.failures, ran }
  }
  await keepLayers(image, layers, execution)
  const { durationMs, status } = built.value
  const digest = request.push ? built.value.digest : undefined
  if (request.push && digest === undefined) return withoutDigest(service)
  const refused = await prove(image, { digest, isLoaded: destination.isKept }, execution)
  if (refused !== undefined)
    return refused.kind === 'failed' ? { ...refused, ran: { startedAt, durationMs } } : refused
  const kept = await keep(image, execution, connections.layout)
  if (!kept.ok) return { kind: 'failed', failures: kept.failures }
  const shared = { kind: 'built', startedAt, durationMs, status, parents: digestsOf(parents.value) } as const
  return digest === undefined ? shared : { ...shared, digest }
}

function withoutDigest(service: string): Rebuilt {
  const message = `\`${service}\` was pushed, but the builder named no digest`
  return { kind: 'failed', failures: [{ kind: 'engine-failed', message }] }
}

/** What keeps a new image from the tag that others find it by; nobody has found it yet. */
async function prove(
  image: PlannedImage,
  unproven: Unproven,
  execution: Execution,
): Promise<Rebuilt | undefined> {
  const tried = await tryOut(image, unproven, execution)
  if (!tried.ok) {
    const isInterrupted = tried.failures[0]?.kind === 'interrupted'
    return isInterrupted
      ? { kind: 'interrupted' }
      : { kind: 'failed', failures: tried.failures, isSick: true }
  }
  const accepted = await accept(image, unproven, execution)
  return accepted.ok ? undefined : { kind: 'failed', failures: accepted.failures }
}

/**
 * A service that is to be loaded is, unless it is pushed, too: then what was pushed is pulled. A base is only for a builder
 * that hands on nothing but what the engine has. What is to show that it works is loaded for that; `isKept`: for more.
 */
function destinationOf(
  image: PlannedImage,
  { request, handover, hasLayouts, layouts }: Underway,
): Pick<Connections, 'load' | 'layout'> & { readonly isKept: boolean } {
  const { kind, name, health } = image.service
  const isHandedOn = !request.push && handover.parents.has(name)
  const isKept = (request.load && !request.push && kind === 'service') || (isHandedOn && !hasLayouts)
  return {
    isKept,
    load: isKept || (health !== undefined && !request.push),
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
