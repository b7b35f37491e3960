import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DockerCredentials } from '../../src/adapters/docker-credentials.js'
import { OciRegistry } from '../../src/adapters/oci-registry.js'
import { RegistryClient } from '../../src/adapters/registry-client.js'
import type { ImageName } from '../../src/model/service.js'
import { startRegistry, type PrivateRegistry } from '../../scripts/services/services.js'

jest.setTimeout(60_000)

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json'
const INDEX = 'application/vnd.oci.image.index.v1+json'
const DOCKER_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json'
const DOCKER_LIST = 'application/vnd.docker.distribution.manifest.list.v2+json'

const address = addressOfRegistry()

function addressOfRegistry(): string {
  const found = process.env['SMART_IMAGE_BUILD_TEST_REGISTRY']
  if (found === undefined) throw new Error('SMART_IMAGE_BUILD_TEST_REGISTRY is not set: run npm test')
  return found
}

let folder: string
let image: ImageName & { registry: string }

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'registry-'))
  image = { registry: address, repository: `test-${randomBytes(6).toString('hex')}/api` }
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

async function registry(auths: object = {}): Promise<OciRegistry> {
  await writeFile(join(folder, 'config.json'), JSON.stringify({ auths }))
  return new OciRegistry(new RegistryClient(new DockerCredentials({ DOCKER_CONFIG: folder })))
}

