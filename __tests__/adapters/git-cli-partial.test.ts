import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Failed } from '../../src/model/failure.js'
import type { GitTree } from '../../src/ports/git-tree.js'
import { committed, openGit, PLAIN } from '../rig/open-git.js'
import { TempRepository } from '../rig/temp-repository.js'

const FILES = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`f${index}/x`, `text ${index}`]))

let repository: TempRepository
let scratch: string
let traces: number

beforeEach(async () => {
  repository = await TempRepository.create({ files: FILES })
  scratch = await mkdtemp(join(tmpdir(), 'git-cli-partial-'))
  traces = 0
})

afterEach(async () => {
  await repository.dispose()
  await rm(scratch, { recursive: true, force: true })
})

async function cloned(...options: string[]): Promise<string> {
  const folder = join(scratch, 'clone')
  await repository.git('clone', '--quiet', '--depth=1', ...options, repository.url, folder)
  return folder
}

/** The repository, with a way to count the fetches that anyone made for it. */
async function opened(folder: string): Promise<{ git: GitTree; fetches: () => Promise<number> }> {
  const trace = join(scratch, `trace-${String(traces++)}`)
  const git = await openGit(folder, { environment: { ...PLAIN, GIT_TRACE: trace } })
  const fetches = async () => (await readFile(trace, 'utf8')).match(/built-in: git fetch /g)?.length ?? 0
  return { git, fetches }
}

async function blobsOf(git: GitTree): Promise<string[]> {
  return (await committed(git, [''])).map(({ id }) => id)
}

async function textsOf(git: GitTree, blobs: readonly string[]): Promise<string[]> {
  return (await Promise.all(blobs.map((blob) => git.text(blob)))).toSorted()
}

describe('in a clone without blobs and without a checkout', () => {
  test('all are had with one fetch, and none with those that are there', async () => {
    const folder = await cloned('--filter=blob:none', '--no-checkout')
    const { git, fetches } = await opened(folder)
    const blobs = await blobsOf(git)
    expect(await fetches()).toBe(0)
    await git.prefetch([])
    expect(await fetches()).toBe(0)
    await git.prefetch(blobs)
    expect(await textsOf(git, blobs)).toEqual(Object.values(FILES).toSorted())
    expect(await fetches()).toBe(1)
    await git.prefetch(blobs)
    await git.prefetch(blobs.slice(3))
    expect(await fetches()).toBe(1)
  })

  test('only what is missing is fetched, after git itself has fetched one', async () => {
    const folder = await cloned('--filter=blob:none', '--no-checkout')
    const { git, fetches } = await opened(folder)
    const blobs = await blobsOf(git)
    expect(await git.text(blobs[0]!)).toMatch(/^text/)
    expect(await fetches()).toBe(1)
    await git.prefetch(blobs.slice(0, 1))
    expect(await fetches()).toBe(1)
    await git.prefetch(blobs)
    expect(await textsOf(git, blobs)).toHaveLength(40)
    expect(await fetches()).toBe(2)
  })

  test('the clone stays without a checkout, as shallow and as partial as it was', async () => {
    const folder = await cloned('--filter=blob:none', '--no-checkout')
    const { git } = await opened(folder)
    const before = await repository.git('-C', folder, 'config', '--list', '--local')
    await git.prefetch(await blobsOf(git))
    expect(await repository.git('-C', folder, 'config', '--list', '--local')).toBe(before)
    expect(await git.hasWorkTree()).toBe(false)
  })

  test('what cannot be had is left to the question for its text', async () => {
    const folder = await cloned('--filter=blob:none', '--no-checkout')
    await rename(repository.folder, `${repository.folder}-gone`)
    try {
      const { git } = await opened(folder)
      const blobs = await blobsOf(git)
      await git.prefetch(blobs)
      const asked = git.text(blobs[0]!)
      await expect(asked).rejects.toBeInstanceOf(Failed)
      await expect(asked).rejects.toThrow(blobs[0]!)
      const many = await Promise.allSettled(blobs.slice(0, 3).map((blob) => git.text(blob)))
      expect(many.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
      // Trees are here, and git is asked anew.
      expect(await git.tree(await git.root())).toHaveLength(40)
    } finally {
      await rename(`${repository.folder}-gone`, repository.folder)
    }
  })
})

test('in a clone without blobs that is checked out nothing is missing, and nothing is fetched', async () => {
  const { git, fetches } = await opened(await cloned('--filter=blob:none'))
  const blobs = await blobsOf(git)
  await git.prefetch(blobs)
  expect(await textsOf(git, blobs)).toHaveLength(40)
  expect(await fetches()).toBe(0)
})

test('in a clone with all blobs nothing is fetched, even for what nobody has', async () => {
  const { git, fetches } = await opened(await cloned())
  await git.prefetch([...(await blobsOf(git)), '0'.repeat(39) + '1'])
  expect(await fetches()).toBe(0)
})
