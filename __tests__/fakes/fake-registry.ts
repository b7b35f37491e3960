import { failed, ok, type Failure, type Result } from '../../src/model/failure.js'
import type { Existence } from '../../src/model/plan.js'
import { fullName, type ImageName } from '../../src/model/service.js'
import type { ImageRegistry } from '../../src/ports/image-registry.js'

/** Registries in memory: manifests are known by their digests, tags point at them. */
export class FakeRegistry implements ImageRegistry {
  /** Complete reference, with tag or digest → digest. */
  readonly manifests = new Map<string, string>()
  /** Every question and every change, in order. */
  readonly log: string[] = []
  /** While set, no question is answered. */
  outage: string | undefined
  /** While set, who asks is sent to log in. */
  isClosed = false
  mostAtOnce = 0
  #atOnce = 0

  /** What a build that pushes does. */
  push(reference: string, digest: string): void {
    this.manifests.set(reference, digest)
    this.manifests.set(`${reference.slice(0, reference.lastIndexOf(':'))}@${digest}`, digest)
  }

  /** Tags of one image, those of fingerprints left out. */
  tagsOf(image: ImageName): string[] {
    const start = `${fullName(image)}:`
    const tags = [...this.manifests.keys()].filter((key) => key.startsWith(start))
    return tags.map((key) => key.slice(start.length)).filter((tag) => !tag.startsWith('fp-'))
  }

  async find(image: ImageName, reference: string): Promise<Result<Existence>> {
    this.log.push(`find ${complete(image, reference)}`)
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#atOnce)
    await new Promise(setImmediate)
    this.#atOnce--
    if (this.isClosed) return failed(this.#denied(image))
    if (this.outage !== undefined) return ok({ kind: 'unknown', problem: this.outage })
    const digest = this.manifests.get(complete(image, reference))
    return ok(digest === undefined ? { kind: 'missing' } : { kind: 'exists', digest })
  }

  point(image: ImageName, digest: string, tags: readonly string[]): Promise<Result<void>> {
    this.log.push(`point ${complete(image, digest)} ${tags.join(' ')}`.trimEnd())
    return Promise.resolve(this.#point(image, digest, tags))
  }

  #point(image: ImageName, digest: string, tags: readonly string[]): Result<void> {
    if (this.isClosed) return failed(this.#denied(image))
    if (this.outage !== undefined) return failed({ kind: 'registry-failed', message: this.outage })
    if (!this.manifests.has(complete(image, digest))) {
      return failed({ kind: 'registry-failed', message: `${complete(image, digest)} is gone` })
    }
    for (const tag of tags) this.manifests.set(complete(image, tag), digest)
    return ok(undefined)
  }

  #denied(image: ImageName): Failure {
    return { kind: 'registry-denied', message: `${image.registry ?? ''} wants a login` }
  }
}

function complete(image: ImageName, reference: string): string {
  return `${fullName(image)}${reference.startsWith('sha256:') ? '@' : ':'}${reference}`
}
