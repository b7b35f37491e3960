import { beforeEach, describe, expect, test } from '@jest/globals'
import type { RunContext, Trigger } from '../../src/model/request.js'
import { eventBase, type Occasion, type Range, rangeOf } from '../../src/plan/range.js'
import { FakeGitTree } from '../fakes/fake-git-tree.js'
import { context, request } from '../fakes/images.js'

const [BEFORE, FORK_POINT, BASE, HEAD, PARENT, TIP] = ['1', '2', '3', '4', '5', '6'].map((digit) =>
  digit.repeat(40),
) as [string, string, string, string, string, string]

const FEATURE = { ref: 'refs/heads/feature' }
const PULL: Trigger = { kind: 'pull-request', number: 7, base: BASE, head: HEAD }
const EVERYTHING: Range = { kind: 'everything' }
const UNKNOWN = { kind: 'unknown', problem: expect.any(String) }

let git: FakeGitTree
beforeEach(() => {
  git = new FakeGitTree()
  for (const commit of [BEFORE, FORK_POINT, BASE, PARENT]) git.commits.set(commit, commit)
  git.commits.set('refs/remotes/origin/main', TIP)
  git.mergeBases.set(TIP, FORK_POINT).set(BASE, FORK_POINT)
})

function range(given: Partial<RunContext>, more: Partial<Occasion> = {}): Promise<Range> {
  return rangeOf({ request: {}, context: context(given), ...more }, git)
}

function since(base: string): Range {
  return { kind: 'since', base }
}

describe('the range of a push', () => {
  test('begins after the commit before it', async () => {
    expect(await range({ trigger: { kind: 'push', before: BEFORE } })).toEqual(since(BEFORE))
  })

  test('that made a branch begins where that left the default branch', async () => {
    expect(await range({ ...FEATURE, trigger: { kind: 'push' } })).toEqual(since(FORK_POINT))
  })

  test('that replaced a commit which is gone begins there, too', async () => {
    git.commits.delete(BEFORE)
    expect(await range({ ...FEATURE, trigger: { kind: 'push', before: BEFORE } })).toEqual(since(FORK_POINT))
  })

  test('that made the default branch is everything', async () => {
    expect(await range({ trigger: { kind: 'push' } })).toEqual(EVERYTHING)
  })

  test('on the default branch is unknown when the commit before it is gone', async () => {
    git.commits.delete(BEFORE)
    expect(await range({ trigger: { kind: 'push', before: BEFORE } })).toEqual(UNKNOWN)
  })

  test('of a new branch is unknown when the default branch has all of it by now', async () => {
    git.mergeBases.set(TIP, git.head)
    expect(await range({ ...FEATURE, trigger: { kind: 'push' } })).toEqual(UNKNOWN)
  })

  test('asks the remote for a default branch that the clone lacks', async () => {
    git.commits.delete('refs/remotes/origin/main')
    expect(await range({ ...FEATURE, trigger: { kind: 'push' } })).toEqual(UNKNOWN)
    git.remoteHeads.set('refs/heads/main', TIP)
    expect(await range({ ...FEATURE, trigger: { kind: 'push' } })).toEqual(since(FORK_POINT))
  })
})

describe('the range of a pull request', () => {
  test("begins after the first parent of GitHub's merge", async () => {
    git.headParents = [PARENT, HEAD]
    expect(await range({ trigger: PULL })).toEqual(since(PARENT))
  })

  test.each([
    ['whose head is checked out', []],
    ['whose head is itself a merge', [PARENT, TIP]],
  ])('%s begins where it left its base, not at the base, which drifts', async (_, parents) => {
    git.headParents = parents
    expect(await range({ trigger: PULL })).toEqual(since(FORK_POINT))
  })

  test('is unknown when its base has all of it by now', async () => {
    git.mergeBases.set(BASE, git.head)
    expect(await range({ trigger: PULL })).toEqual(UNKNOWN)
  })
})

describe('the range of', () => {
  test('a merge group begins after its base', async () => {
    expect(await range({ trigger: { kind: 'merge-group', base: BASE } })).toEqual(since(BASE))
  })

  test.each(['tag', 'release'] as const)('a %s begins after the previous tag', async (kind) => {
    git.tagBefore = { kind: 'found', commit: BEFORE }
    expect(await range({ trigger: { kind } })).toEqual(since(BEFORE))
    git.tagBefore = { kind: 'none' }
    expect(await range({ trigger: { kind } })).toEqual(EVERYTHING)
    git.tagBefore = { kind: 'unknown', problem: 'too shallow' }
    expect(await range({ trigger: { kind } })).toEqual({ kind: 'unknown', problem: 'too shallow' })
  })

  test.each(['schedule', 'dispatch', 'other'] as const)(
    'the trigger %s begins after the last success, or is everything',
    async (kind) => {
      expect(await range({ trigger: { kind } })).toEqual(EVERYTHING)
      expect(await range({ trigger: { kind } }, { recorded: BEFORE })).toEqual(since(BEFORE))
      git.commits.clear()
      expect(await range({ trigger: { kind } }, { recorded: BEFORE })).toEqual(UNKNOWN)
    },
  )

  test('a terminal begins after the last success, or where its branch left the default branch', async () => {
    const trigger: Trigger = { kind: 'terminal' }
    expect(await range({ trigger }, { recorded: BEFORE })).toEqual(since(BEFORE))
    expect(await range({ trigger })).toEqual(since(FORK_POINT))
    git.mergeBases.set(TIP, git.head)
    expect(await range({ trigger })).toEqual(since(git.head))
  })

  test("a terminal that knows no default branch is told by the remote's", async () => {
    git.commits.set('refs/remotes/origin/HEAD', BASE)
    const unnamed: { defaultBranch?: string } & RunContext = context({ trigger: { kind: 'terminal' } })
    delete unnamed.defaultBranch
    expect(await rangeOf({ request: {}, context: unnamed }, git)).toEqual(since(FORK_POINT))
  })

  test.each<[string, Trigger]>([
    ['a push', { kind: 'push', before: BEFORE }],
    ['a pull request', PULL],
    ['a merge group', { kind: 'merge-group', base: BASE }],
    ['a terminal', { kind: 'terminal' }],
  ])('%s is unknown when nothing of it can be had', async (_, trigger) => {
    git.commits.clear()
    git.mergeBases.clear()
    expect(await range({ ...FEATURE, trigger })).toEqual(UNKNOWN)
  })
})

describe('a commit that the request names', () => {
  test.each<Trigger>([{ kind: 'push', before: BEFORE }, PULL, { kind: 'tag' }, { kind: 'schedule' }])(
    'is what the range of $kind begins after',
    async (trigger) => {
      git.commits.set('v1', BASE)
      expect(await range({ trigger }, { request: { baseRef: 'v1' }, recorded: PARENT })).toEqual(since(BASE))
    },
  )

  test('and that is not there makes it unknown, whatever the event tells', async () => {
    const trigger: Trigger = { kind: 'push', before: BEFORE }
    expect(await range({ trigger }, { request: { baseRef: 'nope' } })).toEqual(UNKNOWN)
  })
})

describe('changes are explained against', () => {
  test('the commit before the range', async () => {
    expect(await eventBase(request(), context({ trigger: { kind: 'push', before: BEFORE } }), git)).toBe(
      BEFORE,
    )
  })

  test.each(['HEAD', 'nope'])('nothing where the range begins at %s', async (baseRef) => {
    git.commits.set('HEAD', git.head)
    expect(await eventBase(request({ baseRef }), context(), git)).toBeUndefined()
  })
})
