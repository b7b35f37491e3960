import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { valueOf } from '../fakes/images.js'
import { committed, openGit } from '../rig/open-git.js'
import { TempRepository } from '../rig/temp-repository.js'

let inner: TempRepository
let repository: TempRepository

beforeEach(async () => {
  inner = await TempRepository.create({ files: { 'app/f': '1', g: '1', '.gitignore': 'out/\n' } })
  repository = await TempRepository.create({ files: { a: '1', 'own/f': '1' } })
})

afterEach(async () => {
  await repository.dispose()
  await inner.dispose()
})

const at = (file: string) => join(repository.folder, file)

async function addSubmodule(path = 'sub'): Promise<void> {
  await repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.url, path)
}

/** Asks as the fingerprint does: the submodules are those that HEAD has in these folders. */
async function differing(...folders: string[]): Promise<string[]> {
  const git = await openGit(repository.folder)
  const asked = folders.length === 0 ? [''] : folders
  const links = (await committed(git, asked))
    .filter((entry) => entry.mode === '160000')
    .map((entry) => entry.path)
  return valueOf(await git.differing(asked, links)).toSorted()
}

describe('a submodule', () => {
  beforeEach(async () => {
    await addSubmodule()
    await repository.commit('Submodule')
  })

  test('is one entry with its commit', async () => {
    expect(await committed(await openGit(repository.folder), ['sub', 'own'])).toEqual([
      { mode: '100644', path: 'own/f', id: expect.any(String) },
      { mode: '160000', path: 'sub', id: await inner.git('rev-parse', 'HEAD') },
    ])
  })

  test('that is checked out differs in every file, and in nothing called .git', async () => {
    expect(await differing()).toEqual(['sub/.gitignore', 'sub/app/f', 'sub/g'])
  })

  test('with changes has the changed, the untracked and the ignored files', async () => {
    await rm(at('sub/app'), { recursive: true })
    await repository.write('sub/new', 'n')
    await repository.write('sub/out/o', 'o')
    expect(await differing()).toEqual(['sub/.gitignore', 'sub/g', 'sub/new', 'sub/out/o'])
  })

  test('with another commit differs in its files alone', async () => {
    await repository.write('sub/g', '2')
    await repository.git('-C', 'sub', 'commit', '--quiet', '--all', '--message=Inner')
    expect(await differing()).toEqual(['sub/.gitignore', 'sub/app/f', 'sub/g'])
  })

  test('that is not initialised differs in nothing, like its empty folder', async () => {
    await repository.git('submodule', '--quiet', 'deinit', '--force', 'sub')
    expect(await differing()).toEqual([])
  })

  test('whose folder is gone differs itself', async () => {
    await rm(at('sub'), { recursive: true })
    expect(await differing()).toEqual(['sub'])
    expect(valueOf(await (await openGit(repository.folder)).onDisk(['sub']))).toEqual([])
  })

  test('that became a file is that', async () => {
    await rm(at('sub'), { recursive: true })
    await writeFile(at('sub'), 'x')
    expect(await differing()).toEqual(['sub'])
    expect(valueOf(await (await openGit(repository.folder)).onDisk(['sub']))).toMatchObject([
      { mode: '100644', path: 'sub' },
    ])
  })

  test('that became a link is refused, by git itself', async () => {
    await rm(at('sub'), { recursive: true })
    await symlink('own', at('sub'))
    expect(await (await openGit(repository.folder)).differing([''], ['sub'])).toMatchObject({
      ok: false,
      failures: [{ kind: 'git-failed' }],
    })
  })

  test('that lost its .git is a folder of files', async () => {
    await rm(at('sub/.git'))
    expect(await differing()).toEqual(['sub/.gitignore', 'sub/app/f', 'sub/g'])
  })

  test('in a submodule is walked through', async () => {
    await inner.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', repository.url, 'deep')
    await inner.commit('Deep')
    await repository.git('-C', 'sub', 'pull', '--quiet')
    await repository.git(
      '-C',
      'sub',
      '-c',
      'protocol.file.allow=always',
      'submodule',
      '--quiet',
      'update',
      '--init',
    )
    const files = await differing('sub')
    expect(files).toEqual(expect.arrayContaining(['sub/deep/a', 'sub/deep/own/f', 'sub/g']))
    expect(files.filter((file) => file.includes('.git/') || file.endsWith('/.git'))).toEqual([])
  })

  test('holds folders that can be asked for', async () => {
    await repository.write('sub/app/f', '2')
    expect(await differing('sub/app')).toEqual(['sub/app/f'])
    expect(await differing('own', 'sub/app')).toEqual(['sub/app/f'])
  })

  test('is left out where another folder is asked for', async () => {
    expect(await differing('own')).toEqual([])
  })
})

