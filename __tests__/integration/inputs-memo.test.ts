import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { report, Room } from '../rig/inputs.js'
import { TempRepository } from '../rig/temp-repository.js'

/** What `plan` says of every image, without what differs from run to run. */
interface Planned {
  readonly images: readonly unknown[]
  readonly notices: readonly unknown[]
}

let room: Room
let repositories: ReadonlyMap<number, TempRepository>

const SIZES = [5, 60]

beforeAll(async () => {
  room = await Room.open()
  repositories = new Map(
    await Promise.all(SIZES.map(async (size) => [size, await withServices(size)] as const)),
  )
})

afterAll(async () => {
  await room.remove()
  for (const repository of repositories.values()) await repository.dispose()
})

async function withServices(size: number): Promise<TempRepository> {
  const files: Record<string, string> = { 'shared/lib/a.txt': 'a\n', 'shared/lib/deep/b.txt': 'b\n' }
  const services: Record<string, unknown> = {}
  for (let index = 0; index < size; index += 1) {
    const name = `service-${index}`
    services[name] = { context: '.', file: `${name}/Dockerfile`, paths: [`proto/${name}/**`] }
    files[`${name}/Dockerfile`] = `FROM scratch\nCOPY shared/ /shared/\nCOPY ${name}/src/ /src/\n`
    files[`${name}/Dockerfile.dockerignore`] = '**/*.log\n'
    files[`${name}/src/main.txt`] = `${index}\n`
    files[`proto/${name}/a.proto`] = `${index}\n`
  }
  files['smart-image-build.yml'] = JSON.stringify({ services })
  return TempRepository.create({ files })
}

function repositoryOf(size: number): TempRepository {
  const repository = repositories.get(size)
  if (repository === undefined) throw new Error(`no repository of ${size} services`)
  return repository
}

async function planned(folder: string, options: { env?: Record<string, string> } = {}): Promise<Planned> {
  const { images, notices, exitCode } = await report(folder, ['plan', '--local-only'], options)
  expect(exitCode).toBe(0)
  return { images, notices }
}

/** Number of git processes that a plan starts, one state of a clone after the other. */
async function processes(size: number): Promise<Record<string, number>> {
  const folder = await room.clone(repositoryOf(size))
  const { PATH, calls } = await room.counted('git')
  const count = async () => {
    await planned(folder, { env: { PATH } })
    return (await calls()).length
  }
  const first = await count()
  const second = await count()
  await recordBuilds(folder)
  const recorded = await count()
  await writeFile(join(folder, 'service-1/src/main.txt'), 'other\n')
  const dirty = await count()
  await room.git('022', '-C', folder, ...AS, 'commit', '--all', '--quiet', '--message=Other')
  const committed = await count()
  return { first, second, recorded, dirty, committed, afterwards: await count() }
}

/** Builds with a Docker that only says yes: what counts here is what is recorded. */
async function recordBuilds(folder: string): Promise<void> {
  const tools = join(room.folder, 'yes')
  await mkdir(tools, { recursive: true })
  await writeFile(join(tools, 'docker'), '#!/bin/sh\nexit 0\n', { mode: 0o755 })
  const env = { PATH: `${tools}:${process.env['PATH'] ?? ''}` }
  const { exitCode } = await report(folder, ['build', '--local-only'], { env })
  expect(exitCode).toBe(0)
}

const AS = ['-c', 'user.name=A', '-c', 'user.email=a@example.com']

test('a plan starts a handful of git processes, at most 6 where nothing changed, however many services there are', async () => {
  const few = await processes(5)
  const many = await processes(60)
  expect(many).toEqual(few)
  // Without a record everything is compared with the branch's start, and what git shows of that has to be made sure of.
  expect(many['recorded']).toBeLessThanOrEqual(6)
  for (const count of Object.values(many)) expect(count).toBeLessThanOrEqual(12)
})

test('without blobs the texts of all services are fetched at once', async () => {
  const counts: number[] = []
  for (const size of SIZES) {
    const options = ['--depth=1', '--filter=blob:none', '--no-checkout']
    const folder = await room.clone(repositoryOf(size), options)
    const { PATH, calls } = await room.counted('git')
    await planned(folder, { env: { PATH } })
    const all = await calls()
    expect(all.filter((call) => / fetch /.test(call)).length).toBeLessThanOrEqual(2)
    counts.push(all.length)
  }
  expect(counts[1]).toBe(counts[0])
})

