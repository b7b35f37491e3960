import type { IncomingHttpHeaders } from 'node:http'
import type { Answer } from './cache-service-blobs.js'
import type { Blob, CacheStore } from './cache-service-store.js'
import { judgeToken, type CacheScope } from './cache-service-token.js'

export const TWIRP_PREFIX = '/twirp/github.actions.results.api.v1.CacheService/'

export const TWIRP_OPERATIONS = [
  'CreateCacheEntry',
  'FinalizeCacheEntryUpload',
  'GetCacheEntryDownloadURL',
] as const
export type TwirpOperation = (typeof TWIRP_OPERATIONS)[number]

export interface TwirpRequest {
  readonly operation: TwirpOperation
  readonly headers: IncomingHttpHeaders
  readonly message: TwirpMessage
}

/** The three request messages in one; JSON names as in the protocol's file (snake case, int64 as a string or number). */
export interface TwirpMessage {
  readonly key?: string
  readonly version?: string
  readonly restore_keys?: readonly string[]
  readonly size_bytes?: string | number
}

export interface TwirpService {
  readonly store: CacheStore
  /** A URL that may `write` or `read` this blob and nothing else. */
  readonly sign: (blob: Blob, use: 'read' | 'write') => string
}

const LARGEST_KEY = 512

/** Answers one call of the cache service v2 (@actions/cache, generated/results/api/v1/cache.js). */
export function answerTwirp(service: TwirpService, request: TwirpRequest): Answer {
  const token = judgeToken(request.headers.authorization)
  if (!token.valid) return twirpError(401, token.reason)
  const { key = '', version = '' } = request.message
  if (key === '' || version === '') return twirpError(400, 'key and version are required')
  if (key.length > LARGEST_KEY || key.includes(','))
    return twirpError(400, 'key is too long or contains a comma')
  switch (request.operation) {
    case 'CreateCacheEntry':
      return create(service, token.scopes, { key, version })
    case 'FinalizeCacheEntryUpload':
      return finalise(service, token.scopes, { ...request.message, key, version })
    case 'GetCacheEntryDownloadURL':
      return find(service, token.scopes, { ...request.message, key, version })
  }
}

type NamedMessage = TwirpMessage & { readonly key: string; readonly version: string }

function create({ store, sign }: TwirpService, scopes: readonly CacheScope[], message: NamedMessage): Answer {
  const reservation = store.reserve(scopes, message)
  switch (reservation.kind) {
    case 'reserved':
      return jsonAnswer(200, { ok: true, signed_upload_url: sign(reservation.blob, 'write') })
    case 'exists':
      return twirpError(409, 'cache entry with the same key, version, and scope already exists')
    case 'denied':
      // The prefix must lead: the client tells a denial from a collision by it (cache.js, CACHE_WRITE_DENIED_PREFIX).
      return jsonAnswer(200, { ok: false, message: 'cache write denied: the token has no writable scope' })
  }
}

function finalise({ store }: TwirpService, scopes: readonly CacheScope[], message: NamedMessage): Answer {
  const result = store.finalise(scopes, message, Number(message.size_bytes))
  switch (result.kind) {
    case 'ready':
      // An int64 is a JSON string in protobuf's mapping, and BuildKit's client accepts nothing else.
      return jsonAnswer(200, { ok: true, entry_id: result.id })
    case 'unknown':
      return twirpError(404, 'no upload of this cache entry')
    case 'wrong-size':
      return twirpError(400, `size_bytes is not the ${result.actual} bytes that were uploaded`)
  }
}

function find({ store, sign }: TwirpService, scopes: readonly CacheScope[], message: NamedMessage): Answer {
  const lookup = store.lookup(scopes, message.version, [message.key, ...(message.restore_keys ?? [])])
  switch (lookup.kind) {
    case 'found':
      return jsonAnswer(200, {
        ...{ ok: true, matched_key: lookup.key },
        signed_download_url: sign(lookup.blob, 'read'),
      })
    case 'missing':
      return jsonAnswer(200, { ok: false })
    case 'denied':
      return twirpError(403, 'cache read denied: the token has no readable scope')
  }
}

const CODES: Readonly<Record<number, string>> = {
  400: 'invalid_argument',
  401: 'unauthenticated',
  403: 'permission_denied',
  404: 'not_found',
  409: 'already_exists',
  429: 'resource_exhausted',
  503: 'unavailable',
}

export function twirpError(status: number, msg: string): Answer {
  return jsonAnswer(status, { code: CODES[status] ?? 'internal', msg })
}

/** An answer of a service that speaks twirp. */
export function jsonAnswer(status: number, value: object): Answer {
  return { status, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(value)) }
}
