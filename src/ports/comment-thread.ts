/** The comments below one pull request. */
export interface CommentThread {
  /** All that the token's own user wrote and that begin so, oldest first: of others no comment counts as ours. */
  own(beginning: string): Promise<ThreadAnswer<readonly ThreadComment[]>>
  /**
   * A comment that is gone is left alone: only the next look tells what stands there. So it is with a change that
   * `failed`, which may have been made all the same.
   */
  make(change: ThreadChange): Promise<ThreadAnswer<void>>
}

export interface ThreadComment {
  readonly id: number
  /** As it was written, hidden parts and all. */
  readonly body: string
}

export type ThreadChange =
  | { readonly kind: 'create'; readonly body: string }
  | { readonly kind: 'update'; readonly id: number; readonly body: string }
  | { readonly kind: 'remove'; readonly id: number }

export type ThreadAnswer<T> =
  | { readonly kind: 'done'; readonly value: T }
  /** The token may not do this, or there is no such pull request: asking again is no use. */
  | { readonly kind: 'denied'; readonly problem: string }
  /** Asking again may help, though not before so long. */
  | { readonly kind: 'failed'; readonly problem: string; readonly retryAfterMs: number }
