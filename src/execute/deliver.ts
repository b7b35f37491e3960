import { type Failure, ok, type Result } from '../model/failure.js'
import { isWanted, type PlannedImage } from '../model/plan.js'
import { fullName } from '../model/service.js'
import type { ImageEngine } from '../ports/image-engine.js'
import type { Refusal } from '../ports/image-registry.js'
import { tagOf } from './build.js'
import type { Execution } from './execution.js'

/** An image that exists. */
export interface Existing {
  /** In the registry; absent where none is pushed to, or where the commit range alone says that it exists. */
  readonly digest: string | undefined
  /** Whether it is in this Docker, under its fingerprint's tag, if it is to be there. */
  readonly isLoaded: boolean
  /** Whether an earlier run built it. */
  readonly isReused: boolean
}

export type Delivered =
  | { readonly kind: 'done' }
  /** The registry has it no more. */
  | { readonly kind: 'gone'; readonly failures: readonly Failure[] }
  | { readonly kind: 'failed'; readonly failures: readonly Failure[] }

const DONE: Delivered = { kind: 'done' }

/** What that takes. */
export type Delivering = Pick<Execution, 'tags' | 'request' | 'registry' | 'engine' | 'audience' | 'notify'>

/** Points the run's tags at an image that exists, in the registry and in the engine, as far as the request goes. */
export async function deliver(
  image: PlannedImage,
  existing: Existing,
  execution: Delivering,
): Promise<Delivered> {
  const tags = execution.tags.get(image.service.name) ?? []
  const { digest } = existing
  const { push } = execution.request
  if (push && digest !== undefined) {
    const { refused } = await execution.registry.point(image.service.image, digest, tags)
    const judged = judge(refused, { image, existing, execution })
    if (judged.kind !== 'done') return judged
  }
  if (!execution.request.load || image.service.kind === 'base') return DONE
  const loaded = await load(image, { ...existing, tags }, execution)
  return loaded.ok ? DONE : { kind: 'failed', failures: loaded.failures }
}

interface Of {
  readonly image: PlannedImage
  readonly existing: Existing
  readonly execution: Delivering
}

/** A refused tag is a failure, but for those that leave no doubt about what the other tags point at. */
function judge(refused: readonly Refusal[], { image, existing, execution }: Of): Delivered {
  if (existing.isReused && refused.some(({ kind }) => kind === 'gone'))
    return { kind: 'gone', failures: refused.map(({ failure }) => failure) }
  // The tag of a commit stays at the image that the commit had before another one was wanted.
  const isAnew = isWanted(image)
  const harmless = refused.filter(
    ({ kind }) => (kind === 'limit' && existing.isReused) || (kind === 'immutable' && isAnew),
  )
  for (const { failure } of harmless) execution.notify({ message: failure.message })
  const failures = refused.filter((refusal) => !harmless.includes(refusal)).map(({ failure }) => failure)
  return failures.length === 0 ? DONE : { kind: 'failed', failures }
}

/** Brings an image that exists into the engine, and points the tags at it there. */
export async function load(
  image: PlannedImage,
  { digest, isLoaded, tags }: Existing & { readonly tags: readonly string[] },
  { engine, audience }: Pick<Execution, 'engine' | 'audience'>,
): Promise<Result<void>> {
  const name = fullName(image.service.image)
  const reference = `${name}:${tagOf(image, audience)}`
  if (!isLoaded && digest !== undefined) {
    const pulled = await pull(reference, { name, digest, engine })
    if (!pulled.ok) return pulled
  }
  const { loadAs } = image.service
  return engine.tag(reference, [
    ...tags.map((tag) => `${name}:${tag}`),
    ...(loadAs === undefined ? [] : [loadAs]),
  ])
}

async function pull(
  reference: string,
  { name, digest, engine }: { readonly name: string; readonly digest: string; readonly engine: ImageEngine },
): Promise<Result<void>> {
  const here = await engine.find([reference])
  if (!here.ok) return here
  const found = here.value.get(reference)
  // An image of the same content may have been forced since.
  if (found?.kind === 'exists' && found.digest === digest) return ok(undefined)
  const pinned = `${name}@${digest}`
  const pulled = await engine.pull(pinned)
  return pulled.ok ? engine.tag(pinned, [reference]) : pulled
}
