import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { join } from 'node:path'
import { GitHeadsCli } from '../../src/adapters/git-heads.js'
import { failuresOf, valueOf } from '../fakes/images.js'
import { TempRepository } from '../rig/temp-repository.js'

let repository: TempRepository
beforeEach(async () => {
  repository = await TempRepository.create({ files: { a: 'a' } })
})

afterEach(async () => {
  await repository.dispose()
})

test('heads are all branches, and what each work tree has checked out', async () => {
  const commit = await repository.git('rev-parse', 'HEAD')
  await repository.branch('feature/x')
  await repository.git('worktree', 'add', '--quiet', '--detach', join(repository.folder, 'tree\n2'))
  await repository.git('tag', 'v1')
  const heads = valueOf(await new GitHeadsCli(repository.folder, process.env).heads())
  const expected = ['refs/heads/main', 'refs/heads/feature/x', commit]
  expect(new Set(heads)).toEqual(new Set(expected))
})

test('a branch without a commit is one, too', async () => {
  await repository.git('checkout', '--quiet', '--orphan', 'new')
  const heads = valueOf(await new GitHeadsCli(repository.folder, process.env).heads())
  expect(heads).toContain('refs/heads/new')
})

test('without a repository the failure says so', async () => {
  const failures = failuresOf(await new GitHeadsCli('/', process.env).heads())
  expect(failures).toMatchObject([{ kind: 'git-failed' }])
  expect(failures[0]?.message).toContain('not a git repository')
})
