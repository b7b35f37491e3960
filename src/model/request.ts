import type { LayerCacheRequest } from './layer-cache.js'
import type { Shard } from './leg.js'
import type { Secret } from './secret.js'
import type { ObjectId } from './snapshot.js'

/** What a run was asked for, after the inputs or flags were checked. */
export interface RunRequest {
  readonly mode: Mode
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
  /** What builds are given that mount them; of each id one. */
  readonly secrets: readonly Secret[]
  readonly builder?: string
  /** How many builds may be under way at once. */
  readonly maxParallel: number
  /** Legs of a matrix, at most. */
  readonly maxJobs: number
  /** The same where each took less than a minute the last time. */
  readonly maxShortParallel: number
  readonly failFast: boolean
  readonly layerCache: LayerCacheRequest
  readonly noCache: boolean
  readonly pull: boolean
  /** Push from a work tree with changes; then only the fingerprint's tag moves. */
  readonly allowDirty: boolean
  /** A plan with something to rebuild ends with code 10. */
  readonly exitCode: boolean
  /** A plan also says what could be kept from being sent to the builder. */
  readonly advise: boolean
  /** Ask no registry. */
  readonly localOnly: boolean
  readonly detect: Detect
  /** A registry tag that stands for what was delivered last; absent: what the scope's record says. */
  readonly changedSince?: string
  /** What is promoted: a tag or, of one service, a digest; absent: the image of this commit. */
  readonly from?: string
  /** What this run builds as one leg of several; absent: it is no leg. */
  readonly shard?: Shard
  /** How long a promotion waits for images of a simultaneous run. */
  readonly waitMs: number
  /** Below the pull request; absent: where there is one, the token may, and there is something to tell. */
  readonly comment?: 'always' | 'never'
  /** Where services say what they were built from; absent: containers of this Docker are looked at. */
  readonly urls?: readonly ServiceUrl[]
  /** The Compose project whose containers alone are looked at. */
  readonly composeProject?: string
  /** What is removed from this Docker after the run; absent: nothing. */
  readonly cleanup?: 'dangling'
}

/** Unless a bound is set, so many short builds may be under way in place of one that takes longer. */
export const SHORT_FOR_LONG = 8

export type Mode = 'build' | 'plan' | 'collect' | 'promote' | 'verify'

/** An address of a service; absent `service`: of the only one that is asked for. */
export interface ServiceUrl {
  readonly service?: string
  readonly url: string
}

/** What tells a change: the content of what an image is made from, or nothing but the commit range. */
export type Detect = 'content' | 'commits'

/** Whose files count: those of the commit, those on disk, or those on disk where there is a full work tree. */
export type InputsFrom = 'auto' | 'commit' | 'worktree'

export type Force =
  | { readonly kind: 'none' }
  | { readonly kind: 'all' }
  /** Names and globs of images; the word `bases` stands for all bases. */
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
  /** A tag was pushed. */
  | { readonly kind: 'tag' }
  /** A release of the tag that the run's ref names. */
  | { readonly kind: 'release' }
  | { readonly kind: 'schedule' }
  /** Started by hand or by a call from outside. */
  | { readonly kind: 'dispatch' }
  | { readonly kind: 'other' }
  | { readonly kind: 'terminal' }

/** Where the run happens; read once at the entry, nothing further inside looks at the environment. */
export interface RunContext {
  readonly trigger: Trigger
  /** `refs/heads/main`, `refs/tags/v1`, `refs/pull/7/merge`; absent on a detached terminal checkout. */
  readonly ref?: string
  readonly defaultBranch?: string
  /** Name of the branch that a pull request is to be merged into. */
  readonly baseRef?: string
  /** Web address of the repository; absent at a terminal without one. */
  readonly repositoryUrl?: string
  readonly runId: string
  /** The workflow's file, `owner/repo/.github/workflows/x.yml`; absent outside of workflows. */
  readonly workflow?: string
  /** Some or all of its jobs ran before, perhaps long ago. */
  readonly isRerun?: true
  /** How often the run was started, from 1; absent outside of GitHub Actions. */
  readonly attempt?: number
  readonly stateScope: string
  /** Why this run may not push, whatever was asked; absent when it may. */
  readonly pushForbidden?: string
  /** Platform of an image for which none is configured. */
  readonly defaultPlatform: string
  /** Environment variables for `${NAME}` in build arguments. */
  readonly variables: Readonly<Record<string, string | undefined>>
}

/** Whether this run is the one that looks after what no commit changed: a `schedule`, or a dispatch on the default branch. */
export function isUpkeep({ trigger, ref, defaultBranch }: RunContext): boolean {
  const isOnDefault = defaultBranch !== undefined && ref === `refs/heads/${defaultBranch}`
  return trigger.kind === 'schedule' || (trigger.kind === 'dispatch' && isOnDefault)
}
