import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { symlink, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { openRepository } from '../../src/adapters/git-cli.js'
import type { Result } from '../../src/model/failure.js'
import type { GitTree } from '../../src/ports/git-tree.js'
import { TempRepository } from '../rig/temp-repository.js'

const environment = { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' }

let repository: TempRepository
let git: GitTree

beforeEach(async () => {
  repository = await TempRepository.create({ files: { 'api/a': '1', 'api/b': '1', readme: '1' } })
  const opened = await openRepository(repository.folder, { environment })
  if (!opened.ok) throw new Error(JSON.stringify(opened.failures))
  git = opened.value.git
})

afterEach(async () => {
  await repository.dispose()
})

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failures))
  return result.value
}

describe('what git is told not to look at counts all the same', () => {
  test('a file that is assumed to be unchanged', async () => {
    await repository.git('update-index', '--assume-unchanged', 'api/a')
    await repository.write('api/a', '2')
    expect(await repository.git('status', '--porcelain')).toBe('')
    expect(value(await git.differing(['api'], []))).toEqual(['api/a'])
  })

  test('a file that a sparse checkout leaves out', async () => {
    await repository.git('update-index', '--skip-worktree', 'api/b')
    await unlink(join(repository.folder, 'api/b'))
    expect(value(await git.differing(['api'], []))).toEqual(['api/b'])
    expect(value(await git.onDisk(['api/b']))).toEqual([])
  })

  test('a mode, where the repository ignores modes', async () => {
    await repository.git('config', 'core.fileMode', 'false')
    await repository.write('api/a', '1', { mode: 0o755 })
    expect(value(await git.differing(['api'], []))).toEqual(['api/a'])
  })

  test('a name in another case, where the repository ignores case', async () => {
    await repository.git('config', 'core.ignoreCase', 'true')
    await repository.write('README', '2')
    expect(value(await git.differing([''], []))).toEqual(['README'])
  })

  test('anything while something is stashed', async () => {
    await repository.write('api/a', '2')
    await repository.git('stash')
    await repository.git('config', 'status.showStash', 'true')
    await repository.write('api/b', '2')
    expect(value(await git.differing(['api'], []))).toEqual(['api/b'])
  })
})

describe('a link that is read', () => {
  test('is followed within its folder', async () => {
    await symlink('a', join(repository.folder, 'api/.dockerignore'))
    expect(value(await git.read('api/.dockerignore', 'api'))).toBe('1')
  })

  test.each(['../readme', '/etc/hostname'])(
    'to %s is refused, as BuildKit does not follow it',
    async (target) => {
      await symlink(target, join(repository.folder, 'api/.dockerignore'))
      const read = await git.read('api/.dockerignore', 'api')
      expect(read.ok ? [] : read.failures).toMatchObject([{ kind: 'config-invalid' }])
      expect((await git.read('api/.dockerignore')).ok).toBe(true)
    },
  )
})
