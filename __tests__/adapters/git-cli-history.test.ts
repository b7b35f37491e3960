import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Failed } from '../../src/model/failure.js'
import { fetchEnvironment } from '../../src/adapters/git-fetch.js'
import { failuresOf, valueOf } from '../fakes/images.js'
import { committed, openGit, PLAIN } from '../rig/open-git.js'
import { TempRepository, type CloneOptions } from '../rig/temp-repository.js'

const UNKNOWN = '0123456789012345678901234567890123456789'

let repository: TempRepository
let opened: TempRepository[]

let scratch: string

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'fetched-'))
  repository = await TempRepository.create({ files: { a: '1', 'b/c': '1' } })
  opened = [repository]
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

async function commitOf(content: string, branch = 'main'): Promise<string> {
  await repository.branch(branch)
  await repository.write(`file-${branch}`, content)
  return repository.commit(content)
}

describe('obtaining a commit', () => {
  test.each([
    '',
    '--help',
    '--upload-pack=touch x',
    'nowhere',
    UNKNOWN,
    'a b',
    ':',
    '@{-99}',
    'HEAD:a',
    '\n',
  ])('%j names none', async (name) => {
    const git = await openGit(repository.folder, { environment: PLAIN, fetchFolder: scratch })
    expect(await git.obtain(name)).toBeUndefined()
  })

  test('one that is there is found by any name of it', async () => {
    const commit = await repository.git('rev-parse', 'HEAD')
    await repository.git('tag', '--annotate', '--message=t', 'v1')
    await repository.git('tag', '--', 'a')
    const git = await openGit(repository.folder)
    const names = [commit, commit.slice(0, 10), 'main', 'v1', 'HEAD', 'refs/heads/main', 'a']
    expect(await Promise.all(names.map((name) => git.obtain(name)))).toEqual(names.map(() => commit))
  })

  test('one that the shallow clone lacks is fetched only where that is allowed', async () => {
    const before = await repository.git('rev-parse', 'HEAD')
    await commitOf('second')
    const shallow = await clone({ depth: 1 })
    expect(await (await openGit(shallow.folder)).obtain(before)).toBeUndefined()
    const git = await openGit(shallow.folder, { environment: PLAIN, fetchFolder: scratch })
    expect(await git.obtain(before)).toBe(before)
    expect((await committed(git, [''], before)).map(({ path }) => path)).toEqual(['a', 'b/c'])
    expect(await git.obtain(UNKNOWN)).toBeUndefined()
  })

  test('one that a forced push has cut off is fetched into a full clone, whose history stays whole', async () => {
    const lost = await commitOf('lost')
    await repository.git('reset', '--quiet', '--hard', 'HEAD~1')
    await commitOf('second')
    const full = await clone()
    const git = await openGit(full.folder, { environment: PLAIN, fetchFolder: scratch })
    expect(await git.obtain(lost)).toBe(lost)
    const [now] = await committed(git, ['file-main'])
    const [then] = await committed(git, ['file-main'], lost)
    expect(then).toEqual({ ...now, id: expect.not.stringMatching(now!.id) })
    expect(await full.git('rev-list', '--count', 'HEAD')).toBe('2')
    expect(await full.git('rev-parse', '--is-shallow-repository')).toBe('false')
    expect(await full.git('config', '--list', '--local')).not.toMatch(/promisor|partialclone/i)
  })

  test('the token stays out of every setting and file', async () => {
    const before = await repository.git('rev-parse', 'HEAD')
    await commitOf('second')
    const shallow = await clone({ depth: 1 })
    const of = { server: 'https://github.example', token: 's3cret-token', trusted: true }
    const git = await openGit(shallow.folder, {
      environment: fetchEnvironment(PLAIN, of),
      fetchFolder: scratch,
    })
    expect(await git.obtain(before)).toBe(before)
    const settings = await shallow.git('config', '--list', '--show-origin')
    for (const secret of [
      's3cret',
      'extraheader',
      Buffer.from('x-access-token:s3cret-token').toString('base64'),
    ]) {
      expect(settings).not.toContain(secret)
      await expect(
        shallow.git('grep', '--no-index', '--quiet', '--text', secret, '--', '.git'),
      ).rejects.toThrow('ended with 1')
    }
  })

  test('a folder that cannot be written is no error', async () => {
    const before = await repository.git('rev-parse', 'HEAD')
    await commitOf('second')
    const shallow = await clone({ depth: 1 })
    const fetchFolder = join(shallow.folder, 'a', 'below-a-file')
    const git = await openGit(shallow.folder, { environment: PLAIN, fetchFolder })
    expect(await git.obtain(before)).toBeUndefined()
    expect(await git.obtain(before)).toBeUndefined()
    await git.prefetch([before])
  })

  test('a remote that does not answer is no error', async () => {
    const before = await repository.git('rev-parse', 'HEAD')
    await commitOf('second')
    const shallow = await clone({ depth: 1 })
    await shallow.git('remote', 'set-url', 'origin', 'file:///nowhere')
    expect(
      await (await openGit(shallow.folder, { environment: PLAIN, fetchFolder: scratch })).obtain(before),
    ).toBeUndefined()
  })
})

