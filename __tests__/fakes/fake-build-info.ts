import { failed, ok, type Result } from '../../src/model/failure.js'
import type { BuildInfo } from '../../src/ports/build-info.js'

/** Addresses in memory; one that is not set does not answer. */
export class FakeBuildInfo implements BuildInfo {
  readonly answers = new Map<string, Readonly<Record<string, unknown>>>()

  read(url: string): Promise<Result<Readonly<Record<string, unknown>>>> {
    const answer = this.answers.get(url)
    if (answer !== undefined) return Promise.resolve(ok(answer))
    return Promise.resolve(failed({ kind: 'registry-failed', message: `${url} does not answer` }))
  }
}
