import type { Notice } from './failure.js'
import type { FingerprintDigest, FingerprintDocument } from './fingerprint.js'
import type { Outcome } from './outcome.js'
import type { Decision } from './plan.js'

/** A batch of images that one job of a matrix builds. */
export interface Shard {
  readonly name: string
  /** Never empty. */
  readonly images: readonly string[]
}

type WithoutImage<T> = T extends unknown ? Omit<T, 'image'> : never

/** How an image ended, told apart from the plan that it was part of. */
export type ImageEnd = WithoutImage<Exclude<Outcome, { readonly kind: 'skipped' }>>

/** What a leg tells of one image. */
export interface ImageResult {
  readonly name: string
  /** Complete name of its repository: of two configurations in one run both may have an image of this name. */
  readonly repository: string
  readonly fingerprint: FingerprintDigest
  readonly document: FingerprintDocument
  readonly decision: Decision
  readonly end: ImageEnd
}

/** What a leg leaves for the job that collects all of them. */
export interface Leg {
  readonly shard: string
  /** Of the run: each has legs of its own. */
  readonly attempt: number
  /** Names of the images that it was to build. */
  readonly images: readonly string[]
  /** Of those that it came to, and of those that it had to build for them. */
  readonly results: readonly ImageResult[]
  /** What ended it before its images did. */
  readonly problems: readonly string[]
  readonly notices: readonly Notice[]
}
