import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { run } from './process.js'

/** What Docker's configuration holds for a registry; `identityToken` is an OAuth2 refresh token. */
export type Credentials =
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  | { readonly kind: 'token'; readonly identityToken: string }

interface DockerConfig {
  readonly auths?: Readonly<Record<string, { readonly auth?: string; readonly identitytoken?: string }>>
  readonly credHelpers?: Readonly<Record<string, string>>
  readonly credsStore?: string
}

/** The key under which `docker login` keeps Docker Hub's credentials. */
const DOCKER_HUB = 'https://index.docker.io/v1/'

/** Credentials as `docker login` and credential helpers left them (docker-login(1), "Credential stores"). */
export class DockerCredentials {
  private readonly environment: NodeJS.ProcessEnv
  #config: Promise<DockerConfig> | undefined

  constructor(environment: NodeJS.ProcessEnv) {
    this.environment = environment
  }

  /** `undefined` when none are configured for the host. Throws when the configuration or a helper is broken. */
  async get(host: string): Promise<Credentials | undefined> {
    this.#config ??= this.#read()
    const config = await this.#config
    const key = host === 'docker.io' ? DOCKER_HUB : host
    const helper = config.credHelpers?.[key] ?? config.credsStore
    if (helper !== undefined) return this.#ask(helper, key)
    const entry = config.auths?.[key] ?? config.auths?.[`https://${key}`]
    if (entry?.identitytoken) return { kind: 'token', identityToken: entry.identitytoken }
    if (!entry?.auth) return undefined
    const [username = '', ...rest] = Buffer.from(entry.auth, 'base64').toString('utf8').split(':')
    return { kind: 'password', username, password: rest.join(':') }
  }

  async #read(): Promise<DockerConfig> {
    const { DOCKER_CONFIG: configured = '' } = this.environment
    const folder = configured === '' ? join(homedir(), '.docker') : configured
    const file = join(folder, 'config.json')
    try {
      return JSON.parse(await readFile(file, 'utf8')) as DockerConfig
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
      throw new Error(`Docker's configuration ${file} cannot be read`, { cause: error })
    }
  }

  async #ask(helper: string, key: string): Promise<Credentials | undefined> {
    const program = `docker-credential-${helper}`
    const end = await run(program, ['get'], { input: key, env: this.environment })
    if (end.kind === 'missing')
      throw new Error(`Docker's configuration names ${program}, which is not on the PATH`)
    const answer = end.kind === 'exited' ? end.stdout.toString('utf8') : ''
    if (end.kind === 'killed' || end.exitCode !== 0) {
      if (/credentials not found/i.test(answer + end.stderr)) return undefined
      throw new Error(`${program} failed: ${end.stderr || withoutSecret(answer)}`)
    }
    const { Username: username, Secret: secret } = JSON.parse(answer) as { Username: string; Secret: string }
    if (username === '<token>') return { kind: 'token', identityToken: secret }
    return { kind: 'password', username, password: secret }
  }
}

/** Helpers say on standard output why they fail; one that fails with an answer there must not have it shown. */
function withoutSecret(answer: string): string {
  return answer.trimStart().startsWith('{') ? 'it ended with an error' : answer.trim()
}
