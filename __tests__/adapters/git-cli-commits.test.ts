import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Failed } from '../../src/model/failure.js'
import type { GitTree } from '../../src/ports/git-tree.js'
import { valueOf } from '../fakes/images.js'
import { committed, openGit, PLAIN } from '../rig/open-git.js'
import { TempRepository, type CloneOptions } from '../rig/temp-repository.js'

const UNKNOWN = '0123456789012345678901234567890123456789'
const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'

let repository: TempRepository
let opened: TempRepository[]
let scratch: string
let first: string

beforeEach(async () => {
  scratch = await realpath(await mkdtemp(join(tmpdir(), 'git-cli-commits-')))
  repository = await TempRepository.create({ files: { a: '1', 'b/c': '1', 'b/d/e': '1' } })
  opened = [repository]
  first = await repository.git('rev-parse', 'HEAD')
})

afterEach(async () => {
  await Promise.all(opened.map((one) => one.dispose()))
  await rm(scratch, { recursive: true, force: true })
})

async function clone(options?: CloneOptions): Promise<TempRepository> {
  const made = await repository.cloneShallow(options)
  opened.push(made)
  return made
}

function fetching(folder: string): Promise<GitTree> {
  return openGit(folder, { environment: PLAIN, fetchFolder: join(scratch, 'fetched') })
}

async function textAt(git: GitTree, path: string, commit?: string): Promise<string> {
  const [entry] = await committed(git, [path], commit)
  return git.text(entry!.id)
}

describe('the root', () => {
  test('is the tree of HEAD, or of another commit', async () => {
    await repository.write('a', '2')
    await repository.commit('Second')
    const git = await openGit(repository.folder)
    expect(await git.root()).toBe(await repository.git('rev-parse', 'HEAD^{tree}'))
    expect(await git.root(first)).toBe(await repository.git('rev-parse', `${first}^{tree}`))
    expect([await textAt(git, 'a'), await textAt(git, 'a', first)]).toEqual(['2', '1'])
  })

  test.each(['b', 'b/d', 'new', 'new/ \né"'])(
    'of the folder %j in its role is the tree of that',
    async (folder) => {
      await repository.write(`${folder}/f`, 'x')
      const second = await repository.commit('Second')
      const git = await openGit(join(repository.folder, folder))
      expect(await git.root()).toBe(await repository.git('rev-parse', `${second}:${folder}`))
      expect(await textAt(git, 'f')).toBe('x')
      const before = await repository.git('rev-parse', `${first}:${folder}`).catch(() => EMPTY_TREE)
      expect(await git.root(first)).toBe(before)
      expect((await git.tree(before)).map(({ name }) => name)).toEqual(
        folder === 'b' ? ['c', 'd'] : folder === 'b/d' ? ['e'] : [],
      )
    },
  )

  test('of a folder that was a file, a link or a submodule is empty at that commit', async () => {
    await repository.write('file', '1')
    await symlink('b', join(repository.folder, 'link'))
    await repository.git('update-index', '--add', '--cacheinfo', `160000,${first},sub`)
    await mkdir(join(repository.folder, 'sub'))
    const before = await repository.commit('Other kinds')
    await repository.git('rm', '--quiet', '--cached', 'sub')
    for (const name of ['file', 'link', 'sub']) {
      await repository.remove(name)
      await repository.write(`${name}/x`, '1')
    }
    await repository.commit('Folders')
    for (const name of ['file', 'link', 'sub']) {
      const git = await openGit(join(repository.folder, name))
      expect(await git.root(before)).toBe(EMPTY_TREE)
      expect(await committed(git, ['x'])).toHaveLength(1)
    }
  })

  test('of a folder whose name is not UTF-8, reached over a link, is its tree', async () => {
    const name = Buffer.concat([Buffer.from(`${repository.folder}/d`), Buffer.from([0xff])])
    const way = join(scratch, 'way')
    await mkdir(name)
    await symlink(name, way)
    await writeFile(join(way, 'f'), '1')
    await repository.commit('Bytes')
    const git = await openGit(way)
    expect((await committed(git, [''])).map(({ path }) => path)).toEqual(['f'])
    await writeFile(join(way, 'f'), '2')
    expect(valueOf(await git.differing([''], []))).toEqual(['f'])
  })

  test('of a commit without files is the empty tree', async () => {
    await repository.git('switch', '--quiet', '--orphan', 'other')
    await repository.git('commit', '--quiet', '--allow-empty', '--message=Empty')
    const git = await openGit(repository.folder)
    expect(await git.tree(await git.root())).toEqual([])
  })
})

