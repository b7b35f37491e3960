import type { Result } from '../model/failure.js'

/** Services that say themselves what they were built from. */
export interface BuildInfo {
  /** The JSON object that the address answers with; a failure for any other answer, and for none. */
  read(url: string): Promise<Result<Readonly<Record<string, unknown>>>>
}