/** The file that plans keep in the git directory. */
function memoOf(folder: string): string {
  return join(folder, '.git/smart-image-build/memo')
}

const DAMAGES: readonly { readonly how: string; readonly damage: (memo: Buffer) => Buffer | undefined }[] = [
  { how: 'deleted', damage: () => undefined },
  { how: 'emptied', damage: () => Buffer.alloc(0) },
  { how: 'cut in the middle', damage: (memo) => memo.subarray(0, memo.length >> 1) },
  { how: 'cut by its last byte', damage: (memo) => memo.subarray(0, -1) },
  { how: 'lengthened', damage: (memo) => Buffer.concat([memo, Buffer.from('[]')]) },
  { how: 'one bit garbled', damage: (memo) => flipped(memo, memo.length - 100) },
  { how: 'garbled in its first line', damage: (memo) => flipped(memo, 3) },
  { how: 'noise', damage: () => randomBytes(5000) },
  { how: 'JSON of another shape', damage: () => Buffer.from('[["x", null]]') },
  {
    how: 'of another version',
    damage: (memo) => Buffer.from(memo.toString().replace(/ 0\.1\.0 /, ' 9.9.9 ')),
  },
]

function flipped(memo: Buffer, index: number): Buffer {
  return memo.map((byte, at) => (at === index ? byte ^ 1 : byte)) as Buffer
}

describe('a memo that is lost or damaged changes no result', () => {
  test.each(DAMAGES)('$how', async ({ damage }) => {
    const folder = await room.clone(repositoryOf(5))
    const first = await planned(folder)
    const memo = await readFile(memoOf(folder))
    const damaged = damage(memo)
    if (damaged === undefined) await rm(memoOf(folder))
    else await writeFile(memoOf(folder), damaged)
    expect(await planned(folder)).toEqual(first)
    expect(await readFile(memoOf(folder))).toEqual(memo)

    await writeFile(join(folder, 'service-1/src/main.txt'), 'other\n')
    const changed = await planned(folder)
    expect(changed).not.toEqual(first)
    await rm(memoOf(folder))
    expect(await planned(folder)).toEqual(changed)
  })

  test('one that cannot be read or written', async () => {
    const folder = await room.clone(repositoryOf(5))
    const first = await planned(folder)
    await rm(join(folder, '.git/smart-image-build'), { recursive: true })
    await writeFile(join(folder, '.git/smart-image-build'), 'a file where the folder should be')
    expect((await planned(folder)).images).toEqual(first.images)
  })

  test('one of another commit, in a repository that went back and forth', async () => {
    const folder = await room.clone(repositoryOf(5))
    const first = await planned(folder)
    await writeFile(join(folder, 'shared/lib/deep/b.txt'), 'other\n')
    await room.git('022', '-C', folder, ...AS, 'commit', '--all', '--quiet', '--message=Other')
    const second = await planned(folder)
    expect(second.images).not.toEqual(first.images)
    await room.git('022', '-C', folder, 'reset', '--hard', '--quiet', 'HEAD~1')
    expect(await planned(folder)).toEqual(first)
    await room.git('022', '-C', folder, 'reset', '--hard', '--quiet', 'HEAD@{1}')
    expect(await planned(folder)).toEqual(second)
  })
})

describe('the memo lies in the git directory only', () => {
  test('of a clone, whose status stays clean', async () => {
    const folder = await room.clone(repositoryOf(5))
    await planned(folder)
    expect(existsSync(memoOf(folder))).toBe(true)
    expect(await room.git('022', '-C', folder, 'status', '--porcelain', '--ignored')).toBe('')
    expect((await readdir(folder)).sort()).toEqual([
      '.git',
      ...['proto', ...[0, 1, 2, 3, 4].map((index) => `service-${index}`), 'shared', 'smart-image-build.yml'],
    ])
  })

  test('that linked work trees share', async () => {
    const folder = await room.clone(repositoryOf(5))
    const linked = join(room.folder, 'linked')
    await room.git('022', '-C', folder, 'worktree', 'add', '--quiet', '--detach', linked)
    const there = await planned(linked)
    expect(existsSync(memoOf(folder))).toBe(true)
    expect(await room.git('022', '-C', linked, 'status', '--porcelain', '--ignored')).toBe('')
    expect((await planned(folder)).images).toEqual(there.images)
  })
})
