import { beforeEach, describe, expect, test } from '@jest/globals'
import type { ChangeReason, PlannedImage } from '../../src/model/plan.js'
import type { Service } from '../../src/model/service.js'
import { explain } from '../../src/plan/range.js'
import type { PathChange } from '../../src/ports/git-tree.js'
import { FakeGitTree } from '../fakes/fake-git-tree.js'
import { planned, record } from '../fakes/images.js'

const BASE = '1'.repeat(40)
const RECORDED = record('api').commit
const FILES: ChangeReason = { kind: 'files' }

let git: FakeGitTree
beforeEach(() => {
  git = new FakeGitTree()
})

/** Makes a commit known, with what changed since. */
function changedSince(commit: string, ...paths: string[]): void {
  git.commits.set(commit, commit)
  const changes = paths.map((path): PathChange => ({ kind: 'modified', path }))
  git.changed.set(commit, changes)
}

function rebuilt(name: string, reasons: readonly ChangeReason[], commit?: string): PlannedImage {
  const given = commit === undefined ? {} : { record: record(name, { commit }) }
  return planned(name, { kind: 'rebuild', reasons }, given)
}

/** The reasons of each image afterwards; a service takes what lies in the folder of its name. */
async function reasonsOf(images: readonly PlannedImage[], base?: string): Promise<unknown[]> {
  const takes = ({ name }: Service, path: string) => path.startsWith(`${name}/`)
  const explained = await explain(images, { base, git, takes, isAsked: false, uncommitted: [] })
  return explained.map(({ decision }) => decision.kind === 'rebuild' && decision.reasons)
}

describe('a reason `files`', () => {
  test('names what changed since the record, in the paths that the service takes', async () => {
    changedSince(RECORDED, 'api/a', 'web/b')
    changedSince(BASE, 'api/other')
    expect(await reasonsOf([rebuilt('api', [FILES], RECORDED)], BASE)).toEqual([
      [{ kind: 'files', added: 0, modified: 1, removed: 0, paths: ['api/a'] }],
    ])
  })

  test('names what changed since the event when the record is out of reach', async () => {
    changedSince(BASE, 'api/other')
    expect(await reasonsOf([rebuilt('api', [FILES], RECORDED)], BASE)).toMatchObject([
      [{ paths: ['api/other'] }],
    ])
  })

  test('counts by kind', async () => {
    git.commits.set(BASE, BASE)
    git.changed.set(BASE, [
      { kind: 'added', path: 'api/a' },
      { kind: 'removed', path: 'api/b' },
      { kind: 'removed', path: 'api/c' },
    ])
    expect(await reasonsOf([rebuilt('api', [FILES])], BASE)).toMatchObject([
      [{ added: 1, modified: 0, removed: 2, paths: ['api/a', 'api/b', 'api/c'] }],
    ])
  })

  test('names twenty paths and counts all', async () => {
    const paths = Array.from({ length: 25 }, (_, index) => `api/${index}`)
    changedSince(BASE, ...paths)
    expect(await reasonsOf([rebuilt('api', [FILES])], BASE)).toMatchObject([
      [{ modified: 25, paths: paths.slice(0, 20) }],
    ])
  })

  test('keeps its place among others', async () => {
    changedSince(BASE, 'api/a')
    const reasons: ChangeReason[] = [{ kind: 'dockerfile' }, FILES, { kind: 'options', names: ['sbom'] }]
    expect(await reasonsOf([rebuilt('api', reasons)], BASE)).toMatchObject([
      [{ kind: 'dockerfile' }, { kind: 'files', modified: 1 }, { kind: 'options' }],
    ])
  })

  test.each<[string, () => void]>([
    ['nothing is at hand', () => undefined],
    ['the comparison fails', () => void git.commits.set(BASE, BASE).set(RECORDED, RECORDED)],
    [
      'nothing of the service is among the changes',
      () => {
        changedSince(RECORDED, 'web/b')
      },
    ],
  ])('stays without paths when %s', async (_description, arrange) => {
    arrange()
    expect(await reasonsOf([rebuilt('api', [FILES], RECORDED)], BASE)).toEqual([[FILES]])
  })
})

test('a commit is compared once, however many images were recorded at it', async () => {
  changedSince(RECORDED, 'api/a', 'web/b')
  await reasonsOf([rebuilt('api', [FILES], RECORDED), rebuilt('web', [FILES], RECORDED)], BASE)
  expect(git.asked).toEqual([`obtain ${RECORDED}`, `changes ${RECORDED}`])
})

test('images without such a reason stay as they are and cost nothing', async () => {
  const images = [
    rebuilt('api', [{ kind: 'forced' }], RECORDED),
    planned('web', { kind: 'skip' }),
    planned('db', { kind: 'reuse', found: 'record' }),
  ]
  expect(
    await explain(images, { base: BASE, git, takes: () => true, isAsked: false, uncommitted: [] }),
  ).toEqual(images)
  expect(git.asked).toEqual([])
})
