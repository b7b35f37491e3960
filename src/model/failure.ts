/** A place in a text file that a person wrote; `line` and `column` count from 1. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** An expected failure. A bug throws instead. `message` says what is wrong and how to mend it. */
export type Failure =
  | { readonly kind: 'config-invalid'; readonly message: string; readonly place?: Place }
  | { readonly kind: 'usage'; readonly message: string }
  | { readonly kind: 'environment-missing'; readonly message: string }
  | { readonly kind: 'git-failed'; readonly message: string }
  | { readonly kind: 'registry-failed'; readonly message: string }
  | { readonly kind: 'registry-denied'; readonly message: string }
  | { readonly kind: 'engine-failed'; readonly message: string }
  | { readonly kind: 'build-failed'; readonly message: string; readonly log: readonly string[] }
  | { readonly kind: 'interrupted'; readonly message: string }

/** Something a person should know although the run goes on. */
export interface Notice {
  readonly message: string
  readonly place?: Place
}

/** `failures` is never empty. */
export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failures: readonly Failure[] }

export function ok<T>(value: T): Result<T> {
  return { ok: true, value }
}

export function failed(failure: Failure, ...more: Failure[]): { ok: false; failures: Failure[] } {
  return { ok: false, failures: [failure, ...more] }
}
