import type { Result } from '../model/failure.js'

/** Files that a person gets and keeps: none is ever written over. */
export interface NewFiles {
  /** Writes all of them, or none where one is there already, which is a `usage` failure; paths are relative to the root. */
  create(texts: ReadonlyMap<string, string>): Promise<Result<void>>
}
