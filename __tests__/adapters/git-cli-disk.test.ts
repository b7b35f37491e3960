import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { chmod, rename, symlink, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TreeEntry } from '../../src/model/snapshot.js'
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
async function differences(): Promise<{ paths: string[]; entries: readonly TreeEntry[] }> {
  const git = await openGit(repository.folder)
  const paths = valueOf(await git.differing([''], [])).toSorted()
  return { paths, entries: valueOf(await git.onDisk(paths)) }
}

async function blobId(content: string | Buffer): Promise<string> {
  const asked = run('git', ['hash-object', '--stdin'], { cwd: repository.folder })
  asked.child.stdin?.end(content)
  return (await asked).stdout.trim()
}

test('a clean work tree differs in nothing', async () => {
  await commit({ a: '1', 'b/c': '2' })
  const git = await openGit(repository.folder)
  expect(await git.differing([''], [])).toEqual({ ok: true, value: [] })
  expect(await committed(git, [''])).toEqual([
    { mode: '100644', path: 'a', id: await blobId('1') },
    { mode: '100644', path: 'b/c', id: await blobId('2') },
  ])
})

interface Case {
  readonly what: string
  readonly edit: () => Promise<unknown>
  /** What differs, with mode and content; a mode of its own for what is gone. */
  readonly expected: Readonly<Record<string, readonly [mode: string, content: string] | 'gone'>>
}

const at = (file: string) => join(repository.folder, file)

const cases: readonly Case[] = [
  { what: 'modified', edit: () => repository.write('file', '2'), expected: { file: ['100644', '2'] } },
  { what: 'emptied', edit: () => repository.write('file', ''), expected: { file: ['100644', ''] } },
  { what: 'deleted', edit: () => repository.remove('file'), expected: { file: 'gone' } },
  { what: 'untracked', edit: () => repository.write('x/new', 'n'), expected: { 'x/new': ['100644', 'n'] } },
  {
    what: 'ignored',
    edit: () => repository.write('out/a.jar', 'j'),
    expected: { 'out/a.jar': ['100644', 'j'] },
  },
  {
    what: 'ignored below an ignored folder, beside another',
    edit: async () => {
      await repository.write('out/p/q/a', '1')
      await repository.write('out/b', '2')
    },
    expected: { 'out/b': ['100644', '2'], 'out/p/q/a': ['100644', '1'] },
  },
  {
    what: 'staged, not committed',
    edit: async () => {
      await repository.write('staged', 's')
      await repository.git('add', 'staged')
    },
    expected: { staged: ['100644', 's'] },
  },
  {
    what: 'staged, then changed back on the disk',
    edit: async () => {
      await repository.write('file', '2')
      await repository.git('add', 'file')
      await repository.write('file', '1')
    },
    expected: { file: ['100644', '1'] },
  },
  {
    what: 'no longer tracked, but there',
    edit: () => repository.git('rm', '--quiet', '--cached', 'file'),
    expected: { file: ['100644', '1'] },
  },
  {
    what: 'moved in the index: a removal and an addition',
    edit: () => repository.git('mv', 'file', 'moved'),
    expected: { file: 'gone', moved: ['100644', '1'] },
  },
  { what: 'made executable', edit: () => chmod(at('file'), 0o755), expected: { file: ['100755', '1'] } },
  { what: 'no longer executable', edit: () => chmod(at('tool'), 0o644), expected: { tool: ['100644', 't'] } },
  {
    what: 'a link to another file',
    edit: async () => {
      await unlink(at('link'))
      await symlink('elsewhere', at('link'))
    },
    expected: { link: ['120000', 'elsewhere'] },
  },
  {
    what: 'a link that became a file',
    edit: async () => {
      await unlink(at('link'))
      await repository.write('link', 'file')
    },
    expected: { link: ['100644', 'file'] },
  },
  {
    what: 'a file that became a link to a folder',
    edit: async () => {
      await unlink(at('file'))
      await symlink('folder', at('file'))
    },
    expected: { file: ['120000', 'folder'] },
  },
  {
    what: 'a file that became a folder',
    edit: async () => {
      await unlink(at('file'))
      await repository.write('file/x', 'x')
    },
    expected: { file: 'gone', 'file/x': ['100644', 'x'] },
  },
  {
    what: 'a folder that became a file',
    edit: async () => {
      await repository.remove('folder')
      await repository.write('folder', 'f')
    },
    expected: { folder: ['100644', 'f'], 'folder/deep/x': 'gone', 'folder/y': 'gone' },
  },
  {
    what: 'a folder that became a link to a copy of it',
    edit: async () => {
      await rename(at('folder'), at('copy'))
      await symlink('copy', at('folder'))
    },
    expected: {
      'copy/deep/x': ['100644', 'x'],
      'copy/y': ['100644', 'y'],
      folder: ['120000', 'copy'],
      'folder/deep/x': 'gone',
      'folder/y': 'gone',
    },
  },
  {
    what: 'of the same size and time',
    edit: () => repository.write('file', '3'),
    expected: { file: ['100644', '3'] },
  },
  {
    what: 'in a conflict',
    edit: async () => {
      await repository.branch('other')
      await repository.write('file', 'other')
      await repository.commit('Other')
      await repository.branch('main')
      await repository.write('file', 'main')
      await repository.commit('Main')
      await repository.git('merge', 'other').catch(() => undefined)
      await repository.write('file', 'half')
    },
    expected: { file: ['100644', 'half'] },
  },
]

