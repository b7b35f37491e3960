import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Stored {
  readonly type: string
  readonly bytes: Buffer
}

interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Buffer | string
}

const digestOf = (bytes: Buffer) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`

/**
 * A registry in this process, as far as pushing, finding and deleting images goes (OCI distribution specification 1.1).
 * Like real ones it refuses a manifest whose parts it lacks, and keeps answering for an index that lost a child later.
 */
export class MemoryRegistry {
  readonly host: string
  /** Repository and digest or tag → manifest. */
  readonly manifests = new Map<string, Stored>()
  readonly blobs = new Map<string, Buffer>()
  readonly #server: Server

  private constructor(server: Server) {
    this.#server = server
    this.host = `localhost:${(server.address() as AddressInfo).port}`
    server.on('request', (request, response) => void this.#serve(request, response))
  }

  static async start(): Promise<MemoryRegistry> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new MemoryRegistry(server)
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { status, headers, body } = this.#answer(request, Buffer.concat(chunks))
    response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body)
  }

  #answer({ method = '', url = '', headers }: IncomingMessage, body: Buffer): Answer {
    const { pathname, searchParams } = new URL(url, 'http://x')
    const [, repository = '', kind, reference = ''] =
      /^\/v2\/(.+)\/(blobs|manifests)\/(.*)$/.exec(pathname) ?? []
    if (kind === 'blobs') {
      if (method === 'POST') return { status: 202, headers: { location: `${pathname}${randomUUID()}` } }
      if (method === 'PUT') {
        this.blobs.set(searchParams.get('digest') ?? '', body)
        return { status: 201 }
      }
      const blob = this.blobs.get(reference)
      return blob === undefined ? error(404, 'BLOB_UNKNOWN') : { status: 200, body: blob }
    }
    if (kind !== 'manifests') return error(404, 'NAME_UNKNOWN')
    const key = `${repository} ${reference}`
    if (method === 'PUT')
      return this.#put(repository, reference, { type: headers['content-type'] ?? '', bytes: body })
    const found = this.manifests.get(key)
    if (found === undefined) return error(404, 'MANIFEST_UNKNOWN')
    if (method === 'DELETE') return this.#remove(repository, found)
    return {
      status: 200,
      headers: { 'content-type': found.type, 'docker-content-digest': digestOf(found.bytes) },
      body: found.bytes,
    }
  }

  #put(repository: string, reference: string, manifest: Stored): Answer {
    const { config, manifests = [] } = JSON.parse(manifest.bytes.toString('utf8')) as {
      config?: { digest: string }
      manifests?: { digest: string }[]
    }
    const lacks =
      (config !== undefined && !this.blobs.has(config.digest)) ||
      manifests.some(({ digest }) => !this.manifests.has(`${repository} ${digest}`))
    if (lacks) return error(400, 'MANIFEST_BLOB_UNKNOWN')
    const digest = digestOf(manifest.bytes)
    for (const name of [reference, digest]) this.manifests.set(`${repository} ${name}`, manifest)
    return { status: 201, headers: { 'docker-content-digest': digest } }
  }

  #remove(repository: string, { bytes }: Stored): Answer {
    for (const [key, one] of this.manifests) {
      if (key.startsWith(`${repository} `) && one.bytes.equals(bytes)) this.manifests.delete(key)
    }
    return { status: 202 }
  }
}

function error(status: number, code: string): Answer {
  return { status, body: JSON.stringify({ errors: [{ code, message: code.toLowerCase() }] }) }
}
