import { failed, ok, type Failure, type Result } from '../model/failure.js'
import type { Credentials, DockerCredentials } from './docker-credentials.js'
import { isLoopback } from './registry-address.js'
import { challengeOf } from './registry-challenge.js'
import type { HttpRequest } from './registry-connection.js'
import type { RegistryTransport } from './registry-transport.js'

/** What is to be done where. */
export interface Access {
  readonly host: string
  readonly repository: string
  readonly actions: 'pull' | 'pull,push'
}

export interface Login {
  /** Value of the header `Authorization`; absent when the challenge cannot be met. */
  readonly authorization?: string
  /** Whether credentials for the host were found; false for a token that is given to anybody. */
  readonly loggedIn: boolean
}

interface Token {
  readonly value: string
  readonly lifetimeMs: number
}

/** The lifetime of a token that says none, by Docker's "Token Authentication Specification". */
const LIFETIME_SECONDS = 60

/**
 * Logins by a registry's challenge: basic, or a bearer token (Docker's "Token Authentication Specification"), which is
 * asked for once per repository and actions however many wait for it, and again when it expires or is refused.
 */
export class RegistryLogins {
  private readonly credentials: DockerCredentials
  private readonly transport: RegistryTransport
  readonly #accepted = new Map<string, { readonly login: Login; readonly until: number }>()
  readonly #pending = new Map<string, Promise<Result<Login>>>()

  constructor(credentials: DockerCredentials, transport: RegistryTransport) {
    this.credentials = credentials
    this.transport = transport
  }

  /** The login that was accepted last, once the one that is under way is there. */
  async current(access: Access): Promise<Login | undefined> {
    await this.#pending.get(keyOf(access))
    return this.#known(access)
  }

  /** A login other than `refused`, which was answered with this header `WWW-Authenticate`. */
  async renew(access: Access, header: string, refused?: Login): Promise<Result<Login>> {
    const key = keyOf(access)
    const pending = this.#pending.get(key)
    if (pending !== undefined) return pending
    const known = this.#known(access)
    if (known !== undefined && known !== refused) return ok(known)
    const asked = this.#ask(access, header).finally(() => this.#pending.delete(key))
    this.#pending.set(key, asked)
    return asked
  }

  /** A login that was refused at once is not offered again. */
  forget(access: Access, refused: Login): void {
    if (this.#known(access) === refused) this.#accepted.delete(keyOf(access))
  }

  #known(access: Access): Login | undefined {
    const known = this.#accepted.get(keyOf(access))
    return known !== undefined && this.transport.now() < known.until ? known.login : undefined
  }

  async #ask(access: Access, header: string): Promise<Result<Login>> {
    const found = await this.credentials.get(access.host)
    if (!found.ok) return found
    const credentials = found.value
    const loggedIn = credentials !== undefined
    const challenge = challengeOf(header)
    if (challenge?.scheme === 'basic') {
      if (credentials?.kind !== 'password') return ok({ loggedIn })
      return ok(this.#keep(access, { authorization: basic(credentials), loggedIn }))
    }
    if (challenge === undefined) return ok({ loggedIn })
    if (credentials?.kind === 'bearer') {
      return ok(this.#keep(access, { authorization: `Bearer ${credentials.token}`, loggedIn }))
    }
    const realm = new URL(challenge.realm)
    if (realm.protocol !== 'https:' && !isLoopback(access.host)) return failed(isUnsafe(access.host, realm))
    const token = await this.#token(tokenRequest(realm, queryOf(challenge.service, access), credentials))
    if (!token.ok) return token
    if (token.value === undefined) return ok({ loggedIn })
    const { value, lifetimeMs } = token.value
    return ok(this.#keep(access, { authorization: `Bearer ${value}`, loggedIn }, lifetimeMs))
  }

  #keep(access: Access, login: Login, lifetimeMs = Infinity): Login {
    // A token that expires on its way would cost a refusal.
    this.#accepted.set(keyOf(access), { login, until: this.transport.now() + 0.9 * lifetimeMs })
    return login
  }

  /** `undefined` when the token server refuses. */
  async #token(request: HttpRequest): Promise<Result<Token | undefined>> {
    const answer = await this.transport.send(request)
    if (!answer.ok) return answer
    const { status, body } = answer.value
    if (status === 429 || status >= 500) {
      return failed(isBroken(request.url, `answered ${status}`))
    }
    if (status !== 200) return ok(undefined)
    const token = tokenOf(body)
    return token === undefined ? failed(isBroken(request.url, 'sent no token')) : ok(token)
  }
}

function keyOf({ host, repository, actions }: Access): string {
  return `${host}/${repository} ${actions}`
}

function queryOf(service: string, { repository, actions }: Access): URLSearchParams {
  return new URLSearchParams({ service, scope: `repository:${repository}:${actions}` })
}

function tokenRequest(realm: URL, query: URLSearchParams, credentials?: Credentials): HttpRequest {
  if (credentials?.kind === 'token') {
    query.set('grant_type', 'refresh_token')
    query.set('refresh_token', credentials.identityToken)
    query.set('client_id', 'smart-image-build')
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return { method: 'POST', url: realm, headers, body: query.toString() }
  }
  const url = new URL(realm)
  for (const [name, value] of query) url.searchParams.append(name, value)
  const headers = credentials?.kind === 'password' ? { authorization: basic(credentials) } : {}
  return { method: 'GET', url, headers: { ...headers } }
}

function basic(credentials: Extract<Credentials, { kind: 'password' }>): string {
  const pair = `${credentials.username}:${credentials.password}`
  return `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`
}

function tokenOf(body: Buffer): Token | undefined {
  try {
    const answer = JSON.parse(body.toString('utf8')) as Record<string, unknown> | null
    const value = answer?.['token'] ?? answer?.['access_token']
    const seconds = answer?.['expires_in']
    if (typeof value !== 'string' || value === '') return undefined
    return { value, lifetimeMs: 1000 * (typeof seconds === 'number' ? seconds : LIFETIME_SECONDS) }
  } catch {
    return undefined
  }
}

function isBroken(server: URL, problem: string): Failure {
  return { kind: 'registry-failed', message: `the token server ${server.host} ${problem}` }
}

function isUnsafe(host: string, realm: URL): Failure {
  const message = `${host} wants its login sent to ${realm.host} without TLS, which is not done`
  return { kind: 'registry-failed', message }
}
