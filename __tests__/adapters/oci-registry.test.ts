import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { OciRegistry } from '../../src/adapters/oci-registry.js'
import { BareRegistry, CONFIG, indexOf, manifestOf, PLAIN } from '../rig/bare-registry.js'
import { digestOf, DOCKER_LIST, INDEX, MANIFEST } from '../rig/raw-repository.js'

/*
 * What no registry of the contract does: answers without headers, with parameters, with other bytes, late ones, and
 * refusals.
 */

const NO_MANIFEST = expect.stringContaining('is no manifest') as unknown

let bare: BareRegistry
let registry: OciRegistry

beforeEach(async () => {
  bare = await BareRegistry.start()
  registry = bare.client()
})

afterEach(async () => {
  await bare.stop()
})

describe('finding', () => {
  test.each([
    [INDEX, 'missing'],
    [DOCKER_LIST, 'missing'],
    [`${INDEX}; charset=utf-8`, 'missing'],
    [INDEX.toUpperCase(), 'missing'],
    [MANIFEST, 'exists'],
  ])('an index whose child was lost, of type %s: %s', async (type, kind) => {
    const lost = digestOf('lost')
    bare.keep(type, indexOf(bare.keep(MANIFEST, PLAIN), lost), 'v1')
    expect(await registry.find(bare.image, 'v1')).toMatchObject({ ok: true, value: { kind } })
  })

  test.each(['content-type', 'docker-content-digest'])(
    'an image is found without the header %s',
    async (header) => {
      bare.silent.add(header)
      const digest = bare.keep(MANIFEST, PLAIN, 'v1')
      expect(await registry.find(bare.image, 'v1')).toEqual({ ok: true, value: { kind: 'exists', digest } })
    },
  )

  test('an index is known by its content where the registry says no type', async () => {
    bare.silent.add('content-type')
    bare.keep(INDEX, indexOf(digestOf('lost')), 'v1')
    expect(await registry.find(bare.image, 'v1')).toEqual({ ok: true, value: { kind: 'missing' } })
  })

  test('of an index that was pushed a moment ago no child is asked for; of any other it is', async () => {
    const pushed = bare.keep(INDEX, indexOf(digestOf('lost')), 'v1')
    const exists = { ok: true, value: { kind: 'exists', digest: pushed } }
    expect(await registry.find(bare.image, 'v1', pushed)).toEqual(exists)
    expect(bare.asked).toEqual(['HEAD v1'])
    bare.keep(INDEX, indexOf(digestOf('lost'), digestOf('lost, too')), 'v1')
    expect(await registry.find(bare.image, 'v1', pushed)).toEqual({ ok: true, value: { kind: 'missing' } })
  })

  test('an index that cannot be read leaves the question open', async () => {
    bare.keep(INDEX, 'nonsense', 'v1')
    expect(await registry.find(bare.image, 'v1')).toEqual({
      ok: true,
      value: { kind: 'unknown', problem: NO_MANIFEST },
    })
  })

  test.each([
    { what: 'a login page', type: 'text/html', body: '<html>Log in</html>' },
    { what: 'an error in JSON', type: 'application/json', body: '{"errors":[{"code":"UNKNOWN"}]}' },
  ])('$what that is answered with 200 leaves the question open', async ({ type, body }) => {
    bare.keep(type, body, 'v1')
    expect(await registry.find(bare.image, 'v1')).toEqual({
      ok: true,
      value: { kind: 'unknown', problem: NO_MANIFEST },
    })
    expect(await registry.point(bare.image, digestOf(body), [])).toMatchObject({
      refused: [{ kind: 'failed' }],
    })
  })

  test('an index without children holds no image, and neither does one whose inner index lost its child', async () => {
    bare.keep(INDEX, indexOf(), 'empty')
    expect(await registry.find(bare.image, 'empty')).toEqual({ ok: true, value: { kind: 'missing' } })
    bare.keep(INDEX, indexOf(bare.keep(INDEX, indexOf(digestOf('lost')))), 'nested')
    expect(await registry.find(bare.image, 'nested')).toEqual({ ok: true, value: { kind: 'missing' } })
  })

  test('other bytes than the digest says leave the question open', async () => {
    const digest = digestOf('right')
    bare.kept.set(digest, { type: INDEX, body: indexOf() })
    bare.silent.add('docker-content-digest')
    expect(await registry.find(bare.image, digest)).toMatchObject({
      ok: true,
      value: {
        kind: 'unknown',
        problem: expect.stringContaining('the registry sent other bytes') as unknown,
      },
    })
  })

  test.each([400, 405, 429, 500, 503])('an answer %d leaves the question open', async (status) => {
    bare.refused.set('HEAD', status)
    expect(await registry.find(bare.image, 'v1')).toMatchObject({
      ok: true,
      value: { kind: 'unknown', problem: expect.stringContaining(`answered ${status}`) as unknown },
    })
  })

  test.each([401, 403])('%d without a login is a failure that says what to do', async (status) => {
    bare.refused.set('HEAD', status)
    const message = expect.stringMatching(/^localhost:\d+ wants a login for .* docker login/) as unknown
    expect(await registry.find(bare.image, 'v1')).toEqual({
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

describe('the size', () => {
  const config = { digest: digestOf(CONFIG), size: 100 }
  const NO_SIZE = expect.stringContaining('does not say its size') as unknown

  test.each([
    ['no layers', { config, layers: [] }, 100],
    ['layers', { config, layers: [{ size: 20 }, { size: 3 }] }, 123],
  ])('of an image with %s is the sum', async (_, manifest, size) => {
    const digest = bare.keep(MANIFEST, JSON.stringify(manifest))
    expect(await registry.size(bare.image, digest)).toEqual({ ok: true, value: size })
    expect(bare.asked).toEqual([`GET ${digest}`])
  })

  test.each([
    ['whose layers are missing', { config }],
    ['whose layers are no list', { config, layers: { size: 1 } }],
    ['with a layer without a size', { config, layers: [{ size: 1 }, {}] }],
    ['with a layer that is null', { config, layers: [null] }],
    ['with a size in words', { config, layers: [{ size: '1' }] }],
    ['with a size below zero', { config, layers: [{ size: -1 }] }],
    ['whose configuration has none', { config: { digest: config.digest }, layers: [] }],
    ['that is an index of nothing', { manifests: [] }],
  ])('of one %s is not known', async (_, manifest) => {
    const digest = bare.keep(MANIFEST, JSON.stringify(manifest))
    expect(await registry.size(bare.image, digest)).toMatchObject({ failures: [{ message: NO_SIZE }] })
    expect(await registry.find(bare.image, digest)).toMatchObject({ ok: true })
  })

  test('is read from the manifest that tags are put by, which is asked for once', async () => {
    const digest = bare.keep(MANIFEST, PLAIN)
    await Promise.all([registry.size(bare.image, digest), registry.point(bare.image, digest, ['a'])])
    expect(bare.asked.filter((question) => question === `GET ${digest}`)).toHaveLength(1)
  })

  test('is asked for anew after a question that was not answered', async () => {
    const digest = bare.keep(MANIFEST, JSON.stringify({ config, layers: [] }))
    bare.once.set(`GET ${digest}`, [{ status: 400 }])
    expect(await registry.size(bare.image, digest)).toMatchObject({ ok: false })
    expect(await registry.size(bare.image, digest)).toMatchObject({ ok: true })
  })

  test('of an index is that of its first image, attestations left out', async () => {
    const image = bare.keep(MANIFEST, JSON.stringify({ config, layers: [{ size: 7 }] }))
    const attestation = { digest: digestOf('a'), platform: { os: 'unknown', architecture: 'unknown' } }
    const manifests = [attestation, { digest: image }, { digest: digestOf('another') }]
    const index = bare.keep(INDEX, JSON.stringify({ manifests }))
    expect(await registry.size(bare.image, index)).toEqual({ ok: true, value: 107 })
    expect(bare.asked).toEqual([`GET ${index}`, `GET ${image}`])
  })
})

describe('labels', () => {
  const child = (digest: string, more: object) => ({ digest, ...more })

  test.each([
    ['by its annotation', { annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } }],
    ['by its platform', { platform: { os: 'unknown', architecture: 'unknown' } }],
  ])('are not those of an attestation, known %s', async (_, more) => {
    const blob = (text: string) => bare.kept.set(digestOf(text), { type: '', body: text })
    blob(CONFIG)
    const attestation = '{"config":{"Labels":{"wrong":"1"}}}'
    blob(attestation)
    const children = [
      child(bare.keep(MANIFEST, manifestOf(attestation)), more),
      child(bare.keep(MANIFEST, PLAIN), {}),
    ]
    const index = bare.keep(INDEX, JSON.stringify({ manifests: children }))
    expect(await registry.labels(bare.image, index)).toEqual({ ok: true, value: { a: '1' } })
    const attestations = bare.keep(INDEX, JSON.stringify({ manifests: children.slice(0, 1) }))
    expect(await registry.labels(bare.image, attestations)).toEqual({ ok: true, value: {} })
  })

  test.each([
    ['other bytes', '{"config":{"Labels":{"a":"2"}}}', undefined],
    ['no JSON', 'nonsense', 'nonsense'],
  ])('of a configuration that is %s are not believed', async (_, sent, named = CONFIG) => {
    bare.kept.set(digestOf(named), { type: '', body: sent })
    const found = await registry.labels(bare.image, bare.keep(MANIFEST, manifestOf(named)))
    expect(found).toMatchObject({ ok: false, failures: [{ kind: 'registry-failed' }] })
  })

  test('of a configuration that is gone are a failure', async () => {
    const message = expect.stringContaining('is not in the registry any more') as unknown
    expect(await registry.labels(bare.image, bare.keep(MANIFEST, PLAIN))).toMatchObject({
      failures: [{ message }],
    })
  })
})
