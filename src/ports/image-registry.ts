import type { Result } from '../model/failure.js'
import type { Existence } from '../model/plan.js'
import type { ImageName } from '../model/service.js'

/** The registries that images are pushed to (OCI distribution specification 1.1). */
export interface ImageRegistry {
  /**
   * Whether a manifest is there under a tag or digest and, for an index, each of its children.
   * `registry-denied` when the registry wants credentials and none are configured for its host.
   */
  find(image: ImageName, reference: string): Promise<Result<Existence>>
  /** Points tags at a digest by putting the same bytes under each; a tag that is there already is left alone. */
  point(image: ImageName, digest: string, tags: readonly string[]): Promise<Result<void>>
}
