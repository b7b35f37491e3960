import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { chown, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openRepository, type OpenRepository } from '../../src/adapters/git-open.js'
import { fetchEnvironment } from '../../src/adapters/git-fetch.js'
import type { Result } from '../../src/model/failure.js'
import { committed } from '../rig/open-git.js'
import { TempRepository } from '../rig/temp-repository.js'

const ENVIRONMENT = {
  PATH: process.env['PATH'],
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
}

let folder: string
let opened: TempRepository[]

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'git-cli-open-')))
  opened = []
})

afterEach(async () => {
  await Promise.all(opened.map((repository) => repository.dispose()))
  await rm(folder, { recursive: true, force: true })
})

async function create(files?: Readonly<Record<string, string>>): Promise<TempRepository> {
  const repository = await TempRepository.create(files === undefined ? {} : { files })
  opened.push(repository)
  return repository
}

function open(path: string, environment: NodeJS.ProcessEnv = ENVIRONMENT): Promise<Result<OpenRepository>> {
  return openRepository(path, { environment })
}

async function opening(path: string, environment?: NodeJS.ProcessEnv): Promise<OpenRepository> {
  const result = await open(path, environment)
  if (!result.ok) throw new Error(JSON.stringify(result.failures))
  return result.value
}

function failure(kind: string, message: RegExp): object {
  return { ok: false, failures: [{ kind, message: expect.stringMatching(message) as unknown }] }
}

describe('what cannot be opened', () => {
  test('without git on the PATH the environment misses something', async () => {
    const { folder: root } = await create({ a: '1' })
    expect(await open(root, { PATH: folder })).toEqual(failure('environment-missing', /install git/))
  })

  test('a folder outside of a repository is wrong usage', async () => {
    expect(await open(folder)).toEqual(failure('usage', /is not in a git repository/))
  })

  test('a folder that is not there is wrong usage, and git is not blamed for it', async () => {
    const nowhere = join(folder, 'nowhere')
    expect(await open(nowhere)).toEqual(failure('usage', /nowhere.* is not a folder/))
  })

  test('a file in place of the folder is wrong usage', async () => {
    const { folder: root } = await create({ a: '1' })
    expect(await open(join(root, 'a'))).toEqual(failure('usage', /is not a folder/))
  })

  test('a repository without a commit is wrong usage', async () => {
    const { folder: root } = await create()
    expect(await open(root)).toEqual(failure('usage', /has no commit yet/))
  })
})

describe('what an open repository tells', () => {
  test('the commit and the branch', async () => {
    const repository = await create({ a: '1' })
    await repository.branch('feature/x')
    const { git } = await opening(repository.folder)
    expect([git.head, git.branch]).toEqual([await repository.git('rev-parse', 'HEAD'), 'feature/x'])
  })

  test('no branch when the checkout is detached', async () => {
    const repository = await create({ a: '1' })
    await repository.git('checkout', '--quiet', '--detach')
    const { git } = await opening(repository.folder)
    expect(git.head).toBe(await repository.git('rev-parse', 'HEAD'))
    expect(git.branch).toBeUndefined()
  })

  test('the git directory that further work trees share', async () => {
    const repository = await create({ 'a/f': '1' })
    const other = join(folder, 'other')
    await repository.git('worktree', 'add', '--quiet', '-b', 'second', other)
    const shared = await realpath(join(repository.folder, '.git'))
    expect((await opening(join(repository.folder, 'a'))).commonDirectory).toBe(shared)
    expect((await opening(other)).commonDirectory).toBe(shared)
    expect((await opening(other)).git.branch).toBe('second')
  })

  test('ids of 64 digits in a SHA-256 repository', async () => {
    const repository = await create()
    await rm(join(repository.folder, '.git'), { recursive: true })
    await repository.git('init', '--quiet', '--object-format=sha256')
    await repository.write('a', 'content')
    await repository.commit('Start')
    const { git } = await opening(repository.folder)
    expect(git.head).toMatch(/^[0-9a-f]{64}$/)
    const id = await repository.git('hash-object', 'a')
    const entry = { mode: '100644', path: 'a', id }
    expect(await committed(git, [''])).toEqual([entry])
    expect(await git.onDisk(['a'])).toEqual({ ok: true, value: [entry] })
    expect(id).toHaveLength(64)
  })
})

