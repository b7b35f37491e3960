import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DockerCredentials } from '../../src/adapters/docker-credentials.js'
import { RegistryClient, type RegistryRequest } from '../../src/adapters/registry-client.js'

export interface Asked {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly authorization: string | undefined
  readonly body: string
}

export interface Reply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** As in the `auths` of Docker's configuration. */
export interface Login {
  readonly auth?: string
  readonly identitytoken?: string
  readonly registrytoken?: string
}

export const ME: Login = { auth: Buffer.from('me:pass').toString('base64') }

export const HEAD: RegistryRequest = { method: 'HEAD', path: 'manifests/v1', headers: { accept: 'x/y' } }
export const PUT: RegistryRequest = {
  method: 'PUT',
  path: 'manifests/v1',
  headers: { 'content-type': 'x/y' },
  body: Buffer.from('{"é":1}'),
}

/** A server on this machine that answers as the test says, in the role of a registry and of its token server. */
export class ScriptedRegistry {
  readonly asked: Asked[] = []
  /** How long clients of `client` would have waited between tries, in milliseconds. */
  readonly waits: number[] = []
  /** What those clients take for the time; waiting passes it. */
  now = Date.parse('2026-08-01T10:00:00Z')
  readonly host: string
  /** A folder with Docker's configuration. */
  readonly folder: string
  /** What is answered, by what is asked and how often it was asked before. */
  answer: (request: Asked, before: number) => Reply | 'reset' | 'hang' = () => ({ status: 200 })
  /** Told of the connection of each request. */
  onRequest: (socket: Socket) => unknown = () => undefined
  /** What each answer waits for. */
  hold: () => Promise<void> = () => Promise.resolve()
  readonly #server: Server

  private constructor(server: Server, folder: string) {
    this.#server = server
    this.folder = folder
    this.host = `localhost:${(server.address() as AddressInfo).port}`
    server.on('request', (request, response) => void this.#reply(request, response))
  }

  static async start(): Promise<ScriptedRegistry> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new ScriptedRegistry(server, await mkdtemp(join(tmpdir(), 'scripted-registry-')))
  }

  /** Answers nothing from now on; a second call does nothing. */
  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async close(): Promise<void> {
    await this.stop()
    await rm(this.folder, { recursive: true })
  }

  async client(login?: Login, timeoutMs = 5000): Promise<RegistryClient> {
    const auths = login ? { [this.host]: login } : {}
    await writeFile(join(this.folder, 'config.json'), JSON.stringify({ auths }))
    const wait = (milliseconds: number) => {
      this.now += milliseconds
      return Promise.resolve(this.waits.push(milliseconds))
    }
    const now = () => this.now
    const credentials = new DockerCredentials({ DOCKER_CONFIG: this.folder }, now)
    return new RegistryClient(credentials, { timeoutMs, wait, now })
  }

  image(repository = 'acme/api'): { registry: string; repository: string } {
    return { registry: this.host, repository }
  }

  async #reply(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const { method = '', url = '' } = request
    const heard = { method, url, authorization: request.headers.authorization, body }
    const given = this.answer(heard, this.asked.length)
    this.asked.push(heard)
    this.onRequest(request.socket)
    await this.hold()
    if (given === 'hang') return
    if (given === 'reset') request.socket.resetAndDestroy()
    else response.writeHead(given.status, given.headers).end(given.body)
  }
}
