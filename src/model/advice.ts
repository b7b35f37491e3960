/** How much of a build context. */
export interface Extent {
  readonly bytes: number
  readonly files: number
}

/**
 * Why something is seldom wanted in an image: it is git's own folder, git ignores it, so that a fresh checkout has
 * nothing of it, or it has a name that tests, logs and what tools make usually have.
 */
export type AdviceKind = 'repository' | 'ignored' | 'usual'

/** A line for an ignore file, with what it would keep from being sent. */
export interface AdvisedLine extends Extent {
  readonly line: string
  readonly kind: AdviceKind
}

/** What is sent to the builder of one build context. */
export interface ContextAdvice {
  /** Names of the images for which it is sent. */
  readonly images: readonly string[]
  /** The context, relative to the root; `''` is the root. */
  readonly context: string
  /** That the lines belong into, whether it is there or not. */
  readonly ignoreFile: string
  readonly sent: Extent
  /** What lies at the top of the context, the largest first. */
  readonly largest: readonly ({ readonly path: string } & Extent)[]
  /** The most first. */
  readonly lines: readonly AdvisedLine[]
  /** What would be sent with these lines. */
  readonly left: Extent
  /** An instruction of which it cannot be told what it takes: then there are no lines. */
  readonly unclear?: { readonly file: string; readonly line: number }
}
