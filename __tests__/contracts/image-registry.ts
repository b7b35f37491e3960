import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { fullName, type ImageName } from '../../src/model/service.js'
import type { ImageRegistry } from '../../src/ports/image-registry.js'

/** `immutable`: refuses to put a tag that is there. `closed`: wants a login that nobody has. `down`: answers 503. */
export type Mood = 'open' | 'immutable' | 'closed' | 'down'

export interface Pushed {
  readonly tag?: string
  readonly labels?: Readonly<Record<string, string>>
  /** Bytes of all layers and the configuration; at least 1000. */
  readonly size?: number
}

/** A registry with one repository, which is empty at first, and what a test does to it past the port. */
export interface RegistryUnderTest {
  readonly registry: ImageRegistry
  readonly image: ImageName
  /** Pushes an image unlike all others; returns its digest. */
  push(of?: Pushed): Promise<string>
  pushIndex(children: readonly string[], tag: string): Promise<string>
  /** Deletes a manifest, and tags that point at it. */
  remove(digest: string): Promise<void>
  digestAt(tag: string): Promise<string | undefined>
  become(mood: Mood): void
  /** Tags that were put through the port, in order. */
  puts(): readonly string[]
  close(): Promise<void>
}

const NOWHERE = `sha256:${'0'.repeat(64)}`
const MISSING = { ok: true, value: { kind: 'missing' } }
const existing = (digest: string) => ({ ok: true, value: { kind: 'exists', digest } })
const failing = (kind: string): unknown => expect.objectContaining({ kind })
const refusing = (kind: string, ...references: string[]) => ({
  moved: [],
  refused: references.map((reference) => ({
    kind,
    reference,
    failure: failing(kind === 'denied' ? 'registry-denied' : 'registry-failed'),
  })),
})

