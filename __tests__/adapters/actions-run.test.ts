import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunContext } from '../../src/model/request.js'

const A = 'a'.repeat(40)
const B = 'b'.repeat(40)
const ZERO = '0'.repeat(40)

let folder: string
const before = { ...process.env }

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'actions-run-'))
})

afterEach(async () => {
  process.env = { ...before }
  await rm(folder, { recursive: true })
})

interface Event {
  readonly name: string
  readonly ref: string
  readonly payload: object
  readonly actor?: string
  readonly environment?: Readonly<Record<string, string | undefined>>
}

const repository = {
  full_name: 'acme/shop',
  default_branch: 'main',
  html_url: 'https://github.com/acme/shop',
}

/** The toolkit reads the event when it is loaded, so each run loads it anew. */
async function contextOf(event: Event, state = ''): Promise<RunContext> {
  const file = join(folder, 'event.json')
  await writeFile(file, JSON.stringify({ repository, ...event.payload }))
  process.env = {
    PATH: before['PATH'],
    GITHUB_EVENT_NAME: event.name,
    GITHUB_EVENT_PATH: file,
    GITHUB_REF: event.ref,
    GITHUB_ACTOR: event.actor ?? 'alice',
    GITHUB_RUN_ID: '7654321',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_WORKFLOW: 'Images',
    GITHUB_WORKFLOW_REF: `acme/shop/.github/workflows/images.yml@${event.ref}`,
    ...event.environment,
  }
  jest.resetModules()
  const { actionsRun } = await import('../../src/adapters/actions-run.js')
  return actionsRun(process.env, state)
}

function pullRequest(of: { head?: object | null; author?: string } = {}): object {
  const repo = of.head === undefined ? { full_name: 'acme/shop' } : of.head
  return {
    action: 'synchronize',
    number: 7,
    pull_request: {
      number: 7,
      user: { login: of.author ?? 'alice' },
      base: { sha: A, ref: 'main', repo: { full_name: 'acme/shop' } },
      head: { sha: B, ref: 'feature', repo },
    },
  }
}

const PULL = { kind: 'pull-request', number: 7, base: A, head: B }
const FORK = 'the pull request comes from a fork'
const DEPENDABOT = 'the pull request is by Dependabot'
const MERGE = 'refs/pull/7/merge'
const MAIN = 'refs/heads/main'

interface Case {
  readonly what: string
  readonly event: Event
  readonly trigger: object
  readonly forbidden?: string
  /** Ref of the state scope, where it is not the event's. */
  readonly scope?: string
}

