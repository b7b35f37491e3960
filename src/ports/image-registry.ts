import type { Failure, Result } from '../model/failure.js'
import type { Existence } from '../model/plan.js'
import type { ImageName } from '../model/service.js'

/** The registries that images are pushed to (OCI distribution specification 1.1). */
export interface ImageRegistry {
  /**
   * Whether a manifest is there under a tag or digest and, for an index, each of its children; not for `pushed`, the
   * digest of an image that was pushed whole a moment ago.
   * `registry-denied` when the registry wants credentials and Docker has none that could be used for its host.
   */
  find(image: ImageName, reference: string, pushed?: string): Promise<Result<Existence>>
  /**
   * Points each tag at a digest by putting the same bytes under it. A refused tag keeps none of the others from being
   * tried. Without tags it only demands the image, and a refusal names the digest.
   */
  point(image: ImageName, digest: string, tags: readonly string[]): Promise<Pointed>
  /** Labels of the image's configuration; of an index: of its first child that is an image. */
  labels(image: ImageName, digest: string): Promise<Result<Readonly<Record<string, string>>>>
  /** Bytes of the layers and the configuration as they are stored; of an index: of its first child that is an image. */
  size(image: ImageName, digest: string): Promise<Result<number>>
  /**
   * Whether the registry refuses to put a tag that is there already, found out by putting the very bytes that it has;
   * false for a tag that is not there. A failure means that it cannot be said.
   * Nobody else may move the tag meanwhile: it would be moved back.
   */
  isImmutable(image: ImageName, tag: string): Promise<Result<boolean>>
}

/** What became of the tags; those in neither list pointed at the digest before. */
export interface Pointed {
  readonly moved: readonly string[]
  readonly refused: readonly Refusal[]
}

export interface Refusal {
  readonly kind: RefusalKind
  /** The tag; the digest where no tag was given. */
  readonly reference: string
  readonly failure: Failure
}

export type RefusalKind =
  /** The repository keeps its tags as they are, and this one is there. */
  | 'immutable'
  /** The login is missing, wrong, or may not do this. */
  | 'denied'
  /** The image, or something that it consists of, is in the registry no more. */
  | 'gone'
  /** The image or repository may have no further tag. */
  | 'limit'
  /** Anything else, after all tries: nothing may be concluded about the image. */
  | 'failed'
