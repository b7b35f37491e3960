import type { BuildStatus } from './build-status.js'
import type { Failure, Notice } from './failure.js'
import type { Plan, PlannedImage } from './plan.js'

/** How one planned image ended. */
export type Outcome =
  | {
      readonly kind: 'built'
      readonly image: PlannedImage
      readonly digest?: string
      /** When its build began, ISO 8601 in UTC. */
      readonly startedAt: string
      readonly durationMs: number
      readonly status: BuildStatus
      /** Name of a build context → digest in the registry of the image of ours that it was. */
      readonly parents: Readonly<Record<string, string>>
    }
  | { readonly kind: 'reused'; readonly image: PlannedImage; readonly digest?: string }
  | { readonly kind: 'skipped'; readonly image: PlannedImage }
  | { readonly kind: 'failed'; readonly image: PlannedImage; readonly failure: Failure }
  /** Not tried, as an image that it is built after failed or was blocked itself. */
  | { readonly kind: 'blocked'; readonly image: PlannedImage; readonly by: string }
  /** Not tried, or stopped, because the run was interrupted or `fail-fast` ended it. */
  | { readonly kind: 'cancelled'; readonly image: PlannedImage }

export interface RunResult {
  readonly plan: Plan
  /** Absent in mode `plan`. One per planned image, in the plan's order. */
  readonly outcomes?: readonly Outcome[]
  readonly notices: readonly Notice[]
  readonly durationMs: number
}
