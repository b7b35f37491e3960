import type { Failure, Notice } from '../model/failure.js'
import type { ImageResult, Leg } from '../model/leg.js'
import type { Outcome } from '../model/outcome.js'
import type { ChangeReason, PlannedImage } from '../model/plan.js'
import { fullName, type Service } from '../model/service.js'
import { diff } from './diff.js'

/** What a plan that is made again is overlaid with. */
export interface Evidence {
  readonly legs: readonly Leg[]
  /** Of the run, which the legs of earlier attempts were part of, too. */
  readonly attempt: number
  /** Whether images have to be in a registry. */
  readonly push: boolean
  /** Name → fingerprint of what counts as there because the run's plan says so, which had records that may be lost by now. */
  readonly reused: ReadonlyMap<string, string>
}

export interface Overlaid {
  /** One per image, in their order. A digest in it has yet to be found in the registry. */
  readonly outcomes: readonly Outcome[]
  readonly notices: readonly Notice[]
}

/** What is known of one image, the newest first. */
export interface Found {
  readonly leg: Leg
  readonly result: ImageResult
}

/**
 * How each image of a plan ended in the legs of its run: by the newest result, whichever leg it is of. What a leg made of
 * other content than the plan's is not taken. An image that is to be rebuilt and that no leg tells of has failed.
 */
export function overlaid(images: readonly PlannedImage[], evidence: Evidence): Overlaid {
  const both = {
    planned: new Map(images.map((image) => [image.service.name, image])),
    found: newestOf(evidence.legs),
  }
  const notices: Notice[] = []
  const outcomes = images.map((image): Outcome => {
    const { decision, service } = image
    if (decision.kind === 'skip' && decision.isUnneeded !== true) return { kind: 'skipped', image }
    const one = both.found.get(keyOf(service))
    const match = one && matchOf(image, one, both)
    if (match?.notice) notices.push(match.notice)
    const told = one && match?.isTaken ? toldBy(one, image, evidence) : undefined
    return told ?? untold(image, evidence, match?.isTaken === false)
  })
  return { outcomes: withoutOrphans(outcomes), notices }
}

/** What was blocked has failed itself where what blocked it has an image by now: nobody else would tell that it has none. */
function withoutOrphans(outcomes: readonly Outcome[]): readonly Outcome[] {
  const byName = new Map(outcomes.map((outcome) => [outcome.image.service.name, outcome]))
  const standing = new Set<Outcome>(outcomes.filter(({ kind }) => kind === 'failed'))
  for (let size = -1; size < standing.size;) {
    size = standing.size
    for (const outcome of outcomes) {
      const blocker = outcome.kind === 'blocked' ? byName.get(outcome.by) : undefined
      if (blocker !== undefined && standing.has(blocker)) standing.add(outcome)
    }
  }
  return outcomes.map((outcome) =>
    outcome.kind !== 'blocked' || standing.has(outcome) ? outcome : orphaned(outcome),
  )
}

function orphaned({ image, by }: Extract<Outcome, { kind: 'blocked' }>): Outcome {
  const message = `\`${image.service.name}\` has no result: its leg waited for \`${by}\`, which had failed; run that leg again`
  return { kind: 'failed', image, failure: { kind: 'artifact-failed', message } }
}

/** Of the images by `keyOf` the result of the newest attempt; within one a success counts before anything else. */
export function newestOf(legs: readonly Leg[]): ReadonlyMap<string, Found> {
  const newest = new Map<string, Found>()
  for (const leg of legs) {
    for (const result of leg.results) {
      const key = `${result.repository} ${result.name}`
      const before = newest.get(key)
      if (result.end.kind !== 'cancelled' && (before === undefined || isNewer({ leg, result }, before)))
        newest.set(key, { leg, result })
    }
  }
  return newest
}

/** Two configurations of one run may both have an image of a name. */
export function keyOf({ image, name }: Service): string {
  return `${fullName(image)} ${name}`
}

function isNewer(one: Found, other: Found): boolean {
  if (one.leg.attempt !== other.leg.attempt) return one.leg.attempt > other.leg.attempt
  return rank(one) > rank(other)
}

/** Two legs tell of one image when it was at hand for neither: one of them may have taken what the other built. */
function rank({ result: { end } }: Found): number {
  return ['blocked', 'failed', 'reused', 'built'].indexOf(end.kind)
}

interface Both {
  /** By name. */
  readonly planned: ReadonlyMap<string, PlannedImage>
  /** By `keyOf`. */
  readonly found: ReadonlyMap<string, Found>
}

