import { DockerCredentials } from '../../src/adapters/docker-credentials.js'
import { OciRegistry } from '../../src/adapters/oci-registry.js'
import { RegistryClient } from '../../src/adapters/registry-client.js'
import { digestOf, INDEX, MANIFEST } from '../rig/raw-repository.js'
import type { Deletion, Image, Images, Labels, Reference } from './images.js'

const CONFIG = 'application/vnd.oci.image.config.v1+json'
const ACCEPT = { accept: `${INDEX}, ${MANIFEST}` }

interface Manifest {
  readonly annotations?: Readonly<Record<string, string>>
  readonly manifests?: readonly { readonly digest: string }[]
}

/**
 * A real registry, filled and damaged over plain HTTP without our client. It cannot be made to fail (`isDown` only keeps
 * builds from pushing), and the protocol does not let a tag alone be deleted.
 */
export class HttpImages implements Images {
  readonly port = new OciRegistry(new RegistryClient(new DockerCredentials({ DOCKER_CONFIG: '/nowhere' })))
  isDown = false
  #pushes = 0

  async push({ repository, tag }: Reference, content: string, labels: Labels): Promise<string> {
    const annotations = { content, number: String(this.#pushes++) }
    const config = JSON.stringify({
      architecture: 'amd64',
      os: 'linux',
      config: { Labels: labels },
      ...annotations,
    })
    await this.#upload(repository, config)
    const image = await this.#put(repository, {
      mediaType: MANIFEST,
      config: { mediaType: CONFIG, digest: digestOf(config), size: config.length },
      layers: [],
    })
    const manifests = [{ mediaType: MANIFEST, ...image, platform: { os: 'linux', architecture: 'amd64' } }]
    return (await this.#put(repository, { mediaType: INDEX, manifests, annotations }, tag)).digest
  }

  async look(repository: string, reference: string): Promise<Image | undefined> {
    const answer = await this.#call(repository, `manifests/${reference}`, { headers: ACCEPT })
    if (answer.status !== 200) return undefined
    const text = await answer.text()
    const { annotations, manifests = [] } = JSON.parse(text) as Manifest
    const children = manifests.map(({ digest }) =>
      this.#call(repository, `manifests/${digest}`, { method: 'HEAD', headers: ACCEPT }),
    )
    const isWhole = (await Promise.all(children)).every(({ status }) => status === 200)
    return isWhole ? { digest: digestOf(text), content: annotations?.['content'] ?? '' } : undefined
  }

  async tagsOf(repository: string): Promise<readonly string[]> {
    const answer = await this.#call(repository, 'tags/list')
    const { tags } = (await answer.json()) as { tags?: readonly string[] | null }
    return [...(tags ?? [])].sort()
  }

  async remove(repository: string, tag: string, what: Deletion): Promise<boolean> {
    const answer = await this.#call(repository, `manifests/${tag}`, { headers: ACCEPT })
    if (answer.status !== 200 || what === 'tag') return false
    const text = await answer.text()
    const digest = what === 'image' ? digestOf(text) : (JSON.parse(text) as Manifest).manifests?.[0]?.digest
    const deleted = await this.#call(repository, `manifests/${digest ?? ''}`, { method: 'DELETE' })
    return deleted.status === 202
  }

  async #upload(repository: string, blob: string): Promise<void> {
    const started = await this.#call(repository, 'blobs/uploads/', { method: 'POST' })
    const place = new URL(started.headers.get('location') ?? '', started.url)
    place.searchParams.set('digest', digestOf(blob))
    const ended = await fetch(place, { method: 'PUT', body: blob })
    if (ended.status !== 201) throw new Error(`blob: ${ended.status}`)
  }

  async #put(
    repository: string,
    manifest: { readonly mediaType: string; readonly [key: string]: unknown },
    tag?: string,
  ): Promise<{ digest: string; size: number }> {
    const body = JSON.stringify({ schemaVersion: 2, ...manifest })
    const digest = digestOf(body)
    const headers = { 'content-type': manifest.mediaType }
    const answer = await this.#call(repository, `manifests/${tag ?? digest}`, {
      method: 'PUT',
      headers,
      body,
    })
    if (answer.status !== 201) throw new Error(`manifest: ${answer.status} ${await answer.text()}`)
    return { digest, size: body.length }
  }

  #call(repository: string, path: string, init: RequestInit = {}): Promise<Response> {
    const [host = '', ...names] = repository.split('/')
    return fetch(`http://${host}/v2/${names.join('/')}/${path}`, init)
  }
}
