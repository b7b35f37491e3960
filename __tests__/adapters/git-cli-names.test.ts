import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { valueOf } from '../fakes/images.js'
import { committed, openGit } from '../rig/open-git.js'
import { TempRepository } from '../rig/temp-repository.js'

const run = promisify(execFile)

let repository: TempRepository

beforeEach(async () => {
  repository = await TempRepository.create()
})

afterEach(async () => {
  await repository.dispose()
})

async function commit(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [file, content] of Object.entries(files)) await repository.write(file, content)
  await repository.commit('Start')
}

/** What differs, and of that what lies on the disk. */
async function differences(): Promise<{ paths: string[]; entries: readonly { id: string }[] }> {
  const git = await openGit(repository.folder)
  const paths = valueOf(await git.differing([''], [])).toSorted()
  return { paths, entries: valueOf(await git.onDisk(paths)) }
}

async function blobId(content: string | Buffer): Promise<string> {
  const asked = run('git', ['hash-object', '--stdin'], { cwd: repository.folder })
  asked.child.stdin?.end(content)
  return (await asked).stdout.trim()
}

const NAMES = [
  'é',
  'e\u0301',
  '"quoted"',
  "it's",
  'a\tb',
  'a\nb',
  '-x',
  '--all',
  '::error::x',
  '[a]*',
  'a',
  '?',
  '*',
  ':(top)a',
  ':!a',
  ' lead',
  'trail ',
  'a  b',
  '\\',
  'a\\b',
  '#x',
  '!x',
  '\u{1f600}',
  '\r',
  '\u0001',
  '$HOME',
  '%s',
]

describe('file names', () => {
  test.each([
    ['of files', (name: string) => name],
    ['of folders', (name: string) => `${name}/f`],
  ])('%s reach us as they are', async (_, path) => {
    const paths = NAMES.map(path)
    await commit({ ...Object.fromEntries(paths.map((name) => [name, '1'])), ' ': 'x' })
    const git = await openGit(repository.folder)
    const entries = await committed(git, [''])
    expect(entries.map((entry) => entry.path).toSorted()).toEqual([' ', ...paths].toSorted())
    for (const name of paths) await repository.write(name, '2')
    await repository.write('untracked \n"é" ', '1')
    const differing = valueOf(await git.differing([''], []))
    expect(differing.toSorted()).toEqual([...paths, 'untracked \n"é" '].toSorted())
    const id = await blobId('2')
    expect(valueOf(await git.onDisk(paths))).toEqual(
      paths.map((name) => ({ mode: '100644', path: name, id })),
    )
    expect(valueOf(await git.files())).toEqual(expect.arrayContaining(paths))
  })

  test('a folder of any name is taken literally', async () => {
    await commit(Object.fromEntries(NAMES.map((name) => [`${name}/f`, '1'])))
    const git = await openGit(repository.folder)
    for (const name of NAMES) await repository.write(`${name}/f`, '2')
    for (const name of NAMES) {
      expect((await committed(git, [name])).map((entry) => entry.path)).toEqual([`${name}/f`])
      expect(valueOf(await git.differing([name], []))).toEqual([`${name}/f`])
    }
  })
})

describe('names that are not UTF-8', () => {
  const folder = Buffer.from([...Buffer.from('dir-'), 0xff])
  const bytes = (...parts: Buffer[]) =>
    Buffer.concat([
      Buffer.from(`${repository.folder}/`),
      ...parts.flatMap((part, i) => (i === 0 ? [part] : [Buffer.from('/'), part])),
    ])
  const name = (byte: number) => Buffer.from([0x61, byte])

  test('are kept apart, stay below their folder and are hashed', async () => {
    await commit({ 'sub/a': '1', 'sub/\uFFFD': '1' })
    await writeFile(bytes(Buffer.from('sub'), name(0xfe)), 'tracked')
    await repository.commit('Bytes')
    await writeFile(bytes(Buffer.from('sub'), name(0xfd)), 'new')
    await writeFile(bytes(Buffer.from('sub'), name(0xfe)), 'changed')
    await mkdir(bytes(Buffer.from('sub'), folder))
    await writeFile(bytes(Buffer.from('sub'), folder, Buffer.from('é')), 'deep')
    const git = await openGit(repository.folder)
    const tracked = (await committed(git, ['sub'])).map((entry) => entry.path)
    expect(new Set(tracked).size).toBe(3)
    expect(tracked.every((path) => path.startsWith('sub/'))).toBe(true)
    const differing = valueOf(await git.differing(['sub'], []))
    expect(new Set(differing).size).toBe(3)
    expect(differing.every((path) => path.startsWith('sub/'))).toBe(true)
    const ids = await Promise.all(['changed', 'deep', 'new'].map(blobId))
    expect(
      valueOf(await git.onDisk(differing))
        .map((entry) => entry.id)
        .toSorted(),
    ).toEqual(ids.toSorted())
    expect(tracked.filter((path) => differing.includes(path))).toHaveLength(1)
  })

  test('in a nested repository are found and hashed, too', async () => {
    await commit({ a: '1' })
    await repository.git('init', '--quiet', 'nested')
    await mkdir(bytes(Buffer.from('nested'), folder))
    await writeFile(bytes(Buffer.from('nested'), folder, name(0xff)), 'deep')
    await writeFile(bytes(Buffer.from('nested'), name(0xff)), 'new')
    const { entries } = await differences()
    const ids = await Promise.all(['deep', 'new'].map(blobId))
    expect(entries.map((entry) => entry.id).toSorted()).toEqual(ids.toSorted())
  })

  test('that are gone are left out', async () => {
    await commit({ a: '1' })
    await writeFile(bytes(name(0xfe)), 'tracked')
    await repository.commit('Bytes')
    await rm(bytes(name(0xfe)))
    const { paths, entries } = await differences()
    expect([paths.length, entries]).toEqual([1, []])
  })
})
