import { beforeEach, describe, expect, test } from '@jest/globals'
import { type CacheService, type Fault, READ } from '../rig/cache-service.js'
import { ColdShop, noticesOf, word } from '../rig/cold-shop.js'
import type { PushOptions, ShopRun } from '../rig/shop.js'

const cold = ColdShop.use()

/** What a run may lose by a cache service that fails it. */
const MOST_LOST_MS = 10_000

let builder: string

/** Two images, so that what is said of both is seen to be said once. */
beforeEach(async () => {
  builder = cold.builders.create()
  const dockerfile = `FROM ${cold.baseImage}\nCOPY main /\nRUN cat main\n`
  await cold.commit({
    'smart-image-build.yml': 'services:\n  api: {context: api}\n  web: {context: web}\n',
    ...{ 'api/Dockerfile': dockerfile, 'web/Dockerfile': dockerfile },
    ...{ 'api/main': word(), 'web/main': word() },
  })
})

interface Timed {
  readonly run: ShopRun
  /** Of the step that builds. */
  readonly durationMs: number
}

/** Both images change. */
async function push(options: PushOptions = {}): Promise<Timed> {
  await cold.commit({ 'api/main': word(), 'web/main': word() })
  const started = Date.now()
  let durationMs = 0
  const run = await cold.shop.push({
    ...options,
    inputs: { builder, ...options.inputs },
    between: () => {
      durationMs = Date.now() - started
    },
  })
  return { run, durationMs }
}

/** How long a run takes that asks for no layers, on a builder that has the base image. */
async function usualMs(): Promise<number> {
  await push({ inputs: { 'layer-cache': 'none' } })
  return (await push({ inputs: { 'layer-cache': 'none' } })).durationMs
}

function cacheOptions({ docker }: ShopRun): string[] {
  return docker.flatMap((line) => line.match(/--cache-(?:from|to) type=\w+/g) ?? []).toSorted()
}

const FAULTS: readonly (readonly [string, Fault])[] = [
  ['is down', { status: 'disconnect' }],
  ['is overloaded', { status: 503 }],
  ['has had enough', { status: 429, headers: { 'retry-after': '60' } }],
  ['does not answer', { status: 'hang' }],
  ['is slow', { delayMs: 6000 }],
]

describe.each(['gha', 'local'])('layer-cache: %s, when the service', (kind) => {
  test.each(FAULTS)('%s: the build succeeds without it, soon, and one notice says so', async (_, fault) => {
    const inputs = { 'layer-cache': kind }
    const usual = await usualMs()
    cold.shop.cache.fail(fault)
    const { run, durationMs } = await push({ inputs })
    expect([run.main.exitCode, run.rebuilt]).toEqual([0, ['api', 'web']])
    expect(cacheOptions(run)).toEqual([])
    expect(noticesOf(run)).toHaveLength(1)
    expect(durationMs - usual).toBeLessThan(MOST_LOST_MS)
  })
})

test('a service that refuses only what is left there costs no more', async () => {
  const usual = await usualMs()
  cold.shop.cache.fail({ operation: 'CreateCacheEntry', status: 429 })
  const { run, durationMs } = await push()
  expect([run.main.exitCode, run.rebuilt]).toEqual([0, ['api', 'web']])
  expect(durationMs - usual).toBeLessThan(MOST_LOST_MS)
})

describe('where the run may not write', () => {
  const readOnly = (cache: CacheService) =>
    cache.environment(cache.token({ scopes: [{ scope: 'refs/heads/main', permission: READ }] }))

  test.each<[string, () => Readonly<Record<string, string>>]>([
    ['by its token', () => ({ ...readOnly(cold.shop.cache) })],
    ['by `cache-mode`', () => ({ ACTIONS_CACHE_MODE: 'read' })],
  ])('%s layers are only read, with one notice', async (_, env) => {
    const { run } = await push({ env: env() })
    expect([run.main.exitCode, run.rebuilt]).toEqual([0, ['api', 'web']])
    expect(cacheOptions(run)).toEqual(['--cache-from type=gha', '--cache-from type=gha'])
    expect(noticesOf(run)).toEqual([
      '`layer-cache: gha`: layers are only read, as this run may not write to the cache',
    ])
  })

  test('since the job has no cache at all there are neither, with one notice', async () => {
    const { run } = await push({ env: { ACTIONS_CACHE_MODE: 'none' } })
    expect(run.main.exitCode).toBe(0)
    expect(cacheOptions(run)).toEqual([])
    expect(noticesOf(run)).toEqual([expect.stringContaining('`cache-mode: none`')])
  })
})

test('layers that were evicted after the index was read are built again', async () => {
  expect((await push()).run.main.exitCode).toBe(0)
  expect(cold.shop.cache.clear('buildkit-blob-')).toBeGreaterThan(0)
  cold.shop.cache.forgetRequests()
  builder = cold.builders.create()
  // The same content: the index names every layer.
  const inputs = { builder, force: 'all', 'layer-cache-write': 'never' }
  const { main, rebuilt } = await cold.shop.push({ inputs })
  expect([main.exitCode, rebuilt]).toEqual([0, ['api', 'web']])
  const wanted = cold.shop.cache.requests.map(({ message }) => message.key ?? '')
  for (const prefix of ['index-smart-image-build/api/', 'buildkit-blob-'])
    expect(wanted.filter((key) => key.startsWith(prefix))).not.toEqual([])
})
