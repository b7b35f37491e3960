import { afterEach, describe, expect, test } from '@jest/globals'
import { chmodSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gather } from '../../src/fingerprint/gather.js'
import { type Deviation, verify } from '../../src/fingerprint/verify.js'
import type { Result } from '../../src/model/failure.js'
import type { Service } from '../../src/model/service.js'
import { messagesOf, service, valueOf } from '../fakes/images.js'
import { openGit } from '../rig/open-git.js'
import { TempRepository } from '../rig/temp-repository.js'

const repositories: TempRepository[] = []

afterEach(async () => {
  for (const repository of repositories.splice(0)) await repository.dispose()
})

async function create(files: Readonly<Record<string, string>>): Promise<TempRepository> {
  const repository = await TempRepository.create({ files })
  repositories.push(repository)
  return repository
}

async function addSubmodule(repository: TempRepository, path: string, inner: TempRepository): Promise<void> {
  await repository.git('-c', 'protocol.file.allow=always', 'submodule', 'add', '--quiet', inner.url, path)
  await repository.commit(`Add ${path}`)
}

/** A copy in which no submodule is checked out. */
async function cloneOf(repository: TempRepository): Promise<TempRepository> {
  const clone = await repository.cloneShallow()
  repositories.push(clone)
  return clone
}

async function verified(
  { folder }: TempRepository,
  services: readonly Service[] = [APP],
  withDisk = true,
): Promise<Result<readonly Deviation[]>> {
  const options = { git: await openGit(folder), platform: 'linux/amd64' }
  const gathered = valueOf(await gather(services, { ...options, withDisk, memo: new Map() }))
  return verify(services, gathered, options)
}

async function paths(repository: TempRepository, services?: readonly Service[], withDisk?: boolean) {
  const found = valueOf(await verified(repository, services, withDisk))
  return found.flatMap((one) => [...one.paths]).toSorted()
}

const APP = service('app')
/** Takes nothing of the submodule, although it lies in its context. */
const WEB = service('web', { context: 'app', file: 'app/web.Dockerfile' })

async function shop(dockerfile = 'FROM scratch\nCOPY . /\n'): Promise<TempRepository> {
  const inner = await create({ 'a.c': 'a\n', 'd/b.c': 'b\n', '.gitignore': '*.o\n' })
  const outer = await create({
    'app/Dockerfile': dockerfile,
    'app/web.Dockerfile': 'FROM scratch\nCOPY main* /\n',
    'app/main': '1',
  })
  await addSubmodule(outer, 'app/lib', inner)
  return outer
}

describe.each([
  ['looks at the disk', true],
  ['does not look at the disk', false],
])('a submodule, in a plan that %s,', (_description, withDisk) => {
  test('holds when exactly the files of its commit lie in it', async () => {
    expect(await paths(await shop(), [APP, WEB], withDisk)).toEqual([])
  })

  test('is another input with one more file that git ignores', async () => {
    const repository = await shop()
    writeFileSync(join(repository.folder, 'app/lib/a.o'), '')
    expect(await paths(repository, [APP, WEB], withDisk)).toContain('app/lib/a.o')
  })

  test('is another input with permissions that git does not know', async () => {
    const repository = await shop()
    chmodSync(join(repository.folder, 'app/lib/d/b.c'), 0o600)
    expect(await paths(repository, [APP, WEB], withDisk)).toContain('app/lib/d/b.c')
  })

  test('is a failure when it is not checked out', async () => {
    const clone = await cloneOf(await shop())
    expect(messagesOf(await verified(clone, [APP, WEB], withDisk))).toEqual([
      '`app` takes the submodule "app/lib", which is not checked out; run `git submodule update --init --recursive` (actions/checkout: `submodules: recursive`)',
    ])
  })

  test('is no failure when it is not checked out where nothing of it is taken', async () => {
    const clone = await cloneOf(await shop())
    expect(await paths(clone, [WEB], withDisk)).toEqual([])
  })

  test('is no failure when it is not checked out where it is left out', async () => {
    const repository = await shop()
    await repository.write('app/.dockerignore', 'lib')
    await repository.commit('Leave it out')
    expect(await paths(await cloneOf(repository), [APP], withDisk)).toEqual([])
  })

  test('is no failure when it is not checked out where only `paths` name it', async () => {
    const clone = await cloneOf(await shop())
    expect(await paths(clone, [{ ...WEB, paths: ['*.c'] }], withDisk)).toEqual([])
  })
})

