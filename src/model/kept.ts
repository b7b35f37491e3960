import type { FingerprintDigest } from './fingerprint.js'

/** Something that is kept on this machine from run to run. */
interface KeptPath {
  /** Below the folder that all of it is kept in. */
  readonly path: string
  readonly bytes: number
}

/** A text that a state store keeps; it may be that of a state. */
export interface KeptText extends KeptPath {
  readonly text: string
}

/** An image, or the layers of its last build, in a folder. */
export interface KeptLayout extends KeptPath {
  readonly kind: 'layout' | 'layers'
  /** Complete name of the image, of those that were asked about; absent for any other. */
  readonly image?: string
  /** Of the image; that of layers says nothing. */
  readonly fingerprint: FingerprintDigest
}

/** What a prune removes, and why. */
export interface Superseded extends KeptPath {
  readonly reason: SupersededReason
  /** Of a state. */
  readonly scope?: string
  /** Of a layout or layers, where it is known. */
  readonly image?: string
}

export type SupersededReason =
  /** Its branch exists no more, or nobody has its commit checked out. */
  | 'branch-gone'
  /** No service and no record of a branch that exists has this image. */
  | 'image-gone'
  /** A newer one of its image is kept, and no branch has this content. */
  | 'older'
  /** A process that was killed has left it. */
  | 'draft'
