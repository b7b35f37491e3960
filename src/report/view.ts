import type { Failure } from '../model/failure.js'
import type { Outcome, RunResult } from '../model/outcome.js'
import type { Decision, Plan, PlannedImage } from '../model/plan.js'
import { decisionText } from './reason.js'
import { byteText, sizeText, stepsText, transferTexts } from './status.js'
import { beginning, visible, visibleMessage } from './visible.js'

/** How an image stands: what was decided while nothing has happened, then how it ended. */
export type Verdict = Decision['kind'] | Outcome['kind']

/** One image as people are shown it; every text is one printable line, `''` where there is nothing to say. */
export interface Row {
  readonly service: string
  readonly isBase: boolean
  readonly verdict: Verdict
  /** The verdict in words. */
  readonly result: string
  readonly why: string
  readonly time: string
  /** How many of a build, and how many of them were found in a layer cache. */
  readonly steps: string
  /** How much of the build contexts the builder did not have. */
  readonly sent: string
  readonly pushed: string
  /** Of what was pushed, as the registry has it, and its change against what was recorded last. */
  readonly size: string
  /** First 12 digits. */
  readonly digest: string
  /** Log of a failed build as it came, escapes and all. */
  readonly log: readonly string[]
}

const LONGEST_MESSAGE = 300
const DIGEST_DIGITS = 12

const RESULT_WORDS: Readonly<Record<Verdict, string>> = {
  rebuild: 'rebuild',
  reuse: 'reuse',
  skip: 'skip',
  built: 'built',
  reused: 'reused',
  skipped: 'skipped',
  failed: 'failed',
  cancelled: 'cancelled',
  blocked: 'blocked',
}

/** What needs a person has most. */
export const URGENCY: Readonly<Record<Verdict, number>> = {
  failed: 4,
  blocked: 4,
  cancelled: 3,
  built: 2,
  rebuild: 2,
  reused: 1,
  reuse: 1,
  skipped: 0,
  skip: 0,
}

/** What is counted of a finished run, in this order; `always`: also when there is none. */
const OUTCOME_COUNTS: Readonly<Record<Outcome['kind'], { words: string; always: boolean }>> = {
  built: { words: 'built', always: true },
  reused: { words: 'reused', always: true },
  failed: { words: 'failed', always: true },
  blocked: { words: 'blocked', always: false },
  cancelled: { words: 'cancelled', always: false },
  skipped: { words: 'not asked for', always: false },
}

const DECISION_COUNTS: Readonly<Record<Decision['kind'], { words: string; always: boolean }>> = {
  rebuild: { words: 'to rebuild', always: true },
  reuse: { words: 'to reuse', always: true },
  skip: { words: 'not asked for', always: false },
}

/** One row per planned image, in the plan's order. */
export function resultRows(result: RunResult): Row[] {
  return result.outcomes?.map(outcomeRow) ?? planRows(result.plan)
}

export function planRows(plan: Plan): Row[] {
  return plan.images.map((image) => {
    const { decision } = image
    const estimate = decision.kind === 'rebuild' ? image.record?.durationMs : undefined
    return {
      ...plainRow(image, decision.kind),
      time: estimate === undefined ? '' : `~${durationText(estimate)}`,
      digest: decision.kind === 'reuse' ? shortDigest(decision.digest) : '',
    }
  })
}

/** `2 built, 3 reused, 0 failed in 12.3 s` */
export function resultSummary(result: RunResult): string {
  if (result.outcomes === undefined) return planSummary(result.plan)
  const counts = countText(result.outcomes, OUTCOME_COUNTS)
  return `${counts} in ${durationText(result.durationMs)}`
}

/** `1 to rebuild, 4 to reuse` */
export function planSummary(plan: Plan): string {
  const decisions = plan.images.map((image) => image.decision)
  return countText(decisions, DECISION_COUNTS)
}

/**
 * What reuse saved: what the reused images took when they were last built, as far as that is recorded, beside what this run
 * took. Empty where it is recorded of none.
 */
