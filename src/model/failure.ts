/** A place in a text file that a person wrote; `line` and `column` count from 1. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

/**
 * What made a build fail, as far as the builder says so: the registry while it was pushed to, a layer cache that was read
 * or written, a full disk, the connection to the builder. `code` is everything else, above all what is unknown.
 */
export type BuildCause = 'code' | 'registry' | 'cache-import' | 'cache-export' | 'disk' | 'builder'

export interface BuildFailed {
  readonly kind: 'build-failed'
  readonly message: string
  readonly cause: BuildCause
  readonly log: readonly string[]
  /** The last lines that the failed step printed; none where no step did. */
  readonly tail: readonly string[]
  /** The instruction that failed, where the builder names it. */
  readonly place?: Place
  /** With `registry`: how long it asks to be left alone. */
  readonly retryAfterMs?: number
  /** With `disk`: what is left where the engine of this machine keeps its images. */
  readonly free?: { readonly folder: string; readonly bytes: number }
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
  | { readonly kind: 'artifact-failed'; readonly message: string }
  /** What runs is not what the commit gives, or does not say what it is. */
  | { readonly kind: 'verification-failed'; readonly message: string }
  | BuildFailed
  | { readonly kind: 'interrupted'; readonly message: string }
  /** A bug of ours, or a machine that fails in a way nobody foresaw; `message` says all there is. */
  | { readonly kind: 'unexpected'; readonly message: string }

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

/** The value of a step that gathered its problems, if there were none. */
export function unless<T>(failures: readonly Failure[], value: T): Result<T> {
  const [first, ...more] = failures
  return first === undefined ? ok(value) : failed(first, ...more)
}

/** All that went wrong in one text, for a notice of what goes on without it. */
export function textOf(failures: readonly Failure[]): string {
  return failures.map(({ message }) => message).join('; ')
}

/** What a throw from somewhere inside becomes at the edge. */
export function unexpected(error: unknown): Failure {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { kind: 'unexpected', message }
}

export function failed(failure: Failure, ...more: Failure[]): { ok: false; failures: Failure[] } {
  return { ok: false, failures: [failure, ...more] }
}

/**
 * An expected failure on its way out of a recursion that could not go on without what it asked for. It never leaves
 * the stage: `attempt` turns it into a value.
 */
export class Failed extends Error {
  readonly failures: readonly Failure[]

  constructor(...failures: readonly Failure[]) {
    super(textOf(failures))
    this.failures = failures
  }
}

/** The value, or its failures thrown: only within `attempt`. */
export function demand<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new Failed(...result.failures)
}

/** The value of some work, or the failure that it was thrown out of; a bug goes on. */
export async function attempt<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work())
  } catch (error) {
    if (error instanceof Failed) return { ok: false, failures: error.failures }
    throw error
  }
}
