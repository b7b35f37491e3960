import { createHash } from 'node:crypto'
import { failed, ok, type Result } from '../../src/model/failure.js'
import type { Existence } from '../../src/model/plan.js'
import { fullName, type ImageName } from '../../src/model/service.js'
import type { ImageRegistry, Pointed, RefusalKind } from '../../src/ports/image-registry.js'

/** An image as one finds it who pulls it. */
export interface Image {
  readonly digest: string
  readonly content: string
}

/** What accidents and clean-up jobs take away: a tag, one manifest of an index, or the index with all its tags. */
export const DELETIONS = ['tag', 'child', 'image'] as const
export type Deletion = (typeof DELETIONS)[number]

/** A registry with what happens to it behind the engine's back. A repository is named with the registry's host. */
export interface Images {
  readonly port: ImageRegistry
  /** While set, neither questions nor pushes are answered. */
  isDown: boolean
  /** What a builder does: a new image at each call, as builds are not reproducible. Returns its digest. */
  push(reference: Reference, content: string, labels: Labels): Promise<string>
  /** The image, if all of it is there. */
  look(repository: string, reference: string): Promise<Image | undefined>
  tagsOf(repository: string): Promise<readonly string[]>
  /** Returns whether there was anything to delete. */
  remove(repository: string, tag: string, what: Deletion): Promise<boolean>
}

export type Labels = Readonly<Record<string, string>>

export interface Reference {
  readonly repository: string
  readonly tag: string
}

interface Index {
  readonly labels: Labels
  readonly content: string
  readonly children: readonly string[]
}

interface Repository {
  readonly tags: Map<string, string>
  readonly indexes: Map<string, Index>
  readonly manifests: Set<string>
}

/** A registry in memory, in which every image is an index, as with provenance. */
export class MemoryImages implements Images, ImageRegistry {
  readonly port = this
  isDown = false
  readonly #repositories = new Map<string, Repository>()
  #pushes = 0

  push({ repository, tag }: Reference, content: string, labels: Labels): Promise<string> {
    const { tags, indexes, manifests } = this.#at(repository)
    const [digest, ...children] = ['index', 'image', 'attestation'].map((part) =>
      digestOf(`${repository} ${content} ${this.#pushes} ${part}`),
    ) as [string, ...string[]]
    this.#pushes++
    indexes.set(digest, { content, labels, children })
    for (const child of children) manifests.add(child)
    tags.set(tag, digest)
    return Promise.resolve(digest)
  }

  look(repository: string, reference: string): Promise<Image | undefined> {
    const { tags, indexes, manifests } = this.#at(repository)
    const digest = reference.startsWith('sha256:') ? reference : (tags.get(reference) ?? '')
    const index = indexes.get(digest)
    const isWhole = index?.children.every((child) => manifests.has(child)) ?? false
    return Promise.resolve(index && isWhole ? { digest, content: index.content } : undefined)
  }

  tagsOf(repository: string): Promise<readonly string[]> {
    return Promise.resolve([...this.#at(repository).tags.keys()])
  }

  remove(repository: string, tag: string, what: Deletion): Promise<boolean> {
    const { tags, indexes, manifests } = this.#at(repository)
    const digest = tags.get(tag) ?? ''
    switch (what) {
      case 'tag':
        return Promise.resolve(tags.delete(tag))
      case 'child':
        return Promise.resolve(manifests.delete(indexes.get(digest)?.children[0] ?? ''))
      case 'image':
        for (const [other, pointed] of tags) if (pointed === digest) tags.delete(other)
        return Promise.resolve(indexes.delete(digest))
    }
  }

  async find(image: ImageName, reference: string): Promise<Result<Existence>> {
    if (this.isDown) return ok({ kind: 'unknown', problem: 'HTTP 503' })
    const found = await this.look(fullName(image), reference)
    return ok(found ? { kind: 'exists', digest: found.digest } : { kind: 'missing' })
  }

  async point(image: ImageName, digest: string, tags: readonly string[]): Promise<Pointed> {
    const [first = digest] = tags
    if (this.isDown) return refused('failed', first, 'HTTP 503')
    const found = await this.look(fullName(image), digest)
    if (!found) return refused('gone', first, `${fullName(image)}@${digest} is gone`)
    const pointed = this.#at(fullName(image)).tags
    const moved = tags.filter((tag) => pointed.get(tag) !== digest)
    for (const tag of moved) pointed.set(tag, digest)
    return { moved, refused: [] }
  }

  labels(image: ImageName, digest: string): Promise<Result<Labels>> {
    const index = this.#at(fullName(image)).indexes.get(digest)
    if (this.isDown || !index)
      return Promise.resolve(failed({ kind: 'registry-failed', message: 'no labels' }))
    return Promise.resolve(ok(index.labels))
  }

  size(image: ImageName, digest: string): Promise<Result<number>> {
    const isThere = this.#at(fullName(image)).indexes.has(digest)
    return Promise.resolve(
      this.isDown || !isThere ? failed({ kind: 'registry-failed', message: 'no size' }) : ok(1000),
    )
  }

  isImmutable(): Promise<Result<boolean>> {
    return Promise.resolve(this.isDown ? failed({ kind: 'registry-failed', message: 'HTTP 503' }) : ok(false))
  }

  #at(name: string): Repository {
    const repository = this.#repositories.get(name) ?? {
      tags: new Map(),
      indexes: new Map(),
      manifests: new Set(),
    }
    this.#repositories.set(name, repository)
    return repository
  }
}

function refused(kind: RefusalKind, reference: string, message: string): Pointed {
  return { moved: [], refused: [{ kind, reference, failure: { kind: 'registry-failed', message } }] }
}

function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`
}