export function savedText({ plan, outcomes, durationMs }: RunResult): string {
  const isPlan = outcomes === undefined
  const reused = isPlan
    ? plan.images.filter(({ decision }) => decision.kind === 'reuse')
    : outcomes.flatMap(({ kind, image }) => (kind === 'reused' ? [image] : []))
  const known = reused.flatMap(({ record }) => record?.durationMs ?? [])
  if (known.length === 0) return ''
  const images = reused.length === 1 ? 'reused image' : `${reused.length} reused images`
  const which = known.length === reused.length ? `The ${images}` : `${known.length} of the ${images}`
  const before = durationText(known.reduce((sum, one) => sum + one, 0))
  const sizes = reused.flatMap(({ record }) => record?.sizeBytes ?? [])
  const least = sizes.length === reused.length ? '' : 'at least '
  const bytes = byteText(sizes.reduce((sum, one) => sum + one, 0))
  const pushed = sizes.length === 0 ? '' : ` and are ${least}${bytes}, which is not pushed again`
  return `${which} took ${before} when last built${pushed}; this ${isPlan ? 'plan' : 'run'} took ${durationText(durationMs)}.`
}

export function durationText(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${twoDigits(whole % 60)} s`
  const minutes = Math.round(seconds / 60)
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`
}

function twoDigits(count: number): string {
  return String(count).padStart(2, '0')
}

/** The first digits of a `sha256:…`; whatever is no digit is left out. */
export function shortDigest(digest: string | undefined): string {
  const digits = (digest ?? '').replace(/^sha256:/u, '').replace(/[^0-9a-f]/gu, '')
  return digits.slice(0, DIGEST_DIGITS)
}

export function failureText(failure: Failure): string {
  return beginning(visibleMessage(failure.message), LONGEST_MESSAGE)
}

/** Exported for live progress, which shows outcomes one by one. */
export function outcomeRow(outcome: Outcome): Row {
  const row = plainRow(outcome.image, outcome.kind)
  switch (outcome.kind) {
    case 'built':
      return {
        ...{ ...row, steps: stepsText(outcome.status), ...transferTexts(outcome.status) },
        ...{ time: durationText(outcome.durationMs), digest: shortDigest(outcome.digest) },
        size: sizeText(outcome.sizeBytes, outcome.image.record?.sizeBytes),
      }
    case 'reused':
      return { ...row, digest: shortDigest(outcome.digest) }
    case 'skipped':
      return row
    case 'failed': {
      const log = outcome.failure.kind === 'build-failed' ? outcome.failure.log : []
      const time = outcome.durationMs === undefined ? '' : durationText(outcome.durationMs)
      return { ...row, why: failureWhy(outcome), time, log }
    }
    case 'blocked':
      return { ...row, why: `${visible(outcome.by)}, which it is built after, failed` }
    case 'cancelled':
      return { ...row, why: 'the run ended before it was done' }
  }
}

/** A row has the name already. */
function failureWhy({ failure, image }: Extract<Outcome, { kind: 'failed' }>): string {
  const text = failureText(failure)
  const name = `${visible(image.service.name)}: `
  const why = text.startsWith(name) ? text.slice(name.length) : text
  if (failure.kind !== 'build-failed' || failure.place === undefined) return why
  return `${visible(failure.place.file)}, line ${failure.place.line}: ${why}`
}

/** A reused image that is not the delivered one says so: its deploy would surprise otherwise. */
function plainRow(image: PlannedImage, verdict: Verdict): Row {
  const reused = verdict === 'reuse' || verdict === 'reused'
  return {
    service: visible(image.service.name),
    isBase: image.service.kind === 'base',
    verdict,
    result: reused && image.changed ? `${RESULT_WORDS[verdict]}, changed` : RESULT_WORDS[verdict],
    why: decisionText(image.decision),
    ...{ time: '', steps: '', sent: '', pushed: '', size: '', digest: '' },
    log: [],
  }
}

function countText<Kind extends string>(
  items: readonly { readonly kind: Kind }[],
  table: Readonly<Record<Kind, { words: string; always: boolean }>>,
): string {
  const counted = (Object.keys(table) as Kind[]).map((kind) => {
    const count = items.filter((item) => item.kind === kind).length
    return count > 0 || table[kind].always ? `${count} ${table[kind].words}` : undefined
  })
  return counted.filter((text) => text !== undefined).join(', ')
}
