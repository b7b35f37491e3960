import { describe, expect, jest, test } from '@jest/globals'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ActionsCacheLayouts } from '../../src/adapters/actions-cache-layouts.js'
import { CacheOutage } from '../../src/adapters/cache-outage.js'
import { API, describeImageLayouts } from '../contracts/image-layouts.js'
import { useCacheRunner } from '../rig/cache-runner.js'
import { writeLayout } from '../rig/oci-layout.js'

jest.setTimeout(60_000)

const runner = useCacheRunner()
let runs = 0

/** Each run has a machine of its own. */
function open(signal = new AbortController().signal): ActionsCacheLayouts {
  const outage = new CacheOutage()
  return new ActionsCacheLayouts({
    folder: join(runner.folder, `machine-${++runs}`),
    program: runner.program,
    signal,
    outage,
  })
}

async function built(layouts = open()): Promise<string> {
  const place = layouts.place()
  const { digest } = await writeLayout(place)
  expect(await layouts.keep(API, place)).toEqual({ ok: true, value: { folder: place, digest } })
  return digest
}

describeImageLayouts('the Actions cache', () =>
  Promise.resolve({
    open,
    build: async (place) => (await writeLayout(place)).digest,
    close: () => Promise.resolve(),
  }),
)

test('an image is one entry, by the whole fingerprint of its content, and leaves no trace in the work tree', async () => {
  const layouts = open()
  await built(layouts)
  expect(await layouts.problems()).toEqual([])
  const key = expect.stringMatching(new RegExp(`^smart-image-build-base-v1-${API.fingerprint}-`)) as unknown
  expect(runner.service.entries()).toMatchObject([{ key, state: 'ready' }])
  expect(await open().fetch(API)).toBeDefined()
  expect(await readdir(join(runner.folder, 'work'))).toEqual([])
})

test('an image is uploaded while others are built from it', async () => {
  const layouts = open()
  runner.service.fail({ operation: 'CreateCacheEntry', delayMs: 500 })
  await built(layouts)
  expect(runner.service.entries()).toEqual([])
  await layouts.problems()
  expect(runner.service.entries()).toHaveLength(1)
})

test('what others leave beside an image while they are built from it is not uploaded', async () => {
  const layouts = open()
  const place = layouts.place()
  const { digest } = await writeLayout(place)
  await layouts.keep(API, place)
  await writeFile(join(place, 'index.json.lock'), '')
  await layouts.problems()
  const fetched = await open().fetch(API)
  expect(fetched).toMatchObject({ digest })
  expect((await readdir(fetched?.folder ?? '')).sort()).toEqual(['blobs', 'index.json', 'oci-layout'])
})

test('asking downloads nothing, and is done once', async () => {
  const layouts = open()
  await built(layouts)
  await layouts.problems()
  runner.service.forgetRequests()
  const next = open()
  expect(await Promise.all([next.has(API), next.has(API)])).toEqual([true, true])
  expect(runner.service.requests.map(({ operation }) => operation)).toEqual(['GetCacheEntryDownloadURL'])
})

test('an entry that was garbled is not given, and one that is built anew goes before it', async () => {
  const first = open()
  await built(first)
  await first.problems()
  runner.service.corrupt('smart-image-build-base-', (bytes) => bytes.subarray(0, bytes.length / 2))
  const second = open()
  expect(await second.has(API)).toBe(true)
  expect(await second.fetch(API)).toBeUndefined()
  const third = open()
  const digest = await built(third)
  expect(await third.problems()).toEqual([])
  expect(await open().fetch(API)).toMatchObject({ digest })
})

describe('a service that fails', () => {
  test.each([403, 429, 'disconnect'] as const)(
    'with %s keeps nothing, says so once, and is not called again',
    async (status) => {
      runner.service.fail({ status })
      const layouts = open()
      expect(await layouts.has(API)).toBe(false)
      const asked = runner.service.requests.length
      expect(asked).toBeGreaterThan(0)
      expect(await layouts.fetch(API)).toBeUndefined()
      await built(layouts)
      expect(await layouts.problems()).toEqual([expect.any(String)])
      expect(await layouts.problems()).toEqual([])
      expect(runner.service.requests).toHaveLength(asked)
    },
  )

  test('when it is to take an image leaves that to this run', async () => {
    runner.service.fail({ operation: 'upload', status: 403 })
    const layouts = open()
    await built(layouts)
    expect(await layouts.problems()).toEqual([expect.any(String)])
    expect(runner.service.entries().filter(({ state }) => state === 'ready')).toEqual([])
  })

  test('and hangs is left when the run is interrupted', async () => {
    runner.service.fail({ status: 'hang' })
    const stop = new AbortController()
    const layouts = open(stop.signal)
    const fetched = layouts.fetch(API)
    setTimeout(() => {
      stop.abort()
    }, 500)
    expect(await fetched).toBeUndefined()
    expect(await layouts.problems()).toEqual(['the run was interrupted'])
  })

  test('as there is none', async () => {
    for (const name of Object.keys(runner.service.environment())) Reflect.deleteProperty(process.env, name)
    const layouts = open()
    expect(await layouts.has(API)).toBe(false)
    expect(await layouts.problems()).toEqual(['this runner has no Actions cache'])
  })
})
