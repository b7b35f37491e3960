import type { ContextAdvice } from '../model/advice.js'
import type { Notice } from '../model/failure.js'
import type { Outcome, RunResult } from '../model/outcome.js'
import { type ChangeReason, imagesBefore, type PlannedImage } from '../model/plan.js'
import type { Service } from '../model/service.js'

/** What `--json` prints; its shape is public, a change to it raises `version`. */
export interface PlanDocument {
  readonly version: 1
  readonly commit: string
  /** The commit that changes are explained against; `null` when unknown. */
  readonly base: string | null
  readonly images: readonly ImageDocument[]
  readonly notices: readonly Notice[]
  /** Present only when it was asked for. */
  readonly advice?: readonly ContextAdvice[]
}

export interface ImageDocument extends Partial<OutcomeDocument> {
  readonly name: string
  readonly kind: Service['kind']
  readonly decision: 'rebuild' | 'reuse' | 'skip'
  readonly changed: boolean
  readonly fingerprint: string
  /** Empty unless the decision is `rebuild`. */
  readonly reasons: readonly ChangeReason[]
  /** Names of the images of the document that it is built after. */
  readonly needs: readonly string[]
  readonly inputs: { readonly files: number }
  /** Seconds that its last real build took; `null` when none is recorded. */
  readonly estimate: number | null
}

/** Present when images were built, not only planned. */
export interface OutcomeDocument {
  readonly outcome: Outcome['kind']
  /** `sha256:…`; `null` when there is no image or it is in no registry. */
  readonly digest: string | null
  /** Bytes of what was built and pushed, as the registry has it; `null` where that is not known. */
  readonly size: number | null
  /** What the build took; `null` unless `outcome` is `built`. */
  readonly seconds: number | null
  /** Present only when `outcome` is `failed`. */
  readonly error?: string
}

export function planDocument(result: RunResult): PlanDocument {
  return {
    version: 1,
    commit: result.plan.commit,
    base: result.plan.base ?? null,
    images:
      result.outcomes?.map((outcome) => ({ ...imageDocument(outcome.image), ...outcomeDocument(outcome) })) ??
      result.plan.images.map(imageDocument),
    notices: result.notices,
    ...(result.advice && { advice: result.advice }),
  }
}

function imageDocument(image: PlannedImage): ImageDocument {
  const { service, fingerprint, decision, changed, record } = image
  return {
    name: service.name,
    kind: service.kind,
    decision: decision.kind,
    changed,
    fingerprint: fingerprint.digest,
    reasons: decision.kind === 'rebuild' ? decision.reasons : [],
    needs: imagesBefore(image),
    inputs: { files: fingerprint.fileCount },
    estimate: record?.durationMs === undefined ? null : inSeconds(record.durationMs),
  }
}

function outcomeDocument(outcome: Outcome): OutcomeDocument {
  const delivered = outcome.kind === 'built' || outcome.kind === 'reused'
  return {
    outcome: outcome.kind,
    digest: delivered ? (outcome.digest ?? null) : null,
    size: outcome.kind === 'built' ? (outcome.sizeBytes ?? null) : null,
    seconds: outcome.kind === 'built' ? inSeconds(outcome.durationMs) : null,
    ...(outcome.kind === 'failed' && { error: outcome.failure.message }),
  }
}

function inSeconds(milliseconds: number): number {
  return Math.round(milliseconds / 100) / 10
}
