import type { ContextAdvice } from './advice.js'
import type { BuildStatus } from './build-status.js'
import type { Failure, Notice } from './failure.js'
import type { Plan, PlannedImage } from './plan.js'
import type { Shards } from './shard.js'

/** How one planned image ended. */
export type Outcome =
  | {
      readonly kind: 'built'
      readonly image: PlannedImage
      readonly digest?: string
      /** Bytes of its layers and configuration in the registry; absent where it was not pushed, or that is not known. */
      readonly sizeBytes?: number
      /** When its build began, ISO 8601 in UTC. */
      readonly startedAt: string
      readonly durationMs: number
      readonly status: BuildStatus
      /** Name of a build context → digest in the registry of the image of ours that it was. */
      readonly parents: Readonly<Record<string, string>>
    }
  | { readonly kind: 'reused'; readonly image: PlannedImage; readonly digest?: string }
  | { readonly kind: 'skipped'; readonly image: PlannedImage }
  | {
      readonly kind: 'failed'
      readonly image: PlannedImage
      readonly failure: Failure
      /** Of its build, as above; absent when none was begun. */
      readonly startedAt?: string
      readonly durationMs?: number
    }
  /** Not tried, as an image that it is built after failed or was blocked itself. */
  | { readonly kind: 'blocked'; readonly image: PlannedImage; readonly by: string }
  /** Not tried, or stopped, because the run was interrupted or `fail-fast` ended it. */
  | { readonly kind: 'cancelled'; readonly image: PlannedImage }

export interface RunResult {
  readonly plan: Plan
  /** Absent in mode `plan`. One per planned image, in the plan's order. */
  readonly outcomes?: readonly Outcome[]
  /** What the legs of a matrix build of it; only in mode `plan`. */
  readonly shards?: Shards
  readonly notices: readonly Notice[]
  /** What could be kept from being sent to the builder; present when it was asked for. */
  readonly advice?: readonly ContextAdvice[]
  readonly durationMs: number
}
