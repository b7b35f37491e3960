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

const TRIES = 4
const TIMEOUT_MS = 20_000
const LONGEST_WAIT_MS = 10_000

/**
 * Manifest requests of the OCI distribution protocol: login by the registry's challenge (basic, or a bearer token as
 * of Docker's "Token Authentication Specification"), and retries of what may pass: lost connections, 429 and 5xx.
 */
export class RegistryClient {
  private readonly credentials: DockerCredentials
  /** Host and repository → value of the header `Authorization` that was accepted last. */
  readonly #authorizations = new Map<string, string>()

  constructor(credentials: DockerCredentials) {
    this.credentials = credentials
  }

  /** Throws when no answer was had within all tries, or when login itself fails. */
  async send(image: ImageName, request: RegistryRequest): Promise<RegistryAnswer> {
    const { host, url } = addressOf(image, request.reference)
    const key = `${host}/${image.repository}`
    const known = this.#authorizations.get(key)
    const first = await this.#tryOften(url, withAuthorization(request, known))
    if (first.status !== 401) return { ...first, loggedIn: known !== undefined }
    const found = await this.credentials.get(host)
    const authorization = await this.#login(first.headers.get('www-authenticate') ?? '', image, found)
    if (authorization === undefined) return { ...first, loggedIn: found !== undefined }
    const second = await this.#tryOften(url, withAuthorization(request, authorization))
    if (second.status !== 401) this.#authorizations.set(key, authorization)
    return { ...second, loggedIn: found !== undefined }
  }

  async #login(challenge: string, image: ImageName, found?: Credentials): Promise<string | undefined> {
    const scheme = challenge.split(' ', 1)[0]?.toLowerCase()
    if (scheme === 'basic') return found?.kind === 'password' ? basic(found) : undefined
    if (scheme !== 'bearer') return undefined
    const parameters = new Map(
      [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map((match) => [match[1], match[2]]),
    )
    const realm = parameters.get('realm')
    if (realm === undefined) return undefined
    const service = parameters.get('service') ?? ''
    const scope = found === undefined ? 'pull' : 'pull,push'
    const query = new URLSearchParams({ service, scope: `repository:${repositoryPath(image)}:${scope}` })
    const answer = await this.#tryOften(...tokenRequest(realm, query, found))
    if (answer.status !== 200) return undefined
    const token = JSON.parse(answer.body.toString('utf8')) as { token?: string; access_token?: string }
    const value = token.token ?? token.access_token
    return value === undefined ? undefined : `Bearer ${value}`
  }

  async #tryOften(url: string, init: RequestInit): Promise<Omit<RegistryAnswer, 'loggedIn'>> {
    for (let attempt = 1; ; attempt++) {
      const last = attempt === TRIES
      try {
        const response = await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) })
        const body = Buffer.from(await response.arrayBuffer())
        const passing = response.status === 429 || response.status >= 500
        if (!passing || last) return { status: response.status, headers: response.headers, body }
        await pause(attempt, response.headers.get('retry-after'))
      } catch (error) {
        const cause = (error as Error).cause
        const why = cause instanceof Error ? cause.message : (error as Error).message
        if (last) throw new Error(`${new URL(url).host} does not answer: ${why}`, { cause: error })
        await pause(attempt, null)
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

/** Waits as the registry asks, else 0.25, 0.5, 1 s. */
async function pause(attempt: number, retryAfter: string | null): Promise<void> {
  const asked = Number(retryAfter) * 1000
  const wait = asked > 0 ? Math.min(asked, LONGEST_WAIT_MS) : 125 * 2 ** attempt
  await new Promise((resolve) => setTimeout(resolve, wait))
}
