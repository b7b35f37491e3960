import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { startCacheService, type CacheScope, type CacheService } from './cache-service.js'
import { parseCommands } from './run-action-output.js'
import { runCommand, type CommandOptions, type CommandResult } from './run-action-process.js'

// Each test starts Node with the TypeScript loader and the whole client, once or twice.
const TIMEOUT = 60_000
const client = fileURLToPath(new URL('./cache-service-client.ts', import.meta.url))
const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
const main: CacheScope = { scope: 'refs/heads/main', permission: 3 }
const feature: CacheScope = { scope: 'refs/heads/feature', permission: 3 }
const readOnly = (scope: CacheScope): CacheScope => ({ ...scope, permission: 1 })

let service: CacheService
let folder: string

beforeEach(async () => {
  service = await startCacheService()
  folder = await mkdtemp(path.join(tmpdir(), 'cache-client-'))
  await mkdir(path.join(folder, 'cached'))
  await writeFile(path.join(folder, 'cached', 'file'), 'content')
})

afterEach(async () => {
  await service.close()
  await rm(folder, { recursive: true })
})

interface ClientCall {
  readonly scopes?: readonly CacheScope[]
  readonly options?: CommandOptions
}

async function call(args: readonly string[], { scopes = [main], options }: ClientCall = {}) {
  const env = {
    ...service.environment(service.token({ scopes })),
    GITHUB_WORKSPACE: folder,
    RUNNER_TEMP: folder,
  }
  const result = await runCommand(client, args, {
    cwd: folder,
    env,
    nodeArguments: ['--import', loader],
    ...options,
  })
  return {
    value: resultOf(result),
    said: parseCommands(result.stdout).filter(({ name }) => name !== 'add-mask'),
    result,
  }
}

function resultOf({ stdout }: CommandResult): unknown {
  const text = /^RESULT(.*)$/m.exec(stdout)?.[1]
  return text === undefined ? undefined : (JSON.parse(text) as { value: unknown }).value
}

const save = async (key: string, options?: ClientCall) => call(['save', key], options)

/** Restores into an empty folder and tells what is in it then. */
async function restore(keys: readonly string[], options?: ClientCall) {
  await rm(path.join(folder, 'cached'), { recursive: true })
  const called = await call(['restore', ...keys], options)
  const file = await readFile(path.join(folder, 'cached', 'file')).catch(() => undefined)
  return { ...called, file }
}

describe('saving', () => {
  test(
    'a save and a restore give the same bytes',
    async () => {
      const bytes = randomBytes(3 * 1024 * 1024)
      await writeFile(path.join(folder, 'cached', 'file'), bytes)
      expect((await save('state-1')).value).toBe(1)

      const restored = await restore(['state-1'])
      expect(restored.value).toBe('state-1')
      expect(restored.file?.equals(bytes)).toBe(true)
      expect(service.requests.map(({ operation, answer }) => [operation, answer])).toEqual([
        ['CreateCacheEntry', 200],
        ['upload', 201],
        ['FinalizeCacheEntryUpload', 200],
        ['GetCacheEntryDownloadURL', 200],
        ['download', 200],
      ])
    },
    TIMEOUT,
  )

  test(
    'a key is immutable',
    async () => {
      await save('state-1')
      const again = await save('state-1')
      expect(again.value).toBe(-1)
      expect(again.result.stdout).toContain('another job may be creating this cache')
      expect(again.said).toEqual([])
      expect(service.entries()).toHaveLength(1)
    },
    TIMEOUT,
  )

  test(
    'a read-only token saves nothing and says why',
    async () => {
      const { value, said, result } = await save('state-1', { scopes: [readOnly(main)] })
      expect([value, result.exitCode]).toEqual([-1, 0])
      expect(said).toMatchObject([
        { name: 'warning', message: expect.stringContaining('cache write denied:') },
      ])
      expect(service.entries()).toEqual([])
    },
    TIMEOUT,
  )
})

