import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunContext } from '../../src/model/request.js'
import { type Occasion, type Range, rangeOf } from '../../src/plan/range.js'
import { context } from '../fakes/images.js'
import { openGit, PLAIN } from '../rig/open-git.js'
import type { CloneOptions } from '../rig/temp-repository.js'
import { History } from './range-history.js'

let history: History
let scratch: string

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'range-events-'))
  history = await History.create()
})

afterAll(async () => {
  await history.dispose()
  await rm(scratch, { recursive: true, force: true })
})

function id(name: string): string {
  return history.id(name)
}

const DEPTHS = {
  'depth 1': { depth: 1 },
  'depth 2': { depth: 2 },
  full: {},
  'blob:none': { blobless: true },
  'depth 1, blob:none': { depth: 1, blobless: true },
}

interface Event {
  readonly what: string
  /** Branch that is checked out. */
  readonly branch: string
  readonly given: () => Partial<RunContext>
  /** Names of commits that the range is told, too. */
  readonly baseRef?: string
  readonly recorded?: string
  /** Name of the commit that the range begins after, or the kind of another range. */
  readonly after: string | { readonly kind: 'everything' | 'unknown' }
}

const GONE = '0123456789012345678901234567890123456789'
const MAIN = 'refs/heads/main'

function push(before: string | undefined, ref = MAIN): Partial<RunContext> {
  return { ref, trigger: { kind: 'push', ...(before !== undefined && { before }) } }
}

function pull(base: string, head: string): Partial<RunContext> {
  const trigger = { kind: 'pull-request', number: 7, base: id(base), head: id(head) } as const
  return { ref: 'refs/pull/7/merge', trigger }
}

const EVENTS: readonly Event[] = [
  { what: 'a push of three commits', branch: 'main', given: () => push(id('m2')), after: 'm2' },
  {
    what: 'the first push of a branch, of three commits',
    branch: 'feature',
    given: () => push(undefined, 'refs/heads/feature'),
    after: 'm1',
  },
  {
    what: 'the first push of the default branch',
    branch: 'main',
    given: () => push(undefined),
    after: { kind: 'everything' },
  },
  {
    what: 'the first push of a branch that shares nothing',
    branch: 'orphan',
    given: () => push(undefined, 'refs/heads/orphan'),
    after: { kind: 'everything' },
  },
  {
    what: 'a forced push',
    branch: 'feature',
    given: () => push(id('lost'), 'refs/heads/feature'),
    after: 'lost',
  },
  {
    what: 'a forced push over a commit that is gone',
    branch: 'feature',
    given: () => push(GONE, 'refs/heads/feature'),
    after: 'm1',
  },
  {
    what: 'a forced push of the default branch over a commit that is gone',
    branch: 'main',
    given: () => push(GONE),
    after: { kind: 'unknown' },
  },
  { what: "a pull request, as GitHub's merge", branch: 'pull', given: () => pull('m4', 'f3'), after: 'm4' },
  {
    what: 'a pull request three commits behind its base, as its head',
    branch: 'feature',
    given: () => pull('m4', 'f3'),
    after: 'm1',
  },
  {
    what: 'a pull request whose base has drifted further',
    branch: 'feature',
    given: () => pull('m5', 'f3'),
    after: 'm1',
  },
  {
    what: 'a pull request whose head is a merge of its base',
    branch: 'criss-cross',
    given: () => pull('m3', 'c3'),
    after: 'm3',
  },
  {
    what: "the merge queue's first entry",
    branch: 'queue',
    given: () => ({ trigger: { kind: 'merge-group', base: id('m5') } }),
    after: 'm5',
  },
  {
    what: "the merge queue's second entry",
    branch: 'queue',
    given: () => ({ trigger: { kind: 'merge-group', base: id('q1') } }),
    after: 'q1',
  },
  {
    what: 'a tag',
    branch: 'second-tag',
    given: () => ({ ref: 'refs/tags/v2', trigger: { kind: 'tag' } }),
    after: 'm1',
  },
  {
    what: 'a release',
    branch: 'second-tag',
    given: () => ({ ref: 'refs/tags/v2', trigger: { kind: 'release' } }),
    after: 'm1',
  },
  {
    what: 'the first tag',
    branch: 'first-tag',
    given: () => ({ ref: 'refs/tags/v1', trigger: { kind: 'tag' } }),
    after: { kind: 'everything' },
  },
  {
    what: 'a tag of a branch that shares nothing',
    branch: 'orphan',
    given: () => ({ trigger: { kind: 'tag' } }),
    after: { kind: 'everything' },
  },
  {
    what: 'a schedule',
    branch: 'main',
    given: () => ({ trigger: { kind: 'schedule' } }),
    after: { kind: 'everything' },
  },
  {
    what: 'a schedule after a success',
    branch: 'main',
    given: () => ({ trigger: { kind: 'schedule' } }),
    recorded: 'm1',
    after: 'm1',
  },
  {
    what: 'a dispatch after a success that was pushed away',
    branch: 'feature',
    given: () => ({ trigger: { kind: 'dispatch' } }),
    recorded: 'lost',
    after: 'lost',
  },
  {
    what: 'another event',
    branch: 'main',
    given: () => ({ trigger: { kind: 'other' } }),
    after: { kind: 'everything' },
  },
  { what: 'a terminal', branch: 'feature', given: () => ({ trigger: { kind: 'terminal' } }), after: 'm1' },
  {
    what: 'a commit that was asked for',
    branch: 'main',
    given: () => push(id('m4')),
    baseRef: 'f1',
    after: 'f1',
  },
]

describe.each(EVENTS)('the range of $what', (event) => {
  test.each(Object.entries(DEPTHS))('in a clone: %s', async (_, depth) => {
    expect(await rangeIn(depth, event)).toEqual(rightOf(event))
  })
})

test.each(Object.entries(DEPTHS))(
  'of two best common ancestors it is the same one in a clone: %s',
  async (_, depth) => {
    const branch = 'criss-cross'
    const event = { what: '', branch, given: () => pull('m4', 'c3'), after: '' }
    expect(await rangeIn(depth, event)).toEqual({ kind: 'since', base: [id('c1'), id('m3')].sort()[0] })
  },
)

describe('without leave to fetch', () => {
  test.each(EVENTS)('the range of $what is the same or unknown', async (event) => {
    const { folder } = await history.cloneOf(event.branch, { depth: 2 })
    const range = await rangeOf(occasionOf(event), await openGit(folder))
    if (range.kind !== 'unknown') expect(range).toEqual(rightOf(event))
  })
})

/** The base of a range can be compared with HEAD: its tree is at hand. */
async function rangeIn(depth: CloneOptions, event: Event): Promise<Range> {
  const { folder } = await history.cloneOf(event.branch, depth)
  const git = await openGit(folder, { environment: PLAIN, fetchFolder: scratch })
  const range = await rangeOf(occasionOf(event), git)
  if (range.kind === 'since') {
    expect(await git.root(range.base)).toBe(await history.treeOf(range.base))
  }
  return range
}

function occasionOf({ given, baseRef, recorded }: Event): Occasion {
  return {
    request: baseRef === undefined ? {} : { baseRef: id(baseRef) },
    context: context(given()),
    ...(recorded !== undefined && { recorded: id(recorded) }),
  }
}

function rightOf({ after }: Event): unknown {
  return typeof after === 'string' ? { kind: 'since', base: id(after) } : expect.objectContaining(after)
}
