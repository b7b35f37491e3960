import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { LayoutName } from '../../src/ports/image-layouts.js'
import type { LayerFolders } from '../../src/ports/layer-stores.js'

/** What outlives a run, and what a build does in it. */
export interface LayersUnderTest {
  /** Of a new run. */
  open(): LayerFolders
  /** Writes layers unlike all others to a place; returns their digest. */
  build(place: string): Promise<string>
  close(): Promise<void>
}

const API = { registry: 'registry.example', repository: 'acme/api' }

function of(digit: string, image: LayoutName['image'] = API): LayoutName {
  return { image, fingerprint: digit.repeat(64) }
}

/** What every implementation of `LayerFolders` does. */
export function describeLayerFolders(name: string, start: () => Promise<LayersUnderTest>): void {
  describe(`${name}, as a place for layers,`, () => {
    let under: LayersUnderTest

    beforeEach(async () => {
      under = await start()
    })

    afterEach(async () => {
      await under.close()
    })

    /** A run that builds the image and ends well. */
    async function built(name: LayoutName): Promise<string> {
      const layers = under.open()
      const place = layers.place(name)
      const digest = await under.build(place)
      await layers.keep(name, place)
      expect(await layers.problems()).toEqual([])
      return digest
    }

    test('may be read and written', async () => {
      expect(await under.open().access()).toEqual({ kind: 'open', canWrite: true })
    })

    test('has nothing at first', async () => {
      const layers = under.open()
      expect(await layers.fetch(of('1'))).toBeUndefined()
      expect(await layers.problems()).toEqual([])
    })

    test('gives those of the last build, whatever was built', async () => {
      await built(of('1'))
      const digest = await built(of('2'))
      expect(await under.open().fetch(of('3'))).toMatchObject({ digest })
    })

    test('gives no layers of an image whose name begins alike', async () => {
      for (const repository of ['acme/api-gateway', 'acme/api/v2', 'acme/ap'])
        await built(of('1', { ...API, repository }))
      await built(of('1', { repository: 'acme/api' }))
      expect(await under.open().fetch(of('1'))).toBeUndefined()
    })

    test('gives each build a place of its own', () => {
      const layers = under.open()
      expect(layers.place(of('1'))).not.toBe(layers.place(of('1')))
    })

    test('says that a build has left nothing, and goes on with what there was', async () => {
      const digest = await built(of('1'))
      const layers = under.open()
      await layers.keep(of('2'), layers.place(of('2')))
      expect(await layers.problems()).toEqual([expect.stringContaining('wrote no image')])
      expect(await layers.problems()).toEqual([])
      expect(await under.open().fetch(of('2'))).toMatchObject({ digest })
    })
  })
}