/** What every implementation of `ImageRegistry` does. */
export function describeImageRegistry(name: string, start: () => Promise<RegistryUnderTest>): void {
  describe(`${name}, as a registry of images,`, () => {
    let under: RegistryUnderTest
    let registry: ImageRegistry
    let image: ImageName

    beforeEach(async () => {
      under = await start()
      ;({ registry, image } = under)
    })

    afterEach(async () => {
      await under.close()
    })

    describe('finds', () => {
      test('an image under its tag and its digest', async () => {
        const digest = await under.push({ tag: 'v1' })
        expect(await registry.find(image, 'v1')).toEqual(existing(digest))
        expect(await registry.find(image, digest)).toEqual(existing(digest))
      })

      test('an index under its tag and its digest, and an index of indexes', async () => {
        const index = await under.pushIndex([await under.push(), await under.push()], 'v1')
        const outer = await under.pushIndex([index], 'v2')
        expect(await registry.find(image, 'v1')).toEqual(existing(index))
        expect(await registry.find(image, index)).toEqual(existing(index))
        expect(await registry.find(image, 'v2')).toEqual(existing(outer))
      })

      test('neither a tag, nor a digest, nor a repository that is not there', async () => {
        await under.push({ tag: 'v1' })
        expect(await registry.find(image, 'v2')).toEqual(MISSING)
        expect(await registry.find(image, NOWHERE)).toEqual(MISSING)
        expect(await registry.find({ ...image, repository: `${image.repository}-other` }, 'v1')).toEqual(
          MISSING,
        )
      })

      test('no image that was deleted, by its tag or its digest', async () => {
        const digest = await under.push({ tag: 'v1' })
        await under.remove(digest)
        expect(await registry.find(image, 'v1')).toEqual(MISSING)
        expect(await registry.find(image, digest)).toEqual(MISSING)
      })

      test.each([0, 1])(
        'no index whose child %d was deleted, although its tag is there',
        async (position) => {
          const children = [await under.push(), await under.push()]
          const digest = await under.pushIndex(children, 'v1')
          const outer = await under.pushIndex([digest], 'outer')
          await under.remove(children[position]!)
          expect(await under.digestAt('v1')).toBe(digest)
          for (const reference of ['v1', digest, 'outer', outer]) {
            expect(await registry.find(image, reference)).toEqual(MISSING)
          }
        },
      )

      test('nothing that could be relied on while it is down', async () => {
        await under.push({ tag: 'v1' })
        under.become('down')
        const problem = expect.any(String) as unknown
        expect(await registry.find(image, 'v1')).toEqual({ ok: true, value: { kind: 'unknown', problem } })
      })

      test('nothing for who must log in first, and says where', async () => {
        await under.push({ tag: 'v1' })
        under.become('closed')
        const message = expect.stringContaining(
          `${image.registry} wants a login for ${fullName(image)}`,
        ) as unknown
        const failures = [{ kind: 'registry-denied', message }]
        expect(await registry.find(image, 'v1')).toEqual({ ok: false, failures })
      })
    })

    describe('points', () => {
      test.each([
        ['an image', () => under.push({ tag: 'v1' })],
        ['an index', async () => under.pushIndex([await under.push(), await under.push()], 'v1')],
      ])('each tag at %s, whose digest stays the same', async (_, make) => {
        const digest = await make()
        const other = await under.push({ tag: 'latest' })
        expect(await registry.point(image, digest, ['latest', 'new'])).toEqual({
          moved: ['latest', 'new'],
          refused: [],
        })
        for (const tag of ['latest', 'new', 'v1']) expect(await under.digestAt(tag)).toBe(digest)
        expect(await registry.find(image, other)).toEqual(existing(other))
      })

      test('no tag again that is there already', async () => {
        const digest = await under.push({ tag: 'right' })
        await under.push({ tag: 'wrong' })
        expect(await registry.point(image, digest, ['new', 'right', 'wrong'])).toEqual({
          moved: ['new', 'wrong'],
          refused: [],
        })
        expect(await registry.point(image, digest, ['new', 'right', 'wrong'])).toEqual({
          moved: [],
          refused: [],
        })
        expect(under.puts()).toEqual(['new', 'wrong'])
      })

      test('no tag at an image that is gone', async () => {
        const other = await under.push({ tag: 'latest' })
        const digest = await under.push()
        await under.remove(digest)
        expect(await registry.point(image, digest, ['latest', 'new'])).toEqual(
          refusing('gone', 'latest', 'new'),
        )
        expect(await under.digestAt('latest')).toBe(other)
        expect(await under.digestAt('new')).toBeUndefined()
      })

      test('no tag at an index that lost a child', async () => {
        const children = [await under.push(), await under.push()]
        const digest = await under.pushIndex(children, 'v1')
        await under.remove(children[1]!)
        expect(await registry.point(image, digest, ['new'])).toEqual(refusing('gone', 'new'))
        expect(await under.digestAt('new')).toBeUndefined()
      })

      test('nothing without tags, but demands the whole image', async () => {
        const children = [await under.push(), await under.push()]
        const digest = await under.pushIndex(children, 'v1')
        expect(await registry.point(image, digest, [])).toEqual({ moved: [], refused: [] })
        await under.remove(children[0]!)
        expect(await registry.point(image, digest, [])).toEqual(refusing('gone', digest))
        expect(await registry.point(image, NOWHERE, [])).toEqual(refusing('gone', NOWHERE))
        expect(under.puts()).toEqual([])
      })

      test('the tags that it may where the repository is immutable', async () => {
        const digest = await under.push({ tag: 'right' })
        const other = await under.push({ tag: 'taken' })
        under.become('immutable')
        expect(await registry.point(image, digest, ['taken', 'right', 'new'])).toEqual({
          ...refusing('immutable', 'taken'),
          moved: ['new'],
        })
        expect(await under.digestAt('taken')).toBe(other)
        expect(await under.digestAt('new')).toBe(digest)
      })

      test.each([
        ['down', 'failed'],
        ['closed', 'denied'],
      ] as const)('no tag while it is %s, and says so of each', async (mood, kind) => {
        const digest = await under.push()
        under.become(mood)
        expect(await registry.point(image, digest, ['a', 'b'])).toEqual(refusing(kind, 'a', 'b'))
        expect(await registry.point(image, digest, [])).toEqual(refusing(kind, digest))
      })
    })

    describe('knows the labels', () => {
      const labels = { 'smart-image-build.fingerprint': 'fp-1', 'org.example': 'é' }

      test('of an image, and that one has none', async () => {
        expect(await registry.labels(image, await under.push({ labels }))).toEqual({
          ok: true,
          value: labels,
        })
        expect(await registry.labels(image, await under.push())).toEqual({ ok: true, value: {} })
      })

      test('of an index, which are those of its first image', async () => {
        const children = [await under.push({ labels }), await under.push({ labels: { other: '1' } })]
        const index = await under.pushIndex(children, 'v1')
        expect(await registry.labels(image, index)).toEqual({ ok: true, value: labels })
      })
    })

    describe('knows the size', () => {
      test('of an image: all layers and the configuration', async () => {
        for (const size of [1000, 54_321]) {
          expect(await registry.size(image, await under.push({ size }))).toEqual({ ok: true, value: size })
        }
      })

      test('of an index, and one of indexes: that of its first image', async () => {
        const index = await under.pushIndex([await under.push({ size: 2000 }), await under.push()], 'v1')
        expect(await registry.size(image, index)).toEqual({ ok: true, value: 2000 })
        const outer = await under.pushIndex([index], 'v2')
        expect(await registry.size(image, outer)).toEqual({ ok: true, value: 2000 })
      })
    })

    test.each(['labels', 'size'] as const)(
      'knows the %s of nothing that is gone, closed or down',
      async (what) => {
        const failure = { ok: false, failures: [failing('registry-failed')] }
        expect(await registry[what](image, NOWHERE)).toEqual(failure)
        const digest = await under.push({ labels: { a: '1' }, size: 1000 })
        under.become('closed')
        expect(await registry[what](image, digest)).toMatchObject({ failures: [{ kind: 'registry-denied' }] })
        under.become('down')
        expect(await registry[what](image, digest)).toEqual(failure)
      },
    )

    describe('tells whether a tag is immutable', () => {
      test.each([
        ['open', false],
        ['immutable', true],
      ] as const)('while it is %s: %s', async (mood, expected) => {
        const digest = await under.push({ tag: 'v1' })
        under.become(mood)
        expect(await registry.isImmutable(image, 'v1')).toEqual({ ok: true, value: expected })
        expect(under.puts()).toEqual(['v1'])
        expect(await under.digestAt('v1')).toBe(digest)
      })

      test('of an index, too, and puts its very bytes', async () => {
        const digest = await under.pushIndex([await under.push()], 'v1')
        expect(await registry.isImmutable(image, 'v1')).toEqual({ ok: true, value: false })
        expect(await under.digestAt('v1')).toBe(digest)
      })

      test('which one that is not there is not', async () => {
        under.become('immutable')
        expect(await registry.isImmutable(image, 'v1')).toEqual({ ok: true, value: false })
        expect(under.puts()).toEqual([])
      })

      test.each(['closed', 'down'] as const)('but not while it is %s', async (mood) => {
        await under.push({ tag: 'v1' })
        under.become(mood)
        expect((await registry.isImmutable(image, 'v1')).ok).toBe(false)
      })
    })
  })
}