describe('differing and onDisk', () => {
  test.each(cases)('a path that is $what', async ({ edit, expected }) => {
    await repository.write('tool', 't', { mode: 0o755 })
    await symlink('file', at('link'))
    await commit({ file: '1', 'folder/deep/x': 'x', 'folder/y': 'y', '.gitignore': 'out/\n' })
    await edit()
    const { paths, entries } = await differences()
    expect(paths).toEqual(Object.keys(expected))
    const there = Object.entries(expected).flatMap(([path, what]) =>
      what === 'gone' ? [] : [{ path, mode: what[0], content: what[1] }],
    )
    const wanted = await Promise.all(
      there.map(async ({ path, mode, content }) => ({ mode, path, id: await blobId(content) })),
    )
    // A folder's link leads to files at paths that git calls gone; what reads them must not follow it.
    expect(entries).toEqual(wanted)
  })

  test('a pipe is an entry of its own, and is not read', async () => {
    await commit({ a: '1' })
    await run('mkfifo', [at('pipe')])
    expect(await (await openGit(repository.folder)).onDisk(['pipe'])).toMatchObject({
      ok: true,
      value: [{ mode: '010000', path: 'pipe', id: '0'.repeat(40) }],
    })
  })

  test('a large file and one that is not text have the ids that git gives them', async () => {
    await commit({ a: '1' })
    const bytes = Buffer.alloc(3_000_000, 'ab\r\n\0')
    await writeFile(at('large'), bytes)
    const { entries } = await differences()
    expect(entries).toEqual([
      { mode: '100644', path: 'large', id: await repository.git('hash-object', 'large') },
    ])
  })

  test('only the folders that are asked for count', async () => {
    await commit({ 'a/f': '1', 'ab/f': '1', 'c/f': '1', f: '1' })
    for (const file of ['a/f', 'ab/f', 'c/f', 'f']) await repository.write(file, '2')
    const git = await openGit(repository.folder)
    expect(valueOf(await git.differing(['a', 'c'], []))).toEqual(['a/f', 'c/f'])
    expect((await committed(git, ['c', 'a'])).map((entry) => entry.path)).toEqual(['a/f', 'c/f'])
    expect(await committed(git, ['nowhere'])).toEqual([])
    expect(valueOf(await git.differing(['nowhere'], []))).toEqual([])
    expect(await committed(git, [])).toEqual([])
    expect(valueOf(await git.differing([], []))).toEqual([])
  })

  test("the user's git settings change nothing", async () => {
    await commit({ a: '1', 'sub/b': '1' })
    const settings = {
      'status.showUntrackedFiles': 'no',
      'status.relativePaths': 'true',
      'status.renames': 'copies',
      'core.quotePath': 'true',
      'color.ui': 'always',
      'diff.noprefix': 'true',
      'status.branch': 'true',
      'status.showStash': 'true',
    }
    for (const [key, setting] of Object.entries(settings)) await repository.git('config', key, setting)
    await repository.git('mv', 'a', 'é')
    await repository.write('new', '1')
    expect((await differences()).paths).toEqual(['a', 'new', 'é'])
  })

  test('an input that cannot be read is a failure, as its content is unknown', async () => {
    await commit({ a: '1' })
    // Linux has no longer names.
    expect(
      await (await openGit(repository.folder)).onDisk([`a/${'x'.repeat(300)}`, 'x'.repeat(300)]),
    ).toMatchObject({
      ok: false,
      failures: [{ kind: 'git-failed' }],
    })
  })
})
