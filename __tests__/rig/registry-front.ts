import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Mood } from '../contracts/image-registry.js'

interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array | string
}

const IMMUTABLE =
  "The image tag 'v1' already exists in the 'api' repository and cannot be overwritten because the tag is immutable."

/** Stands before a registry on this machine and answers in its place where the mood says so. */
export class RegistryFront {
  readonly host: string
  /** Method and last part of the path of all requests, in order. */
  readonly asked: string[] = []
  mood: Mood = 'open'
  readonly #server: Server
  readonly #target: string

  private constructor(server: Server, target: string) {
    this.#server = server
    this.#target = target
    this.host = `localhost:${(server.address() as AddressInfo).port}`
    server.on('request', (request, response) => void this.#serve(request, response))
  }

  static async start(target: string): Promise<RegistryFront> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new RegistryFront(server, target)
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    this.asked.push(`${request.method ?? ''} ${(request.url ?? '').split('/').at(-1) ?? ''}`)
    const { status, headers, body } = await this.#answer(request, Buffer.concat(chunks))
    response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body)
  }

  async #answer(request: IncomingMessage, body: Buffer): Promise<Answer> {
    switch (this.mood) {
      case 'open':
        return this.#pass(request, body)
      case 'immutable': {
        const isRefused = request.method === 'PUT' && (await this.#isThere(request))
        if (!isRefused) return this.#pass(request, body)
        return {
          status: 400,
          body: JSON.stringify({ errors: [{ code: 'TAG_INVALID', message: IMMUTABLE }] }),
        }
      }
      case 'closed':
        return { status: 401, headers: { 'www-authenticate': 'Basic realm="registry"' } }
      case 'down':
        return { status: 503 }
    }
  }

  async #isThere({ url = '', headers }: IncomingMessage): Promise<boolean> {
    const accept = headers['content-type'] ?? ''
    return (await fetch(`http://${this.#target}${url}`, { method: 'HEAD', headers: { accept } })).ok
  }

  async #pass({ method = '', url = '', headers }: IncomingMessage, body: Buffer): Promise<Answer> {
    const sent = Object.entries(headers).flatMap(([name, value]) =>
      ['accept', 'content-type'].includes(name) && typeof value === 'string' ? [[name, value] as const] : [],
    )
    const answer = await fetch(`http://${this.#target}${url}`, {
      method,
      headers: Object.fromEntries(sent),
      ...(body.length > 0 && { body: new Uint8Array(body) }),
    })
    const kept = [...answer.headers].filter(([name]) =>
      ['content-type', 'docker-content-digest'].includes(name),
    )
    return {
      status: answer.status,
      headers: Object.fromEntries(kept),
      body: new Uint8Array(await answer.arrayBuffer()),
    }
  }
}
