import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { PullRequestThread, type PullRequestPlace } from '../../src/adapters/pull-request-comment.js'
import { BOT, error, GithubApi, TOKEN } from '../rig/github-api.js'

const MARKER = '<!-- smart-image-build:1 '
const stop = new AbortController()

let github: GithubApi
beforeEach(async () => {
  github = await GithubApi.start()
})
afterEach(async () => {
  await github.stop()
  expect(github.breaches).toEqual([])
})

function thread(given: Partial<PullRequestPlace> = {}): PullRequestThread {
  const place = { apiUrl: github.url, token: TOKEN, repository: 'acme/shop', number: 7, signal: stop.signal }
  return new PullRequestThread({ ...place, ...given })
}

describe('our comments', () => {
  test('are found among 300 others, oldest first, however far back', async () => {
    const first = github.write(`${MARKER}first`)
    for (let at = 0; at < 300; at++) github.write(`comment ${at}`, 'octocat')
    const last = github.write(`${MARKER}last`)
    expect(await thread().own(MARKER)).toEqual({
      kind: 'done',
      value: [
        { id: first.id, body: first.body },
        { id: last.id, body: last.body },
      ],
    })
    expect(github.asked.filter((asked) => asked.startsWith('GET'))).toHaveLength(4)
  })

  test.each([
    { whose: 'anybody’s', login: 'octocat' },
    { whose: 'one of another app', login: 'dependabot[bot]' },
    { whose: 'of one who is called as the app is', login: 'github-actions' },
  ])('are not $whose, whatever they begin with', async ({ login }) => {
    github.write(`${MARKER}mine`, login)
    expect(await thread().own(MARKER)).toEqual({ kind: 'done', value: [] })
  })

  test('are those that begin with the marker: a quotation is none', async () => {
    github.write(`> ${MARKER}quoted`)
    github.write('<!-- smart-image-build:2 another configuration')
    expect(await thread().own(MARKER)).toEqual({ kind: 'done', value: [] })
  })

  test('are those of the person whose token it is', async () => {
    github.viewer = 'alice'
    github.write(`${MARKER}of the app`)
    const { id, body } = github.write(`${MARKER}of alice`, 'alice')
    expect(await thread().own(MARKER)).toEqual({ kind: 'done', value: [{ id, body }] })
  })
})

describe('a change', () => {
  test('makes, updates and removes a comment', async () => {
    const made = await thread().make({ kind: 'create', body: 'a' })
    const [comment] = github.comments
    expect([made, comment]).toEqual([
      { kind: 'done', value: undefined },
      { id: comment?.id, login: BOT, body: 'a' },
    ])
    const id = comment?.id ?? 0
    await thread().make({ kind: 'update', id, body: 'b' })
    expect(github.comments).toEqual([{ id, login: BOT, body: 'b' }])
    await thread().make({ kind: 'remove', id })
    expect(github.comments).toEqual([])
  })

  test.each([
    { kind: 'update', id: 1, body: 'b' },
    { kind: 'remove', id: 1 },
  ] as const)('to a comment that is gone is none: $kind', async (change) => {
    expect(await thread().make(change)).toEqual({ kind: 'done', value: undefined })
  })
})

test('an Enterprise Server is asked below its own path', async () => {
  const server = await GithubApi.start('/api/v3')
  try {
    const { id } = server.write(`${MARKER}ours`)
    const ours = thread({ apiUrl: server.url })
    expect(await ours.own(MARKER)).toMatchObject({ kind: 'done', value: [{ id }] })
    expect([server.asked, server.breaches]).toEqual([
      ['GET /repos/acme/shop/issues/7/comments', 'POST /graphql'],
      [],
    ])
  } finally {
    await server.stop()
  }
})

