import { setTimeout as sleep } from 'node:timers/promises'
import type { ImageName } from '../model/service.js'
import type { Credentials, DockerCredentials } from './docker-credentials.js'

/** A registry's answer after login and retries; the body is read. */
export interface RegistryAnswer {
  readonly status: number
  readonly headers: Headers
  readonly body: Buffer
  /** Whether credentials for the host were found and used. */
  readonly loggedIn: boolean
}

export interface RegistryRequest {
  readonly method: 'GET' | 'HEAD' | 'PUT'
  /** Tag or digest. */
  readonly reference: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Buffer
}

export interface RegistryClientOptions {
  /** How long one try may take. */
  readonly timeoutMs?: number
  /** Waits between tries. */
  readonly wait?: (milliseconds: number) => Promise<unknown>
  /** Ends the try that is under way, and all further ones. */
  readonly signal?: AbortSignal
}

interface Login {
  /** Value of the header `Authorization`. */
  readonly authorization: string
  /** False for a token that was given to nobody in particular. */
  readonly loggedIn: boolean
}

const TRIES = 4
const TIMEOUT_MS = 20_000
const LONGEST_WAIT_MS = 10_000

/**
 * Manifest requests of the OCI distribution protocol: login by the registry's challenge (basic, or a bearer token as
 * of Docker's "Token Authentication Specification"), and retries of what may pass: lost connections, 429 and 5xx.
 */
export class RegistryClient {
  private readonly credentials: DockerCredentials
  private readonly options: Required<RegistryClientOptions>
  /** Host, repository and what is to be done there → what was accepted last. */
  readonly #logins = new Map<string, Login>()

  constructor(credentials: DockerCredentials, options: RegistryClientOptions = {}) {
    this.credentials = credentials
    this.options = { timeoutMs: TIMEOUT_MS, wait: sleep, signal: new AbortController().signal, ...options }
  }

  /** Throws when no answer was had within all tries, or when login itself fails. */
  async send(image: ImageName, request: RegistryRequest): Promise<RegistryAnswer> {
    const { host, url } = addressOf(image, request.reference)
    // To read asks for no more than reading: a registry may refuse the whole login of who may not push.
    const actions = request.method === 'PUT' ? 'pull,push' : 'pull'
    const key = `${host}/${image.repository} ${actions}`
    const known = this.#logins.get(key)
    const first = await this.#tryOften(url, withAuthorization(request, known?.authorization))
    if (first.status !== 401) return { ...first, loggedIn: known?.loggedIn ?? false }
    const found = await this.credentials.get(host)
    const authorization = await this.#login(
      first.headers.get('www-authenticate') ?? '',
      `${repositoryPath(image)}:${actions}`,
      found,
    )
    const loggedIn = found !== undefined
    if (authorization === undefined) return { ...first, loggedIn }
    const second = await this.#tryOften(url, withAuthorization(request, authorization))
    if (second.status !== 401) this.#logins.set(key, { authorization, loggedIn })
    return { ...second, loggedIn }
  }

  async #login(challenge: string, access: string, found?: Credentials): Promise<string | undefined> {
    const scheme = challenge.split(' ', 1)[0]?.toLowerCase()
    if (scheme === 'basic') return found?.kind === 'password' ? basic(found) : undefined
    if (scheme !== 'bearer') return undefined
    const parameters = new Map(
      [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map((match) => [match[1], match[2]]),
    )
    const realm = parameters.get('realm')
    if (realm === undefined) return undefined
    const service = parameters.get('service') ?? ''
    const query = new URLSearchParams({ service, scope: `repository:${access}` })
    const answer = await this.#tryOften(...tokenRequest(realm, query, found))
    if (answer.status !== 200) return undefined
    const token = JSON.parse(answer.body.toString('utf8')) as { token?: string; access_token?: string }
    const value = token.token ?? token.access_token
    return value === undefined ? undefined : `Bearer ${value}`
  }

  async #tryOften(url: string, init: RequestInit): Promise<Omit<RegistryAnswer, 'loggedIn'>> {
    for (let attempt = 1; ; attempt++) {
      const last = attempt === TRIES || this.options.signal.aborted
      try {
        const limits = [AbortSignal.timeout(this.options.timeoutMs), this.options.signal]
        const response = await fetch(url, { ...init, signal: AbortSignal.any(limits) })
        const body = Buffer.from(await response.arrayBuffer())
        const passing = response.status === 429 || response.status >= 500
        if (!passing || last) return { status: response.status, headers: response.headers, body }
        await this.options.wait(pauseMs(attempt, response.headers.get('retry-after')))
      } catch (error) {
        if (last) throw new Error(`${new URL(url).host} does not answer: ${whyOf(error)}`, { cause: error })
        await this.options.wait(pauseMs(attempt, null))
      }
    }
  }
}

/** Docker speaks plain http to the machine's own registries and https to all others. */
function addressOf(image: ImageName, reference: string): { host: string; url: string } {
  const host = image.registry ?? 'docker.io'
  const isLocal = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/.test(host)
  const address = host === 'docker.io' ? 'registry-1.docker.io' : host
  return {
    host,
    url: `${isLocal ? 'http' : 'https'}://${address}/v2/${repositoryPath(image)}/manifests/${reference}`,
  }
}

function repositoryPath(image: ImageName): string {
  const isOfficial = (image.registry ?? 'docker.io') === 'docker.io' && !image.repository.includes('/')
  return isOfficial ? `library/${image.repository}` : image.repository
}

function withAuthorization(request: RegistryRequest, authorization: string | undefined): RequestInit {
  const headers = { ...request.headers, ...(authorization !== undefined && { authorization }) }
  const body = request.body === undefined ? {} : { body: new Uint8Array(request.body) }
  return { method: request.method, headers, ...body }
}

function tokenRequest(realm: string, query: URLSearchParams, found?: Credentials): [string, RequestInit] {
  if (found?.kind === 'token') {
    query.set('grant_type', 'refresh_token')
    query.set('refresh_token', found.identityToken)
    query.set('client_id', 'smart-image-build')
    return [realm, { method: 'POST', body: query }]
  }
  const headers = found === undefined ? {} : { authorization: basic(found) }
  return [`${realm}${realm.includes('?') ? '&' : '?'}${query.toString()}`, { headers }]
}

function basic(credentials: Extract<Credentials, { kind: 'password' }>): string {
  const pair = `${credentials.username}:${credentials.password}`
  return `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`
}

/** `fetch` hides the reason in the cause, which for a host of several addresses has a code and no message. */
function whyOf(error: unknown): string {
  const { cause, message } = error as { cause?: { code?: string; message?: string }; message: string }
  return cause?.message || cause?.code || message
}

/** As long as the registry asks for, else 0.25, 0.5, 1 s. */
function pauseMs(attempt: number, retryAfter: string | null): number {
  const asked = Number(retryAfter) * 1000
  return asked > 0 ? Math.min(asked, LONGEST_WAIT_MS) : 125 * 2 ** attempt
}
