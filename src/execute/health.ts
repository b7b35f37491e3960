import { type BuildFailed, failed, ok, type Result, textOf } from '../model/failure.js'
import type { PlannedImage } from '../model/plan.js'
import { fullName, type HealthCheck } from '../model/service.js'
import { tagOf, trialTag } from './build.js'
import type { Execution } from './execution.js'

/** How many lines of a log an annotation shows. */
const TAIL = 20

/** Where a new image is. */
export interface Unproven {
  /** In the registry; absent where it is in the engine alone, under its trial tag. */
  readonly digest: string | undefined
  /** Whether the engine is to keep it under its fingerprint's tag. */
  readonly isLoaded: boolean
}

/**
 * Has a new image show that it works. `build-failed`, with the log of its container, when it does not answer; then it has
 * no tag but that of its trial.
 */
export async function tryOut(
  image: PlannedImage,
  unproven: Unproven,
  execution: Execution,
): Promise<Result<void>> {
  const { health, name } = image.service
  if (health === undefined) return ok(undefined)
  const { port, path, timeoutMs } = health
  const reference = referenceOf(image, unproven)
  const { containers, signal, on } = execution
  const line = `trying it: ${path} at port ${port} is to answer within ${timeoutMs / 1000} s`
  on({ kind: 'build-progress', service: name, line, isOutput: false })
  const ended = await containers.attempt({ image: reference, port, path, timeoutMs, signal })
  if (ended.ok && ended.value.kind === 'answered') return ok(undefined)
  await forget(reference, execution)
  if (!ended.ok) return ended
  return failed(sick(name, health, ended.value as Extract<typeof ended.value, { kind: 'silent' }>))
}

/** Gives an image that has shown that it works its fingerprint's tag, the first one by which others find it. */
export async function accept(
  image: PlannedImage,
  unproven: Unproven,
  execution: Execution,
): Promise<Result<void>> {
  if (image.service.health === undefined) return ok(undefined)
  const { registry, engine, audience, suffix = '', request } = execution
  const { digest, isLoaded } = unproven
  const tag = `${tagOf(image, audience)}${suffix}`
  const reference = referenceOf(image, unproven)
  if (digest !== undefined) {
    // What is loaded, too, is pulled by this very reference.
    if (!request.load) await forget(reference, execution)
    const { refused } = await registry.point(image.service.image, digest, [tag])
    const [refusal] = refused
    return refusal === undefined ? ok(undefined) : failed(refusal.failure)
  }
  const tagged = isLoaded
    ? await engine.tag(reference, [`${fullName(image.service.image)}:${tag}`])
    : ok(undefined)
  await forget(reference, execution)
  return tagged
}

function referenceOf(image: PlannedImage, { digest }: Unproven): string {
  const name = fullName(image.service.image)
  return digest === undefined ? `${name}:${trialTag(image) ?? ''}` : `${name}@${digest}`
}

function sick(
  service: string,
  { port, path, timeoutMs }: HealthCheck,
  { problem, log }: { readonly problem: string; readonly log: readonly string[] },
): BuildFailed {
  const asked = `${path} at port ${port} did not answer within ${timeoutMs / 1000} s`
  const message = `\`${service}\` was built, but does not work: ${asked} (${problem}); it gets no tag`
  return { kind: 'build-failed', message, cause: 'code', log, tail: log.slice(-TAIL) }
}

/** The engine had it for its trial alone. */
async function forget(reference: string, { engine, notify }: Execution): Promise<void> {
  const removed = await engine.remove(reference)
  if (removed.ok) return
  const problem = textOf(removed.failures)
  notify({ message: `${reference}, which was started to see whether it works, stays in Docker: ${problem}` })
}
