import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { artifactOperation, ArtifactService } from './artifact-service.js'
import { answerBlobRequest, blobError, type Answer } from './cache-service-blobs.js'
import { faultAnswer, Faults, type CacheOperation, type Fault } from './cache-service-faults.js'
import { CacheStore, type Blob, type CacheEntry } from './cache-service-store.js'
import { makeToken, type TokenOptions } from './cache-service-token.js'
import {
  answerTwirp,
  TWIRP_OPERATIONS,
  TWIRP_PREFIX,
  twirpError,
  type TwirpMessage,
  type TwirpOperation,
} from './cache-service-twirp.js'

export type { CacheOperation, Fault } from './cache-service-faults.js'
export type { CacheEntry } from './cache-service-store.js'
export { READ, WRITE, type CacheScope, type TokenOptions } from './cache-service-token.js'

/** One request, as it arrived. */
export interface CacheRequest {
  readonly operation: CacheOperation | 'unknown'
  readonly method: string
  readonly path: string
  /** Of the three service calls: what was asked for. */
  readonly message: TwirpMessage
  readonly bytes: number
  readonly answer: number | 'hang' | 'disconnect'
}

/** What `process.env` of a JavaScript action has where the service is available. */
export interface CacheEnvironment {
  readonly ACTIONS_CACHE_SERVICE_V2: string
  readonly ACTIONS_RESULTS_URL: string
  readonly ACTIONS_RUNTIME_TOKEN: string
}

const BLOB_PATH = '/account/actions-cache/'
const DEFAULT_TOKEN: TokenOptions = { scopes: [{ scope: 'refs/heads/main', permission: 3 }] }

/** Starts the service on a free port of the loopback interface. It must be closed. */
export async function startCacheService(): Promise<CacheService> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return new CacheService(server)
}

/**
 * A stand-in for the GitHub Actions cache service v2, with its blobs, in this process; beside it, as on a runner, that of
 * artifacts.
 *
 * Checked by running against it: @actions/cache 6.3.0 (cache-service-client.test.ts) and, where a Docker engine is up,
 * BuildKit's `type=gha` export and import (integration/cache-service-buildkit.test.ts). The answers follow those two
 * clients' sources and GitHub's documentation; they were never compared with GitHub's live service. Own decisions, not
 * known of the live one: a name is taken from its reservation on, finalising twice is harmless, a wrong size is a 400.
 * Left out: eviction by age or size, rate limits of its own, other repositories, and the download path for hosts under
 * `.blob.core.windows.net`, which no client takes towards 127.0.0.1.
 */
export class CacheService {
  /** With a slash at its end: BuildKit's client appends the path as it is. */
  readonly url: string
  readonly artifacts: ArtifactService
  readonly #server: Server
  readonly #store = new CacheStore()
  readonly #secret = randomBytes(32)
  #requests: CacheRequest[] = []
  readonly #faults = new Faults()

