import type { Result } from '../model/failure.js'

export interface Container {
  readonly name: string
  /** As it was named when the container was made: with tag, digest or neither, or an id. */
  readonly image: string
  /** Those of its image and its own. */
  readonly labels: Readonly<Record<string, string>>
}

/** An image that is to show that it works. */
export interface Trial {
  /** Complete reference, with tag or digest; pulled where the engine lacks it. */
  readonly image: string
  readonly port: number
  /** Asked for by HTTP; any answer from 200 to 399 will do. */
  readonly path: string
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

export type TrialEnd =
  | { readonly kind: 'answered' }
  /** It gave no such answer within its time, or ended; `log`: the last lines that it printed. */
  | { readonly kind: 'silent'; readonly problem: string; readonly log: readonly string[] }

/** What was removed. */
export interface Cleared {
  readonly containers: number
  /** Of images, as Docker says it: `12.3MB`. */
  readonly reclaimed: string
}

/** The containers of the local Docker engine. */
export interface Containers {
  /** Those that run, of a Compose project if one is named; never those of a trial. */
  running(project?: string): Promise<Result<readonly Container[]>>
  /**
   * Starts the image, asks until it answers, and stops and removes it whatever happens. `interrupted` on abort; any other
   * failure means that it could not be started.
   */
  attempt(trial: Trial): Promise<Result<TrialEnd>>
  /** Removes images without a name that are ours by their label and that no container uses, and stopped trials. */
  clear(): Promise<Result<Cleared>>
}
