import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { OciRegistry } from '../../src/adapters/oci-registry.js'
import { BareRegistry, manifestOf, PLAIN } from '../rig/bare-registry.js'
import { digestOf, MANIFEST } from '../rig/raw-repository.js'

let bare: BareRegistry
let registry: OciRegistry

beforeEach(async () => {
  bare = await BareRegistry.start()
  registry = bare.client()
})

afterEach(async () => {
  await bare.stop()
})

describe('pointing', () => {
  test('asks for the manifest once, whatever the number of tags, and not at all when all are right', async () => {
    const digest = bare.keep(MANIFEST, PLAIN, 'right')
    expect(await registry.point(bare.image, digest, ['right'])).toEqual({ moved: [], refused: [] })
    expect(bare.asked).toEqual(['HEAD right'])
    bare.asked.length = 0
    expect(await registry.point(bare.image, digest, ['a', 'right', 'b'])).toEqual({
      moved: ['a', 'b'],
      refused: [],
    })
    expect(bare.asked).toEqual(['HEAD a', `GET ${digest}`, 'PUT a', 'HEAD right', 'HEAD b', 'PUT b'])
  })

  test('waits for an image that was pushed a moment ago', async () => {
    const digest = bare.keep(MANIFEST, PLAIN)
    bare.once.set(
      `GET ${digest}`,
      Array.from({ length: 4 }, () => ({ status: 404 })),
    )
    expect(await registry.point(bare.image, digest, ['a', 'b'])).toEqual({ moved: ['a', 'b'], refused: [] })
    expect(bare.waits).toEqual([250, 500, 1000, 2000])
  })

  test('waits for it without tags, too', async () => {
    const digest = bare.keep(MANIFEST, PLAIN)
    bare.once.set(`HEAD ${digest}`, [{ status: 404 }, { status: 404 }])
    expect(await registry.point(bare.image, digest, [])).toEqual({ moved: [], refused: [] })
    expect(bare.waits).toEqual([250, 500])
  })

  test('waits once for one that is gone, whatever the number of tags', async () => {
    const digest = digestOf('gone')
    const message = `${bare.image.registry}/acme/api@${digest} is not in the registry any more`
    const failure = { kind: 'registry-failed', message }
    expect(await registry.point(bare.image, digest, ['a', 'b'])).toEqual({
      moved: [],
      refused: ['a', 'b'].map((reference) => ({ kind: 'gone', reference, failure })),
    })
    expect(bare.waits).toEqual([250, 500, 1000, 2000])
  })

  test('puts no other bytes than those of the digest', async () => {
    const digest = digestOf(PLAIN)
    bare.kept.set(digest, { type: MANIFEST, body: manifestOf('other') })
    const message = expect.stringContaining('the registry sent other bytes') as unknown
    expect(await registry.point(bare.image, digest, ['a'])).toMatchObject({
      moved: [],
      refused: [{ kind: 'failed', failure: { message } }],
    })
    expect(bare.asked.filter((request) => request.startsWith('PUT'))).toEqual([])
  })

  test('puts a manifest of no said type under the type that it names itself', async () => {
    bare.silent.add('content-type')
    const digest = bare.keep(
      MANIFEST,
      JSON.stringify({ ...(JSON.parse(PLAIN) as object), mediaType: MANIFEST }),
    )
    await registry.point(bare.image, digest, ['a'])
    expect(bare.putTypes).toEqual([MANIFEST])
  })

  test('puts again what the registry called invalid, once', async () => {
    const digest = bare.keep(MANIFEST, PLAIN)
    const invalid = { status: 400, body: '{"errors":[{"code":"MANIFEST_INVALID"}]}' }
    bare.once.set('PUT a', [invalid])
    bare.once.set('PUT b', [invalid, invalid])
    expect(await registry.point(bare.image, digest, ['a', 'b'])).toMatchObject({
      moved: ['a'],
      refused: [{ kind: 'failed', reference: 'b' }],
    })
    expect(bare.asked.filter((request) => request.startsWith('PUT'))).toEqual([
      'PUT a',
      'PUT a',
      'PUT b',
      'PUT b',
    ])
  })

  test('takes a tag that is refused as there for moved, if somebody put it at the digest meanwhile', async () => {
    const digest = bare.keep(MANIFEST, PLAIN, 'right')
    bare.keep(MANIFEST, manifestOf('other'), 'other')
    const immutable = { status: 400, body: 'the tag is immutable' }
    bare.once.set('HEAD right', [{ status: 404 }])
    for (const tag of ['right', 'other']) bare.once.set(`PUT ${tag}`, [immutable])
    expect(await registry.point(bare.image, digest, ['right', 'other'])).toMatchObject({
      moved: ['right'],
      refused: [{ kind: 'immutable', reference: 'other' }],
    })
  })

  test.each([
    [400, 'failed', 'registry-failed'],
    [403, 'denied', 'registry-denied'],
    [404, 'gone', 'registry-failed'],
    [405, 'failed', 'registry-failed'],
    [500, 'failed', 'registry-failed'],
  ])('a refusal %d of one tag is %s, and the others are tried', async (status, kind, failure) => {
    const digest = bare.keep(MANIFEST, PLAIN)
    bare.refused.set('PUT', status)
    expect(await registry.point(bare.image, digest, ['a', 'b'])).toMatchObject({
      moved: [],
      refused: ['a', 'b'].map((reference) => ({ kind, reference, failure: { kind: failure } })),
    })
  })
})

test('whether a tag is immutable is not concluded from a refusal that does not say so', async () => {
  bare.keep(MANIFEST, PLAIN, 'v1')
  bare.refused.set('PUT', 403)
  expect(await registry.isImmutable(bare.image, 'v1')).toMatchObject({
    ok: false,
    failures: [{ kind: 'registry-denied' }],
  })
})
