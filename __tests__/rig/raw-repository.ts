import { createHash, randomBytes } from 'node:crypto'

export const MANIFEST = 'application/vnd.oci.image.manifest.v1+json'
export const INDEX = 'application/vnd.oci.image.index.v1+json'
export const DOCKER_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json'
export const DOCKER_LIST = 'application/vnd.docker.distribution.manifest.list.v2+json'

/** `localhost:PORT` of the registry that `npm test` provides. */
export function testRegistry(): string {
  const found = process.env['SMART_IMAGE_BUILD_TEST_REGISTRY']
  if (found === undefined) throw new Error('SMART_IMAGE_BUILD_TEST_REGISTRY is not set: run npm test')
  return found
}

export function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`
}

interface Call {
  readonly method: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** A repository of a real registry under a random name, filled over plain HTTP, without our client and without Docker. */
export class RawRepository {
  readonly registry: string
  readonly repository = `test-${randomBytes(6).toString('hex')}/api`
  readonly #authorization: string | undefined

  constructor(registry: string, authorization?: string) {
    this.registry = registry
    this.#authorization = authorization
  }

  /** Pushes an image without layers and returns its digest; a tag is optional. */
  async push(of: { tag?: string; type?: string } = {}): Promise<string> {
    const { type = MANIFEST } = of
    const created = randomBytes(8).toString('hex')
    const config = JSON.stringify({ architecture: 'amd64', os: 'linux', created })
    const started = await this.#call('blobs/uploads/', { method: 'POST' })
    const upload = new URL(started.headers.get('location') ?? '', started.url)
    upload.searchParams.set('digest', digestOf(config))
    await this.#call(upload.href, { method: 'PUT', body: config })
    const mediaType =
      type === MANIFEST
        ? 'application/vnd.oci.image.config.v1+json'
        : 'application/vnd.docker.container.image.v1+json'
    const body = JSON.stringify({
      schemaVersion: 2,
      mediaType: type,
      config: { mediaType, size: config.length, digest: digestOf(config) },
      layers: [],
    })
    return this.#put(of.tag ?? digestOf(body), { type, body })
  }

  /** Pushes an index of these images. It is pretty-printed, as its digest is that of its very bytes. */
  async pushIndex(children: readonly string[], tag: string, type = INDEX): Promise<string> {
    const mediaType = type === INDEX ? MANIFEST : DOCKER_MANIFEST
    const manifests = children.map((digest, index) => ({
      mediaType,
      digest,
      size: 1,
      platform: { os: 'linux', architecture: index === 0 ? 'amd64' : 'arm64' },
    }))
    const body = JSON.stringify({ schemaVersion: 2, mediaType: type, manifests }, undefined, 3)
    return this.#put(tag, { type, body })
  }

  async remove(digest: string): Promise<void> {
    await this.#call(`manifests/${digest}`, { method: 'DELETE' })
  }

  async digestAt(tag: string): Promise<string | null> {
    const accept = [MANIFEST, INDEX, DOCKER_MANIFEST, DOCKER_LIST].join(', ')
    const response = await this.#call(`manifests/${tag}`, { method: 'GET', headers: { accept } })
    return response.headers.get('docker-content-digest')
  }

  async #put(reference: string, manifest: { type: string; body: string }): Promise<string> {
    const headers = { 'content-type': manifest.type }
    await this.#call(`manifests/${reference}`, { method: 'PUT', headers, body: manifest.body })
    return digestOf(manifest.body)
  }

  /** A call of the registry that must succeed. */
  async #call(path: string, { method, headers = {}, body }: Call): Promise<Response> {
    const url = path.startsWith('http') ? path : `http://${this.registry}/v2/${this.repository}/${path}`
    const authorization = this.#authorization
    const sent = { ...headers, ...(authorization !== undefined && { authorization }) }
    const response = await fetch(url, { method, headers: sent, ...(body !== undefined && { body }) })
    if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`)
    return response
  }
}
