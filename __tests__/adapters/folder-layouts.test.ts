import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { mkdtemp, readdir, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { FolderLayouts } from '../../src/adapters/folder-layouts.js'
import type { Layout, LayoutName } from '../../src/ports/image-layouts.js'
import { API, describeImageLayouts } from '../contracts/image-layouts.js'
import { blobsOf, writeLayout } from '../rig/oci-layout.js'

let root: string
let folder: string
let layouts: FolderLayouts

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'folder-layouts-'))
  folder = join(root, 'a', 'layouts')
  layouts = new FolderLayouts(folder)
})

afterEach(async () => {
  await rm(root, { recursive: true })
})

describeImageLayouts('a folder', () =>
  Promise.resolve({
    open: () => new FolderLayouts(folder),
    build: async (place) => (await writeLayout(place)).digest,
    close: () => Promise.resolve(),
  }),
)

async function built(name: LayoutName = API): Promise<Layout> {
  const place = layouts.place(name)
  await writeLayout(place)
  const kept = await layouts.keep(name, place)
  if (!kept.ok) throw new Error(JSON.stringify(kept.failures))
  return kept.value
}

function content(digit: string): LayoutName {
  return { ...API, fingerprint: digit.repeat(64) }
}

test('asking leaves no trace', async () => {
  expect(await layouts.has(API)).toBe(false)
  expect(await layouts.fetch(API)).toBeUndefined()
  layouts.place(API)
  expect(await readdir(root)).toEqual([])
})

test('what is being built is not there yet', async () => {
  await writeLayout(layouts.place(API))
  expect(await layouts.has(API)).toBe(false)
})

test('what no build has written is a failure, and nothing is kept', async () => {
  expect((await layouts.keep(API, layouts.place(API))).ok).toBe(false)
  expect(await layouts.has(API)).toBe(false)
})

test('of each image the three newest are kept, and what runs may still read of others', async () => {
  const other = { ...API, image: { repository: 'api' } }
  const { folder: place } = await built(other)
  for (const digit of ['1', '2', '3', '4']) await built(content(digit))
  const has = await Promise.all(['1', '2', '3', '4'].map((digit) => layouts.has(content(digit))))
  expect(has).toEqual([false, true, true, true])
  expect(await layouts.fetch(other)).toMatchObject({ folder: place })
})

describe('what is left of a build that was killed', () => {
  test.each([
    ['is removed by the next one when it is a day old', 25, false],
    ['is left alone while that build may still go on', 1, true],
  ])('%s', async (_, hours, isThere) => {
    const place = layouts.place(API)
    await writeLayout(place)
    const then = String(Date.now() - hours * 3_600_000).padStart(15, '0')
    const old = join(dirname(place), basename(place).replace(/^\d+/, then))
    await rename(place, old)
    await built()
    expect((await readdir(dirname(place))).includes(basename(old))).toBe(isThere)
  })
})

describe('what was garbled', () => {
  test('is there for who only asks, and is not given', async () => {
    const { folder: place } = await built()
    await truncate((await blobsOf(place))[0] ?? '', 10)
    expect(await layouts.has(API)).toBe(true)
    expect(await layouts.fetch(API)).toBeUndefined()
    const again = await built()
    expect(await layouts.fetch(API)).toEqual(again)
  })

  test('makes place for an older one of the same content', async () => {
    const older = await built()
    await rm(join((await built()).folder, 'index.json'))
    expect(await layouts.fetch(API)).toEqual(older)
  })
})

describe('a folder that cannot be used', () => {
  test('has nothing', async () => {
    await writeFile(join(root, 'a'), '')
    expect(await layouts.has(API)).toBe(false)
    expect(await layouts.fetch(API)).toBeUndefined()
  })

  test('leaves what was built where it is, for this run, and says so once', async () => {
    const place = join(root, 'elsewhere')
    await writeLayout(place)
    expect(await layouts.keep(API, place)).toMatchObject({ ok: true, value: { folder: place } })
    expect(await layouts.problems()).toEqual([expect.stringContaining('ENOENT')])
    expect(await layouts.problems()).toEqual([])
  })
})
