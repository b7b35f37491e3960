import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
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
import { describeImageRegistry } from '../contracts/image-registry.js'
import {
  digestOf,
  DOCKER_LIST,
  DOCKER_MANIFEST,
  INDEX,
  MANIFEST,
  RawRepository,
  testRegistry,
} from '../rig/raw-repository.js'
import { overHttp } from '../rig/registry-under-test.js'

jest.setTimeout(60_000)

const address = testRegistry()

let folder: string
let image: RawRepository

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'registry-'))
  image = new RawRepository(address)
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

async function registry(auths: object = {}): Promise<OciRegistry> {
  await writeFile(join(folder, 'config.json'), JSON.stringify({ auths }))
  return new OciRegistry(new RegistryClient(new DockerCredentials({ DOCKER_CONFIG: folder })))
}

const MISSING = { ok: true, value: { kind: 'missing' } }
const UNTOUCHED = { moved: [], refused: [] }
const existing = (digest: string) => ({ ok: true, value: { kind: 'exists', digest } })

describe('finding', () => {
  test.each([MANIFEST, DOCKER_MANIFEST])(
    'a manifest of type %s under its tag and its digest',
    async (type) => {
      const digest = await image.push({ tag: 'v1', type })
      const found = await registry()
      expect(await found.find(image, 'v1')).toEqual(existing(digest))
      expect(await found.find(image, digest)).toEqual(existing(digest))
    },
  )

  test.each([
    [INDEX, MANIFEST],
    [DOCKER_LIST, DOCKER_MANIFEST],
  ])('an index of type %s under its tag and its digest', async (type, childType) => {
    const children = [await image.push({ type: childType }), await image.push({ type: childType })]
    const digest = await image.pushIndex(children, 'v1', type)
    const found = await registry()
    expect(await found.find(image, 'v1')).toEqual(existing(digest))
    expect(await found.find(image, digest)).toEqual(existing(digest))
  })
})

describeImageRegistry('the registry of the tests', () => overHttp(address))

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
    return { repository: image.repository, registry: `localhost:${(proxy.address() as AddressInfo).port}` }
  }

  test('a tag that is right already is looked at and left alone', async () => {
    const digest = await image.push({ tag: 'v1' })
    expect(await (await registry()).point(proxied(), digest, ['v1'])).toEqual(UNTOUCHED)
    expect(requests).toEqual(['HEAD v1'])
  })

  test('the manifest is read once for all tags, and only written where a tag is wrong', async () => {
    const digest = await image.push({ tag: 'right' })
    await image.push({ tag: 'wrong' })
    const tags = ['new', 'right', 'wrong']
    expect(await (await registry()).point(proxied(), digest, tags)).toEqual({
      moved: ['new', 'wrong'],
      refused: [],
    })
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
    const children = [await image.push({ tag: 'one' }), await image.push()]
    const digest = await image.pushIndex(children, 'many')
    const found = await registry()
    await found.find(proxied(), 'one')
    await found.find(proxied(), 'many')
    expect(requests.slice(0, 3)).toEqual(['HEAD one', 'HEAD many', `GET ${digest}`])
    expect(requests.slice(3).sort()).toEqual(children.map((child) => `HEAD ${child}`).sort())
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
    image = new RawRepository(locked.registry, `Basic ${auth}`)
  })

  test("lets in who is logged in by Docker's configuration", async () => {
    const digest = await image.push({ tag: 'v1' })
    const mine = await registry({ [locked.registry]: { auth } })
    expect(await mine.find(image, 'v1')).toEqual(existing(digest))
    expect(await mine.point(image, digest, ['v2'])).toEqual({ moved: ['v2'], refused: [] })
    expect(await mine.find(image, 'v2')).toEqual(existing(digest))
    expect(await mine.find(image, 'v3')).toEqual(MISSING)
  })

  test('denies who is not, and says what to do', async () => {
    const message = expect.stringContaining(`${locked.registry} wants a login for`) as unknown
    const failure = { kind: 'registry-denied', message }
    const nobody = await registry()
    expect(await nobody.find(image, 'v1')).toEqual({ ok: false, failures: [failure] })
    expect(await nobody.point(image, digestOf('x'), ['v1'])).toEqual({
      moved: [],
      refused: [{ kind: 'denied', reference: 'v1', failure }],
    })
  })

  test('does not answer who has the wrong password, which is not the same', async () => {
    const wrong = await registry({ [locked.registry]: { auth: Buffer.from('me:wrong').toString('base64') } })
    const problem = expect.stringContaining('the registry answered 401') as unknown
    expect(await wrong.find(image, 'v1')).toEqual({ ok: true, value: { kind: 'unknown', problem } })
    expect(await wrong.point(image, digestOf('x'), ['v1'])).toMatchObject({
      refused: [{ kind: 'denied', failure: { kind: 'registry-failed' } }],
    })
  })
})
