import { failed, ok, type Result } from '../model/failure.js'
import type { Outcome, RunResult } from '../model/outcome.js'
import type { ChangeReason, Plan, PlannedImage } from '../model/plan.js'
import { fullName } from '../model/service.js'
import { decisionText } from './reason.js'

/** How one image goes to the outputs, be it by decision or by outcome. */
interface Delivery {
  readonly image: PlannedImage
  readonly action: 'rebuilt' | 'reused' | 'failed' | 'none'
  /** `sha256:…` where one is known. */
  readonly digest?: string
}

const MOST_MATRIX_ENTRIES = 256
/** GitHub allows 1 MB for all outputs of a job and measures them as UTF-16; workflows may add outputs of their own. */
const MOST_BYTES = 1_000_000
/** How many paths or names each reason keeps, tried in this order until all outputs fit. */
const DETAIL_LEVELS = [Infinity, 5, 1, 0]

/**
 * The Action's outputs, name to value. Only `reasons` is ever cut; a matrix or a total beyond GitHub's limits is a
 * failure. No registry address is in `matrix` and `digests`: GitHub blanks an output that contains a secret.
 */
export function outputs(result: RunResult): Result<ReadonlyMap<string, string>> {
  const deliveries = result.outcomes?.map(byOutcome) ?? result.plan.images.map(byDecision)
  const deploys = deliveries.filter(wantsDeploy)
  if (deploys.length > MOST_MATRIX_ENTRIES) return tooManyDeploys(deploys.length)

  const named = (action: Delivery['action']) =>
    nameList(deliveries.filter((delivery) => delivery.action === action))
  const fixed = new Map([
    ['matrix', JSON.stringify({ include: deploys.map(matrixEntry) })],
    ['any', String(deploys.length > 0)],
    ['changed', nameList(deploys)],
    ['rebuilt', named('rebuilt')],
    ['reused', named('reused')],
    ['failed', named('failed')],
    ...(result.outcomes === undefined ? [] : digestOutputs(deliveries)),
  ])
  return withReasons(fixed, result.plan)
}

function byDecision(image: PlannedImage): Delivery {
  switch (image.decision.kind) {
    case 'rebuild':
      return { image, action: 'rebuilt' }
    case 'reuse':
      return { image, action: 'reused', ...withDigest(image.decision.digest) }
    case 'skip':
      return { image, action: 'none' }
  }
}

function byOutcome(outcome: Outcome): Delivery {
  const { image } = outcome
  switch (outcome.kind) {
    case 'built':
      return { image, action: 'rebuilt', ...withDigest(outcome.digest) }
    case 'reused':
      return { image, action: 'reused', ...withDigest(outcome.digest) }
    case 'failed':
    case 'blocked':
      return { image, action: 'failed' }
    case 'skipped':
    case 'cancelled':
      return { image, action: 'none' }
  }
}

function withDigest(digest: string | undefined): { digest?: string } {
  return digest === undefined ? {} : { digest }
}

function wantsDeploy({ image, action }: Delivery): boolean {
  return image.changed && (action === 'rebuilt' || action === 'reused')
}

function matrixEntry({ image, action, digest }: Delivery): Record<string, unknown> {
  return {
    service: image.service.name,
    action,
    fingerprint: image.fingerprint.digest,
    reason: decisionText(image.decision),
    ...withDigest(digest),
    ...image.service.matrix,
  }
}

function digestOutputs(deliveries: readonly Delivery[]): [string, string][] {
  const digests: [string, string][] = []
  const images: [string, string][] = []
  for (const { image, digest } of deliveries) {
    if (digest === undefined) continue
    digests.push([image.service.name, digest])
    images.push([image.service.name, `${fullName(image.service.image)}@${digest}`])
  }
  return [
    ['digests', JSON.stringify(Object.fromEntries(digests))],
    ['images', JSON.stringify(Object.fromEntries(images))],
  ]
}

function nameList(deliveries: readonly Delivery[]): string {
  return JSON.stringify(deliveries.map(({ image }) => image.service.name))
}

function withReasons(fixed: ReadonlyMap<string, string>, plan: Plan): Result<ReadonlyMap<string, string>> {
  for (const most of DETAIL_LEVELS) {
    const all = new Map([...fixed, ['reasons', reasonsByImage(plan, most)]])
    if (byteSize(all) <= MOST_BYTES) return ok(all)
  }
  const message =
    'the outputs are larger than the 1 MB that GitHub allows a job; ' +
    'name fewer images with input `services`, in several jobs, or shorten their `matrix` keys'
  return failed({ kind: 'usage', message })
}

/** Every image of the plan; what is not rebuilt has no reasons. */
function reasonsByImage(plan: Plan, most: number): string {
  const entries = plan.images.map(({ service, decision }) => {
    const reasons = decision.kind === 'rebuild' ? decision.reasons : []
    return [service.name, reasons.map((reason) => shortenedReason(reason, most))] as const
  })
  return JSON.stringify(Object.fromEntries(entries))
}

/** The reason with at most so many paths or names; `cut` counts those left out here. */
function shortenedReason(reason: ChangeReason, most: number): ChangeReason & { cut?: number } {
  switch (reason.kind) {
    case 'files': {
      const cut = (reason.paths?.length ?? 0) - most
      return cut > 0 ? { ...reason, paths: reason.paths?.slice(0, most) ?? [], cut } : reason
    }
    case 'untracked-input': {
      const cut = reason.paths.length - most
      return cut > 0 ? { ...reason, paths: reason.paths.slice(0, most), cut } : reason
    }
    case 'dockerfile': {
      const cut = (reason.lines?.length ?? 0) - most
      return cut > 0 ? { ...reason, lines: reason.lines?.slice(0, most) ?? [], cut } : reason
    }
    case 'build-args':
    case 'contexts':
    case 'options': {
      const cut = reason.names.length - most
      return cut > 0 ? { ...reason, names: reason.names.slice(0, most), cut } : reason
    }
    case 'no-record':
    case 'forced':
    case 'lockfile':
    case 'upstream':
    case 'format':
    case 'image-missing':
    case 'base':
    case 'expired':
    case 'unknown-range':
      return reason
  }
}

/** In UTF-16 as GitHub measures, or in UTF-8 where that is more. */
function byteSize(values: ReadonlyMap<string, string>): number {
  let size = 0
  for (const [name, value] of values) {
    size += Math.max(2 * (name.length + value.length), Buffer.byteLength(name) + Buffer.byteLength(value))
  }
  return size
}

function tooManyDeploys(count: number): Result<never> {
  const message =
    `${count} services want a deploy, but a GitHub matrix takes at most ${MOST_MATRIX_ENTRIES} entries; ` +
    'name fewer services with input `services`, in several jobs'
  return failed({ kind: 'usage', message })
}
