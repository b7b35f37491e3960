import { describe, expect, test } from '@jest/globals'
import { isUpkeep } from '../../src/model/request.js'
import { contextOf, type Event } from '../rig/actions-event.js'

const A = 'a'.repeat(40)
const B = 'b'.repeat(40)
const ZERO = '0'.repeat(40)

function pullRequest(of: { head?: object | null; author?: string; merged?: boolean } = {}): object {
  const repo = of.head === undefined ? { full_name: 'acme/shop' } : of.head
  return {
    action: of.merged === undefined ? 'synchronize' : 'closed',
    number: 7,
    pull_request: {
      number: 7,
      merged: of.merged ?? false,
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
  readonly isUpkeep?: boolean
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
    trigger: { kind: 'release' },
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
    what: 'a pull request that was closed',
    event: { name: 'pull_request', ref: MERGE, payload: pullRequest({ merged: false }) },
    trigger: PULL,
  },
  {
    what: 'a pull request that was merged, which is a run for its base',
    event: { name: 'pull_request', ref: MAIN, payload: pullRequest({ merged: true }) },
    trigger: { kind: 'other' },
  },
  {
    what: 'a pull request that was merged, with the rights of the target',
    event: { name: 'pull_request_target', ref: MAIN, payload: pullRequest({ merged: true }) },
    trigger: { kind: 'other' },
  },
  {
    what: "a fork's pull request that was merged, whose run may still write nothing",
    event: {
      name: 'pull_request',
      ref: MAIN,
      payload: pullRequest({ head: { full_name: 'mallory/shop' }, merged: true }),
    },
    trigger: { kind: 'other' },
    forbidden: FORK,
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
    trigger: { kind: 'schedule' },
    isUpkeep: true,
  },
  {
    what: 'a dispatch',
    event: { name: 'workflow_dispatch', ref: MAIN, payload: { inputs: {} } },
    trigger: { kind: 'dispatch' },
    isUpkeep: true,
  },
  {
    what: 'a dispatch on another branch',
    event: { name: 'workflow_dispatch', ref: 'refs/heads/feature', payload: { inputs: {} } },
    trigger: { kind: 'dispatch' },
  },
  {
    what: 'a dispatch on a tag',
    event: { name: 'workflow_dispatch', ref: 'refs/tags/v1', payload: {} },
    trigger: { kind: 'dispatch' },
  },
  {
    what: 'another event on a tag',
    event: { name: 'create', ref: 'refs/tags/v1', payload: { ref_type: 'tag' } },
    trigger: { kind: 'tag' },
  },
  {
    what: 'a call from outside',
    event: { name: 'repository_dispatch', ref: MAIN, payload: { action: 'x' } },
    trigger: { kind: 'dispatch' },
    isUpkeep: true,
  },
  {
    what: 'another workflow',
    event: { name: 'workflow_run', ref: MAIN, payload: { workflow_run: { head_sha: B, pull_requests: [] } } },
    trigger: { kind: 'other' },
  },
]

describe('what started the run', () => {
  test.each(cases)('$what', async ({ event, trigger, forbidden, isUpkeep: upkeep, scope }) => {
    const context = await contextOf(event)
    expect(context.trigger).toEqual(trigger)
    expect(context.pushForbidden).toBe(forbidden)
    expect(context.baseRef).toBe(trigger === PULL ? 'main' : undefined)
    expect(isUpkeep(context)).toBe(upkeep ?? false)
    expect(context).toMatchObject({
      ref: event.ref,
      defaultBranch: 'main',
      repositoryUrl: 'https://github.com/acme/shop',
      runId: '7654321',
      attempt: 1,
      workflow: 'acme/shop/.github/workflows/images.yml',
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
