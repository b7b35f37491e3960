import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { ImageLayouts, Layout, LayoutName } from '../../src/ports/image-layouts.js'

/** What outlives a run, and what a build does in it. */
export interface LayoutsUnderTest {
  /** Of a new run. */
  open(): ImageLayouts
  /** Writes an image unlike all others to a place; returns its digest. */
  build(place: string): Promise<string>
  close(): Promise<void>
}

export const API: LayoutName = {
  image: { registry: 'registry.example', repository: 'acme/api' },
  fingerprint: '1'.repeat(64),
}

/** What every implementation of `ImageLayouts` does. */
export function describeImageLayouts(name: string, start: () => Promise<LayoutsUnderTest>): void {
  describe(`${name}, as a place for images in no registry,`, () => {
    let under: LayoutsUnderTest

    beforeEach(async () => {
      under = await start()
    })

    afterEach(async () => {
      await under.close()
    })

    /** A run that builds the image and ends well. */
    async function built(name: LayoutName): Promise<string> {
      const layouts = under.open()
      return (await kept(layouts, name)).digest
    }

    async function kept(layouts: ImageLayouts, name: LayoutName): Promise<Layout> {
      const place = layouts.place(name)
      const digest = await under.build(place)
      const result = await layouts.keep(name, place)
      expect(result).toMatchObject({ ok: true, value: { digest } })
      expect(await layouts.problems()).toEqual([])
      return result.ok ? result.value : { folder: '', digest }
    }

    test('has nothing at first', async () => {
      const layouts = under.open()
      expect(await layouts.has(API)).toBe(false)
      expect(await layouts.fetch(API)).toBeUndefined()
      expect(await layouts.problems()).toEqual([])
    })

    test('has what an earlier run has built, and gives it', async () => {
      const digest = await built(API)
      const layouts = under.open()
      expect(await layouts.has(API)).toBe(true)
      expect(await layouts.fetch(API)).toMatchObject({ digest })
      expect(await layouts.problems()).toEqual([])
    })

    test('gives each build a place of its own', () => {
      const layouts = under.open()
      expect(layouts.place(API)).not.toBe(layouts.place(API))
    })

    test('has no image of other content', async () => {
      await built(API)
      const layouts = under.open()
      const other = { ...API, fingerprint: '2'.repeat(64) }
      expect(await layouts.has(other)).toBe(false)
      expect(await layouts.fetch(other)).toBeUndefined()
    })

    test('has images of several contents, each as it was built', async () => {
      const names = ['1', '2', '3'].map((digit) => ({ ...API, fingerprint: digit.repeat(64) }))
      const digests: string[] = []
      for (const name of names) digests.push(await built(name))
      const layouts = under.open()
      const found = await Promise.all(names.map((name) => layouts.fetch(name)))
      expect(found.map((layout) => layout?.digest)).toEqual(digests)
    })

    test('gives the newest of two images of the same content', async () => {
      await built(API)
      const digest = await built(API)
      expect(await under.open().fetch(API)).toMatchObject({ digest })
    })
  })
}
