import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Failed } from '../../src/model/failure.js'
import type { GitTree } from '../../src/ports/git-tree.js'
import { valueOf } from '../fakes/images.js'
import { openGit } from '../rig/open-git.js'
import { TempRepository } from '../rig/temp-repository.js'

const run = promisify(execFile)

let repository: TempRepository
let git: GitTree

beforeEach(async () => {
  repository = await TempRepository.create({ files: { a: '1', 'folder/b': '1', 'folder/deep/c': '1' } })
  for (const path of ['a', 'folder/b', 'folder/deep/c']) await chmod(at(path), 0o644)
  for (const path of ['folder', 'folder/deep']) await chmod(at(path), 0o755)
  git = await openGit(repository.folder)
})

afterEach(async () => {
  await repository.dispose()
})

const at = (file: string) => join(repository.folder, file)

const FILE = { mode: '100644' }
const FOLDER = { mode: '040000' }

describe('looking at paths and folders', () => {
  /** The same from both. */
  async function seen(path: string): Promise<unknown> {
    const node = (await git.look([path])).get(path)
    const slash = path.lastIndexOf('/')
    const entries = await git.folderOnDisk(path.slice(0, Math.max(slash, 0)))
    expect(entries?.get(path.slice(slash + 1))).toEqual(node)
    return node
  }

  test.each([
    ['a file', 0o644, FILE],
    ['a file', 0o755, { mode: '100755' }],
    ['a file', 0o600, { mode: '100644', permissions: '0600' }],
    ['a file', 0o664, { mode: '100644', permissions: '0664' }],
    ['a file', 0o775, { mode: '100755', permissions: '0775' }],
    ['a file', 0o655, { mode: '100644', permissions: '0655' }],
    ['a file', 0o000, { mode: '100644', permissions: '0000' }],
    ['a setuid file', 0o4755, { mode: '100755', permissions: '4755' }],
    ['a setgid file', 0o2644, { mode: '100644', permissions: '2644' }],
    ['a folder', 0o755, FOLDER],
    ['a folder', 0o700, { mode: '040000', permissions: '0700' }],
    ['a folder', 0o775, { mode: '040000', permissions: '0775' }],
    ['a sticky folder', 0o1755, { mode: '040000', permissions: '1755' }],
    ['a folder without a right to run', 0o644, { mode: '040000', permissions: '0644' }],
  ])('%s of mode %o', async (what, mode, expected) => {
    if (what.includes('folder')) await mkdir(at('folder/x'))
    else await writeFile(at('folder/x'), '')
    await chmod(at('folder/x'), mode)
    expect(await seen('folder/x')).toEqual(expected)
  })

  test.each(['b', '../a', 'nowhere', '/etc', '.', ' \n"é"'])('a link to %j', async (target) => {
    await symlink(target, at('folder/link'))
    expect(await seen('folder/link')).toEqual({ mode: '120000', target })
  })

  test('links whose targets are not UTF-8 are kept apart', async () => {
    for (const byte of [0xfe, 0xff]) await symlink(Buffer.from([0x78, byte]), at(`link${String(byte)}`))
    const targets = [...(await git.look(['link254', 'link255'])).values()].map(({ target }) => target)
    expect(new Set(targets).size).toBe(2)
  })

  test('pipes and sockets are what they are', async () => {
    await run('mkfifo', ['-m', '644', at('pipe')])
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(at('socket'), resolve))
    await chmod(at('socket'), 0o600)
    expect(await seen('pipe')).toEqual({ mode: '010000' })
    expect(await seen('socket')).toEqual({ mode: '140000', permissions: '0600' })
    await new Promise((resolve) => server.close(resolve))
  })

  test('the root is a folder, too', async () => {
    await chmod(repository.folder, 0o755)
    expect([...(await git.look(['']))]).toEqual([['', FOLDER]])
    expect([...(await git.folderOnDisk(''))!]).toEqual(
      expect.arrayContaining([
        ['a', FILE],
        ['folder', FOLDER],
      ]),
    )
  })

  test('nothing lies where nothing lies, below a file, or behind a link', async () => {
    await symlink('folder', at('way'))
    const nowhere = ['nowhere', 'nowhere/x', 'a/x', 'way/b', 'way/deep/c', 'folder/b/x/y']
    expect([...(await git.look([...nowhere, 'a', 'folder/deep/c']))]).toEqual([
      ['a', FILE],
      ['folder/deep/c', FILE],
    ])
    for (const path of ['nowhere', 'a', 'way', 'way/deep', 'nowhere/x', 'a/x'])
      expect([path, await git.folderOnDisk(path)]).toEqual([path, undefined])
    await symlink('loop', at('loop'))
    expect(await git.folderOnDisk('loop/x')).toBeUndefined()
  })

  test('what is called .git is left out at every level, as a folder and as a file', async () => {
    await repository.git('init', '--quiet', 'folder')
    await writeFile(at('folder/deep/.git'), 'gitdir: elsewhere')
    await repository.write('folder/.gitignore', '')
    const names = async (path: string) => [...(await git.folderOnDisk(path))!.keys()].toSorted()
    expect(await names('')).toEqual(['a', 'folder'])
    expect(await names('folder')).toEqual(['.gitignore', 'b', 'deep'])
    expect(await names('folder/deep')).toEqual(['c'])
  })

  test('names of every kind, and those that are not UTF-8, lead to what they name', async () => {
    const names = ['é', 'a\nb', '-x', '"', ' ', '\\', '*']
    for (const name of names) await repository.write(`many/${name}`, name)
    for (const byte of [0xfe, 0xff])
      await writeFile(Buffer.concat([Buffer.from(at('many/x')), Buffer.from([byte])]), String(byte))
    const folder = Buffer.concat([Buffer.from(at('many/d')), Buffer.from([0xff])])
    await mkdir(folder)
    await writeFile(Buffer.concat([folder, Buffer.from('/f')]), 'deep')
    const found = [...(await git.folderOnDisk('many'))!.keys()]
    expect(found).toHaveLength(names.length + 3)
    expect(found).toEqual(expect.arrayContaining(names))
    const inFolder = found.filter((name) => !names.includes(name))
    const texts: string[] = []
    for (const name of inFolder) {
      const entries = await git.folderOnDisk(`many/${name}`)
      texts.push(await git.textOnDisk(entries === undefined ? `many/${name}` : `many/${name}/f`))
    }
    expect(texts.toSorted()).toEqual(['254', '255', 'deep'])
    expect((await git.look(found.map((name) => `many/${name}`))).size).toBe(found.length)
  })

  test('many entries are all there', async () => {
    await mkdir(at('many'))
    const names = Array.from({ length: 1000 }, (_, index) => `f${String(index)}`)
    await Promise.all(names.map((name) => writeFile(at(`many/${name}`), '')))
    expect((await git.folderOnDisk('many'))?.size).toBe(1000)
    expect([...(await git.look(names.map((name) => `many/${name}`))).keys()]).toEqual(
      names.map((name) => `many/${name}`),
    )
  })

  test('what the file system refuses is a failure', async () => {
    const long = 'x'.repeat(300)
    await expect(git.look([long])).rejects.toBeInstanceOf(Failed)
    await expect(git.folderOnDisk(long)).rejects.toBeInstanceOf(Failed)
    await expect(git.sha256OnDisk(long)).rejects.toBeInstanceOf(Failed)
    await expect(git.textOnDisk('nowhere')).rejects.toBeInstanceOf(Failed)
    await expect(git.textOnDisk('folder')).rejects.toBeInstanceOf(Failed)
    await expect(git.sha256OnDisk('nowhere')).rejects.toBeInstanceOf(Failed)
    expect(await git.differing([long], [])).toMatchObject({ ok: false, failures: [{ kind: 'git-failed' }] })
  })
})