interface Call {
  readonly method: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** A call of the registry that must succeed. */
async function call(
  path: string,
  { method, headers = {}, body }: Call,
  authorization?: string,
): Promise<Response> {
  const url = path.startsWith('http') ? path : `http://${image.registry}/v2/${image.repository}/${path}`
  const sent = { ...headers, ...(authorization !== undefined && { authorization }) }
  const response = await fetch(url, { method, headers: sent, ...(body !== undefined && { body }) })
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`)
  return response
}

function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`
}

async function put(
  reference: string,
  manifest: { type: string; body: string },
  authorization?: string,
): Promise<void> {
  const headers = { 'content-type': manifest.type }
  await call(`manifests/${reference}`, { method: 'PUT', headers, body: manifest.body }, authorization)
}

/** Pushes an image without layers and returns its digest; a tag is optional. */
async function push(of: { tag?: string; type?: string; authorization?: string } = {}): Promise<string> {
  const { type = MANIFEST, authorization } = of
  const config = JSON.stringify({
    architecture: 'amd64',
    os: 'linux',
    created: randomBytes(8).toString('hex'),
  })
  const started = await call('blobs/uploads/', { method: 'POST' }, authorization)
  const upload = new URL(started.headers.get('location') ?? '', started.url)
  upload.searchParams.set('digest', digestOf(config))
  await call(upload.href, { method: 'PUT', body: config }, authorization)
  const prefix = type === MANIFEST ? 'application/vnd.oci.image' : 'application/vnd.docker.container.image'
  const mediaType = type === MANIFEST ? `${prefix}.config.v1+json` : `${prefix}.v1+json`
  const body = JSON.stringify({
    schemaVersion: 2,
    mediaType: type,
    config: { mediaType, size: config.length, digest: digestOf(config) },
    layers: [],
  })
  await put(of.tag ?? digestOf(body), { type, body }, authorization)
  return digestOf(body)
}

/** Pushes an index of these images, which may be pretty-printed: its digest is that of its very bytes. */
async function pushIndex(children: readonly string[], tag: string, type = INDEX): Promise<string> {
  const childType = type === INDEX ? MANIFEST : DOCKER_MANIFEST
  const manifests = children.map((digest, index) => ({
    mediaType: childType,
    digest,
    size: 1,
    platform: { os: 'linux', architecture: index === 0 ? 'amd64' : 'arm64' },
  }))
  const body = JSON.stringify({ schemaVersion: 2, mediaType: type, manifests }, undefined, 3)
  await put(tag, { type, body })
  return digestOf(body)
}

async function remove(digest: string): Promise<void> {
  await call(`manifests/${digest}`, { method: 'DELETE' })
}

async function digestAt(tag: string): Promise<string | null> {
  const accept = [MANIFEST, INDEX, DOCKER_MANIFEST, DOCKER_LIST].join(', ')
  const response = await call(`manifests/${tag}`, { method: 'GET', headers: { accept } })
  return response.headers.get('docker-content-digest')
}

const MISSING = { ok: true, value: { kind: 'missing' } }
const existing = (digest: string) => ({ ok: true, value: { kind: 'exists', digest } })

describe('finding', () => {
  test.each([MANIFEST, DOCKER_MANIFEST])(
    'a manifest of type %s under its tag and its digest',
    async (type) => {
      const digest = await push({ tag: 'v1', type })
      const found = await registry()
      expect(await found.find(image, 'v1')).toEqual(existing(digest))
      expect(await found.find(image, digest)).toEqual(existing(digest))
    },
  )

  test.each([
    [INDEX, MANIFEST],
    [DOCKER_LIST, DOCKER_MANIFEST],
  ])('an index of type %s under its tag and its digest', async (type, childType) => {
    const children = [await push({ type: childType }), await push({ type: childType })]
    const digest = await pushIndex(children, 'v1', type)
    const found = await registry()
    expect(await found.find(image, 'v1')).toEqual(existing(digest))
    expect(await found.find(image, digest)).toEqual(existing(digest))
  })

  test('neither a tag, nor a digest, nor a repository that is not there', async () => {
    const found = await registry()
    expect(await found.find(image, 'v1')).toEqual(MISSING)
    await push({ tag: 'v1' })
    expect(await found.find(image, 'v2')).toEqual(MISSING)
    expect(await found.find(image, digestOf('other'))).toEqual(MISSING)
  })

  test('no manifest that was deleted, by its tag or its digest', async () => {
    const digest = await push({ tag: 'v1' })
    await remove(digest)
    const found = await registry()
    expect(await found.find(image, 'v1')).toEqual(MISSING)
    expect(await found.find(image, digest)).toEqual(MISSING)
  })

  test.each([0, 1])('no index whose child %d was deleted, although its tag is there', async (index) => {
    const children = [await push(), await push()]
    const digest = await pushIndex(children, 'v1')
    await remove(children[index] ?? '')
    expect(await digestAt('v1')).toBe(digest)
    const found = await registry()
    expect(await found.find(image, 'v1')).toEqual(MISSING)
    expect(await found.find(image, digest)).toEqual(MISSING)
  })
})

describe('pointing', () => {
  test.each([
    ['a manifest', () => push({ tag: 'v1' })],
    ['a manifest of Docker', () => push({ tag: 'v1', type: DOCKER_MANIFEST })],
    ['an index', async () => pushIndex([await push(), await push()], 'v1')],
  ])('%s keeps its digest under each tag', async (_, make) => {
    const digest = await make()
    const other = await push({ tag: 'latest' })
    const pointing = await registry()
    expect(await pointing.point(image, digest, ['latest', 'sha-1', 'v1'])).toEqual({ ok: true })
    expect(await Promise.all(['latest', 'sha-1', 'v1'].map(digestAt))).toEqual([digest, digest, digest])
    expect(await pointing.find(image, other)).toEqual(existing(other))
  })

  test('at a digest that is gone is a failure, and no tag moves', async () => {
    const digest = await push()
    const other = await push({ tag: 'latest' })
    await remove(digest)
    const message = `${address}/${image.repository}@${digest} is not in the registry any more`
    const failure = { ok: false, failures: [{ kind: 'registry-failed', message }] }
    expect(await (await registry()).point(image, digest, ['latest'])).toEqual(failure)
    expect(await (await registry()).point(image, digest, [])).toEqual(failure)
    expect(await digestAt('latest')).toBe(other)
  })

  test('at an index that lost a child is refused by the registry', async () => {
    const children = [await push(), await push()]
    const digest = await pushIndex(children, 'v1')
    await remove(children[1] ?? '')
    expect(await (await registry()).point(image, digest, ['latest'])).toMatchObject({
      ok: false,
      failures: [{ kind: 'registry-failed' }],
    })
  })
})

describe('what goes over the wire', () => {
  let proxy: Server
  let requests: string[]

  beforeEach(async () => {
    requests = []
    proxy = createServer((request, response) => {
      void (async () => {
        const { method = '', url = '', headers } = request
        const chunks: Buffer[] = []
        for await (const chunk of request) chunks.push(chunk as Buffer)
        requests.push(`${method} ${url.split('/').at(-1) ?? ''}`)
        const sent = {
          accept: headers.accept ?? '',
          ...(headers['content-type'] && { 'content-type': headers['content-type'] }),
        }
        const body = chunks.length === 0 ? {} : { body: new Uint8Array(Buffer.concat(chunks)) }
        const answer = await fetch(`http://${address}${url}`, { method, headers: sent, ...body })
        const names = ['content-type', 'docker-content-digest'].filter((name) => answer.headers.has(name))
        response.writeHead(
          answer.status,
          Object.fromEntries(names.map((name) => [name, answer.headers.get(name) ?? ''])),
        )
        response.end(Buffer.from(await answer.arrayBuffer()))
      })()
    })
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  })

  afterEach(async () => {
    proxy.closeAllConnections()
    await new Promise((resolve) => proxy.close(resolve))
  })

  function proxied(): ImageName {
    return { ...image, registry: `localhost:${(proxy.address() as AddressInfo).port}` }
  }

  test('a tag that is right already is looked at and left alone', async () => {
    const digest = await push({ tag: 'v1' })
    expect(await (await registry()).point(proxied(), digest, ['v1'])).toEqual({ ok: true })
    expect(requests).toEqual(['HEAD v1'])
  })

  test('the manifest is read once for all tags, and only written where a tag is wrong', async () => {
    const digest = await push({ tag: 'right' })
    await push({ tag: 'wrong' })
    expect(await (await registry()).point(proxied(), digest, ['new', 'right', 'wrong'])).toEqual({ ok: true })
    expect(requests).toEqual([
      'HEAD new',
      `GET ${digest}`,
      'PUT new',
      'HEAD right',
      'HEAD wrong',
      'PUT wrong',
    ])
  })

  test('a manifest is found with one request, an index with one more for itself and each child', async () => {
    const children = [await push({ tag: 'one' }), await push()]
    const digest = await pushIndex(children, 'many')
    const found = await registry()
    await found.find(proxied(), 'one')
    await found.find(proxied(), 'many')
    expect(requests).toEqual([
      'HEAD one',
      'HEAD many',
      `GET ${digest}`,
      ...children.map((child) => `HEAD ${child}`),
    ])
  })
})

describe('a registry with passwords', () => {
  let locked: PrivateRegistry
  const auth = Buffer.from('me:pass').toString('base64')

  beforeAll(async () => {
    // bcrypt of "pass"
    const htpasswd = 'me:$2b$04$SDffgaoKsZAGNnWTKGh8fuTd8AVcIB01UGMaZ0Hfx7c1LwFNnnA6C\n'
    locked = await startRegistry({ htpasswd })
  })

  afterAll(async () => {
    await locked.stop()
  })

  beforeEach(() => {
    image = { ...image, registry: locked.registry }
  })

  test("lets in who is logged in by Docker's configuration", async () => {
    const digest = await push({ tag: 'v1', authorization: `Basic ${auth}` })
    const mine = await registry({ [locked.registry]: { auth } })
    expect(await mine.find(image, 'v1')).toEqual(existing(digest))
    expect(await mine.point(image, digest, ['v2'])).toEqual({ ok: true })
    expect(await mine.find(image, 'v2')).toEqual(existing(digest))
    expect(await mine.find(image, 'v3')).toEqual(MISSING)
  })

  test('denies who is not, and says what to do', async () => {
    const message = expect.stringContaining(`${locked.registry} wants a login for`) as unknown
    const denied = { ok: false, failures: [{ kind: 'registry-denied', message }] }
    const nobody = await registry()
    expect(await nobody.find(image, 'v1')).toEqual(denied)
    expect(await nobody.point(image, digestOf('x'), ['v1'])).toEqual(denied)
  })

  test('does not answer who has the wrong password, which is not the same', async () => {
    const wrong = await registry({ [locked.registry]: { auth: Buffer.from('me:wrong').toString('base64') } })
    const problem = expect.stringContaining('the registry answered 401') as unknown
    expect(await wrong.find(image, 'v1')).toEqual({ ok: true, value: { kind: 'unknown', problem } })
    expect(await wrong.point(image, digestOf('x'), ['v1'])).toMatchObject({
      failures: [{ kind: 'registry-failed' }],
    })
  })
})
