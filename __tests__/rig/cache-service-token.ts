import { createHmac } from 'node:crypto'

/** A branch or pull request whose entries a token may read (bit 1) or write (bit 2). */
export interface CacheScope {
  readonly scope: string
  readonly permission: number
}

export const READ = 1
export const WRITE = 2

export interface TokenOptions {
  /** In the order in which the service looks through them: the run's own ref first, then the default branch. */
  readonly scopes: readonly CacheScope[]
  /** The workflow run, whose artifacts it is good for. */
  readonly run?: string
  readonly issuedAt?: Date
  readonly expiresAt?: Date
}

export type TokenVerdict =
  | { readonly valid: true; readonly scopes: readonly CacheScope[]; readonly run?: string }
  | { readonly valid: false; readonly reason: string }

const HOUR = 3_600_000
const RESULTS = 'Actions.Results'

/**
 * A runtime token as BuildKit's client demands it: a JWT whose claim `ac` is a *string* with a JSON list, with `exp` in
 * the future and `nbf` in the past (tonistiigi/go-actions-cache, cache.go, `New`). The signature is never checked.
 */
export function makeToken(options: TokenOptions): string {
  const now = Date.now()
  const scopes = options.scopes.map(({ scope, permission }) => ({ Scope: scope, Permission: permission }))
  const claims = {
    ac: JSON.stringify(scopes),
    // As @actions/artifact reads it (internal/shared/util.js).
    scp: `Actions.Example ${RESULTS}:${options.run ?? 'run'}:job`,
    nbf: seconds(options.issuedAt?.getTime() ?? now - HOUR),
    exp: seconds(options.expiresAt?.getTime() ?? now + 6 * HOUR),
  }
  const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`
  return `${text}.${createHmac('sha256', 'stand-in').update(text).digest('base64url')}`
}

/** Judges the Authorization header of a request. */
export function judgeToken(authorization: string | undefined, now = new Date()): TokenVerdict {
  const token = /^Bearer (?<token>.+)$/.exec(authorization ?? '')?.groups?.['token']
  if (token === undefined) return { valid: false, reason: 'missing bearer token' }
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
      ac: string
      scp?: string
      nbf: number
      exp: number
    }
    if (claims.exp <= seconds(now.getTime())) return { valid: false, reason: 'token expired' }
    if (claims.nbf > seconds(now.getTime())) return { valid: false, reason: 'token not valid yet' }
    const scopes = JSON.parse(claims.ac) as readonly { Scope: string; Permission: number }[]
    const run = new RegExp(`(?:^| )${RESULTS}:([^: ]+)`).exec(claims.scp ?? '')?.[1]
    return {
      valid: true,
      ...(run !== undefined && { run }),
      scopes: scopes.map(({ Scope, Permission }) => ({ scope: Scope, permission: Permission })),
    }
  } catch (error) {
    return { valid: false, reason: `malformed token: ${(error as Error).message}` }
  }
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000)
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
