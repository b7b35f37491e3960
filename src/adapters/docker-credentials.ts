import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { failed, ok, type Result } from '../model/failure.js'
import { run } from './process.js'
import { canonicalHost } from './registry-address.js'

/** What Docker's configuration holds for a registry. */
export type Credentials =
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  /** An OAuth2 refresh token. */
  | { readonly kind: 'token'; readonly identityToken: string }
  /** A token that the registry itself takes. */
  | { readonly kind: 'bearer'; readonly token: string }

interface AuthEntry {
  /** `username:password` in base64. */
  readonly auth?: string
  readonly username?: string
  readonly password?: string
  readonly identitytoken?: string
  readonly registrytoken?: string
}

interface DockerConfig {
  readonly auths?: Readonly<Record<string, AuthEntry>>
  readonly credHelpers?: Readonly<Record<string, string>>
  readonly credsStore?: string
}

type Found = Result<Credentials | undefined>

/** The key under which `docker login` keeps Docker Hub's credentials. */
const DOCKER_HUB = 'https://index.docker.io/v1/'

/** What helpers answer for a login that they hold as an identity token (docker-login(1), "Credential helper protocol"). */
const IS_TOKEN = '<token>'

/** How long an answer is good for: tokens that helpers make live from 15 minutes on. */
const MEMORY_MS = 5 * 60_000

/** A helper that takes longer waits for somebody who is not there. */
const HELPER_MS = 30_000

/** Credentials as `docker login` and credential helpers left them (docker-login(1), "Credential stores"). */
export class DockerCredentials {
  private readonly environment: NodeJS.ProcessEnv
  private readonly now: () => number
  #config: Promise<Result<DockerConfig>> | undefined
  readonly #found = new Map<string, { readonly at: number; readonly credentials: Promise<Found> }>()

  constructor(environment: NodeJS.ProcessEnv, now: () => number = Date.now) {
    this.environment = environment
    this.now = now
  }

  /**
   * `undefined` when none are configured for the host. `registry-denied` when the configuration cannot be used,
   * `registry-failed` when a helper fails. However many ask at once, a helper is started once per host.
   */
  get(host: string): Promise<Found> {
    const name = canonicalHost(host)
    const known = this.#found.get(name)
    if (known !== undefined && this.now() - known.at < MEMORY_MS) return known.credentials
    const credentials = this.#get(name)
    this.#found.set(name, { at: this.now(), credentials })
    return credentials
  }

  async #get(host: string): Promise<Found> {
    this.#config ??= readConfig(this.#file())
    const config = await this.#config
    if (!config.ok) return config
    const { auths = {}, credHelpers = {}, credsStore } = config.value
    const helper = entryOf(credHelpers, host) ?? credsStore
    if (helper !== undefined && helper !== '') {
      const given = await this.#ask(helper, host === 'docker.io' ? DOCKER_HUB : host)
      if (!given.ok || given.value !== undefined) return given
    }
    const entry = entryOf(auths, host)
    return entry === undefined ? ok(undefined) : this.#read(entry, host)
  }

  #read(entry: AuthEntry, host: string): Found {
    if (entry.identitytoken) return ok({ kind: 'token', identityToken: entry.identitytoken })
    if (entry.registrytoken) return ok({ kind: 'bearer', token: entry.registrytoken })
    if (entry.auth) {
      // Docker ends passwords with a zero byte in files of some versions, and drops it (`decodeAuth` of docker/cli).
      const pair = Buffer.from(entry.auth, 'base64').toString('utf8').replace(/\0+$/, '')
      const colon = pair.indexOf(':')
      if (colon > 0) return ok(credentialsOf(pair.slice(0, colon), pair.slice(colon + 1)))
      return unusable(`the entry of ${host} in ${this.#file()} is no user and password; docker login ${host}`)
    }
    const { username, password } = entry
    return ok(username && password ? credentialsOf(username, password) : undefined)
  }

  #file(): string {
    const { DOCKER_CONFIG: configured = '' } = this.environment
    return join(configured === '' ? join(homedir(), '.docker') : configured, 'config.json')
  }

  async #ask(helper: string, key: string): Promise<Found> {
    const program = `docker-credential-${helper}`
    const signal = AbortSignal.timeout(HELPER_MS)
    const end = await run(program, ['get'], { input: key, env: this.environment, signal })
    if (end.kind === 'missing') {
      return unusable(`Docker's configuration names ${program}, which is not on the PATH`)
    }
    if (end.kind === 'killed') return broken(`${program} failed for ${key}: ended by ${end.signal}`)
    const answer = end.stdout.toString('utf8')
    if (end.exitCode !== 0) {
      if (/credentials not found/i.test(answer + end.stderr)) return ok(undefined)
      return broken(`${program} failed for ${key}: ${end.stderr || withoutSecret(answer)}`)
    }
    const given = parsed(answer) as { Username?: unknown; Secret?: unknown } | null | undefined
    if (typeof given?.Username !== 'string' || typeof given.Secret !== 'string') {
      return broken(`${program} gave no credentials in JSON for ${key}`)
    }
    return ok(given.Secret === '' ? undefined : credentialsOf(given.Username, given.Secret))
  }
}

async function readConfig(file: string): Promise<Result<DockerConfig>> {
  try {
    const config = parsed(await readFile(file, 'utf8'))
    if (typeof config === 'object' && config !== null) return ok(config)
    return unusable(`Docker's configuration ${file} cannot be read: it is no JSON object`)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return code === 'ENOENT' ? ok({}) : unusable(`Docker's configuration ${file} cannot be read: ${message}`)
  }
}

/** The entry under Docker's own key for the host, else under one that older logins and people write for it. */
function entryOf<T>(entries: Readonly<Record<string, T>>, host: string): T | undefined {
  const own = host === 'docker.io' ? DOCKER_HUB : host
  if (Object.hasOwn(entries, own)) return entries[own]
  return Object.entries(entries).find(([key]) => hostOfKey(key) === host)?.[1]
}

function hostOfKey(key: string): string {
  return canonicalHost(key.replace(/^https?:\/\//, '').replace(/\/(?:v[12]\/?)?$/, ''))
}

function credentialsOf(username: string, secret: string): Credentials {
  if (username === IS_TOKEN) return { kind: 'token', identityToken: secret }
  return { kind: 'password', username, password: secret }
}

/** `undefined` for what is no JSON; the parser's message would quote the text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function unusable(message: string): Result<never> {
  return failed({ kind: 'registry-denied', message })
}

function broken(message: string): Result<never> {
  return failed({ kind: 'registry-failed', message })
}

/** Helpers say on standard output why they fail; one that fails with an answer there must not have it shown. */
function withoutSecret(answer: string): string {
  return answer.trimStart().startsWith('{') ? 'it ended with an error' : answer.trim()
}
