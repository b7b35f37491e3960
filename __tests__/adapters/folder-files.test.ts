import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FolderFiles } from '../../src/adapters/folder-files.js'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'folder-files-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

const create = (texts: Readonly<Record<string, string>>) =>
  new FolderFiles(folder).create(new Map(Object.entries(texts)))

test('files are written with the folders on their way', async () => {
  expect(await create({ 'a.yml': 'a', '.github/workflows/b.yml': 'b' })).toEqual({
    ok: true,
    value: undefined,
  })
  expect(await readFile(join(folder, '.github/workflows/b.yml'), 'utf8')).toBe('b')
  expect(await readFile(join(folder, 'a.yml'), 'utf8')).toBe('a')
})

test('a file that is there keeps all from being written', async () => {
  await writeFile(join(folder, 'b.yml'), 'mine')
  const message = 'b.yml is there already; nothing was written'
  expect(await create({ 'a.yml': 'a', 'b.yml': 'b' })).toEqual({
    ok: false,
    failures: [{ kind: 'usage', message }],
  })
  expect(await readdir(folder)).toEqual(['b.yml'])
  expect(await readFile(join(folder, 'b.yml'), 'utf8')).toBe('mine')
})

test.each<[string, () => Promise<unknown>, string]>([
  ['a file in the place of a folder', () => writeFile(join(folder, 'x'), ''), 'x/a.yml'],
  ['a link that leads nowhere', () => symlink('nowhere', join(folder, 'a.yml')), 'a.yml'],
  [
    'a folder that is a file further up',
    () => mkdir(join(folder, 'y')).then(() => writeFile(join(folder, 'y/z'), '')),
    'y/z/a.yml',
  ],
])('%s is a failure', async (_case, prepare, path) => {
  await prepare()
  const message = expect.stringContaining(`${path} cannot be written: `) as unknown
  expect(await create({ [path]: 'a' })).toEqual({ ok: false, failures: [{ kind: 'usage', message }] })
})
