import type { Failure, Notice } from './failure.js'
import type { Service } from './service.js'

/** One service whose image was pointed at by further tags. */
export interface Promotion {
  readonly service: Service
  /** Tag or digest under which the image was found. */
  readonly from: string
  readonly digest: string
  /** Tags that pointed elsewhere before. */
  readonly moved: readonly string[]
  /** Why some tags were refused; absent when all point at the image now. */
  readonly failure?: Failure
}

export interface PromotionResult {
  readonly promotions: readonly Promotion[]
  readonly notices: readonly Notice[]
  readonly durationMs: number
}
