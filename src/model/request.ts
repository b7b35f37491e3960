import type { ObjectId } from './snapshot.js'

/** What a run was asked for, after the inputs or flags were checked. */
export interface RunRequest {
  readonly mode: 'build' | 'plan'
  /** Path of the configuration; absent: the usual places are looked at. */
  readonly config?: string
  /** Names and globs; empty means all. */
  readonly services: readonly string[]
  readonly force: Force
  readonly inputsFrom: InputsFrom
  /** Commit that changes are explained against; absent: taken from the event. */
  readonly baseRef?: string
  readonly push: boolean
  readonly load: boolean
  readonly registry?: string
  /** Tag rules, see `config/tags.ts`. */
  readonly tags: readonly string[]
  readonly builder?: string
  readonly maxParallel: number
  readonly failFast: boolean
  readonly noCache: boolean
  readonly pull: boolean
  /** Push from a work tree with changes; then only the fingerprint's tag moves. */
  readonly allowDirty: boolean
  /** A plan with something to rebuild ends with code 10. */
  readonly exitCode: boolean
  /** Ask no registry. */
  readonly localOnly: boolean
}

/** Whose files count: those of the commit, those on disk, or those on disk where there is a full work tree. */
export type InputsFrom = 'auto' | 'commit' | 'worktree'

export type Force =
  | { readonly kind: 'none' }
  | { readonly kind: 'all' }
  | { readonly kind: 'names'; readonly names: readonly string[] }

/** What started the run, reduced to what decides ranges, tags and rights. */
export type Trigger =
  | { readonly kind: 'push'; readonly before?: ObjectId }
  | {
      readonly kind: 'pull-request'
      readonly number: number
      readonly base: ObjectId
      readonly head: ObjectId
    }
  | { readonly kind: 'merge-group'; readonly base: ObjectId }
  | { readonly kind: 'tag' }
  | { readonly kind: 'other' }
  | { readonly kind: 'terminal' }

/** Where the run happens; read once at the entry, nothing further inside looks at the environment. */
export interface RunContext {
  readonly trigger: Trigger
  /** `refs/heads/main`, `refs/tags/v1`, `refs/pull/7/merge`; absent on a detached terminal checkout. */
  readonly ref?: string
  readonly defaultBranch?: string
  /** Web address of the repository; absent at a terminal without one. */
  readonly repositoryUrl?: string
  readonly runId: string
  readonly stateScope: string
  /** Why this run may not push, whatever was asked; absent when it may. */
  readonly pushForbidden?: string
  /** Platform of an image for which none is configured. */
  readonly defaultPlatform: string
  /** Environment variables for `${NAME}` in build arguments. */
  readonly variables: Readonly<Record<string, string | undefined>>
}