const cases: readonly Case[] = [
  {
    what: 'a push',
    event: { name: 'push', ref: MAIN, payload: { before: A, after: B } },
    trigger: { kind: 'push', before: A },
  },
  {
    what: 'the first push of a branch',
    event: { name: 'push', ref: 'refs/heads/new', payload: { before: ZERO, after: B, created: true } },
    trigger: { kind: 'push' },
  },
  {
    what: 'the first push of a branch in a SHA-256 repository',
    event: { name: 'push', ref: 'refs/heads/new', payload: { before: '0'.repeat(64), after: B } },
    trigger: { kind: 'push' },
  },
  {
    what: 'a forced push',
    event: { name: 'push', ref: MAIN, payload: { before: A, forced: true } },
    trigger: { kind: 'push', before: A },
  },
  {
    what: 'a push of a tag',
    event: { name: 'push', ref: 'refs/tags/v1', payload: { before: ZERO } },
    trigger: { kind: 'tag' },
  },
  {
    what: 'a release',
    event: {
      name: 'release',
      ref: 'refs/tags/v1',
      payload: { action: 'published', release: { tag_name: 'v1' } },
    },
    trigger: { kind: 'tag' },
  },
  {
    what: 'a pull request',
    event: { name: 'pull_request', ref: MERGE, payload: pullRequest() },
    trigger: PULL,
  },
  {
    what: 'a pull request from a fork',
    event: {
      name: 'pull_request',
      ref: MERGE,
      payload: pullRequest({ head: { full_name: 'mallory/shop' } }),
    },
    trigger: PULL,
    forbidden: FORK,
  },
  {
    what: 'a pull request from a fork that is deleted',
    event: { name: 'pull_request', ref: MERGE, payload: pullRequest({ head: null }) },
    trigger: PULL,
    forbidden: FORK,
  },
  {
    what: 'a pull request from a fork, with the rights of the target',
    event: {
      name: 'pull_request_target',
      ref: MAIN,
      payload: pullRequest({ head: { full_name: 'mallory/shop' } }),
    },
    trigger: PULL,
    forbidden: FORK,
    scope: 'refs/pull/7/target',
  },
  {
    what: 'a pull request by Dependabot',
    event: {
      name: 'pull_request',
      ref: MERGE,
      payload: pullRequest({ author: 'dependabot[bot]' }),
      actor: 'dependabot[bot]',
    },
    trigger: PULL,
    forbidden: DEPENDABOT,
  },
  {
    what: 'a pull request by Dependabot, run again by a person',
    event: { name: 'pull_request', ref: MERGE, payload: pullRequest({ author: 'dependabot[bot]' }) },
    trigger: PULL,
    forbidden: DEPENDABOT,
  },
  {
    what: "a pull request of a person, rebased by Dependabot's push",
    event: { name: 'pull_request', ref: MERGE, payload: pullRequest(), actor: 'dependabot[bot]' },
    trigger: PULL,
    forbidden: DEPENDABOT,
  },
  {
    what: 'a merge group',
    event: {
      name: 'merge_group',
      ref: 'refs/heads/gh-readonly-queue/main/pr-7-aaaa',
      payload: { action: 'checks_requested', merge_group: { base_sha: A, head_sha: B, base_ref: MAIN } },
    },
    trigger: { kind: 'merge-group', base: A },
  },
  {
    what: 'a schedule',
    event: { name: 'schedule', ref: MAIN, payload: { schedule: '0 3 * * *' } },
    trigger: { kind: 'other' },
  },
  {
    what: 'a dispatch',
    event: { name: 'workflow_dispatch', ref: MAIN, payload: { inputs: {} } },
    trigger: { kind: 'other' },
  },
  {
    what: 'a dispatch on a tag',
    event: { name: 'workflow_dispatch', ref: 'refs/tags/v1', payload: {} },
    trigger: { kind: 'tag' },
  },
  {
    what: 'a call from outside',
    event: { name: 'repository_dispatch', ref: MAIN, payload: { action: 'x' } },
    trigger: { kind: 'other' },
  },
  {
    what: 'another workflow',
    event: { name: 'workflow_run', ref: MAIN, payload: { workflow_run: { head_sha: B, pull_requests: [] } } },
    trigger: { kind: 'other' },
  },
]

describe('what started the run', () => {
  test.each(cases)('$what', async ({ event, trigger, forbidden, scope }) => {
    const context = await contextOf(event)
    expect(context.trigger).toEqual(trigger)
    expect(context.pushForbidden).toBe(forbidden)
    expect(context).toMatchObject({
      ref: event.ref,
      defaultBranch: 'main',
      repositoryUrl: 'https://github.com/acme/shop',
      runId: '7654321',
      stateScope: `acme/shop/.github/workflows/images.yml@${scope ?? event.ref}`,
      defaultPlatform: 'linux/amd64',
    })
  })
})

const push: Event = { name: 'push', ref: MAIN, payload: { before: A } }

describe('the state scope', () => {
  test.each([
    ['the workflow and the ref', {}, '', `acme/shop/.github/workflows/images.yml@${MAIN}`],
    ['what the input says', {}, 'staging', 'staging'],
    [
      "the workflow's name where its file is unknown",
      { GITHUB_WORKFLOW_REF: undefined },
      '',
      `Images@${MAIN}`,
    ],
    [
      "this run's ref, and not the one of the workflow's file",
      { GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/images.yml@refs/heads/x@y' },
      '',
      `acme/shop/.github/workflows/images.yml@${MAIN}`,
    ],
  ])('is %s', async (_, environment, state, scope) => {
    expect((await contextOf({ ...push, environment }, state)).stateScope).toBe(scope)
  })
})

describe('a payload that says little', () => {
  test('leaves out what is unknown', async () => {
    const context = await contextOf({ name: 'schedule', ref: MAIN, payload: { repository: undefined } })
    expect(context).not.toHaveProperty('defaultBranch')
    expect(context).not.toHaveProperty('pushForbidden')
    expect(context.repositoryUrl).toBe('https://github.com/acme/shop')
  })

  test('is enough without an event file', async () => {
    const environment = { GITHUB_EVENT_PATH: undefined, GITHUB_SERVER_URL: undefined }
    const context = await contextOf({ ...push, environment })
    expect(context).toMatchObject({ trigger: { kind: 'push' }, variables: { GITHUB_REF: MAIN } })
    expect(context).not.toHaveProperty('repositoryUrl')
  })
})
