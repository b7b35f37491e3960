import type { BuildStatus } from './build-status.js'
import type { Outcome } from './outcome.js'

/** What happens during a run, for live progress. */
export type RunEvent =
  | { readonly kind: 'build-started'; readonly service: string }
  /** A step that began, or with `isOutput` a line that a step printed, or that buildx says of why the build ended. */
  | {
      readonly kind: 'build-progress'
      readonly service: string
      readonly line: string
      readonly isOutput: boolean
    }
  | { readonly kind: 'build-status'; readonly service: string; readonly status: BuildStatus }
  | { readonly kind: 'finished'; readonly outcome: Outcome }
