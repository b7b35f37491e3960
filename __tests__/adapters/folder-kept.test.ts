import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { FileStore } from '../../src/adapters/file-store.js'
import { FolderKept } from '../../src/adapters/folder-kept.js'
import { FolderLayouts } from '../../src/adapters/folder-layouts.js'
import { valueOf } from '../fakes/images.js'

const API = { registry: 'ghcr.io', repository: 'acme/api' }
const [ONE, TWO] = ['1'.repeat(64), '2'.repeat(64)]

let folder: string
let kept: FolderKept

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kept-'))
  kept = new FolderKept(folder)
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

/** Writes a file, as old as so many hours. */
async function write(path: string, text: string, hours = 0): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), text)
  const at = new Date(Date.now() - hours * 3_600_000)
  await utimes(join(folder, path), at, at)
}

/** The place in which `FolderLayouts` builds a layout, made into one that is kept since a time. */
async function layout(fingerprint: string, at: number): Promise<string> {
  const place = new FolderLayouts(join(folder, 'layouts')).place({ image: API, fingerprint })
  const path = join(dirname(place).slice(folder.length + 1), `${String(at).padStart(15, '0')}-${fingerprint}`)
  await write(join(path, 'index.json'), '12345')
  return path
}

test('a folder that is not there has nothing in it', async () => {
  const none = new FolderKept(join(folder, 'none'))
  expect([
    valueOf(await none.texts()),
    valueOf(await none.layouts([])),
    valueOf(await none.drafts()),
  ]).toEqual([...[[], [], []]])
  valueOf(await none.remove(['state-0123456789abcdef']))
})

test('texts are those that the store keeps, without what is remembered of files', async () => {
  const store = new FileStore(folder)
  await store.save('terminal@refs/heads/main', 'one')
  await store.save('terminal@refs/heads/two', 'two!')
  await store.saveMemo('memo')
  await write('notes', 'of somebody else')
  const texts = valueOf(await kept.texts())
  expect(texts.map(({ text, bytes }) => [text, bytes]).sort()).toEqual([
    ['one', 3],
    ['two!', 4],
  ])
  const [first] = texts.filter(({ text }) => text === 'one')
  valueOf(await kept.remove([first?.path ?? '']))
  expect(await store.load('terminal@refs/heads/main')).toEqual({ kind: 'none' })
  expect(await store.load('terminal@refs/heads/two')).toEqual({ kind: 'found', text: 'two!' })
})

test('layouts of an image come with the newest first; of one that was not asked for nobody knows the name', async () => {
  const old = await layout(ONE, 1000)
  const newest = await layout(TWO, 2000)
  const rest = { bytes: 5, kind: 'layout' }
  const image = 'ghcr.io/acme/api'
  expect(valueOf(await kept.layouts(['ghcr.io/acme/web', image]))).toEqual([
    { path: newest, ...rest, image, fingerprint: TWO },
    { path: old, ...rest, image, fingerprint: ONE },
  ])
  expect(valueOf(await kept.layouts([])).map((one) => one.image)).toEqual([undefined, undefined])
  valueOf(await kept.remove([old]))
  expect(await readdir(join(folder, dirname(old)))).toEqual([newest.split('/').at(-1)])
})

test('drafts are what was left a day ago or longer', async () => {
  const state = `state-${'a'.repeat(16)}`
  await write(`${state}.123`, 'cut', 25)
  await write(`${state}.124`, 'being written', 1)
  await write(state, 'whole', 25)
  await write('memo.7', 'cut', 48)
  const image = 'layouts/0123456789abcdef'
  await write(`${image}/000000000001000-x.draft`, 'old', 25)
  await write(`${image}/000000000002000-y.draft`, 'new', 1)
  expect(valueOf(await kept.drafts())).toEqual([
    { path: 'memo.7', bytes: 3, reason: 'draft' },
    { path: `${state}.123`, bytes: 3, reason: 'draft' },
    { path: `${image}/000000000001000-x.draft`, bytes: 3, reason: 'draft' },
  ])
})
