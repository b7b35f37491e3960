import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

const REFUSAL = JSON.stringify({
  errors: [{ code: 'TAG_INVALID', message: 'The tag exists and cannot be overwritten: it is immutable.' }],
})

/** A manifest that was put under a tag. */
export interface Put {
  readonly tag: string
  readonly isRefused: boolean
}

/** A manifest that waits at the gate. */
export interface Held {
  /** Settles when it has come. */
  readonly come: Promise<void>
  release(): void
}

interface Exchange {
  readonly asked: IncomingMessage
  readonly answer: ServerResponse
}

/**
 * Stands before a registry on this machine and lets everything through, pushes by Docker included, but for manifests
 * that it holds back; with `isImmutable` it refuses those for tags that exist, whatever their digest.
 */
export class RegistryGate {
  readonly address: string
  readonly #server: Server
  readonly #target: string
  readonly #isImmutable: boolean
  readonly #puts: Put[] = []
  #waiting: { readonly come: () => void; readonly released: Promise<void> } | undefined
  #last: Promise<unknown> = Promise.resolve()

  private constructor(server: Server, target: string, isImmutable: boolean) {
    this.#server = server
    this.#target = target
    this.#isImmutable = isImmutable
    this.address = `localhost:${(server.address() as AddressInfo).port}`
    server.on('request', (asked: IncomingMessage, answer: ServerResponse) => {
      this.#serve({ asked, answer }).catch((error: unknown) => answer.destroy(error as Error))
    })
  }

  static async start(target: string, { isImmutable = false } = {}): Promise<RegistryGate> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new RegistryGate(server, target, isImmutable)
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  /** What was put since this was asked last, in order. */
  takePuts(): readonly Put[] {
    return this.#puts.splice(0)
  }

  /** Holds the next manifest for the tag of a fingerprint. */
  holdNext(): Held {
    let come: () => void = () => undefined
    let release: () => void = () => undefined
    const arrival = new Promise<void>((resolve) => (come = resolve))
    const released = new Promise<void>((resolve) => (release = resolve))
    this.#waiting = { come, released }
    return { come: arrival, release }
  }

  async #serve(exchange: Exchange): Promise<void> {
    const { method, url = '' } = exchange.asked
    const [, tag] = /\/manifests\/([^/:]+)$/.exec(url) ?? []
    if (method !== 'PUT' || tag === undefined) {
      this.#pass(exchange)
      return
    }
    if (tag.startsWith('fp-')) await this.#held()
    // One after the other: of two that come at once the second finds the tag of the first.
    const done = this.#last.then(() => this.#put(tag, exchange))
    this.#last = done.catch(() => undefined)
    await done
  }

  async #held(): Promise<void> {
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.come()
    await waiting?.released
  }

  async #put(tag: string, exchange: Exchange): Promise<void> {
    const { asked, answer } = exchange
    const isRefused = this.#isImmutable && (await this.#isThere(asked))
    this.#puts.push({ tag, isRefused })
    const closed = new Promise((resolve) => answer.once('close', resolve))
    if (isRefused) {
      asked.resume()
      answer.writeHead(400, { 'content-type': 'application/json' }).end(REFUSAL)
    } else this.#pass(exchange)
    await closed
  }

  async #isThere({ url = '', headers }: IncomingMessage): Promise<boolean> {
    const accept = headers['content-type'] ?? ''
    return (await fetch(`http://${this.#target}${url}`, { method: 'HEAD', headers: { accept } })).ok
  }

  /** With the headers as they are, so that the registry leads uploads through here, too. */
  #pass({ asked, answer }: Exchange): void {
    const { method, url = '', headers } = asked
    const passed = request(`http://${this.#target}${url}`, { method, headers }, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers)
      reply.pipe(answer)
    })
    passed.on('error', (error) => answer.destroy(error))
    asked.pipe(passed)
  }
}