  constructor(server: Server) {
    this.#server = server
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    this.artifacts = new ArtifactService(this.url)
    server.on('request', (request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        // A client that went away in the middle is no fault of the service; anything else is a bug of the stand-in.
        if (request.complete) send(response, twirpError(500, `stand-in: ${(error as Error).message}`))
      })
    })
  }

  /** In the order of arrival, those that were answered by a fault included. */
  get requests(): readonly CacheRequest[] {
    return this.#requests
  }

  token(options: TokenOptions = DEFAULT_TOKEN): string {
    return makeToken(options)
  }

  environment(token: string = this.token()): CacheEnvironment {
    return { ACTIONS_CACHE_SERVICE_V2: 'True', ACTIONS_RESULTS_URL: this.url, ACTIONS_RUNTIME_TOKEN: token }
  }

  entries(): readonly CacheEntry[] {
    return this.#store.list()
  }

  /** Evicts the entries whose key begins so, all without a prefix, and tells how many. The request log stays. */
  clear(keyPrefix = ''): number {
    return this.#store.evict(keyPrefix)
  }

  /** Changes what downloads of the entries whose key begins so will give. None such is an error of the test. */
  corrupt(keyPrefix: string, change: (bytes: Buffer) => Uint8Array): void {
    if (this.#store.replace(keyPrefix, change) === 0)
      throw new Error(`no cache entry begins with ${keyPrefix}`)
  }

  /** The first fault that fits a request is taken. */
  fail(fault: Fault): void {
    this.#faults.plan(fault)
  }

  heal(): void {
    this.#faults.heal()
  }

  forgetRequests(): void {
    this.#requests = []
  }

  /** Ends open connections too, hanging ones included. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve, reject) => {
      this.#server.close((error) => {
        if (error) reject(error)
        else resolve()
      })
    })
    this.#server.closeAllConnections()
    await closed
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readAll(request)
    const method = request.method ?? ''
    const url = new URL(request.url ?? '/', this.url)
    const operation = nameOperation(method, url.pathname)
    const message = TWIRP_OPERATIONS.includes(operation as TwirpOperation) ? parseMessage(body) : {}
    const fault = this.#faults.take(operation)
    const answer = faultAnswer(fault) ?? this.#answer({ request, url, body, operation, message })
    const logged = typeof answer === 'string' ? answer : answer.status
    this.#requests.push({
      operation,
      method,
      path: url.pathname,
      message,
      bytes: body.length,
      answer: logged,
    })
    if (fault?.delayMs !== undefined) await wait(fault.delayMs, undefined, { ref: false })
    if (answer === 'disconnect') response.destroy()
    else if (answer !== 'hang') send(response, answer)
  }

  #answer(call: {
    readonly request: IncomingMessage
    readonly url: URL
    readonly body: Buffer
    readonly operation: CacheOperation | 'unknown'
    readonly message: TwirpMessage
  }): Answer {
    const { request, url, operation } = call
    switch (operation) {
      case 'unknown':
        return twirpError(404, `no route for ${request.method ?? ''} ${url.pathname}`)
      case 'upload':
      case 'download': {
        const blob = this.#store.blob(url.pathname.slice(BLOB_PATH.length))
        const use = operation === 'upload' ? 'write' : 'read'
        if (!this.#isSigned(url, use)) return blobError(403, 'AuthenticationFailed')
        if (!blob) return blobError(404, 'BlobNotFound')
        return answerBlobRequest(blob, {
          method: request.method ?? '',
          url,
          headers: request.headers,
          body: call.body,
        })
      }
      case 'CreateCacheEntry':
      case 'FinalizeCacheEntryUpload':
      case 'GetCacheEntryDownloadURL': {
        const service = {
          store: this.#store,
          sign: (blob: Blob, use: 'read' | 'write') => this.#sign(blob.id, use),
        }
        return answerTwirp(service, { operation, headers: request.headers, message: call.message })
      }
      case 'CreateArtifact':
      case 'FinalizeArtifact':
      case 'ListArtifacts':
      case 'GetSignedArtifactURL':
      case 'DeleteArtifact':
      case 'upload-artifact':
      case 'download-artifact':
        return this.artifacts.answer({
          ...{ operation, url, body: call.body },
          ...{ method: request.method ?? '', headers: request.headers },
        })
    }
  }

  /** Blob requests carry no token: the URL alone is the permission, for one blob and one use. */
  #sign(id: string, use: 'read' | 'write'): string {
    const url = new URL(`${BLOB_PATH}${id}`, this.url)
    url.searchParams.set('sp', use === 'read' ? 'r' : 'cw')
    url.searchParams.set('sig', this.#signature(id, use).toString('base64'))
    return url.href
  }

  #isSigned(url: URL, use: 'read' | 'write'): boolean {
    const expected = this.#signature(url.pathname.slice(BLOB_PATH.length), use)
    const given = Buffer.from(url.searchParams.get('sig') ?? '', 'base64')
    return given.length === expected.length && timingSafeEqual(given, expected)
  }

  #signature(id: string, use: 'read' | 'write'): Buffer {
    return createHmac('sha256', this.#secret).update(`${use} ${id}`).digest()
  }
}

function nameOperation(method: string, path: string): CacheOperation | 'unknown' {
  const ofArtifacts = artifactOperation(method, path)
  if (ofArtifacts !== undefined) return ofArtifacts
  if (path.startsWith(BLOB_PATH)) return method === 'PUT' ? 'upload' : 'download'
  const called = path.startsWith(TWIRP_PREFIX) && method === 'POST' ? path.slice(TWIRP_PREFIX.length) : ''
  return TWIRP_OPERATIONS.find((operation) => operation === called) ?? 'unknown'
}

/** A body that is not an object is as good as one without fields: both are refused with a 400. */
function parseMessage(body: Buffer): TwirpMessage {
  try {
    return Object(JSON.parse(body.toString('utf8'))) as TwirpMessage
  } catch (error) {
    if (error instanceof SyntaxError) return {}
    throw error
  }
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function send(response: ServerResponse, { status, headers, body = Buffer.alloc(0) }: Answer): void {
  response.writeHead(status, {
    // BuildKit's client dereferences the id without a check: a reply without it would end the daemon.
    'x-ms-request-id': randomUUID(),
    'content-length': body.length,
    ...headers,
  })
  response.end(body)
}