test('a submodule at another commit than the recorded one is taken as it lies there', async () => {
  const repository = await shop()
  const inner = join(repository.folder, 'app/lib')
  await repository.git('-C', inner, 'rm', '--quiet', 'a.c')
  await repository.git('-C', inner, 'commit', '--quiet', '--message=Other')
  expect(await paths(repository)).toEqual([])
  expect(await paths(repository, [APP], false)).toEqual(['app/lib/.gitignore', 'app/lib/d/b.c'])
})

test('a modified submodule is taken as it lies there', async () => {
  const repository = await shop()
  writeFileSync(join(repository.folder, 'app/lib/a.c'), 'other')
  expect(await paths(repository)).toEqual([])
  expect(await paths(repository, [APP], false)).toContain('app/lib/a.c')
})

test('a part of a submodule counts as the whole of it', async () => {
  const repository = await shop('FROM scratch\nCOPY lib/d /\n')
  expect(await paths(repository)).toEqual([])
  writeFileSync(join(repository.folder, 'app/lib/a.o'), '')
  // The files count one by one now, although this one is as it was.
  expect(await paths(repository)).toEqual(['app/lib/d/b.c'])
})

test('a submodule may be the context', async () => {
  const inner = await create({ Dockerfile: 'FROM scratch\nCOPY . /\n', x: '1' })
  const outer = await create({ 'y/Dockerfile': 'FROM scratch\nCOPY . /\n' })
  await addSubmodule(outer, 'lib', inner)
  const services = [service('lib'), service('y', { context: '' })]
  expect(await paths(outer, services)).toEqual([])
  // A part of the services has the same fingerprints.
  const options = { git: await openGit(outer.folder), platform: 'linux/amd64' }
  const gathered = valueOf(await gather(services, { ...options, withDisk: true, memo: new Map() }))
  expect(valueOf(await verify(services.slice(1), gathered, options))).toEqual([])
})

describe('a submodule of a submodule', () => {
  async function nested(): Promise<{ outer: TempRepository; inner: TempRepository }> {
    const inner = await create({ x: '1' })
    const middle = await create({ y: '1' })
    await addSubmodule(middle, 'inner', inner)
    const outer = await create({ 'app/Dockerfile': 'FROM scratch\nCOPY . /\n' })
    await addSubmodule(outer, 'app/middle', middle)
    return { outer, inner }
  }
  const update = [
    '-c',
    'protocol.file.allow=always',
    'submodule',
    'update',
    '--init',
    '--quiet',
    '--recursive',
  ]

  test('holds when all are checked out', async () => {
    const { outer } = await nested()
    await outer.git(...update)
    expect(await paths(outer)).toEqual([])
    writeFileSync(join(outer.folder, 'app/middle/inner/x'), '2')
    expect(await paths(outer, [APP], false)).toContain('app/middle/inner/x')
  })

  test('is a failure, named from the root, when it is not checked out', async () => {
    const { outer } = await nested()
    expect(messagesOf(await verified(outer))).toEqual([
      expect.stringContaining('`app` takes the submodule "app/middle/inner", which is not checked out'),
    ])
  })
})

test('a submodule whose folder is gone is missing', async () => {
  const repository = await shop()
  rmSync(join(repository.folder, 'app/lib'), { recursive: true })
  expect(messagesOf(await verified(repository, [APP], false))).toEqual([
    expect.stringContaining('`app` takes "app/lib", which the commit has and the work tree has not'),
  ])
})
