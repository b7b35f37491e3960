import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { type HttpAnswer, MOST_AT_ONCE } from './registry-host.js'

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array | string
}

/** An idle connection is closed before what lies between forgets it: Azure does after 4 minutes, and says nothing. */
const IDLE_MS = 4000
const KEPT = { keepAlive: true, maxSockets: MOST_AT_ONCE, timeout: IDLE_MS }

/**
 * HTTP/1.1 without a proxy, over connections that are kept. Not `fetch`, which takes several times the processor's time
 * and is slow to load. Those that idle do not keep the process alive.
 */
export class DirectConnections {
  readonly #http = new HttpAgent(KEPT)
  readonly #https = new HttpsAgent(KEPT)

  /** Throws when there is no whole answer. What is asked may reach the server twice, as it may by further tries. */
  async exchange(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    try {
      return await this.#send(request, signal)
    } catch (error) {
      // Node says no more than that the connection broke.
      signal.throwIfAborted()
      throw error
    }
  }

  #send(request: HttpRequest, signal: AbortSignal, isRepeated = false): Promise<HttpAnswer> {
    const { url, method, headers, body } = request
    const [open, kept] = url.protocol === 'https:' ? [httpsRequest, this.#https] : [httpRequest, this.#http]
    return new Promise((resolve, reject) => {
      const sent = open(url, { method, headers, signal, agent: isRepeated ? false : kept })
      let isAnswered = false
      sent.on('response', (response) => {
        isAnswered = true
        if (method === 'HEAD') sent.shouldKeepAlive = isKept(response)
        resolve(answerOf(response))
      })
      sent.on('error', (error) => {
        // The server closed the idle connection while the request was on its way (RFC 9112, 9.3.1).
        const isStale = sent.reusedSocket && !isAnswered && !signal.aborted
        if (isStale) resolve(this.#send(request, signal, true))
        else reject(error)
      })
      sent.end(body)
    })
  }
}

/** Node forgets that an answer to HEAD has no body, and closes the connection where one names no length. */
function isKept({ httpVersion, headers: { connection = '' } }: IncomingMessage): boolean {
  return httpVersion === '1.1' && !/\bclose\b/i.test(connection)
}

async function answerOf(response: IncomingMessage): Promise<HttpAnswer> {
  const { statusCode: status = 0, headersDistinct } = response
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  const headers = { get: (name: string) => headersDistinct[name]?.join(', ') ?? null }
  return { status, headers, body: Buffer.concat(chunks) }
}