describe('restoring', () => {
  test.each([
    ['the exact key', ['state-2'], 'state-2'],
    ['the newest entry with the key as a prefix', ['state-'], 'state-3'],
    ['a restore key when the key misses', ['other', 'absent', 'state-'], 'state-3'],
    ['nothing for a key that misses', ['other'], null],
    ['nothing for the end of a key', ['tate-2'], null],
  ])(
    'finds %s',
    async (_, keys, found) => {
      for (const key of ['state-1', 'state-2', 'state-3']) await seed(key, [main])
      const { value, said } = await restore(keys)
      expect(value).toBe(found)
      expect(said).toEqual([])
    },
    TIMEOUT,
  )

  test.each([
    ['its own branch', [feature, readOnly(main)], 'of feature'],
    [
      'the default branch when its own has none',
      [{ ...feature, scope: 'refs/pull/7/merge' }, readOnly(main)],
      'of main',
    ],
    ['nothing of another branch', [{ ...main, scope: 'refs/heads/other' }], undefined],
  ])(
    'a run reads %s',
    async (_, scopes, content) => {
      await writeFile(path.join(folder, 'cached', 'file'), 'of feature')
      await save('state-1', { scopes: [feature, readOnly(main)] })
      await writeFile(path.join(folder, 'cached', 'file'), 'of main')
      await save('state-1')
      expect((await restore(['state-1'], { scopes })).file?.toString()).toBe(content)
    },
    TIMEOUT,
  )

  test(
    'an evicted entry is a silent miss',
    async () => {
      await save('state-1')
      expect(service.clear()).toBe(1)
      expect(await restore(['state-1'])).toMatchObject({ value: null, said: [], file: undefined })
    },
    TIMEOUT,
  )

  test.each([
    ['noise', (bytes: Buffer) => randomBytes(bytes.length)],
    ['a truncated archive', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['an empty blob', () => Buffer.alloc(0)],
  ])(
    '%s is a miss with a warning',
    async (_, change) => {
      await save('state-1')
      service.corrupt('state-', change)
      const { value, said, result } = await restore(['state-1'])
      expect([value, result.exitCode]).toEqual([null, 0])
      expect(said).toMatchObject([{ name: 'warning', message: expect.stringContaining('Failed to restore') }])
    },
    TIMEOUT,
  )
})

describe('a failing service', () => {
  test.each([
    ['403', 403, 'permission'],
    ['429', 429, 'Rate limited'],
    ['a closed connection', 'disconnect', 'ECONNRESET'],
  ] as const)(
    '%s is a miss with a warning, at once',
    async (_, status, reason) => {
      service.fail({ status })
      const { value, said } = await restore(['state-1'])
      expect(value).toBeNull()
      expect(said).toMatchObject([{ name: 'warning', message: expect.stringContaining('Failed to restore') }])
      expect(said[0]?.message).toContain(reason === 'permission' ? '(403)' : reason)
      expect(service.requests).toHaveLength(1)
    },
    TIMEOUT,
  )

  test.each([500, 503])(
    'one %d is overcome by a retry after three seconds',
    async (status) => {
      await save('state-1')
      service.fail({ operation: 'GetCacheEntryDownloadURL', status, times: 1 })
      const { value, result } = await restore(['state-1'])
      expect(value).toBe('state-1')
      expect(result.milliseconds).toBeGreaterThan(3_000)
    },
    TIMEOUT,
  )

  test(
    'an upload that is refused leaves an entry that nobody can find',
    async () => {
      service.fail({ operation: 'upload', status: 403 })
      expect((await save('state-1')).value).toBe(-1)
      service.heal()
      expect(service.entries()).toMatchObject([{ key: 'state-1', state: 'reserved', size: 0 }])
      expect((await restore(['state-1'])).value).toBeNull()
    },
    TIMEOUT,
  )

  test.each(['GetCacheEntryDownloadURL', 'download'] as const)(
    'a %s that hangs keeps the client waiting',
    async (operation) => {
      await save('state-1')
      service.fail({ operation, status: 'hang' })
      const steps = [{ signal: 'SIGKILL', graceMilliseconds: 0 }] as const
      const { value, result } = await restore(['state-1'], {
        options: { signalAfter: { milliseconds: 4_000, steps } },
      })
      expect(value).toBeUndefined()
      expect(result).toMatchObject({ signal: 'SIGKILL' })
      expect(service.requests.at(-1)).toMatchObject({ operation, answer: 'hang' })
    },
    TIMEOUT,
  )

  test(
    'a slow answer arrives',
    async () => {
      await save('state-1')
      service.fail({ operation: 'download', delayMs: 1_000, times: 1 })
      const { value, result } = await restore(['state-1'])
      expect(value).toBe('state-1')
      expect(result.milliseconds).toBeGreaterThan(1_000)
    },
    TIMEOUT,
  )
})

/** Saves without the client, which would take a second: the version is what the client asks for. */
async function seed(key: string, scopes: readonly CacheScope[]): Promise<void> {
  const { value } = await save(key, { scopes })
  expect(value).toEqual(expect.any(Number))
}
