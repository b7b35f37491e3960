import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { openRepository } from '../../src/adapters/git-open.js'
import type { Extent } from '../../src/model/advice.js'
import { valueOf } from '../fakes/images.js'
import { TempRepository } from '../rig/temp-repository.js'

let repository: TempRepository

beforeEach(async () => {
  repository = await TempRepository.create({ files: { 'a/one': '1', 'a/b/two': '22', 'c\nd': '333' } })
})

afterEach(async () => {
  await repository.dispose()
})

async function extents(...paths: readonly string[]): Promise<readonly (Extent | undefined)[]> {
  const { git } = valueOf(await openRepository(repository.folder, { environment: process.env }))
  const found = await git.extentsOnDisk(paths)
  return paths.map((path) => found.get(path))
}

test('a file has its bytes, a folder those of all that is in it, and nothing has none', async () => {
  expect(await extents('a/one', 'a', 'c\nd', 'nothing', 'a/one/below')).toEqual([
    { bytes: 1, files: 1 },
    { bytes: 3, files: 2 },
    { bytes: 3, files: 1 },
    { bytes: 0, files: 0 },
    { bytes: 0, files: 0 },
  ])
})

test("git's own folder has what is in it, and a folder with a repository in it that, too", async () => {
  await repository.write('a/.git/config', '4444')
  const [own, nested] = await extents('.git', 'a')
  expect(own?.files).toBeGreaterThan(5)
  expect(nested).toEqual({ bytes: 7, files: 3 })
})

test('a link has what it holds, whatever it leads to', async () => {
  await symlink('../a', join(repository.folder, 'a', 'again'))
  expect(await extents('a/again', 'a')).toEqual([
    { bytes: 4, files: 1 },
    { bytes: 7, files: 3 },
  ])
})
