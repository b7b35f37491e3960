import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { mkdir, mkdtemp, realpath, rm, symlink, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { GitTree } from '../../src/ports/git-tree.js'
import { valueOf } from '../fakes/images.js'
import { committed, openGit } from '../rig/open-git.js'
import { TempRepository } from '../rig/temp-repository.js'

const FILE_PROTOCOL = ['-c', 'protocol.file.allow=always']

let repository: TempRepository
let scratch: string

beforeEach(async () => {
  repository = await TempRepository.create({
    files: { 'api/a': '1', 'api/deep/b': '1', 'web/a': '1', 'web/b': '1', top: '1' },
  })
  scratch = await realpath(await mkdtemp(join(tmpdir(), 'git-cli-checkout-')))
})

afterEach(async () => {
  await repository.dispose()
  await rm(scratch, { recursive: true, force: true })
})

const at = (file: string) => join(repository.folder, file)

/** A clone beside the repository, made with these options. */
async function cloned(...options: string[]): Promise<string> {
  const folder = join(scratch, 'clone')
  await repository.git('clone', '--quiet', ...options, repository.url, folder)
  return folder
}

describe('there is a work tree', () => {
  const cases: readonly [string, () => Promise<string>][] = [
    ['in a clone', () => cloned()],
    ['in a folder of one', async () => join(await cloned(), 'api/deep')],
    ['in a shallow clone without the blobs of history', () => cloned('--depth=1', '--filter=blob:none')],
    ['in a sparse checkout', () => cloned('--sparse')],
    [
      'in a linked work tree',
      async () => {
        await repository.git('worktree', 'add', '--quiet', '-b', 'other', join(scratch, 'linked'))
        return join(scratch, 'linked')
      },
    ],
    [
      'in a work tree of a bare repository',
      async () => {
        const bare = await cloned('--bare')
        await repository.git('-C', bare, 'worktree', 'add', '--quiet', '-b', 'other', join(scratch, 'linked'))
        return join(scratch, 'linked')
      },
    ],
    [
      'whose only commit is empty',
      async () => {
        const empty = join(scratch, 'empty')
        await repository.git('init', '--quiet', empty)
        await repository.git('-C', empty, 'commit', '--quiet', '--allow-empty', '--message=Empty')
        return empty
      },
    ],
  ]

  test.each(cases)('%s', async (_, make) => {
    expect(await (await openGit(await make())).hasWorkTree()).toBe(true)
  })
})

describe('there is none', () => {
  const cases: readonly [string, () => Promise<string>][] = [
    ['in a clone without a checkout', () => cloned('--no-checkout')],
    ['in a partial one', () => cloned('--no-checkout', '--depth=1', '--filter=blob:none')],
    [
      'in one that is prepared for a sparse checkout',
      async () => {
        const folder = await cloned('--no-checkout', '--sparse')
        await repository.git('-C', folder, 'sparse-checkout', 'set', 'api')
        return folder
      },
    ],
    ['in a bare repository', () => cloned('--bare')],
    ['in the git directory of a clone', async () => join(await cloned(), '.git')],
    [
      'in a linked work tree without a checkout',
      async () => {
        await repository.git('worktree', 'add', '--quiet', '--no-checkout', join(scratch, 'linked'))
        return join(scratch, 'linked')
      },
    ],
  ]

  test.each(cases)('%s, where commits can be read all the same', async (_, make) => {
    const git = await openGit(await make())
    expect(await git.hasWorkTree()).toBe(false)
    expect((await committed(git, ['api'])).map(({ path }) => path)).toEqual(['api/a', 'api/deep/b'])
  })
})

describe('of a sparse checkout', () => {
  const kinds: readonly [string, string[]][] = [
    ['with cones', ['--cone', 'api']],
    ['with cones and a sparse index', ['--cone', '--sparse-index', 'api']],
    ['with patterns', ['--no-cone', '/api/', '!/api/deep/', '/top']],
  ]

  test.each(kinds)('%s what was left out does not differ, and what lies there does', async (_, options) => {
    await repository.git('sparse-checkout', 'set', ...options)
    await expect(unlink(at('web/a'))).rejects.toThrow('ENOENT')
    const git = await openGit(repository.folder)
    const differing = async () => valueOf(await git.differing([''], [])).toSorted()
    expect(await differing()).toEqual([])
    await repository.write('api/a', '2')
    await unlink(at('top'))
    await repository.write('api/new', '1')
    expect(await differing()).toEqual(['api/a', 'api/new', 'top'])
    // Other than the commit has it; its neighbour stays left out.
    await repository.write('web/a', '2')
    expect(await differing()).toEqual(['api/a', 'api/new', 'top', 'web/a'])
    expect(valueOf(await git.differing(['web'], []))).toEqual(['web/a'])
  })

  test('a link in place of a folder that was left out is named', async () => {
    await repository.git('sparse-checkout', 'set', '--no-cone', '/api/', '/top')
    await symlink('top', at('web'))
    const git = await openGit(repository.folder)
    expect(valueOf(await git.differing([''], []))).toEqual(['web'])
  })

  test('a submodule that was left out is not named', async () => {
    const inner = await TempRepository.create({ files: { f: '1' } })
    await repository.git(...FILE_PROTOCOL, 'submodule', '--quiet', 'add', inner.url, 'sub')
    await repository.commit('Submodule')
    await inner.dispose()
    await repository.git('submodule', '--quiet', 'deinit', '--force', 'sub')
    await repository.git('sparse-checkout', 'set', '--cone', 'api')
    const git = await openGit(repository.folder)
    expect(valueOf(await git.differing(['api'], []))).toEqual([])
  })
})

describe('a submodule', () => {
  let inner: TempRepository
  let git: GitTree

  beforeEach(async () => {
    inner = await TempRepository.create({ files: { f: '1', 'd/g': '1' } })
    await repository.git(...FILE_PROTOCOL, 'submodule', '--quiet', 'add', inner.url, 'lib/sub')
    await repository.commit('Submodule')
    git = await openGit(repository.folder)
  })

  afterEach(async () => {
    await inner.dispose()
  })

  test('that is checked out is a repository of its own', async () => {
    const submodule = await git.submodule('lib/sub')
    expect(submodule?.head).toBe(await inner.git('rev-parse', 'HEAD'))
    const entries = await committed(submodule!, [''])
    expect(entries.map(({ path }) => path)).toEqual(['d/g', 'f'])
    expect(await submodule!.root()).toBe(await inner.git('rev-parse', 'HEAD^{tree}'))
    expect(valueOf(await submodule!.onDisk(['d/g', 'f']))).toEqual(entries)
    expect(await submodule!.hasWorkTree()).toBe(true)
    await repository.write('lib/sub/f', '2')
    expect(valueOf(await submodule!.differing([''], []))).toEqual(['f'])
  })

  test('is found from a folder in the role of the root', async () => {
    const below = await openGit(at('lib'))
    expect((await below.submodule('sub'))?.head).toBe(await inner.git('rev-parse', 'HEAD'))
  })

  test('has its own commit, not the one that is recorded', async () => {
    await repository.write('lib/sub/f', '2')
    await repository.git('-C', 'lib/sub', 'commit', '--quiet', '--all', '--message=Own')
    expect((await git.submodule('lib/sub'))?.head).toBe(
      await repository.git('-C', 'lib/sub', 'rev-parse', 'HEAD'),
    )
  })

  test('in a submodule is found, too', async () => {
    const deepest = await TempRepository.create({ files: { z: '1' } })
    await repository.git(
      '-C',
      'lib/sub',
      ...FILE_PROTOCOL,
      'submodule',
      '--quiet',
      'add',
      deepest.url,
      'deep',
    )
    const nested = await (await git.submodule('lib/sub'))?.submodule('deep')
    expect((await committed(nested!, [''])).map(({ path }) => path)).toEqual(['z'])
    expect((await git.submodule('lib/sub/deep'))?.head).toBe(nested!.head)
    await deepest.dispose()
  })

  test('is none where none is checked out', async () => {
    await repository.git('submodule', '--quiet', 'deinit', '--force', 'lib/sub')
    await mkdir(at('empty'))
    await repository.git('init', '--quiet', 'unborn')
    for (const path of ['lib/sub', 'empty', 'unborn', 'api', 'api/a', 'nowhere', 'api/a/b'])
      expect([path, await git.submodule(path)]).toEqual([path, undefined])
  })
})
