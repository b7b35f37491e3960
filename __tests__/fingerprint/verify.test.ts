import { afterEach, describe, expect, test } from '@jest/globals'
import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gather, gatherEarlier } from '../../src/fingerprint/gather.js'
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

const FILES = {
  'app/Dockerfile': 'FROM scratch\nCOPY src run.sh /\n',
  'app/src/main.ts': 'one\ntwo\n',
  'app/src/sub/b.ts': 'b\n',
  'app/run.sh': '#!/bin/sh\n',
  'app/other': 'x\n',
}
const APP = service('app')

async function create(files: Readonly<Record<string, string>> = FILES): Promise<TempRepository> {
  const repository = await TempRepository.create({ files })
  repositories.push(repository)
  return repository
}

interface Asked {
  readonly services?: readonly Service[]
  readonly withDisk?: boolean
}

async function verified(
  { folder }: TempRepository,
  { services = [APP], withDisk = true }: Asked = {},
): Promise<Result<readonly Deviation[]>> {
  const options = { git: await openGit(folder), platform: 'linux/amd64' }
  const gathered = valueOf(await gather(services, { ...options, withDisk, memo: new Map() }))
  return verify(services, gathered, options)
}

/** Service → paths that differ. */
async function deviations(
  repository: TempRepository,
  asked?: Asked,
): Promise<Record<string, readonly string[]>> {
  const found = valueOf(await verified(repository, asked))
  return Object.fromEntries(found.map(({ service: { name }, paths }) => [name, paths]))
}

/** Of what is committed now. */
async function committedDigest({ folder }: TempRepository): Promise<string | undefined> {
  const git = await openGit(folder)
  return valueOf(await gatherEarlier([APP], git.head, { git, platform: 'linux/amd64' })).inputs.get('app')
    ?.files
}

describe.each([
  ['with what differs on the disk', true],
  ['from the commit alone', false],
])('a plan that was made %s', (_description, withDisk) => {
  test('holds on an untouched work tree, links and all', async () => {
    const repository = await create()
    symlinkSync('main.ts', join(repository.folder, 'app/src/link'))
    symlinkSync('gone', join(repository.folder, 'app/src/dangling'))
    chmodSync(join(repository.folder, 'app/run.sh'), 0o755)
    await repository.commit('Links')
    expect(await deviations(repository, { withDisk })).toEqual({})
  })

  test('does not hold for files of a narrow umask', async () => {
    const repository = await create()
    chmodSync(join(repository.folder, 'app/src/main.ts'), 0o600)
    chmodSync(join(repository.folder, 'app/src/sub'), 0o700)
    chmodSync(join(repository.folder, 'app/other'), 0o600)
    const found = await deviations(repository, { withDisk })
    expect(found['app']?.toSorted()).toEqual(['app/src/main.ts', 'app/src/sub'])
  })

  test('does not hold for line endings that git changed', async () => {
    const repository = await create()
    await repository.git('config', 'core.autocrlf', 'true')
    rmSync(join(repository.folder, 'app/src'), { recursive: true })
    await repository.git('checkout', '--', 'app/src')
    expect(await repository.git('status', '--porcelain')).toBe('')
    const found = await deviations(repository, { withDisk })
    expect(found['app']?.toSorted()).toEqual(['app/src/main.ts', 'app/src/sub/b.ts'])
  })

  test('does not hold for an empty folder', async () => {
    const repository = await create()
    mkdirSync(join(repository.folder, 'app/src/empty'))
    mkdirSync(join(repository.folder, 'app/empty'))
    expect(await deviations(repository, { withDisk })).toEqual({ app: ['app/src/empty'] })
  })

  test('holds for what is not taken', async () => {
    const repository = await create()
    writeFileSync(join(repository.folder, 'app/untracked'), 'x')
    rmSync(join(repository.folder, 'app/other'))
    expect(await deviations(repository, { withDisk })).toEqual({})
  })

  test('fails, naming the files, where a sparse checkout left them out', async () => {
    const repository = await create({ ...FILES, 'web/Dockerfile': 'FROM scratch\nCOPY . /\n', 'web/x': '' })
    await repository.git('sparse-checkout', 'set', '--no-cone', '/*', '!/app/src/sub', '!/web/x')
    const services = [APP, service('web')]
    const messages = messagesOf(await verified(repository, { services, withDisk }))
    expect(messages).toEqual([
      expect.stringContaining(
        '`app` takes "app/src/sub/b.ts", which the commit has and the work tree has not',
      ),
      expect.stringContaining('`web` takes "web/x"'),
    ])
  })
})

