import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { PullRequestThread } from '../src/adapters/pull-request-comment.js'
import type { RawInputs } from '../src/config/input-reader.js'
import type { RunContext } from '../src/model/request.js'
import { World } from './fakes/world.js'
import { error, GithubApi, TOKEN } from './rig/github-api.js'

const PULL: Partial<RunContext> = {
  trigger: { kind: 'pull-request', number: 7, base: 'b'.repeat(40), head: 'c'.repeat(40) },
  ref: 'refs/pull/7/merge',
  stateScope: 'images refs/pull/7/merge',
  repositoryUrl: 'https://github.com/acme/shop',
  workflow: 'acme/shop/.github/workflows/ci.yml',
}

let github: GithubApi
let world: World
beforeEach(async () => {
  github = await GithubApi.start()
  world = newWorld()
})
afterEach(async () => {
  await github.stop()
  expect(github.breaches).toEqual([])
})

function newWorld(given: { readonly limitMs?: number } = {}): World {
  const made = new World()
  const place = { apiUrl: github.url, token: TOKEN, repository: 'acme/shop', number: 7, ...given }
  made.thread = new PullRequestThread({ ...place, signal: made.stop.signal })
  return made
}

function run(id: number, inputs: RawInputs = {}, given: Partial<RunContext> = {}, where = world) {
  return where.run({ push: 'true', ...inputs }, { ...PULL, runId: String(id), ...given })
}

/** Which runs the comments are of. */
const shown = () =>
  github.comments.map(({ body }) => /run=(\d+) attempt=(\d+)/.exec(body)?.slice(1).join('.'))
const notices = async (ended: ReturnType<typeof run>) =>
  (await ended).host.notices.map(({ message }) => message)

describe('a pull request', () => {
  test('is told once, and kept up to date in the same place', async () => {
    github.write('please review', 'octocat')
    const first = await run(1)
    const [, ours] = github.comments
    expect([first.code, first.host.notices, github.texts[1]]).toEqual([
      0,
      [],
      expect.stringContaining('### Images: 2 built, 0 reused, 0 failed'),
    ])
    expect(ours?.body).toContain('Commit `cccccccccccc`')
    expect(ours?.body).toContain('(https://github.com/acme/shop/actions/runs/1/attempts/1)')
    github.write('thanks', 'octocat')
    world.git.commit('api/main.go', 'package next')
    await run(2)
    expect(github.comments).toHaveLength(3)
    expect(github.comments[1]?.id).toBe(ours?.id)
    expect(github.texts[1]).toContain('### Images: 1 built, 1 reused, 0 failed')
    expect(github.texts[1]).toContain('1 file modified&#58; api/main.go')
  })

  test('is told why an image failed, and the run is as red as without', async () => {
    world.prepare = ({ builder }) => {
      builder.failing.set('api', { kind: 'engine-failed', message: 'no room left' })
    }
    const { code } = await run(1)
    expect([code, github.texts[0]]).toEqual([
      1,
      expect.stringContaining('| api | **failed** | no room left |'),
    ])
  })

  test('that touches no image gets no comment, but one that is there says so', async () => {
    await run(1, { comment: 'never' })
    await run(2)
    expect(github.comments).toEqual([])
    await run(3, { comment: 'always' })
    await run(4)
    expect([shown(), github.texts[0]]).toEqual([['4.1'], expect.stringContaining('0 built, 2 reused')])
  })

  test('has one comment per configuration', async () => {
    await run(1)
    await run(2, { comment: 'always' }, { workflow: 'acme/shop/.github/workflows/other.yml' })
    await run(3)
    expect(shown()).toEqual(['3.1', '2.1'])
  })

  test('keeps what a stranger wrote, however it begins', async () => {
    await run(1)
    const marked = github.comments[0]?.body ?? ''
    github.comments.length = 0
    const strangers = github.write(marked, 'mallory')
    await run(2, { comment: 'always' })
    expect(github.comments[0]).toEqual({ id: strangers.id, login: 'mallory', body: marked })
    expect(shown()).toEqual(['1.1', '2.1'])
  })
})

describe('asked', () => {
  test.each<{ what: string; inputs: RawInputs; given?: Partial<RunContext>; comments: number }>([
    { what: 'never, is silent', inputs: { comment: 'never' }, comments: 0 },
    { what: 'nothing, a plan is silent', inputs: { mode: 'plan', push: '' }, comments: 0 },
    {
      what: 'always, a leg is silent, as it knows of a part only',
      inputs: { shard: '{"shard":"1-of-2","images":["api"]}', comment: 'always' },
      comments: 0,
    },
    { what: 'always, a plan speaks', inputs: { mode: 'plan', push: '', comment: 'always' }, comments: 1 },
  ])('$what', async ({ inputs, comments }) => {
    const { code, host } = await run(1, inputs)
    expect([code, host.notices, github.comments.length]).toEqual([0, [], comments])
    if (comments === 0) expect(github.asked).toEqual([])
  })

  test('outside of a pull request, it says that there is none to write to', async () => {
    delete world.thread
    const push: Partial<RunContext> = { trigger: { kind: 'push' }, ref: 'refs/heads/main' }
    expect(await notices(run(1, { comment: 'auto' }, push))).toEqual([])
    expect(await notices(run(2, { comment: 'always' }, push))).toEqual([
      'There is no comment: this run is not for a pull request.',
    ])
  })

  test('nothing that can be understood, it says so before anything is built', async () => {
    const { code, host, builder } = await run(1, { comment: 'sometimes' })
    expect([code, builder.log]).toEqual([2, []])
    expect(host.failures[0]?.message).toContain('`comment` is `sometimes`; it must be auto, always or never')
  })
})

