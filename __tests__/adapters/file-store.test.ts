import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { mkdir, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FileStore } from '../../src/adapters/file-store.js'

let folder: string
let store: FileStore

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'file-store-'))
  store = new FileStore(join(folder, 'a', 'state'))
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

async function only(): Promise<string> {
  const files = await readdir(join(folder, 'a', 'state'))
  expect(files).toHaveLength(1)
  return join(folder, 'a', 'state', files[0] ?? '')
}

test('nothing was saved, so there is nothing', async () => {
  expect(await store.load('main')).toEqual({ kind: 'none' })
})

test('what was saved last is found, by another process too', async () => {
  for (const text of ['1', '{"é":"\\n"}\n']) expect(await store.save('main', text)).toBeUndefined()
  const again = new FileStore(join(folder, 'a', 'state'))
  expect(await again.load('main')).toEqual({ kind: 'found', text: '{"é":"\\n"}\n' })
})

test('an empty text is a text', async () => {
  await store.save('main', '')
  expect(await store.load('main')).toEqual({ kind: 'found', text: '' })
})

test('scopes are apart, whatever they are called', async () => {
  const scopes = [
    '',
    'a',
    'a-',
    'A',
    'a/b',
    '../a',
    'refs/heads/é',
    'x'.repeat(1000),
    'a\nb',
    'a\0b',
    '.',
    '..',
  ]
  for (const scope of scopes) await store.save(scope, `of ${scope}`)
  for (const scope of scopes) expect(await store.load(scope)).toEqual({ kind: 'found', text: `of ${scope}` })
  expect(await store.load('a/c')).toEqual({ kind: 'none' })
  expect(await readdir(join(folder, 'a'))).toEqual(['state'])
})

describe('whole or not at all', () => {
  test('a reader never sees half a text', async () => {
    const texts = ['x', 'y'].map((letter) => letter.repeat(300_000))
    await store.save('main', texts[0] ?? '')
    const writing = (async () => {
      for (let index = 0; index < 20; index++) await store.save('main', texts[index % 2] ?? '')
      return 'written' as const
    })()
    const isOver = () => Promise.race([writing, Promise.resolve('going on' as const)])
    while ((await isOver()) === 'going on') {
      const found = await store.load('main')
      expect(found.kind === 'found' && texts.includes(found.text)).toBe(true)
    }
  })

  test('no draft is left beside it', async () => {
    await store.save('main', '1')
    await store.save('main', '2')
    await only()
  })

  test('a draft that cannot be written changes nothing', async () => {
    await store.save('main', 'old')
    const file = await only()
    await mkdir(`${file}.${process.pid}`)
    expect(await store.save('main', 'new')).toContain('EISDIR')
    expect(await store.load('main')).toEqual({ kind: 'found', text: 'old' })
  })
})

describe('what cannot be used', () => {
  test('a file that cannot be read is unavailable', async () => {
    await store.save('main', '1')
    const file = await only()
    await rm(file)
    await mkdir(file)
    expect(await store.load('main')).toMatchObject({
      kind: 'unavailable',
      problem: expect.stringContaining('EISDIR') as unknown,
    })
  })

  test('a folder that is a file loads nothing and says so on saving', async () => {
    await writeFile(join(folder, 'a'), '')
    expect((await store.load('main')).kind).toBe('unavailable')
    expect(await store.save('main', '1')).toMatch(/ENOTDIR|EEXIST/)
  })

  test('a text that was cut is handed on as it is', async () => {
    await store.save('main', '{"version":1}')
    await truncate(await only(), 5)
    expect(await store.load('main')).toEqual({ kind: 'found', text: '{"ver' })
  })
})

describe('the memo', () => {
  test('is nothing before one was saved', async () => {
    expect(await store.loadMemo()).toBeUndefined()
  })

  test('is the one that was saved last, whatever the scope, and found by another process', async () => {
    for (const text of ['1', 'é\n2']) await store.saveMemo(text)
    await store.save('main', 'state')
    expect(await new FileStore(join(folder, 'a', 'state')).loadMemo()).toBe('é\n2')
    expect(await store.load('main')).toEqual({ kind: 'found', text: 'state' })
  })

  test('is no scope', async () => {
    await store.saveMemo('1')
    expect(await store.load('memo')).toEqual({ kind: 'none' })
    await store.save('memo', 'state')
    expect(await store.loadMemo()).toBe('1')
  })

  test('is replaced as a whole, without a draft left beside it', async () => {
    await Promise.all(['1', '2'].map((text) => new FileStore(join(folder, 'a', 'state')).saveMemo(text)))
    expect(['1', '2']).toContain(await store.loadMemo())
    await only()
  })

  test('that cannot be kept or read is no problem', async () => {
    await mkdir(join(folder, 'a', 'state', 'memo'), { recursive: true })
    expect(await store.loadMemo()).toBeUndefined()
    await expect(store.saveMemo('1')).resolves.toBeUndefined()
    await rm(join(folder, 'a'), { recursive: true })
    await writeFile(join(folder, 'a'), '')
    expect(await store.loadMemo()).toBeUndefined()
    await expect(store.saveMemo('1')).resolves.toBeUndefined()
  })
})
