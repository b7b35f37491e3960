import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FolderLayers } from '../../src/adapters/folder-layers.js'
import type { LayoutName } from '../../src/ports/image-layouts.js'
import { describeLayerFolders } from '../contracts/layer-folders.js'
import { writeLayout } from '../rig/oci-layout.js'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'folder-layers-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

describeLayerFolders('a folder', () =>
  Promise.resolve({
    open: () => new FolderLayers(folder),
    build: async (place) => (await writeLayout(place)).digest,
    close: () => Promise.resolve(),
  }),
)

test('of an image it holds one build, and of others theirs', async () => {
  const layers = new FolderLayers(folder)
  const names = ['api', 'web'].flatMap((repository) =>
    ['1', '2', '3'].map((digit): LayoutName => ({ image: { repository }, fingerprint: digit.repeat(64) })),
  )
  for (const name of names) {
    const place = layers.place(name)
    await writeLayout(place)
    await layers.keep(name, place)
  }
  const kept = await Promise.all((await readdir(folder)).map((image) => readdir(join(folder, image))))
  expect(kept.map((builds) => builds.length)).toEqual([1, 1])
})
