import type { FingerprintDocument } from '../model/fingerprint.js'
import type { StateRecord } from '../model/state.js'

const HASH = /^[0-9a-f]{64}$/
const DIGEST = /^sha256:[0-9a-f]{64}$/
const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

type Unknown<T> = Readonly<Partial<Record<keyof T, unknown>>>

/**
 * Whether a value of JSON is a record and nothing more. Written out: a library for such checks takes longer for a
 * thousand records than all else that a plan does with them.
 */
export function isRecord(value: unknown): value is StateRecord {
  if (!isObject<StateRecord>(value)) return false
  const { digest, delivered, durationMs } = value
  const optional = count(digest) + count(delivered) + count(durationMs)
  return (
    keysOf(value) === 7 + optional &&
    isText(value.service) &&
    isText(value.image) &&
    isMatch(HASH, value.fingerprint) &&
    isDocument(value.document) &&
    isMatch(COMMIT, value.commit) &&
    isText(value.runId) &&
    isMatch(TIME, value.recordedAt) &&
    (digest === undefined || isMatch(DIGEST, digest)) &&
    (delivered === undefined || isDelivered(delivered)) &&
    (durationMs === undefined || typeof durationMs === 'number')
  )
}

function isDocument(value: unknown): boolean {
  return (
    isObject<FingerprintDocument>(value) &&
    keysOf(value) === 6 &&
    typeof value.format === 'number' &&
    isMatch(HASH, value.definition) &&
    isMatch(HASH, value.files) &&
    isTexts(value.buildArgs) &&
    isTexts(value.options) &&
    isTexts(value.contexts)
  )
}

function isDelivered(value: unknown): boolean {
  if (!isObject<NonNullable<StateRecord['delivered']>>(value)) return false
  const { fingerprint, digest } = value
  const isKnown = digest === undefined || isMatch(DIGEST, digest)
  return keysOf(value) === 1 + count(digest) && isMatch(HASH, fingerprint) && isKnown
}

function isTexts(value: unknown): boolean {
  return isObject<object>(value) && Object.values(value).every(isText)
}

function isObject<T>(value: unknown): value is Unknown<T> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}

function isMatch(pattern: RegExp, value: unknown): boolean {
  return typeof value === 'string' && pattern.test(value)
}

function count(value: unknown): number {
  return value === undefined ? 0 : 1
}

function keysOf(value: object): number {
  return Object.keys(value).length
}
