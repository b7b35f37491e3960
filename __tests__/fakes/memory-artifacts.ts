import { failed, ok, type Result } from '../../src/model/failure.js'
import type { ReadArtifacts, RunArtifacts } from '../../src/ports/run-artifacts.js'

/** The artifacts of one workflow run in memory. */
export class MemoryArtifacts implements RunArtifacts {
  readonly texts = new Map<string, string>()
  /** What a post step would upload. */
  kept: { readonly name: string; readonly text: string } | undefined
  /** While set, nothing can be kept. */
  isFull = false
  /** While set, nothing is uploaded or read. */
  outage: string | undefined

  upload(name: string, text: string): Promise<Result<void>> {
    if (this.outage !== undefined)
      return Promise.resolve(failed({ kind: 'artifact-failed', message: this.outage }))
    this.texts.set(this.texts.has(name) ? `${name}-${'0'.repeat(8)}` : name, text)
    this.kept = undefined
    return Promise.resolve(ok(undefined))
  }

  keep(name: string, text: string): Promise<string | undefined> {
    if (this.isFull) return Promise.resolve('the disk is full')
    this.kept = { name, text }
    return Promise.resolve(undefined)
  }

  read(prefix: string): Promise<ReadArtifacts> {
    if (this.outage !== undefined) return Promise.resolve({ texts: new Map(), problems: [this.outage] })
    const texts = [...this.texts].filter(([name]) => name.startsWith(prefix))
    return Promise.resolve({ texts: new Map(texts), problems: [] })
  }
}
