import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { GitTree } from '../../src/ports/git-tree.js'
import { openGit, PLAIN } from '../rig/open-git.js'
import { TempRepository, type CloneOptions } from '../rig/temp-repository.js'

const GONE = '0123456789012345678901234567890123456789'

let repository: TempRepository
let opened: TempRepository[]
let scratch: string
let start: string

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'git-cli-order-'))
  repository = await TempRepository.create({ files: { a: '1' } })
  opened = [repository]
  start = await repository.git('rev-parse', 'HEAD')
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

function fetching(folder: string): Promise<GitTree> {
  return openGit(folder, { environment: PLAIN, fetchFolder: scratch })
}

const CLONES: readonly [string, CloneOptions][] = [
  ['a full clone', {}],
  ['a clone of depth 1', { depth: 1 }],
  ['a clone of depth 2', { depth: 2 }],
  ['a clone without blobs', { blobless: true }],
  ['a clone of depth 1 without blobs', { depth: 1, blobless: true }],
]

/** Everything that a fetch could change in a clone. */
async function stateOf(one: TempRepository): Promise<string[]> {
  const objects = ['cat-file', '--batch-all-objects', '--batch-check', '--unordered']
  return [
    (await one.git(...objects)).split('\n').sort().join('\n'),
    await one.git('for-each-ref'),
    await one.git('config', '--list', '--local'),
    await one.git('rev-list', '--count', 'HEAD'),
  ]
}

describe.each(CLONES)('in %s', (_, options) => {
  test('commits stand before, after or beside HEAD, whose clone stays as it is', async () => {
    const before = await repository.commit('Before')
    await repository.git('switch', '--quiet', '--create', 'other')
    const beside = await repository.commit('Beside')
    await repository.branch('main')
    const head = await repository.commit('Head')
    const shallow = await clone(options)
    const after = await repository.commit('After')
    await repository.git('switch', '--quiet', '--orphan', 'orphan')
    const unrelated = await repository.commit('Unrelated')

    const state = await stateOf(shallow)
    const git = await fetching(shallow.folder)
    const asked = [head, before, start, after, beside, unrelated]
    expect(await Promise.all(asked.map((commit) => git.order(commit)))).toEqual([
      ...['same', 'before', 'before', 'after', 'beside', 'beside'],
    ])
    expect(await git.mergeBase(beside)).toEqual({ kind: 'found', commit: before })
    expect(await git.mergeBase(head)).toEqual({ kind: 'found', commit: head })
    expect(await git.mergeBase(unrelated)).toEqual({ kind: 'none' })
    expect(await stateOf(shallow)).toEqual(state)
  })

  test('a commit that was obtained, without its parents, has its place, too', async () => {
    const before = await repository.commit('Before')
    await repository.commit('Head')
    const made = await clone(options)
    await repository.commit('Between')
    const after = await repository.commit('After')
    const git = await fetching(made.folder)
    for (const commit of [after, before]) expect(await git.obtain(commit)).toBe(commit)
    expect([await git.order(after), await git.order(before)]).toEqual(['after', 'before'])
  })

  test('a commit that a forced push has cut off stands beside HEAD; one that is gone stands nowhere', async () => {
    const lost = await repository.commit('Lost')
    await repository.git('reset', '--quiet', '--hard', start)
    await repository.commit('Instead')
    const git = await fetching((await clone(options)).folder)
    expect(await git.order(GONE)).toBe('unknown')
    expect(await git.mergeBase(GONE)).toMatchObject({
      kind: 'unknown',
      problem: expect.stringContaining('git fetch failed'),
    })
    expect(await git.order(lost)).toBe('beside')
  })

  test('of the two best common ancestors of a criss-cross history it is always the same', async () => {
    await repository.branch('feature')
    const feature = await repository.commit('Feature')
    await repository.branch('main')
    const main = await repository.commit('Main')
    await repository.git('merge', '--quiet', '--no-ff', '--message=1', feature)
    await repository.branch('feature')
    await repository.git('merge', '--quiet', '--no-ff', '--message=2', main)
    const tip = await repository.git('rev-parse', 'main')
    const git = await fetching((await clone(options)).folder)
    expect(await git.mergeBase(tip)).toEqual({ kind: 'found', commit: [feature, main].sort()[0] })
    expect(await git.order(tip)).toBe('beside')
  })

  test('the previous tag is the last one on the way back, annotated or not, and not one of HEAD', async () => {
    await repository.git('tag', 'v1')
    await repository.branch('hotfix')
    const hotfix = await repository.commit('Hotfix')
    await repository.git('tag', '--annotate', '--message=t', 'v1.1')
    await repository.branch('main')
    await repository.git('merge', '--quiet', '--no-ff', '--message=Merge', 'hotfix')
    await repository.git('tag', 'v2')
    await repository.git('tag', '--annotate', '--message=t', 'v2.0')
    await repository.git('switch', '--quiet', '--create', 'elsewhere')
    await repository.commit('Elsewhere')
    await repository.git('tag', 'v3')
    await repository.branch('main')
    const git = await fetching((await clone(options)).folder)
    expect(await git.previousTag()).toEqual({ kind: 'found', commit: hotfix })
  })

  test('without an earlier tag there is no previous one', async () => {
    await repository.commit('Second')
    await repository.git('tag', 'v1')
    const git = await fetching((await clone(options)).folder)
    expect(await git.previousTag()).toEqual({ kind: 'none' })
  })
})

