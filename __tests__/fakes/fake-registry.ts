import { failed, ok, type Failure, type Result } from '../../src/model/failure.js'
import type { Existence } from '../../src/model/plan.js'
import { fullName, type ImageName } from '../../src/model/service.js'
import type { ImageRegistry, Pointed, Refusal } from '../../src/ports/image-registry.js'

/** What a manifest has besides its digest. */
export interface Content {
  /** Of an index; absent for an image. */
  readonly children?: readonly string[]
  readonly labels?: Readonly<Record<string, string>>
  /** Of an image; absent where its manifest does not say it. */
  readonly size?: number
}

/** Registries in memory: manifests are known by their digests, tags point at them. */
export class FakeRegistry implements ImageRegistry {
  /** Complete reference, with tag or digest → digest. */
  readonly manifests = new Map<string, string>()
  /** Complete reference with digest → what the manifest has; absent for an image without labels. */
  readonly contents = new Map<string, Content>()
  /** Complete names of images whose tags may not be put again. */
  readonly immutable = new Set<string>()
  /** Every question and every change, in order. */
  readonly log: string[] = []
  /** Complete references of all tags that were put by `point` and `isImmutable`. */
  readonly puts: string[] = []
  /** While set, no question is answered. */
  outage: string | undefined
  /** While set, who asks is sent to log in. */
  isClosed = false
  /**
   * Called before each operation with its entry of the log and, for each tag that must move, with `put REFERENCE`:
   * answers with the outage that it meets.
   */
  fault: (operation: string) => string | undefined = () => undefined
  mostAtOnce = 0
  #atOnce = 0

  /** What a build that pushes does. */
  push(reference: string, digest: string, content: Content = {}): void {
    const pinned = `${reference.slice(0, reference.lastIndexOf(':'))}@${digest}`
    this.manifests.set(reference, digest)
    this.manifests.set(pinned, digest)
    this.contents.set(pinned, content)
  }

  /** Deletes a manifest, or the child of an index, with all tags that point at it. */
  remove(image: ImageName, digest: string): void {
    const name = fullName(image)
    for (const [reference, target] of this.manifests) {
      const isOfImage = reference.startsWith(`${name}:`) || reference.startsWith(`${name}@`)
      if (isOfImage && target === digest) this.manifests.delete(reference)
    }
  }

  removeTag(image: ImageName, tag: string): void {
    this.manifests.delete(complete(image, tag))
  }

  /** Tags of one image, those of fingerprints left out. */
  tagsOf(image: ImageName): string[] {
    const start = `${fullName(image)}:`
    const tags = [...this.manifests.keys()].filter((key) => key.startsWith(start))
    return tags.map((key) => key.slice(start.length)).filter((tag) => !/^(?:fp|lock)-/.test(tag))
  }

  async find(image: ImageName, reference: string): Promise<Result<Existence>> {
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#atOnce)
    const failure = this.#begin(image, `find ${complete(image, reference)}`)
    await new Promise(setImmediate)
    this.#atOnce--
    if (failure?.kind === 'registry-denied') return failed(failure)
    if (failure !== undefined) return ok({ kind: 'unknown', problem: failure.message })
    const digest = this.#whole(image, reference)
    return ok(digest === undefined ? { kind: 'missing' } : { kind: 'exists', digest })
  }