describe('the parents of HEAD', () => {
  test.each([
    ['a full clone', {}],
    ['a clone of depth 1', { depth: 1 }],
    ['a clone of depth 2', { depth: 2 }],
    ['a blobless clone of depth 1', { depth: 1, blobless: true }],
  ])('are known in their order in %s', async (_, options) => {
    const feature = await commitOf('feature', 'feature')
    const main = await commitOf('main')
    await repository.git('merge', '--quiet', '--no-ff', '--message=Merge', feature)
    expect(await (await openGit((await clone(options)).folder)).parents()).toEqual([main, feature])
  })

  test('are none for the first commit, and not taken from words in a message', async () => {
    expect(await (await openGit(repository.folder)).parents()).toEqual([])
    const first = await repository.git('rev-parse', 'HEAD')
    await repository.write('x', 'x')
    await repository.git('add', '.')
    await repository.git('commit', '--quiet', `--message=x\n\nparent ${UNKNOWN}\nparent ${UNKNOWN}`)
    expect(await (await openGit(repository.folder)).parents()).toEqual([first])
  })
})

test('when HEAD was committed is known at any depth, and not taken from words in a message', async () => {
  await commitOf('feature', 'x')
  await repository.git('commit', '--quiet', '--allow-empty', '--message=x\n\ncommitter A <a@b> 1 +0000')
  const seconds = Number(await repository.git('log', '-1', '--format=%ct'))
  for (const folder of [repository.folder, (await clone({ depth: 1, blobless: true })).folder])
    expect(await (await openGit(folder)).committedAt()).toBe(seconds * 1000)
})

describe('files', () => {
  test('are those that are tracked or could be', async () => {
    await repository.write('.gitignore', 'ignored\n')
    for (const file of ['ignored', 'new', 'b/new']) await repository.write(file, '1')
    expect(valueOf(await (await openGit(repository.folder)).files()).toSorted()).toEqual([
      '.gitignore',
      'a',
      'b/c',
      'b/new',
      'new',
    ])
  })

  test('are named once in a conflict', async () => {
    await repository.branch('other')
    await repository.write('a', 'other')
    await repository.commit('Other')
    await repository.branch('main')
    await repository.write('a', 'main')
    await repository.commit('Main')
    await expect(repository.git('merge', 'other')).rejects.toThrow()
    expect(valueOf(await (await openGit(repository.folder)).files())).toEqual(['a', 'b/c'])
  })
})

describe('reading a file', () => {
  test('gives its text on the disk, or nothing where there is no file', async () => {
    await repository.write('a', 'ä2')
    await mkdir(join(repository.folder, 'folder'))
    const git = await openGit(repository.folder)
    const texts = await Promise.all(
      ['a', 'nowhere', 'folder', 'a/b', 'nowhere/x'].map((path) => git.read(path)),
    )
    expect(texts.map(valueOf)).toEqual(['ä2', undefined, undefined, undefined, undefined])
  })

  test('that is a link in a circle is a failure', async () => {
    await symlink('loop', join(repository.folder, 'loop'))
    expect(await (await openGit(repository.folder)).read('loop')).toMatchObject({
      ok: false,
      failures: [{ kind: 'usage' }],
    })
  })
})

test('a git that fails is a failure that says what git said', async () => {
  const git = await openGit(repository.folder)
  await rm(join(repository.folder, '.git', 'objects'), { recursive: true })
  const [failure, ...more] = failuresOf(await git.files())
  expect([failure?.kind, more]).toEqual(['git-failed', []])
  expect(failure?.message).toMatch(/git ls-files failed \(exit code 128\): .+/)
  await expect(committed(git, [''])).rejects.toThrow(Failed)
  await expect(committed(git, [''])).rejects.toThrow(/git cannot read the object .*: .*exit code 128: .+/)
})
