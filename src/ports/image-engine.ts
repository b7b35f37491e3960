import type { Result } from '../model/failure.js'
import type { Existence } from '../model/plan.js'

/** The images of the local Docker engine. */
export interface ImageEngine {
  /** Whether the engine has an image under each complete reference. */
  find(references: readonly string[]): Promise<Result<ReadonlyMap<string, Existence>>>
  pull(reference: string): Promise<Result<void>>
  tag(source: string, targets: readonly string[]): Promise<Result<void>>
  /** Takes a reference off an image, which goes with its last one; one that is not there is no failure. */
  remove(reference: string): Promise<Result<void>>
}
