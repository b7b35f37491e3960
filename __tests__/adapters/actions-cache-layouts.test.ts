import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ActionsCacheLayouts } from '../../src/adapters/actions-cache-layouts.js'
import { CacheOutage } from '../../src/adapters/cache-outage.js'
import { API, describeImageLayouts } from '../contracts/image-layouts.js'
import { bundledCacheProgram } from '../rig/cache-program.js'
import { type CacheService, startCacheService } from '../rig/cache-service.js'
import { writeLayout } from '../rig/oci-layout.js'

jest.setTimeout(60_000)

let program: string
let service: CacheService
let folder: string
let runs = 0
const before = { ...process.env }

beforeAll(async () => {
  program = await bundledCacheProgram()
})

afterAll(async () => {
  await rm(dirname(program), { recursive: true })
})

beforeEach(async () => {
  service = await startCacheService()
  folder = await mkdtemp(join(tmpdir(), 'actions-cache-layouts-'))
  for (const name of ['work', 'temp']) await mkdir(join(folder, name))
  Object.assign(process.env, service.environment(), {
    GITHUB_WORKSPACE: join(folder, 'work'),
    RUNNER_TEMP: join(folder, 'temp'),
    GITHUB_STATE: join(folder, 'state'),
  })
  await writeFile(join(folder, 'state'), '')
})

afterEach(async () => {
  process.env = { ...before }
  await service.close()
  await rm(folder, { recursive: true })
})

/** Each run has a machine of its own. */
function open(signal = new AbortController().signal): ActionsCacheLayouts {
  const outage = new CacheOutage()
  return new ActionsCacheLayouts({ folder: join(folder, `machine-${++runs}`), program, signal, outage })
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
  expect(service.entries()).toMatchObject([{ key, state: 'ready' }])
  expect(await open().fetch(API)).toBeDefined()
  expect(await readdir(join(folder, 'work'))).toEqual([])
})

test('an image is uploaded while others are built from it', async () => {
  const layouts = open()
  service.fail({ operation: 'CreateCacheEntry', delayMs: 500 })
  await built(layouts)
  expect(service.entries()).toEqual([])
  await layouts.problems()
  expect(service.entries()).toHaveLength(1)
})

test('asking downloads nothing, and is done once', async () => {
  const layouts = open()
  await built(layouts)
  await layouts.problems()
  service.forgetRequests()
  const next = open()
  expect(await Promise.all([next.has(API), next.has(API)])).toEqual([true, true])
  expect(service.requests.map(({ operation }) => operation)).toEqual(['GetCacheEntryDownloadURL'])
})

test('an entry that was garbled is not given, and one that is built anew goes before it', async () => {
  const first = open()
  await built(first)
  await first.problems()
  service.corrupt('smart-image-build-base-', (bytes) => bytes.subarray(0, bytes.length / 2))
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
      service.fail({ status })
      const layouts = open()
      expect(await layouts.has(API)).toBe(false)
      const asked = service.requests.length
      expect(asked).toBeGreaterThan(0)
      expect(await layouts.fetch(API)).toBeUndefined()
      await built(layouts)
      expect(await layouts.problems()).toEqual([expect.any(String)])
      expect(await layouts.problems()).toEqual([])
      expect(service.requests).toHaveLength(asked)
    },
  )

  test('when it is to take an image leaves that to this run', async () => {
    service.fail({ operation: 'upload', status: 403 })
    const layouts = open()
    await built(layouts)
    expect(await layouts.problems()).toEqual([expect.any(String)])
    expect(service.entries().filter(({ state }) => state === 'ready')).toEqual([])
  })

  test('and hangs is left when the run is interrupted', async () => {
    service.fail({ status: 'hang' })
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
    for (const name of Object.keys(service.environment())) Reflect.deleteProperty(process.env, name)
    const layouts = open()
    expect(await layouts.has(API)).toBe(false)
    expect(await layouts.problems()).toEqual(['this runner has no Actions cache'])
  })
})