describe('is denied, with the reason', () => {
  test.each([
    { status: 403, said: 'Resource not accessible by integration' },
    { status: 404, said: 'Not Found' },
    { status: 410, said: 'Issues are disabled for this repo' },
    { status: 422, said: 'Validation Failed' },
  ])('$status', async ({ status, said }) => {
    github.fault = () => ({ status, body: error(said) })
    const denied = { kind: 'denied', problem: `HTTP ${status}: ${said}` }
    expect(await thread().own(MARKER)).toEqual(denied)
    expect(await thread().make({ kind: 'create', body: 'a' })).toEqual(denied)
  })

  test('a token that is unknown or empty', async () => {
    expect(await thread({ token: 'ghp_other' }).own(MARKER)).toEqual({
      kind: 'denied',
      problem: 'HTTP 401: Bad credentials',
    })
    expect(await thread({ token: '' }).own(MARKER)).toMatchObject({ kind: 'denied' })
  })

  test('a body that is too long', async () => {
    const answer = await thread().make({ kind: 'create', body: 'x'.repeat(65_537) })
    expect(answer).toEqual({ kind: 'denied', problem: 'HTTP 422: Validation Failed' })
  })
})

describe('failed, and may be asked again', () => {
  const soon = Math.floor(Date.now() / 1000) + 3600
  test.each([
    { what: 'a page of 502', answer: { status: 502, body: '<html>Unicorn!</html>' }, waits: 0 },
    { what: '503', answer: { status: 503, headers: { 'retry-after': '2' } }, waits: 2000 },
    { what: '429', answer: { status: 429, body: error('slow down') }, waits: 60_000 },
    {
      what: 'the secondary limit',
      answer: { status: 403, body: error('You have exceeded a secondary rate limit.') },
      waits: 60_000,
    },
    {
      what: 'the secondary limit that says how long',
      answer: { status: 403, body: error('Wait.'), headers: { 'retry-after': '5' } },
      waits: 5000,
    },
    {
      what: 'garbage',
      answer: { status: 200, body: 'no list', headers: { 'content-type': 'application/json' } },
      waits: 0,
    },
    {
      what: 'a type that is none',
      answer: { status: 200, body: '[]', headers: { 'content-type': ';;' } },
      waits: 0,
    },
  ])('$what', async ({ answer, waits }) => {
    github.fault = () => answer
    expect(await thread().own(MARKER)).toEqual({
      kind: 'failed',
      problem: expect.stringMatching(/./),
      retryAfterMs: waits,
    })
  })

  test('the primary limit, when it ends', async () => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(soon) }
    github.fault = () => ({ status: 403, body: error('API rate limit exceeded'), headers })
    const answer = await thread().own(MARKER)
    const retryAfterMs = answer.kind === 'failed' ? answer.retryAfterMs : 0
    expect(retryAfterMs).toBeGreaterThan(3_000_000)
    expect(retryAfterMs).toBeLessThanOrEqual(3_601_000)
  })

  test('an error of GraphQL', async () => {
    github.write(`${MARKER}ours`)
    github.fault = (_method, path) =>
      path === '/graphql'
        ? { status: 200, body: { errors: [{ message: 'Something went wrong' }] } }
        : undefined
    expect(await thread().own(MARKER)).toMatchObject({
      kind: 'failed',
      problem: expect.stringContaining('Something went wrong'),
    })
  })

  test('nobody at the address', async () => {
    const gone = await GithubApi.start()
    await gone.stop()
    expect(await thread({ apiUrl: gone.url }).own(MARKER)).toMatchObject({
      kind: 'failed',
      problem: expect.stringContaining('GitHub was not reached'),
    })
  })

  test('silence, also on a later page', async () => {
    for (let at = 0; at < 150; at++) github.write(`comment ${at}`)
    github.fault = () => (github.asked.length > 1 ? 'silence' : undefined)
    expect(await thread({ limitMs: 300 }).own(MARKER)).toEqual({
      kind: 'failed',
      problem: 'GitHub did not answer within 0.3 s',
      retryAfterMs: Infinity,
    })
    expect(github.asked).toHaveLength(2)
  })

  test('an interruption, at once', async () => {
    const interruption = new AbortController()
    github.fault = () => {
      interruption.abort()
      return 'silence'
    }
    expect(await thread({ signal: interruption.signal }).own(MARKER)).toMatchObject({ kind: 'failed' })
  })
})

test('no answer shows the token, even where the service repeats it', async () => {
  github.fault = () => ({ status: 403, body: error(`the token ${TOKEN} is not good enough`) })
  const answer = await thread().own(MARKER)
  expect(answer).toEqual({ kind: 'denied', problem: 'HTTP 403: the token *** is not good enough' })
})