  point(image: ImageName, digest: string, tags: readonly string[]): Promise<Pointed> {
    const failure = this.#begin(image, `point ${complete(image, digest)} ${tags.join(' ')}`.trimEnd())
    const moving = tags.filter((tag) => this.manifests.get(complete(image, tag)) !== digest)
    if (failure !== undefined) {
      const kind = failure.kind === 'registry-denied' ? 'denied' : 'failed'
      const refused = (tags.length === 0 ? [digest] : tags).map(
        (reference) => ({ kind, reference, failure }) as const,
      )
      return Promise.resolve({ moved: [], refused })
    }
    if (this.#whole(image, digest) === undefined) {
      const refused = (tags.length === 0 ? [digest] : moving).map((reference) =>
        gone(image, digest, reference),
      )
      return Promise.resolve({ moved: [], refused })
    }
    const refused = moving.flatMap((tag) => this.#put(image, digest, tag) ?? [])
    const kept = new Set(refused.map(({ reference }) => reference))
    return Promise.resolve({ moved: moving.filter((tag) => !kept.has(tag)), refused })
  }

  labels(image: ImageName, digest: string): Promise<Result<Readonly<Record<string, string>>>> {
    const failure = this.#begin(image, `labels ${complete(image, digest)}`)
    if (failure !== undefined) return Promise.resolve(failed(failure))
    return Promise.resolve(this.#labels(image, digest))
  }

  size(image: ImageName, digest: string): Promise<Result<number>> {
    const failure = this.#begin(image, `size ${complete(image, digest)}`)
    return Promise.resolve(failure === undefined ? this.#size(image, digest) : failed(failure))
  }

  isImmutable(image: ImageName, tag: string): Promise<Result<boolean>> {
    const failure = this.#begin(image, `isImmutable ${complete(image, tag)}`)
    if (failure !== undefined) return Promise.resolve(failed(failure))
    const digest = this.manifests.get(complete(image, tag))
    if (digest === undefined) return Promise.resolve(ok(false))
    const refused = this.#put(image, digest, tag)
    if (refused === undefined) return Promise.resolve(ok(false))
    return Promise.resolve(refused.kind === 'immutable' ? ok(true) : failed(refused.failure))
  }

  /** Notes an operation; the failure that it meets. */
  #begin(image: ImageName, operation: string): Failure | undefined {
    this.log.push(operation)
    if (this.isClosed)
      return {
        kind: 'registry-denied',
        message: `${image.registry ?? ''} wants a login for ${fullName(image)}`,
      }
    const outage = this.fault(operation) ?? this.outage
    return outage === undefined ? undefined : { kind: 'registry-failed', message: outage }
  }

  /** The digest, if the manifest and all that it consists of is there. */
  #whole(image: ImageName, reference: string): string | undefined {
    const digest = this.manifests.get(complete(image, reference))
    if (digest === undefined) return undefined
    const { children } = this.contents.get(complete(image, digest)) ?? {}
    const isWhole =
      children === undefined ||
      (children.length > 0 && children.every((child) => this.#whole(image, child) !== undefined))
    return isWhole ? digest : undefined
  }

  #put(image: ImageName, digest: string, tag: string): Refusal | undefined {
    const reference = complete(image, tag)
    const outage = this.fault(`put ${reference}`)
    if (outage !== undefined) {
      return { kind: 'failed', reference: tag, failure: { kind: 'registry-failed', message: outage } }
    }
    this.puts.push(reference)
    if (this.immutable.has(fullName(image)) && this.manifests.has(reference)) {
      const message = `${reference} cannot be overwritten because the tag is immutable`
      return { kind: 'immutable', reference: tag, failure: { kind: 'registry-failed', message } }
    }
    this.manifests.set(reference, digest)
    return undefined
  }

  #labels(image: ImageName, digest: string): Result<Readonly<Record<string, string>>> {
    const pinned = complete(image, digest)
    if (!this.manifests.has(pinned)) return failed(gone(image, digest, digest).failure)
    const { children: [child] = [], labels = {} } = this.contents.get(pinned) ?? {}
    return child === undefined ? ok(labels) : this.#labels(image, child)
  }

  #size(image: ImageName, digest: string): Result<number> {
    const pinned = complete(image, digest)
    if (!this.manifests.has(pinned)) return failed(gone(image, digest, digest).failure)
    const { children: [child] = [], size } = this.contents.get(pinned) ?? {}
    if (child !== undefined) return this.#size(image, child)
    const message = `${pinned}: its manifest does not say its size`
    return size === undefined ? failed({ kind: 'registry-failed', message }) : ok(size)
  }
}

function gone(image: ImageName, digest: string, reference: string): Refusal {
  const message = `${complete(image, digest)} is not in the registry any more`
  return { kind: 'gone', reference, failure: { kind: 'registry-failed', message } }
}

function complete(image: ImageName, reference: string): string {
  return `${fullName(image)}${reference.startsWith('sha256:') ? '@' : ':'}${reference}`
}
