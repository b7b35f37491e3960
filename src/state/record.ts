import type { FingerprintDocument } from '../model/fingerprint.js'
import type { DeliveredImage, StateRecord } from '../model/state.js'

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
  const { digest, sizeBytes, durationMs, parents } = value
  const optional = count(digest) + count(sizeBytes) + count(durationMs) + count(parents)
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
    (sizeBytes === undefined || typeof sizeBytes === 'number') &&
    (parents === undefined || isDigests(parents)) &&
    (durationMs === undefined || typeof durationMs === 'number')
  )
}

/** Whether a value of JSON is the document of a fingerprint and nothing more. */
export function isDocument(value: unknown): boolean {
  return (
    isObject<FingerprintDocument>(value) &&
    keysOf(value) === 6 + count(value.upstream) + count(value.parents) &&
    typeof value.format === 'number' &&
    isMatch(HASH, value.definition) &&
    isMatch(HASH, value.files) &&
    isTexts(value.buildArgs) &&
    isTexts(value.options) &&
    isTexts(value.contexts) &&
    (value.upstream === undefined || isDigests(value.upstream)) &&
    (value.parents === undefined || isTexts(value.parents))
  )
}

/** Whether a value of JSON maps texts to digests of images, and nothing more. */
export function isDigests(value: unknown): value is Readonly<Record<string, string>> {
  return isObject<object>(value) && Object.values(value).every((digest) => isMatch(DIGEST, digest))
}

/** Whether a value of JSON is a delivery and nothing more. */
export function isDelivery(value: unknown): value is DeliveredImage {
  if (!isObject<DeliveredImage>(value)) return false
  const { digest } = value
  return (
    keysOf(value) === 5 + count(digest) &&
    isText(value.service) &&
    isText(value.image) &&
    isMatch(HASH, value.fingerprint) &&
    isText(value.runId) &&
    isMatch(TIME, value.at) &&
    (digest === undefined || isMatch(DIGEST, digest))
  )
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