describe('what more of the history would change is not answered', () => {
  test('a common ancestor behind which a nearer one may lie', async () => {
    // HEAD merges a commit on `start` and one on `near`; the latter is cut off, so that only `start` is seen in common.
    const near = await repository.commit('Near')
    await repository.branch('tip')
    const tip = await repository.commit('Tip')
    const side = await commitTree('Side', [near])
    const merge = await commitTree('Merge', [await commitTree('Main', [start]), side])
    await repository.branch('main')
    await repository.git('reset', '--quiet', '--hard', merge)
    const shallow = await clone()
    await writeFile(join(shallow.folder, '.git', 'shallow'), `${side}\n`)
    expect(await shallow.git('merge-base', 'HEAD', tip)).toBe(start)
    expect(await (await openGit(shallow.folder)).mergeBase(tip)).toMatchObject({ kind: 'unknown' })
    expect(await (await openGit(shallow.folder)).order(tip)).toBe('unknown')
    expect(await (await fetching(shallow.folder)).mergeBase(tip)).toEqual({ kind: 'found', commit: near })
  })

  test.each([
    ['without leave to fetch', (one: TempRepository) => openGit(one.folder)],
    [
      'without a remote',
      async (one: TempRepository) => {
        await one.git('remote', 'remove', 'origin')
        return fetching(one.folder)
      },
    ],
    [
      'when the remote does not answer',
      async (one: TempRepository) => {
        await one.git('remote', 'set-url', 'origin', 'file:///nowhere')
        return fetching(one.folder)
      },
    ],
    [
      'when no folder can be made for it',
      (one: TempRepository) =>
        openGit(one.folder, { environment: PLAIN, fetchFolder: join(one.folder, 'a', 'below-a-file') }),
    ],
  ])('in a shallow clone, %s', async (_, open) => {
    await repository.git('tag', 'v1')
    await repository.commit('Head')
    const git = await open(await clone({ depth: 1 }))
    expect(await git.order(start)).toBe('unknown')
    expect(await git.previousTag()).toMatchObject({ kind: 'unknown' })
  })

  test('but a full clone needs no remote for what it has', async () => {
    await repository.commit('Head')
    const full = await clone()
    await full.git('remote', 'remove', 'origin')
    expect(await (await openGit(full.folder)).order(start)).toBe('before')
  })
})

test('more than a hundred commits back is as far as one', async () => {
  let parent = await repository.git('rev-parse', 'HEAD')
  for (let n = 0; n < 140; n += 1) parent = await commitTree(`Commit ${n}`, [parent])
  await repository.git('update-ref', 'refs/heads/main', parent)
  await repository.git('tag', 'v1', start)
  const git = await fetching((await clone({ depth: 1 })).folder)
  const [order, tag] = await Promise.all([git.order(start), git.previousTag()])
  expect([order, tag]).toEqual(['before', { kind: 'found', commit: start }])
})

describe('what the remote has under a name', () => {
  test('is asked of it now, and is the commit of an annotated tag', async () => {
    const full = await clone({ depth: 1 })
    await repository.branch('side/refs/heads/main')
    const side = await repository.commit('Side')
    await repository.branch('main')
    const now = await repository.commit('Now')
    await repository.git('tag', '--annotate', '--message=t', 'v1')
    const git = await openGit(full.folder)
    const names = ['refs/heads/main', 'HEAD', 'refs/tags/v1', 'refs/heads/side/refs/heads/main']
    const heads = [now, now, now, side].map((commit) => ({ kind: 'found', commit }))
    expect(await Promise.all(names.map((name) => git.remoteHead(name)))).toEqual(heads)
  })

  test('is none where it has none or is not there, and unknown where it does not answer', async () => {
    const full = await clone({ depth: 1 })
    const git = await openGit(full.folder)
    for (const name of ['main', 'refs/heads/nowhere', '--help', ''])
      expect(await git.remoteHead(name)).toEqual({ kind: 'none' })
    await full.git('remote', 'set-url', 'origin', 'file:///nowhere')
    expect(await git.remoteHead('refs/heads/main')).toMatchObject({ kind: 'unknown' })
    await full.git('remote', 'remove', 'origin')
    expect(await git.remoteHead('refs/heads/main')).toEqual({ kind: 'none' })
  })
})

/** A commit that no branch is moved to. */
function commitTree(message: string, parents: readonly string[]): Promise<string> {
  const links = parents.flatMap((parent) => ['-p', parent])
  return repository.git('commit-tree', ...links, '-m', message, `${start}^{tree}`)
}