describe('content', () => {
  test.each([0, 1, 100_000, 5_000_000])('of %d bytes has the sha256 of these', async (size) => {
    const bytes = randomBytes(size)
    await writeFile(at('bytes'), bytes)
    expect(await git.sha256OnDisk('bytes')).toBe(createHash('sha256').update(bytes).digest('hex'))
  })

  test('is text where it is UTF-8', async () => {
    await writeFile(at('text'), '\uFEFFé\r\n')
    expect(await git.textOnDisk('text')).toBe('\uFEFFé\r\n')
  })
})

describe('a pointer of Git LFS', () => {
  const START = 'version https://git-lfs.github.com/spec/v1\n'
  const POINTER = `${START}oid sha256:${'0'.repeat(64)}\nsize 12\n`

  test.each([
    ['one', POINTER, true],
    [
      'one with extensions',
      `${START}ext-0-foo sha256:${'1'.repeat(64)}\n${POINTER.slice(START.length)}`,
      true,
    ],
    ['one of 1024 bytes', POINTER.padEnd(1024, 'x'), true],
    ['one that would be longer', POINTER.padEnd(1025, 'x'), false],
    ['another version', POINTER.replace('v1', 'v2'), false],
    ['something before it', `\n${POINTER}`, false],
    ['the address alone', START.trimEnd(), false],
    ['nothing', '', false],
  ])('%s', async (_, text, isPointer) => {
    await writeFile(at('lfs'), text, { mode: 0o644 })
    const id = await repository.git('hash-object', '--no-filters', 'lfs')
    expect(valueOf(await git.onDisk(['lfs']))).toEqual([
      { mode: '100644', path: 'lfs', id, ...(isPointer && { isPointer }) },
    ])
  })

  test('is a file, not a link to one', async () => {
    await writeFile(at('lfs'), POINTER)
    await symlink('lfs', at('link'))
    expect(valueOf(await git.onDisk(['link']))[0]).not.toHaveProperty('isPointer')
  })
})
