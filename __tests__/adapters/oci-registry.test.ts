import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DockerCredentials } from '../../src/adapters/docker-credentials.js'
import { OciRegistry } from '../../src/adapters/oci-registry.js'
import { RegistryClient } from '../../src/adapters/registry-client.js'

/*
 * What the registry of the integration tests does not do: answers without headers, with parameters, with other bytes,
 * and refusals.
 */

const INDEX = 'application/vnd.oci.image.index.v1+json'
const LIST = 'application/vnd.docker.distribution.manifest.list.v2+json'
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json'

const PLAIN = JSON.stringify({ config: { digest: `sha256:${'c'.repeat(64)}` }, layers: [] })
const NO_MANIFEST = expect.stringContaining('is no manifest') as unknown

interface Kept {
  readonly type: string
  readonly body: string
}

let server: Server
let image: { registry: string; repository: string }
let registry: OciRegistry
/** By tag and by digest. */
let kept: Map<string, Kept>
let asked: string[]
/** Header → whether it is sent. */
let silent: Set<string>
/** Answered in place of anything else, by method. */
let refused: Map<string, number>

beforeEach(async () => {
  kept = new Map()
  asked = []
  silent = new Set()
  refused = new Map()
  server = createServer((request, response) => {
    const reference = (request.url ?? '').split('/').at(-1) ?? ''
    const method = request.method ?? ''
    asked.push(`${method} ${reference}`)
    const found = kept.get(reference)
    const status = refused.get(method) ?? (method === 'PUT' ? 201 : found ? 200 : 404)
    const headers = {
      'content-type': found?.type,
      'docker-content-digest': found && digestOf(found.body),
    }
    const sent = Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || silent.has(name) ? [] : [name, value],
    )
    response.writeHead(status, sent).end(method === 'GET' ? found?.body : '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  image = { registry: `localhost:${(server.address() as AddressInfo).port}`, repository: 'acme/api' }
  const credentials = new DockerCredentials({ DOCKER_CONFIG: '/nowhere' })
  registry = new OciRegistry(new RegistryClient(credentials, { wait: () => Promise.resolve() }))
})

afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`
}

function keep(type: string, body: string, tag?: string): string {
  const digest = digestOf(body)
  kept.set(digest, { type, body })
  if (tag !== undefined) kept.set(tag, { type, body })
  return digest
}

function indexOf(...digests: string[]): string {
  return JSON.stringify({ manifests: digests.map((digest) => ({ digest })) })
}

describe('finding', () => {
  test.each([
    [INDEX, 'missing'],
    [LIST, 'missing'],
    [`${INDEX}; charset=utf-8`, 'missing'],
    [INDEX.toUpperCase(), 'missing'],
    [MANIFEST, 'exists'],
  ])('a manifest of type %s that lost a child %ss', async (type, kind) => {
    const lost = digestOf('lost')
    keep(type, indexOf(keep(MANIFEST, '1'), lost), 'v1')
    expect(await registry.find(image, 'v1')).toMatchObject({ ok: true, value: { kind } })
  })

  test.each(['content-type', 'docker-content-digest'])(
    'an image is found without the header %s',
    async (header) => {
      silent.add(header)
      const digest = keep(MANIFEST, PLAIN, 'v1')
      expect(await registry.find(image, 'v1')).toEqual({ ok: true, value: { kind: 'exists', digest } })
    },
  )

  test('an index is known by its content where the registry says no type', async () => {
    silent.add('content-type')
    keep(INDEX, indexOf(digestOf('lost')), 'v1')
    expect(await registry.find(image, 'v1')).toEqual({ ok: true, value: { kind: 'missing' } })
  })

  test('an index that cannot be read leaves the question open', async () => {
    keep(INDEX, 'nonsense', 'v1')
    expect(await registry.find(image, 'v1')).toEqual({
      ok: true,
      value: { kind: 'unknown', problem: NO_MANIFEST },
    })
  })

  test.each([
    { what: 'a login page', type: 'text/html', body: '<html>Log in</html>' },
    { what: 'an error in JSON', type: 'application/json', body: '{"errors":[{"code":"UNKNOWN"}]}' },
  ])('$what that is answered with 200 leaves the question open', async ({ type, body }) => {
    keep(type, body, 'v1')
    expect(await registry.find(image, 'v1')).toEqual({
      ok: true,
      value: { kind: 'unknown', problem: NO_MANIFEST },
    })
    expect((await registry.point(image, digestOf(body), [])).ok).toBe(false)
  })

  test('an index without children holds no image, and neither does one whose inner index lost its child', async () => {
    keep(INDEX, indexOf(), 'empty')
    expect(await registry.find(image, 'empty')).toEqual({ ok: true, value: { kind: 'missing' } })
    keep(INDEX, indexOf(keep(INDEX, indexOf(digestOf('lost')))), 'nested')
    expect(await registry.find(image, 'nested')).toEqual({ ok: true, value: { kind: 'missing' } })
  })

  test('other bytes than the digest says leave the question open', async () => {
    const digest = digestOf('right')
    kept.set(digest, { type: INDEX, body: indexOf() })
    silent.add('docker-content-digest')
    expect(await registry.find(image, digest)).toMatchObject({
      ok: true,
      value: {
        kind: 'unknown',
        problem: expect.stringContaining('the registry sent other bytes') as unknown,
      },
    })
  })

  test.each([400, 405, 429, 500, 503])('an answer %d leaves the question open', async (status) => {
    refused.set('HEAD', status)
    expect(await registry.find(image, 'v1')).toMatchObject({
      ok: true,
      value: { kind: 'unknown', problem: expect.stringContaining(`answered ${status}`) as unknown },
    })
  })

  test.each([401, 403])('%d without a login is a failure that says what to do', async (status) => {
    refused.set('HEAD', status)
    const message = expect.stringMatching(/^localhost:\d+ wants a login for .* docker login/) as unknown
    expect(await registry.find(image, 'v1')).toEqual({
      ok: false,
      failures: [{ kind: 'registry-denied', message }],
    })
  })

  test('a registry that does not answer leaves the question open', async () => {
    const gone = { registry: '127.0.0.1:1', repository: 'x' }
    expect(await registry.find(gone, 'v1')).toMatchObject({
      ok: true,
      value: { kind: 'unknown', problem: expect.stringContaining('127.0.0.1:1 does not answer') as unknown },
    })
  })
})

describe('pointing', () => {
  test('asks for the manifest once, whatever the number of tags, and not at all when all are right', async () => {
    const digest = keep(MANIFEST, '{}', 'right')
    expect(await registry.point(image, digest, ['right'])).toEqual({ ok: true })
    expect(asked).toEqual(['HEAD right'])
    asked = []
    expect(await registry.point(image, digest, ['a', 'right', 'b'])).toEqual({ ok: true })
    expect(asked).toEqual(['HEAD a', `GET ${digest}`, 'PUT a', 'HEAD right', 'HEAD b', 'PUT b'])
  })

  test('no tag still demands the image', async () => {
    const digest = keep(MANIFEST, '{}')
    expect(await registry.point(image, digest, [])).toEqual({ ok: true })
    expect(await registry.point(image, digestOf('gone'), [])).toMatchObject({
      ok: false,
      failures: [
        {
          kind: 'registry-failed',
          message: expect.stringContaining('is not in the registry any more') as unknown,
        },
      ],
    })
  })

  test.each([400, 403, 405, 409, 412, 500])('a refusal %d of the tag is a failure', async (status) => {
    refused.set('PUT', status)
    const digest = keep(MANIFEST, '{}')
    const kind = status === 403 ? 'registry-denied' : 'registry-failed'
    expect(await registry.point(image, digest, ['a', 'b'])).toMatchObject({ ok: false, failures: [{ kind }] })
    expect(asked.filter((request) => request === 'PUT b')).toEqual([])
  })
})
