import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { TempRepository, type RepositoryOptions } from './temp-repository.js'

let opened: TempRepository[] = []

beforeEach(() => {
  opened = []
})

afterEach(async () => {
  await Promise.all(opened.map((repository) => repository.dispose()))
})

function keep(repository: TempRepository): TempRepository {
  opened.push(repository)
  return repository
}

async function create(options?: RepositoryOptions): Promise<TempRepository> {
  return keep(await TempRepository.create(options))
}

test('the same calls give the same commits', async () => {
  const [one, other] = [await create({ files: { a: '1' } }), await create({ files: { a: '1' } })]
  for (const repository of [one, other]) await repository.write('a', '2')

  expect(await one.commit('Change')).toBe(await other.commit('Change'))
  expect(await one.git('log', '--format=%an <%ae> %cn %cI %s')).toBe(
    [
      'Test Author <author@example.com> Test Committer 2024-01-01T00:02:00+00:00 Change',
      'Test Author <author@example.com> Test Committer 2024-01-01T00:01:00+00:00 Start',
    ].join('\n'),
  )
})

test('the configuration of the user and of the system is not read', async () => {
  const home = await mkdtemp(path.join(tmpdir(), 'home-'))
  const before = process.env['HOME']
  try {
    await writeFile(path.join(home, '.gitconfig'), '[alias]\n\tleaked = status\n')
    process.env['HOME'] = home
    const repository = await create({ files: { a: '1' } })
    const origins = await repository.git('config', '--list', '--show-scope')
    expect(new Set(origins.split('\n').map((line) => line.split('\t')[0]))).toEqual(new Set(['local']))
  } finally {
    process.env['HOME'] = before
    await rm(home, { recursive: true })
  }
})

test('a repository without files has no commit yet', async () => {
  const repository = await create({ branch: 'trunk' })
  await expect(repository.git('rev-parse', '--verify', 'HEAD')).rejects.toThrow(
    'git rev-parse --verify HEAD ended with 128',
  )
  expect(await repository.git('symbolic-ref', 'HEAD')).toBe('refs/heads/trunk')
})

test('modes, deletions and binary content are committed', async () => {
  const repository = await create({
    files: { 'bin/run': '#!/bin/sh\n', 'lib/x': 'x', bytes: Uint8Array.of(0, 255) },
  })
  await repository.write('bin/run', '#!/bin/sh\n', { mode: 0o755 })
  await repository.remove('lib')
  await repository.commit('Change')
  expect(await repository.git('ls-tree', '-r', '--format=%(objectmode) %(path)', 'HEAD')).toBe(
    '100755 bin/run\n100644 bytes',
  )
  expect([...(await readFile(path.join(repository.folder, 'bytes')))]).toEqual([0, 255])
})

test('a path outside the repository is refused', async () => {
  const repository = await create()
  await expect(repository.write('../outside', '')).rejects.toThrow('outside the repository')
  await expect(repository.remove('.')).rejects.toThrow('outside the repository')
  await expect(repository.remove('absent')).rejects.toThrow('ENOENT')
})

test('a branch is created once and found again', async () => {
  const repository = await create({ files: { a: '1' } })
  const main = await repository.git('rev-parse', 'HEAD')
  await repository.branch('feature')
  await repository.commit('On the branch')
  await repository.branch('main')
  expect(await repository.git('rev-parse', 'HEAD')).toBe(main)
  await repository.branch('feature')
  expect(await repository.git('log', '-1', '--format=%s')).toBe('On the branch')
})

test('a shallow clone has only the last commits and can fetch an older one by its sha', async () => {
  const origin = await create({ files: { a: '1' } })
  const first = await origin.git('rev-parse', 'HEAD')
  await origin.commit('Second')
  await origin.commit('Third')

  const clone = keep(await origin.cloneShallow({ depth: 1 }))
  expect(await clone.git('rev-list', '--count', 'HEAD')).toBe('1')
  await expect(clone.git('cat-file', '-e', first)).rejects.toThrow('git cat-file -e')
  await clone.git('fetch', '--quiet', '--depth=1', 'origin', first)
  expect(await clone.git('cat-file', '-t', first)).toBe('commit')
})

test('a blobless clone has no old blobs until they are asked for', async () => {
  const origin = await create({ files: { a: 'old content' } })
  const blob = await origin.git('rev-parse', 'HEAD:a')
  await origin.write('a', 'new content')
  await origin.commit('Change')

  const clone = keep(await origin.cloneShallow({ blobless: true }))
  expect(await clone.git('rev-list', '--count', 'HEAD')).toBe('2')
  expect(await clone.git('rev-list', '--objects', '--missing=print', '--all')).toContain(`?${blob}`)
  expect(await clone.git('cat-file', 'blob', blob)).toBe('old content')
})

test('a commit made in a clone can be pushed to its origin', async () => {
  const origin = await create({ files: { a: '1' } })
  const clone = keep(await origin.cloneShallow())
  await clone.write('b', '1')
  const sha = await clone.commit('In the clone')
  await clone.git('push', '--quiet', 'origin', 'HEAD:refs/heads/from-clone')
  expect(await origin.git('rev-parse', 'from-clone')).toBe(sha)
})

test('a folder is copied with modes and links but without its .git', async () => {
  const source = await create({ files: { 'deep/run': 'x' } })
  await source.write('deep/run', 'x', { mode: 0o755 })
  await symlink('deep/run', path.join(source.folder, 'link'))

  const repository = await create({ files: { own: '1' } })
  await repository.copyFrom(source.folder)
  await repository.commit('Copied')
  expect(await repository.git('ls-tree', '-r', '--format=%(objectmode) %(path)', 'HEAD')).toBe(
    '100755 deep/run\n120000 link\n100644 own',
  )
  expect(await repository.git('rev-list', '--count', 'HEAD')).toBe('2')
})

test('disposing removes the folder', async () => {
  const repository = await TempRepository.create({ files: { a: '1' } })
  await repository.dispose()
  await expect(stat(repository.folder)).rejects.toThrow('ENOENT')
})