interface Match {
  readonly isTaken: boolean
  readonly notice?: Notice
}

/**
 * A leg and this job may have found other digests of images of others, which move while a run goes on; then what the leg
 * built is as good. Everything else is the same in both, or what is pointed at would not be what the plan says.
 */
function matchOf({ service, fingerprint }: PlannedImage, one: Found, both: Both): Match {
  if (one.result.fingerprint === fingerprint.digest) return { isTaken: true }
  const reasons = diff(one.result.document, fingerprint.document)
  const isMoved = reasons.length > 0 && reasons.every((reason) => isOfOthers(reason, one, both))
  const sections = reasons.map(sectionOf).join(', ') || 'what it was made from'
  const by = `leg \`${one.leg.shard}\``
  const message = isMoved
    ? `\`${service.name}\` is as ${by} built it, although ${sections} moved since; the next run builds it again`
    : `what ${by} did for \`${service.name}\` is not used: ${sections} differed there; give both jobs the same inputs, variables and files, and name the sources of files that an earlier step makes under \`generated\``
  return { isTaken: isMoved, notice: { message } }
}

/** Or of an image of ours, which differs for no other reason itself. */
function isOfOthers(reason: ChangeReason, { result }: Found, both: Both): boolean {
  if (reason.kind === 'upstream') return true
  if (reason.kind !== 'base') return false
  const parent = both.planned.get(reason.name)
  const built = parent && both.found.get(keyOf(parent.service))
  return (
    parent !== undefined &&
    built !== undefined &&
    result.document.parents?.[reason.name] === built.result.fingerprint &&
    matchOf(parent, built, both).isTaken
  )
}

function sectionOf(reason: ChangeReason): string {
  switch (reason.kind) {
    case 'build-args':
    case 'options':
    case 'contexts':
      return `${reason.kind} (${reason.names.join(', ')})`
    case 'upstream':
      return `the image \`${reason.ref}\``
    case 'base':
      return `the base \`${reason.name}\``
    case 'no-record':
    case 'forced':
    case 'files':
    case 'lockfile':
    case 'dockerfile':
    case 'untracked-input':
    case 'format':
    case 'image-missing':
    case 'expired':
    case 'unknown-range':
      return reason.kind
  }
}

/** `undefined` for a result that is of no use any more. */
function toldBy({ leg, result }: Found, image: PlannedImage, evidence: Evidence): Outcome | undefined {
  const { end, decision, document, fingerprint: digest } = result
  const asBuilt = { ...image, decision, fingerprint: { ...image.fingerprint, document, digest } }
  switch (end.kind) {
    case 'built':
      if (evidence.push && end.digest === undefined) return undefined
      return { ...end, image: { ...asBuilt, changed: image.service.kind === 'service' } }
    case 'reused':
      return evidence.push && end.digest === undefined ? undefined : { ...end, image: asBuilt }
    case 'failed':
    case 'blocked':
      // An image that has come to exist since an earlier attempt is there, whoever built it.
      return leg.attempt < evidence.attempt && image.decision.kind !== 'rebuild'
        ? undefined
        : { ...end, image: { ...image, decision } }
    case 'cancelled':
      return undefined
  }
}

/** The plan has asked the registry: what it reuses is there. */
function untold(image: PlannedImage, { legs, reused }: Evidence, isRefused: boolean): Outcome {
  const { decision, service, fingerprint } = image
  if (reused.get(service.name) === fingerprint.digest) return { kind: 'reused', image }
  switch (decision.kind) {
    case 'skip':
      return { kind: 'skipped', image }
    case 'reuse':
      return {
        ...{ kind: 'reused', image },
        ...(decision.digest !== undefined && { digest: decision.digest }),
      }
    case 'rebuild':
      return { kind: 'failed', image, failure: withoutResult(image, legs, isRefused) }
  }
}

function withoutResult({ service }: PlannedImage, legs: readonly Leg[], isRefused: boolean): Failure {
  const own = legs
    .filter(({ images }) => images.includes(service.name))
    .sort((a, b) => b.attempt - a.attempt)[0]
  const why = isRefused
    ? 'what its leg did is not used'
    : own === undefined
      ? 'its leg did not end'
      : `leg \`${own.shard}\` ended without it${own.problems.map((problem) => `: ${problem}`).join('')}`
  return { kind: 'artifact-failed', message: `\`${service.name}\` has no result: ${why}` }
}