describe('a file that git ignores', () => {
  test('counts in a plan that looks at the disk', async () => {
    const repository = await create({ ...FILES, '.gitignore': '*.log' })
    writeFileSync(join(repository.folder, 'app/src/x.log'), 'x')
    expect(await deviations(repository)).toEqual({})
  })

  test('is a deviation from one that does not', async () => {
    const repository = await create({ ...FILES, '.gitignore': '*.log' })
    writeFileSync(join(repository.folder, 'app/src/x.log'), 'x')
    expect(await deviations(repository, { withDisk: false })).toEqual({ app: ['app/src/x.log'] })
  })
})

test('a deviation has the fingerprint that a commit of the same files would have', async () => {
  const repository = await create()
  writeFileSync(join(repository.folder, 'app/src/main.ts'), 'other')
  const [deviation] = valueOf(await verified(repository, { withDisk: false }))
  expect(deviation?.inputs.uncommitted).toEqual(['app/src/main.ts'])
  expect(deviation?.inputs.files).not.toBe(await committedDigest(repository))
  await repository.commit('Other')
  expect(deviation?.inputs.files).toBe(await committedDigest(repository))
})

test('the folders that --parents copies count with their permissions', async () => {
  const dockerfile = 'FROM scratch\nCOPY --parents src/sub/*.ts /\nCOPY --parents src/sub/b.ts /\n'
  const repository = await create({ ...FILES, 'app/Dockerfile': dockerfile })
  chmodSync(join(repository.folder, 'app/src'), 0o700)
  expect(await deviations(repository)).toEqual({ app: ['app/src'] })
})

test('failures of the Dockerfiles on the disk are told for all services at once', async () => {
  const repository = await create({ ...FILES, 'web/Dockerfile': 'FROM scratch\nCOPY . /\n' })
  writeFileSync(join(repository.folder, 'app/Dockerfile'), 'COPY . /\n')
  rmSync(join(repository.folder, 'web/Dockerfile'))
  writeFileSync(join(repository.folder, 'web/x'), '')
  const messages = messagesOf(
    await verified(repository, { services: [APP, service('web')], withDisk: false }),
  )
  expect(messages).toHaveLength(2)
})

describe('a file of Git LFS', () => {
  const content = 'a large file\n'
  const oid = createHash('sha256').update(content).digest('hex')
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${content.length}\n`

  async function withPointer(): Promise<TempRepository> {
    return create({ ...FILES, 'app/src/large.bin': pointer })
  }

  test('is a failure as long as its pointer lies there', async () => {
    const messages = messagesOf(await verified(await withPointer()))
    expect(messages).toEqual([
      expect.stringContaining(
        '`app` takes "app/src/large.bin", which is a pointer of Git LFS and not the file',
      ),
    ])
  })

  test('counts by its pointer when it lies there itself', async () => {
    const repository = await withPointer()
    writeFileSync(join(repository.folder, '.git/pointer'), pointer)
    writeFileSync(join(repository.folder, '.git/info/attributes'), '*.bin filter=lfs')
    await repository.git('config', 'filter.lfs.clean', 'cat > /dev/null; cat .git/pointer')
    writeFileSync(join(repository.folder, 'app/src/large.bin'), content)
    await repository.git('add', 'app/src/large.bin')
    expect(await repository.git('status', '--porcelain')).toBe('')
    expect(await deviations(repository)).toEqual({})
    expect(await deviations(repository, { withDisk: false })).toEqual({})
  })

  test('is a deviation with other content than its pointer names', async () => {
    const repository = await withPointer()
    writeFileSync(join(repository.folder, 'app/src/large.bin'), 'another file\n')
    expect(await deviations(repository, { withDisk: false })).toEqual({ app: ['app/src/large.bin'] })
  })

  test('is a deviation where something else than a file lies', async () => {
    const repository = await withPointer()
    rmSync(join(repository.folder, 'app/src/large.bin'))
    symlinkSync('main.ts', join(repository.folder, 'app/src/large.bin'))
    expect(await deviations(repository, { withDisk: false })).toEqual({ app: ['app/src/large.bin'] })
  })
})
