import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { GitTree } from '../../src/ports/git-tree.js'
import { valueOf } from '../fakes/images.js'
import { openGit } from '../rig/open-git.js'
import { TempRepository } from '../rig/temp-repository.js'

let repository: TempRepository
let git: GitTree

beforeEach(async () => {
  repository = await TempRepository.create({ files: { 'api/a': '1', 'api/b': '1', readme: '1' } })
  git = await openGit(repository.folder)
})

afterEach(async () => {
  await repository.dispose()
})

describe('what git is told not to look at counts all the same', () => {
  test('a file that is assumed to be unchanged', async () => {
    await repository.git('update-index', '--assume-unchanged', 'api/a')
    await repository.write('api/a', '2')
    expect(await repository.git('status', '--porcelain')).toBe('')
    expect(valueOf(await git.differing(['api'], []))).toEqual(['api/a'])
  })

  test('a file that is assumed to be unchanged and is gone', async () => {
    await repository.git('update-index', '--assume-unchanged', 'api/a')
    await unlink(join(repository.folder, 'api/a'))
    expect(valueOf(await git.differing(['api'], []))).toEqual(['api/a'])
    expect(valueOf(await git.onDisk(['api/a']))).toEqual([])
  })

  test.each([['--skip-worktree'], ['--skip-worktree', '--assume-unchanged']])(
    'a file that is skipped (%s %s) and lies there; the commit has what does not',
    async (...flags) => {
      for (const flag of flags) await repository.git('update-index', flag, 'api/a', 'api/b')
      await unlink(join(repository.folder, 'api/b'))
      expect(valueOf(await git.differing(['api'], []))).toEqual(['api/a'])
      await repository.write('api/a', '2')
      expect(valueOf(await git.differing([''], []))).toEqual(['api/a'])
    },
  )

  test('a mode, where the repository ignores modes', async () => {
    await repository.git('config', 'core.fileMode', 'false')
    await repository.write('api/a', '1', { mode: 0o755 })
    expect(valueOf(await git.differing(['api'], []))).toEqual(['api/a'])
  })

  test('a name in another case, where the repository ignores case', async () => {
    await repository.git('config', 'core.ignoreCase', 'true')
    await repository.write('README', '2')
    expect(valueOf(await git.differing([''], []))).toEqual(['README'])
  })

  test('anything while something is stashed', async () => {
    await repository.write('api/a', '2')
    await repository.git('stash')
    await repository.git('config', 'status.showStash', 'true')
    await repository.write('api/b', '2')
    expect(valueOf(await git.differing(['api'], []))).toEqual(['api/b'])
  })
})
