import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DockerCredentials } from '../../src/adapters/docker-credentials.js'
import { OciRegistry } from '../../src/adapters/oci-registry.js'
import { RegistryClient } from '../../src/adapters/registry-client.js'
import { digestOf } from './raw-repository.js'

interface Kept {
  readonly type: string
  readonly body: string
}

export const CONFIG = JSON.stringify({ config: { Labels: { a: '1' } } })
export const PLAIN = manifestOf(CONFIG)

export function manifestOf(config: string): string {
  return JSON.stringify({ config: { digest: digestOf(config) }, layers: [] })
}

export function indexOf(...digests: string[]): string {
  return JSON.stringify({ manifests: digests.map((digest) => ({ digest })) })
}

/** A registry that answers whatever a test keeps in it, right or wrong, as the test says. */
export class BareRegistry {
  /** Tag or digest, of a manifest or a blob → what is answered. */
  readonly kept = new Map<string, Kept>()
  /** Method and reference of each request, in order. */
  readonly asked: string[] = []
  /** Media types of the manifests that were put. */
  readonly putTypes: (string | undefined)[] = []
  /** Headers that are not sent. */
  readonly silent = new Set<string>()
  /** Method → status that is answered in place of anything else. */
  readonly refused = new Map<string, number>()
  /** Method and reference → what is answered, once each, in place of anything else. */
  readonly once = new Map<string, { status: number; body?: string }[]>()
  /** How long our registry would have waited for images, in milliseconds. */
  readonly waits: number[] = []
  readonly image: { readonly registry: string; readonly repository: string }
  readonly #server: Server

  private constructor(server: Server) {
    this.#server = server
    const { port } = server.address() as AddressInfo
    this.image = { registry: `localhost:${port}`, repository: 'acme/api' }
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.#answer(request, response)
    })
  }

  static async start(): Promise<BareRegistry> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new BareRegistry(server)
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  /** Our registry before this one; it waits for nothing. */
  client(): OciRegistry {
    const credentials = new DockerCredentials({ DOCKER_CONFIG: '/nowhere' })
    const client = new RegistryClient(credentials, { wait: () => Promise.resolve() })
    return new OciRegistry(client, (milliseconds) => Promise.resolve(this.waits.push(milliseconds)))
  }

  keep(type: string, body: string, tag?: string): string {
    const digest = digestOf(body)
    for (const reference of tag === undefined ? [digest] : [digest, tag])
      this.kept.set(reference, { type, body })
    return digest
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const reference = (request.url ?? '').split('/').at(-1) ?? ''
    const method = request.method ?? ''
    this.asked.push(`${method} ${reference}`)
    if (method === 'PUT') this.putTypes.push(request.headers['content-type'])
    const passing = this.once.get(`${method} ${reference}`)?.shift()
    if (passing !== undefined) {
      response.writeHead(passing.status).end(method === 'HEAD' ? '' : passing.body)
      return
    }
    const found = this.kept.get(reference)
    const status = this.refused.get(method) ?? (method === 'PUT' ? 201 : found ? 200 : 404)
    const headers = { 'content-type': found?.type, 'docker-content-digest': found && digestOf(found.body) }
    const sent = Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || this.silent.has(name) ? [] : [name, value],
    )
    response.writeHead(status, sent).end(method === 'GET' ? found?.body : '')
  }
}
