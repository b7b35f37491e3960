import type { BuildStatus } from '../model/build-status.js'
import type { BuildCause, BuildFailed, Failure, Notice, Place } from '../model/failure.js'
import type { ImageEnd, ImageResult, Leg } from '../model/leg.js'
import type { ChangeReason, Decision, Found } from '../model/plan.js'
import { isDigests, isDocument } from './record.js'
import {
  type Check,
  isMatch,
  isNumber,
  isText,
  isTrue,
  listOf,
  ofKind,
  oneOf,
  optional,
  shape,
} from './shape.js'

const KIND = 'smart-image-build-leg'
const VERSION = 1

/** Of the log of a build that failed: the whole is in the log of its job. */
const MOST_LINES = 200

interface Stored extends Leg {
  readonly kind: typeof KIND
  readonly version: typeof VERSION
}

/** The text of a run artifact. */
export function encodeLeg(leg: Leg): string {
  const results = leg.results.map((result) => ({ ...result, end: withShortLog(result.end) }))
  return JSON.stringify({ kind: KIND, version: VERSION, ...leg, results } satisfies Stored)
}

function withShortLog(end: ImageEnd): ImageEnd {
  if (end.kind !== 'failed' || end.failure.kind !== 'build-failed') return end
  return { ...end, failure: { ...end.failure, log: end.failure.log.slice(-MOST_LINES) } }
}

/** Strict: what is not exactly what `encodeLeg` writes is a problem, never half a leg. */
export function decodeLeg(text: string): { readonly leg: Leg } | { readonly problem: string } {
  let value: Partial<Stored> | null
  try {
    value = JSON.parse(text) as Partial<Stored> | null
  } catch {
    return { problem: 'it is not JSON' }
  }
  if (value?.kind !== KIND) return { problem: 'it is not what a leg leaves' }
  if (value.version !== VERSION) return { problem: `its version ${String(value.version)} is not ${VERSION}` }
  if (!isStored(value)) return { problem: 'it is malformed' }
  const { shard, attempt, images, results, problems, notices } = value as Stored
  return { leg: { shard, attempt, images, results, problems, notices } }
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const isHash = isMatch(/^[0-9a-f]{64}$/)
const isDigest = isMatch(/^sha256:[0-9a-f]{64}$/)
const isTexts = listOf(isText)

const isPlace = shape<Place>({ file: isText, line: isNumber, column: isNumber })
const isNotice = shape<Notice>({ message: isText, place: optional(isPlace) })

type Reason<K extends ChangeReason['kind']> = Extract<ChangeReason, { readonly kind: K }>

const isReason = ofKind<ChangeReason['kind']>({
  'no-record': shape<Reason<'no-record'>>({ kind: isText }),
  forced: shape<Reason<'forced'>>({ kind: isText }),
  files: shape<Reason<'files'>>({
    kind: isText,
    added: optional(isNumber),
    modified: optional(isNumber),
    removed: optional(isNumber),
    paths: optional(isTexts),
  }),
  lockfile: shape<Reason<'lockfile'>>({ kind: isText, path: isText }),
  dockerfile: shape<Reason<'dockerfile'>>({ kind: isText, lines: optional(listOf(isNumber)) }),
  'untracked-input': shape<Reason<'untracked-input'>>({ kind: isText, paths: isTexts }),
  'build-args': shape<Reason<'build-args'>>({ kind: isText, names: isTexts }),
  options: shape<Reason<'options'>>({ kind: isText, names: isTexts }),
  contexts: shape<Reason<'contexts'>>({ kind: isText, names: isTexts }),
  upstream: shape<Reason<'upstream'>>({
    kind: isText,
    ref: isText,
    from: optional(isText),
    to: optional(isText),
  }),
  format: shape<Reason<'format'>>({ kind: isText }),
  'image-missing': shape<Reason<'image-missing'>>({ kind: isText }),
  base: shape<Reason<'base'>>({ kind: isText, name: isText, isAnew: optional(isTrue) }),
  expired: shape<Reason<'expired'>>({ kind: isText, builtAt: optional(isText) }),
  'unknown-range': shape<Reason<'unknown-range'>>({ kind: isText, problem: isText }),
})

type Decided<K extends Decision['kind']> = Extract<Decision, { readonly kind: K }>

const isDecision = ofKind<Decision['kind']>({
  rebuild: shape<Decided<'rebuild'>>({ kind: isText, reasons: listOf(isReason) }),
  reuse: shape<Decided<'reuse'>>({
    kind: isText,
    digest: optional(isDigest),
    found: oneOf<Found>({ record: true, registry: true, engine: true, layout: true, range: true }),
  }),
  skip: shape<Decided<'skip'>>({ kind: isText, isUnneeded: optional(isTrue) }),
})

const isPlain: Check = shape<Exclude<Failure, BuildFailed>>({ kind: isText, message: isText })

const isFailure = ofKind<Failure['kind']>({
  'config-invalid': shape<Extract<Failure, { readonly kind: 'config-invalid' }>>({
    kind: isText,
    message: isText,
    place: optional(isPlace),
  }),
  usage: isPlain,
  'environment-missing': isPlain,
  'git-failed': isPlain,
  'registry-failed': isPlain,
  'registry-denied': isPlain,
  'engine-failed': isPlain,
  'artifact-failed': isPlain,
  'verification-failed': isPlain,
  'build-failed': shape<BuildFailed>({
    kind: isText,
    message: isText,
    cause: oneOf<BuildCause>({
      ...{ code: true, registry: true, disk: true, builder: true },
      ...{ 'cache-import': true, 'cache-export': true },
    }),
    log: isTexts,
    tail: isTexts,
    place: optional(isPlace),
    retryAfterMs: optional(isNumber),
    free: optional(shape<NonNullable<BuildFailed['free']>>({ folder: isText, bytes: isNumber })),
  }),
  interrupted: isPlain,
  unexpected: isPlain,
})

type End<K extends ImageEnd['kind']> = Extract<ImageEnd, { readonly kind: K }>

const isEnd = ofKind<ImageEnd['kind']>({
  built: shape<End<'built'>>({
    kind: isText,
    digest: optional(isDigest),
    sizeBytes: optional(isNumber),
    startedAt: isMatch(TIME),
    durationMs: isNumber,
    status: shape<BuildStatus>({
      steps: isNumber,
      done: isNumber,
      cached: isNumber,
      contextBytes: isNumber,
      pushedBytes: isNumber,
    }),
    parents: isDigests,
  }),
  reused: shape<End<'reused'>>({ kind: isText, digest: optional(isDigest) }),
  failed: shape<End<'failed'>>({
    kind: isText,
    failure: isFailure,
    startedAt: optional(isMatch(TIME)),
    durationMs: optional(isNumber),
  }),
  blocked: shape<End<'blocked'>>({ kind: isText, by: isText }),
  cancelled: shape<End<'cancelled'>>({ kind: isText }),
})

const isStored = shape<Stored>({
  kind: isText,
  version: isNumber,
  shard: isText,
  attempt: isNumber,
  images: isTexts,
  results: listOf(
    shape<ImageResult>({
      name: isText,
      repository: isText,
      fingerprint: isHash,
      document: isDocument,
      decision: isDecision,
      end: isEnd,
    }),
  ),
  problems: isTexts,
  notices: listOf(isNotice),
})
