import { randomBytes } from 'node:crypto'
import { DockerCredentials } from '../../src/adapters/docker-credentials.js'
import { OciRegistry } from '../../src/adapters/oci-registry.js'
import { RegistryClient } from '../../src/adapters/registry-client.js'
import type { Pushed, RegistryUnderTest } from '../contracts/image-registry.js'
import { digestOf, MANIFEST, RawRepository } from './raw-repository.js'
import { RegistryFront } from './registry-front.js'

/** Our client before a registry on this machine that speaks HTTP; tests fill it directly. */
export async function overHttp(target: string): Promise<RegistryUnderTest> {
  const front = await RegistryFront.start(target)
  const repository = new RawRepository(target)
  const wait = () => Promise.resolve()
  const client = new RegistryClient(new DockerCredentials({ DOCKER_CONFIG: '/nowhere' }), { wait })
  const url = `http://${target}/v2/${repository.repository}`
  return {
    registry: new OciRegistry(client, wait),
    image: { registry: front.host, repository: repository.repository },
    push: (of = {}) => pushImage(url, of),
    pushIndex: (children, tag) => repository.pushIndex(children, tag),
    remove: (digest) => repository.remove(digest),
    digestAt: async (tag) => {
      const accept = [MANIFEST, 'application/vnd.oci.image.index.v1+json'].join(', ')
      const answer = await fetch(`${url}/manifests/${tag}`, { method: 'HEAD', headers: { accept } })
      return answer.headers.get('docker-content-digest') ?? undefined
    },
    become: (mood) => {
      front.mood = mood
    },
    puts: () => front.asked.filter((asked) => asked.startsWith('PUT ')).map((asked) => asked.slice(4)),
    close: () => front.stop(),
  }
}

/** Pushes an image unlike all others: without layers, or with two that make up its size. */
async function pushImage(url: string, { tag, labels, size }: Pushed): Promise<string> {
  const created = randomBytes(8).toString('hex')
  const config = JSON.stringify({ architecture: 'amd64', os: 'linux', created, config: { Labels: labels } })
  const filling = size === undefined ? [] : ['x', 'y'.repeat(size - config.length - 1)]
  for (const blob of [config, ...filling]) await pushBlob(url, blob)
  const mediaType = 'application/vnd.oci.image.config.v1+json'
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: { mediaType, size: Buffer.byteLength(config), digest: digestOf(config) },
    layers: filling.map((layer) => ({
      mediaType: 'application/vnd.oci.image.layer.v1.tar',
      size: layer.length,
      digest: digestOf(layer),
    })),
  })
  const headers = { 'content-type': MANIFEST }
  await demand(
    fetch(`${url}/manifests/${tag ?? digestOf(manifest)}`, { method: 'PUT', headers, body: manifest }),
  )
  return digestOf(manifest)
}

async function pushBlob(url: string, blob: string): Promise<void> {
  const started = await fetch(`${url}/blobs/uploads/`, { method: 'POST' })
  const upload = new URL(started.headers.get('location') ?? '', started.url)
  upload.searchParams.set('digest', digestOf(blob))
  await demand(fetch(upload, { method: 'PUT', body: blob }))
}

async function demand(answer: Promise<Response>): Promise<void> {
  const { ok, status, url } = await answer
  if (!ok) throw new Error(`${url}: ${status}`)
}