test('a submodule that is not committed yet differs in every file', async () => {
  await addSubmodule()
  expect(await differing()).toEqual(['.gitmodules', 'sub/.gitignore', 'sub/app/f', 'sub/g'])
})

test('a submodule below a subfolder that plays the root has paths below that', async () => {
  await addSubmodule('own/sub')
  await repository.commit('Submodule')
  const git = await openGit(at('own'))
  expect(valueOf(await git.differing([''], ['sub'])).toSorted()).toEqual([
    'sub/.gitignore',
    'sub/app/f',
    'sub/g',
  ])
  expect(valueOf(await git.differing(['sub/app'], []))).toEqual(['sub/app/f'])
})

describe('a nested repository that nobody tracks', () => {
  test('differs in every file of it, ignored ones included, and in nothing called .git', async () => {
    await repository.git('clone', '--quiet', inner.url, 'nested')
    await repository.write('nested/out/o', 'o')
    expect(await differing()).toEqual(['nested/.gitignore', 'nested/app/f', 'nested/g', 'nested/out/o'])
  })

  test.each([
    ['without a commit', 'unborn'],
    ['in an ignored folder', 'ignored/unborn'],
  ])('%s does so, too', async (_, path) => {
    await repository.write('.gitignore', 'ignored/\n')
    await repository.commit('Ignore')
    await repository.git('init', '--quiet', path)
    await repository.write(`${path}/x`, 'x')
    expect(await differing()).toEqual([`${path}/x`])
  })

  test('holds folders that can be asked for', async () => {
    await repository.git('clone', '--quiet', inner.url, 'nested')
    expect(await differing('nested/app')).toEqual(['nested/app/f'])
    expect(await differing('nested')).toEqual(['nested/.gitignore', 'nested/app/f', 'nested/g'])
  })

  test('around files that ours tracks hides none of them', async () => {
    await repository.git('init', '--quiet', 'own')
    await repository.write('own/f', '2')
    await repository.write('own/new', 'n')
    expect(await differing()).toEqual(['own/f', 'own/new'])
    await rm(at('own/f'))
    expect(await differing('own')).toEqual(['own/f', 'own/new'])
  })

  test('that was added without being a submodule differs in every file', async () => {
    await repository.git('clone', '--quiet', inner.url, 'nested')
    await repository.git('add', 'nested')
    expect(await differing()).toEqual(['nested/.gitignore', 'nested/app/f', 'nested/g'])
  })
})

describe('a folder that is reached over a link', () => {
  test.each([
    ['the link itself', 'link', 'own', 'link'],
    ['a folder behind it', 'link', 'own', 'link/deep'],
    ['a link that leads out of the repository', 'link', '/tmp', 'link'],
  ])('%s is refused, as git sees no files there', async (_, link, target, folder) => {
    await repository.write('own/deep/f', '1')
    await symlink(target, at(link))
    const refused = {
      ok: false,
      failures: [
        { kind: 'usage', message: expect.stringContaining(`${folder} is a link or lies behind one`) },
      ],
    }
    expect(await (await openGit(repository.folder)).differing(['', folder], [])).toEqual(refused)
    await repository.commit('Link')
    expect(await (await openGit(repository.folder)).differing([folder], [])).toEqual(refused)
  })

  test('a repository that is itself reached so is fine', async () => {
    await symlink(repository.folder, `${inner.folder}/way`)
    await repository.write('own/f', '2')
    const git = await openGit(`${inner.folder}/way/own`)
    expect(valueOf(await git.differing([''], []))).toEqual(['f'])
  })
})

test('a folder that was moved away differs in each of its files', async () => {
  await rename(at('own'), at('moved'))
  expect(await differing('own')).toEqual(['own/f'])
  expect(await differing()).toEqual(['moved/f', 'own/f'])
})
