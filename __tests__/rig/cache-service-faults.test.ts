import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { startCacheService, type CacheService } from './cache-service.js'

let service: CacheService

beforeEach(async () => {
  service = await startCacheService()
})

afterEach(async () => {
  await service.close()
})

async function call(operation = 'CreateCacheEntry', options: RequestInit = {}): Promise<Response> {
  return fetch(`${service.url}twirp/github.actions.results.api.v1.CacheService/${operation}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${service.token()}` },
    body: '{"key":"k","version":"v"}',
    ...options,
  })
}

test.each([
  [403, 'permission_denied'],
  [429, 'resource_exhausted'],
  [500, 'internal'],
  [503, 'unavailable'],
])('a %d replaces the answer: nothing is stored', async (status, code) => {
  service.fail({ status })
  const response = await call()
  expect([response.status, await response.json()]).toEqual([status, { code, msg: 'injected by the test' }])
  expect(service.entries()).toEqual([])
})

test('a fault happens as often as it says, to the operation it names', async () => {
  service.fail({ operation: 'CreateCacheEntry', status: 503, times: 2 })
  const statuses = []
  for (const operation of [
    'GetCacheEntryDownloadURL',
    'CreateCacheEntry',
    'CreateCacheEntry',
    'CreateCacheEntry',
  ]) {
    statuses.push((await call(operation)).status)
  }
  expect(statuses).toEqual([200, 503, 503, 200])
  expect(service.requests.map(({ answer }) => answer)).toEqual(statuses)
})

test('faults follow one another, and healing ends them', async () => {
  service.fail({ status: 503, times: 1 })
  service.fail({ status: 429, headers: { 'retry-after': '7' } })
  expect((await call()).status).toBe(503)
  expect((await call()).headers.get('retry-after')).toBe('7')
  service.heal()
  expect((await call()).status).toBe(200)
})

test('a delay only delays', async () => {
  service.fail({ delayMs: 300 })
  const started = performance.now()
  expect((await call()).status).toBe(200)
  expect(performance.now() - started).toBeGreaterThan(290)
})

test('a connection is closed', async () => {
  service.fail({ status: 'disconnect' })
  await expect(call()).rejects.toThrow('fetch failed')
})

test('a hanging request is never answered, and ends when the service is closed', async () => {
  service.fail({ status: 'hang' })
  await expect(call(undefined, { signal: AbortSignal.timeout(300) })).rejects.toThrow('timeout')

  const other = await startCacheService()
  other.fail({ status: 'hang' })
  const pending = expect(fetch(other.url)).rejects.toThrow('fetch failed')
  while (other.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 10))
  await other.close()
  await pending
})

test('corrupting what does not exist is an error', () => {
  expect(() => {
    service.corrupt('absent', (bytes) => bytes)
  }).toThrow('no cache entry begins with absent')
})
