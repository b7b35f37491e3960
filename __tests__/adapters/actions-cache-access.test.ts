import { beforeEach, describe, expect, jest, test } from '@jest/globals'
import { join } from 'node:path'
import { ActionsCacheAccess } from '../../src/adapters/actions-cache-access.js'
import { CacheOutage } from '../../src/adapters/cache-outage.js'
import { useCacheRunner } from '../rig/cache-runner.js'
import { READ, WRITE } from '../rig/cache-service.js'

jest.setTimeout(60_000)

/** That a run may lose by a service that fails it, whatever it asks. */
const SOON_MS = 10_000

const runner = useCacheRunner()
let outage: CacheOutage
beforeEach(() => {
  outage = new CacheOutage()
})

function open(given: Readonly<Record<string, string>> = {}): ActionsCacheAccess {
  const environment = { ...process.env, ...given }
  return new ActionsCacheAccess({
    environment,
    folder: join(runner.folder, 'step'),
    program: runner.program,
    outage,
  })
}

function withScopes(...permissions: readonly number[]): { ACTIONS_RUNTIME_TOKEN: string } {
  const scopes = permissions.map((permission, index) => ({ scope: `refs/heads/b${index}`, permission }))
  return { ACTIONS_RUNTIME_TOKEN: runner.service.token({ scopes }) }
}

test('it is asked once, for an entry that is not there', async () => {
  const access = open()
  const answers = await Promise.all([access.access(), access.access()])
  expect(answers).toEqual([1, 2].map(() => ({ kind: 'open', canWrite: true })))
  expect(runner.service.requests.map(({ operation }) => operation)).toEqual(['GetCacheEntryDownloadURL'])
})

describe('a run may write', () => {
  test.each<[string, () => Readonly<Record<string, string>>, boolean]>([
    ['with a token for its own branch', () => withScopes(READ | WRITE, READ), true],
    ['not with one that only reads', () => withScopes(READ, READ), false],
    ['not with `cache-mode: read`', () => ({ ACTIONS_CACHE_MODE: 'read' }), false],
    ['with `cache-mode: write`', () => ({ ACTIONS_CACHE_MODE: 'write' }), true],
  ])('%s', async (_description, given, canWrite) => {
    expect(await open(given()).access()).toEqual({ kind: 'open', canWrite })
  })
})

describe('a run has no layers and asks nobody', () => {
  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['without a token', { ACTIONS_RUNTIME_TOKEN: '' }, 'there is no Actions cache here'],
    [
      'with one that BuildKit does not understand',
      { ACTIONS_RUNTIME_TOKEN: 'a.b.c' },
      'the token of this job names no cache',
    ],
    ['with `cache-mode: none`', { ACTIONS_CACHE_MODE: 'none' }, 'this job has `cache-mode: none`'],
    [
      'with `cache-mode: write-only`',
      { ACTIONS_CACHE_MODE: 'write-only' },
      'this job has `cache-mode: write-only`',
    ],
  ])('%s', async (_description, given, problem) => {
    expect(await open(given).access()).toEqual({ kind: 'closed', problem })
    expect(runner.service.requests).toEqual([])
    expect(outage.problem).toBeUndefined()
  })

  test('after an outage that it heard of', async () => {
    outage.note('gone')
    expect(await open().access()).toEqual({ kind: 'closed' })
    expect(runner.service.requests).toEqual([])
  })
})

test('a service that takes four seconds to answer is waited for', async () => {
  runner.service.fail({ delayMs: 4000 })
  expect(await open().access()).toEqual({ kind: 'open', canWrite: true })
  expect(outage.problem).toBeUndefined()
})

describe('a service that fails', () => {
  test.each(['disconnect', 'hang', 403, 429, 503] as const)(
    'with %s is an outage for the whole run, and known to be one soon',
    async (status) => {
      runner.service.fail({ status })
      const started = Date.now()
      const answer = await open().access()
      expect(Date.now() - started).toBeLessThan(SOON_MS)
      expect(answer).toEqual({ kind: 'closed', problem: expect.any(String) })
      expect(outage.problem).toBe(answer.kind === 'closed' ? answer.problem : '')
    },
  )
})