describe('a folder in the role of the root', () => {
  test.each(['sub', 'sub/deep', 'a b', '[a]*', '-x', 'a\nb', 'é', '"q"', 'a\tb', '::error::x'])(
    '%j: paths are relative to it, and nothing outside is reported',
    async (root) => {
      const repository = await create({
        outside: '1',
        [`${root}/kept`]: '1',
        [`${root}/changed`]: '1',
        'sub2/x': '1',
      })
      for (const file of ['outside', 'new', 'sub2/x', `${root}/changed`, `${root}/made`]) {
        await repository.write(file, '2')
      }
      const { git } = await opening(join(repository.folder, root))
      expect(git.head).toBe(await repository.git('rev-parse', 'HEAD'))
      expect((await committed(git, [''])).map((entry) => entry.path)).toEqual(['changed', 'kept'])
      const differing = await git.differing([''], [])
      expect(differing.ok && differing.value.toSorted()).toEqual(['changed', 'made'])
      const onDisk = await git.onDisk(['changed', 'kept'])
      expect(onDisk.ok && onDisk.value.map((entry) => entry.path)).toEqual(['changed', 'kept'])
      expect(await git.files()).toMatchObject({
        value: expect.arrayContaining(['changed', 'kept', 'made']) as unknown,
      })
      expect(await git.read('made')).toEqual({ ok: true, value: '2' })
    },
  )
})

describe('a work tree of another user', () => {
  const asRoot = process.getuid?.() === 0 ? test : test.skip

  asRoot('is refused, and accepted where the run trusts its checkout', async () => {
    const repository = await create({ a: '1' })
    for (const path of ['', '.git']) await chown(join(repository.folder, path), 65_534, 65_534)
    expect(await open(repository.folder)).toEqual(failure('git-failed', /dubious ownership/))
    const of = { server: undefined, token: '', trusted: true }
    const { git } = await opening(repository.folder, fetchEnvironment(ENVIRONMENT, of))
    expect(await committed(git, [''])).toMatchObject([{ path: 'a' }])
    expect(await git.differing([''], [])).toEqual({ ok: true, value: [] })
  })
})

describe('the environment that git fetches with', () => {
  const of = { server: 'https://github.example', token: 'secret', trusted: true }

  test('adds to the settings that are there already, and replaces none', () => {
    const before = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'a.b', GIT_CONFIG_VALUE_0: 'c' }
    expect(fetchEnvironment(before, of)).toEqual({
      ...before,
      GIT_CONFIG_COUNT: '4',
      GIT_CONFIG_KEY_1: 'safe.directory',
      GIT_CONFIG_VALUE_1: '*',
      GIT_CONFIG_KEY_2: 'http.https://github.example/.extraheader',
      GIT_CONFIG_VALUE_2: '',
      GIT_CONFIG_KEY_3: 'http.https://github.example/.extraheader',
      GIT_CONFIG_VALUE_3: `AUTHORIZATION: basic ${Buffer.from('x-access-token:secret').toString('base64')}`,
    })
  })

  test.each([
    ['a token', { ...of, token: '' }],
    ['a server', { ...of, server: undefined }],
  ])('without %s there is no header', (_, without) => {
    expect(JSON.stringify(fetchEnvironment({}, without))).not.toContain('extraheader')
  })

  test('an untrusted one leaves the check of the owner on', () => {
    expect(fetchEnvironment({}, { server: undefined, token: '', trusted: false })).toEqual({
      GIT_CONFIG_COUNT: '0',
    })
  })

  test('a header that the checkout left for the same server is put aside', async () => {
    const repository = await create({ a: '1' })
    const key = 'http.https://github.example/.extraheader'
    await repository.git('config', key, 'AUTHORIZATION: basic old')
    const listed = execFileSync('git', ['config', '--get-urlmatch', 'http.extraheader', of.server], {
      cwd: repository.folder,
      env: fetchEnvironment(ENVIRONMENT, of),
      encoding: 'utf8',
    })
    expect(listed).not.toContain('old')
    expect(listed.trim()).toMatch(/^AUTHORIZATION: basic eC1hY2Nlc3M/)
  })
})
