import { failed, ok, type Result } from '../../src/model/failure.js'
import type { Existence } from '../../src/model/plan.js'
import type { ImageEngine } from '../../src/ports/image-engine.js'

/** A Docker engine in memory. */
export class FakeEngine implements ImageEngine {
  /** Complete reference → digest. */
  readonly images = new Map<string, string>()
  readonly log: string[] = []
  isMissing = false

  find(references: readonly string[]): Promise<Result<ReadonlyMap<string, Existence>>> {
    this.log.push(`find ${references.join(' ')}`)
    const answers = references.map((reference): [string, Existence] => {
      const digest = this.images.get(reference)
      return [reference, digest === undefined ? { kind: 'missing' } : { kind: 'exists', digest }]
    })
    return Promise.resolve(this.#unlessMissing(() => new Map(answers)))
  }

  pull(reference: string): Promise<Result<void>> {
    this.log.push(`pull ${reference}`)
    return Promise.resolve(
      this.#unlessMissing(() => void this.images.set(reference, reference.split('@')[1] ?? '')),
    )
  }

  tag(source: string, targets: readonly string[]): Promise<Result<void>> {
    this.log.push(`tag ${source} ${targets.join(' ')}`.trimEnd())
    const digest = this.images.get(source)
    if (digest === undefined) {
      return Promise.resolve(failed({ kind: 'engine-failed', message: `no such image: ${source}` }))
    }
    for (const target of targets) this.images.set(target, digest)
    return Promise.resolve(ok(undefined))
  }

  remove(reference: string): Promise<Result<void>> {
    this.log.push(`remove ${reference}`)
    return Promise.resolve(this.#unlessMissing(() => void this.images.delete(reference)))
  }

  #unlessMissing<T>(answer: () => T): Result<T> {
    if (this.isMissing) return failed({ kind: 'environment-missing', message: 'Docker does not answer' })
    return ok(answer())
  }
}