describe('a token that may not comment leaves one notice, also in the summary, and the run green', () => {
  test.each([403, 404])('%i', async (status) => {
    github.fault = () => ({ status, body: error('Resource not accessible by integration') })
    const { code, host } = await run(1)
    const message = `The pull request's comment does not show this run: HTTP ${status}: Resource not accessible by integration; give the job the permission \`pull-requests: write\`, or say \`comment: never\``
    expect([code, host.notices]).toEqual([0, [{ message }]])
    expect(host.summaries[0]).toContain('comment does not show this run')
    expect(github.asked).toHaveLength(1)
  })

  test('that may only read, as a fork’s', async () => {
    github.fault = (method) =>
      method === 'POST' ? { status: 403, body: error('Resource not accessible by integration') } : undefined
    const pushForbidden = 'the pull request comes from a fork'
    const [, message, ...more] = await notices(run(1, {}, { pushForbidden }))
    expect([message, more]).toEqual([
      expect.stringContaining('the pull request comes from a fork, so its token may only read'),
      [],
    ])
  })
})

describe('a service that fails', () => {
  test('once is asked again', async () => {
    let count = 0
    github.fault = () => (count++ === 0 ? { status: 502, body: '<html>' } : undefined)
    expect([await notices(run(1)), shown()]).toEqual([[], ['1.1']])
  })

  test('after it made the comment gets no second one', async () => {
    let count = 0
    github.fault = (method) =>
      method === 'POST' && count++ === 0 ? { status: 502, onlyAfter: true } : undefined
    expect([await notices(run(1)), shown()]).toEqual([[], ['1.1']])
  })

  test('for ever is given up with a notice', async () => {
    github.fault = () => ({ status: 502, body: '<html>' })
    const { code, host } = await run(1)
    expect([code, host.notices]).toEqual([
      0,
      [{ message: "The pull request's comment does not show this run: HTTP 502" }],
    ])
    expect(github.asked).toHaveLength(3)
  })

  test('in that it is slow is waited for', async () => {
    github.meanwhile = () => new Promise((resolve) => setTimeout(resolve, 100))
    expect([await notices(run(1)), shown()]).toEqual([[], ['1.1']])
  })

  test('in that it hangs is asked once', async () => {
    github.fault = () => 'silence'
    const hanging = run(1, {}, {}, newWorld({ limitMs: 200 }))
    expect(await notices(hanging)).toEqual([expect.stringContaining('GitHub did not answer within 0.2 s')])
    expect(github.asked).toHaveLength(1)
  })

  test('by its secondary limit is left alone, if it wants that for long', async () => {
    const limit = 'You have exceeded a secondary rate limit'
    github.fault = () => ({ status: 403, body: error(limit) })
    expect(await notices(run(1))).toEqual([expect.stringMatching(new RegExp(`HTTP 403: ${limit}$`))])
    expect(github.asked).toHaveLength(1)
    github.fault = () =>
      github.asked.length < 3 ? { status: 429, headers: { 'retry-after': '5' } } : undefined
    expect(await notices(run(2, { comment: 'always' }))).toEqual([])
    expect(shown()).toEqual(['2.1'])
  })
})

describe('of two runs', () => {
  test('the older one, which ends later, leaves alone what the newer one wrote', async () => {
    await run(2)
    const before = structuredClone(github.comments)
    world.git.commit('api/main.go', 'package next')
    expect(await notices(run(1))).toEqual([])
    expect(github.comments).toEqual(before)
  })

  test('so does a re-run of the older one, while that of the newer one counts', async () => {
    await run(2)
    await run(1, { force: 'all' }, { attempt: 5 })
    expect(shown()).toEqual(['2.1'])
    await run(2, { force: 'all' }, { attempt: 2 })
    expect(shown()).toEqual(['2.2'])
  })

  test.each([
    { first: 1, second: 2 },
    { first: 2, second: 1 },
  ])('that each make a comment at the same time one remains: $first, $second', async ({ first, second }) => {
    let isRacing = false
    github.meanwhile = async (method, path) => {
      if (method !== 'POST' || path === '/graphql' || isRacing) return
      isRacing = true
      await run(second, {}, {}, newWorld())
    }
    await run(first)
    expect([isRacing, shown()]).toEqual([true, ['2.1']])
    expect(github.comments[0]?.id).toBe(101)
  })

  test('the newer one repairs what the slower one wrote over it', async () => {
    await run(1)
    const old = github.comments[0]?.body ?? ''
    let isOverwritten = false
    world.onPause = () => {
      if (isOverwritten) return
      isOverwritten = true
      github.comments[0]!.body = old
    }
    await run(2)
    expect([isOverwritten, shown()]).toEqual([true, ['2.1']])
  })
})

test('an interrupted run writes nothing', async () => {
  world.prepare = () => {
    world.stop.abort()
  }
  const { code } = await run(1)
  expect([code, github.asked]).toEqual([130, []])
})