describe('what is not there rejects with a failure that names it', () => {
  test('a commit, a tree, a text', async () => {
    const git = await openGit(repository.folder)
    for (const asked of [git.root(UNKNOWN), git.tree(UNKNOWN), git.text(UNKNOWN)]) {
      await expect(asked).rejects.toBeInstanceOf(Failed)
      await expect(asked).rejects.toThrow(UNKNOWN)
    }
    await expect(git.tree(await repository.git('rev-parse', 'HEAD:a'))).rejects.toThrow(
      'it is a blob, not a tree',
    )
  })
})

describe('commits that were fetched apart', () => {
  test('have root, trees and, once prefetched, texts; two of them do, too', async () => {
    await repository.write('b/c', 'second')
    await repository.write('é\n', 'second')
    const second = await repository.commit('Second')
    await repository.write('b/c', 'third')
    await repository.commit('Third')
    const shallow = await clone({ depth: 1 })
    const git = await fetching(shallow.folder)
    await expect(git.root(second)).rejects.toThrow(Failed)
    expect(await Promise.all([git.obtain(second), git.obtain(first)])).toEqual([second, first])
    for (const [commit, text] of [
      [second, 'second'],
      [first, '1'],
    ] as const) {
      expect(await git.root(commit)).toBe(await repository.git('rev-parse', `${commit}^{tree}`))
      const entries = await committed(git, [''], commit)
      await git.prefetch(entries.map(({ id }) => id))
      expect(await textAt(git, 'b/c', commit)).toBe(text)
    }
    expect(await textAt(git, 'b/c')).toBe('third')
    expect(await shallow.git('rev-list', '--count', '--all')).toBe('1')
    expect(await shallow.git('config', '--list', '--local')).not.toMatch(/promisor|partialclone/i)
  })

  test('are seen from a folder in the role of the root', async () => {
    await repository.write('b/c', 'second')
    await repository.commit('Second')
    const git = await fetching(join((await clone({ depth: 1 })).folder, 'b'))
    expect(await git.obtain(first)).toBe(first)
    expect(await git.root(first)).toBe(await repository.git('rev-parse', `${first}:b`))
    expect((await committed(git, [''], first)).map(({ path }) => path)).toEqual(['c', 'd/e'])
  })

  test('can be asked for what was not there before', async () => {
    const tree = await repository.git('rev-parse', `${first}:b`)
    await repository.write('b/c', 'second')
    await repository.commit('Second')
    const git = await fetching((await clone({ depth: 1 })).folder)
    await expect(git.tree(tree)).rejects.toThrow(tree)
    await git.obtain(first)
    expect((await git.tree(tree)).map(({ name }) => name)).toEqual(['c', 'd'])
  })

  test('of a SHA-256 repository are, too', async () => {
    await rm(join(repository.folder, '.git'), { recursive: true })
    await repository.git('init', '--quiet', '--object-format=sha256', '--initial-branch=main')
    await repository.git('config', 'uploadpack.allowFilter', 'true')
    await repository.git('config', 'uploadpack.allowAnySHA1InWant', 'true')
    const before = await repository.commit('First')
    await repository.write('a', '2')
    await repository.commit('Second')
    const git = await fetching((await clone({ depth: 1 })).folder)
    expect(await git.obtain(before)).toBe(before)
    const entries = await committed(git, ['a'], before)
    await git.prefetch(entries.map(({ id }) => id))
    expect(await textAt(git, 'a', before)).toBe('1')
  })

  test('come without the history before them into a clone without blobs', async () => {
    await repository.write('a', '2')
    const second = await repository.commit('Second')
    await repository.write('a', '3')
    await repository.commit('Third')
    const partial = await clone({ depth: 1, blobless: true })
    expect(await (await openGit(partial.folder)).obtain(second)).toBeUndefined()
    const git = await fetching(partial.folder)
    expect(await git.obtain(second)).toBe(second)
    expect(await git.obtain(UNKNOWN)).toBeUndefined()
    expect(await partial.git('cat-file', '--batch-all-objects', '--batch-check')).not.toContain(second)
    const entries = await committed(git, ['a'], second)
    await git.prefetch(entries.map(({ id }) => id))
    expect(await textAt(git, 'a', second)).toBe('2')
  })
})
