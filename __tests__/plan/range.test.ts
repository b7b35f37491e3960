import { beforeEach, describe, expect, test } from '@jest/globals'
import type { RunContext, RunRequest } from '../../src/model/request.js'
import { eventBase } from '../../src/plan/range.js'
import { FakeGitTree } from '../fakes/fake-git-tree.js'
import { context, request } from '../fakes/images.js'

const [BEFORE, BRANCH_POINT, BASE, HEAD, PARENT] = ['1', '2', '3', '4', '5'].map((digit) =>
  digit.repeat(40),
) as [string, string, string, string, string]

let git: FakeGitTree
beforeEach(() => {
  git = new FakeGitTree()
  for (const commit of [BEFORE, BRANCH_POINT, BASE, PARENT]) git.commits.set(commit, commit)
  git.mergeBases.set('origin/main', BRANCH_POINT).set(BASE, BRANCH_POINT)
})

function baseOf(given: Partial<RunContext>, asked: Partial<RunRequest> = {}): Promise<string | undefined> {
  return eventBase(request(asked), context(given), git)
}

describe('changes are explained against', () => {
  const pull = { kind: 'pull-request', number: 7, base: BASE, head: HEAD } as const

  test('the commit before a push', async () => {
    expect(await baseOf({ trigger: { kind: 'push', before: BEFORE } })).toBe(BEFORE)
  })

  test('the branch point when a push made a branch', async () => {
    expect(await baseOf({ trigger: { kind: 'push' } })).toBe(BRANCH_POINT)
  })

  test('the branch point when the commit before was pushed away', async () => {
    git.commits.delete(BEFORE)
    expect(await baseOf({ trigger: { kind: 'push', before: BEFORE } })).toBe(BRANCH_POINT)
  })

  test('the first parent of the merge that a pull request checks out', async () => {
    git.mergeParent = PARENT
    expect(await baseOf({ trigger: pull })).toBe(PARENT)
  })

  test('the branch point of a pull request whose head is checked out, not its drifting base', async () => {
    expect(await baseOf({ trigger: pull })).toBe(BRANCH_POINT)
  })

  test('the base of a merge group', async () => {
    expect(await baseOf({ trigger: { kind: 'merge-group', base: BASE } })).toBe(BASE)
  })

  test('the branch point at a terminal', async () => {
    expect(await baseOf({ trigger: { kind: 'terminal' } })).toBe(BRANCH_POINT)
  })

  test("the remote's own default branch when none is known", async () => {
    git.mergeBases.set('origin/HEAD', BASE)
    const unknown = { ...context({ trigger: { kind: 'terminal' } }) } as {
      defaultBranch?: string
    } & RunContext
    delete unknown.defaultBranch
    expect(await eventBase(request(), unknown, git)).toBe(BASE)
  })

  test('what the request names, whatever the event', async () => {
    git.commits.set('v1', BASE)
    expect(await baseOf({ trigger: { kind: 'push', before: BEFORE } }, { baseRef: 'v1' })).toBe(BASE)
  })
})

describe('there is nothing to explain against', () => {
  test.each(['tag', 'other'] as const)('for trigger %s', async (kind) => {
    expect(await baseOf({ trigger: { kind } })).toBeUndefined()
    expect(git.asked).toEqual([])
  })

  test.each<[string, RunContext['trigger']]>([
    ['a push', { kind: 'push', before: BEFORE }],
    ['a pull request', { kind: 'pull-request', number: 7, base: BASE, head: HEAD }],
    ['a merge group', { kind: 'merge-group', base: BASE }],
    ['a terminal', { kind: 'terminal' }],
  ])('when nothing of it can be found: %s', async (_description, trigger) => {
    git.commits.clear()
    git.mergeBases.clear()
    expect(await baseOf({ trigger })).toBeUndefined()
  })

  test('when the request names what cannot be found, rather than the event', async () => {
    expect(await baseOf({ trigger: { kind: 'push', before: BEFORE } }, { baseRef: 'nope' })).toBeUndefined()
  })
})
