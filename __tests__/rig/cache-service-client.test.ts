import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { ClientResult } from './cache-service-client.js'
import { startCacheService, type CacheScope, type CacheService } from './cache-service.js'
import { parseCommands, type WorkflowCommand } from './run-action-output.js'
import { runCommand, type CommandResult, type SignalAfter } from './run-action-process.js'

const client = fileURLToPath(new URL('./cache-service-client.ts', import.meta.url))
const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
const main: CacheScope = { scope: 'refs/heads/main', permission: 3 }
const readMain: CacheScope = { ...main, permission: 1 }
const feature: CacheScope = { scope: 'refs/heads/feature', permission: 3 }

// Each call starts Node with the TypeScript loader and the whole client, which takes about a second.
jest.setTimeout(60_000)

let service: CacheService
let folder: string

beforeEach(async () => {
  service = await startCacheService()
  folder = await mkdtemp(path.join(tmpdir(), 'cache-client-'))
  await content('content')
})

afterEach(async () => {
  await service.close()
  await rm(folder, { recursive: true })
})

async function content(bytes: string | Uint8Array): Promise<void> {
  await mkdir(path.join(folder, 'cached'), { recursive: true })
  await writeFile(path.join(folder, 'cached', 'file'), bytes)
}

interface Answered extends CommandResult {
  /** One per call; none if the process did not come to its end. */
  readonly results: readonly ClientResult[]
  readonly annotations: readonly WorkflowCommand[]
}

type Call = readonly ['save' | 'restore', key: string, ...restoreKeys: string[]]

/** One process that makes these calls one after the other. */
async function run(
  calls: readonly Call[],
  options: { readonly scopes?: readonly CacheScope[]; readonly signalAfter?: SignalAfter } = {},
): Promise<Answered> {
  const { scopes = [main], ...rest } = options
  const env = {
    ...service.environment(service.token({ scopes })),
    GITHUB_WORKSPACE: folder,
    RUNNER_TEMP: folder,
  }
  const args = calls.map((call) => JSON.stringify(call))
  const result = await runCommand(client, args, {
    cwd: folder,
    env,
    nodeArguments: ['--import', loader],
    ...rest,
  })
  const results = JSON.parse(/^RESULT(.*)$/m.exec(result.stdout)?.[1] ?? '[]') as ClientResult[]
  const annotations = parseCommands(result.stdout).filter(({ name }) => ['error', 'warning'].includes(name))
  return { ...result, results, annotations }
}

function values({ results }: Answered): ClientResult['value'][] {
  return results.map(({ value }) => value)
}

function warning(text: string): object {
  return { name: 'warning', message: expect.stringContaining(text) }
}

describe('saving', () => {
  test('a save and a restore give the same bytes', async () => {
    const bytes = randomBytes(3 * 1024 * 1024)
    await content(bytes)
    const { results, annotations } = await run([
      ['save', 'state-1'],
      ['restore', 'state-1'],
    ])
    expect(results.map(({ value }) => value)).toEqual([1, 'state-1'])
    expect(results[1]?.file).toBe(bytes.toString('base64'))
    expect(annotations).toEqual([])
    expect(service.requests.map(({ operation, answer }) => [operation, answer])).toEqual([
      ['CreateCacheEntry', 200],
      ['upload', 201],
      ['FinalizeCacheEntryUpload', 200],
      ['GetCacheEntryDownloadURL', 200],
      ['download', 200],
    ])
  })

  test('a key is immutable, and saving it again is told without an annotation', async () => {
    const answered = await run([
      ['save', 'state-1'],
      ['save', 'state-1'],
    ])
    expect(values(answered)).toEqual([1, -1])
    expect(answered.stdout).toContain('another job may be creating this cache')
    expect(answered.annotations).toEqual([])
  })

  test('a read-only token saves nothing and warns', async () => {
    const answered = await run([['save', 'state-1']], { scopes: [readMain] })
    expect([answered.exitCode, ...values(answered)]).toEqual([0, -1])
    expect(answered.annotations).toMatchObject([warning('cache write denied:')])
    expect(service.entries()).toEqual([])
  })
})

describe('restoring', () => {
  test('finds the exact key, else the newest entry by prefix, else by a restore key, else silently nothing', async () => {
    const answered = await run([
      ['save', 'state-1'],
      ['save', 'state-2'],
      ['save', 'state-3'],
      ['restore', 'state-2'],
      ['restore', 'state-'],
      ['restore', 'other', 'absent', 'state-'],
      ['restore', 'other', 'state-1'],
      ['restore', 'other'],
      ['restore', 'tate-2'],
    ])
    expect(values(answered).slice(3)).toEqual(['state-2', 'state-3', 'state-3', 'state-1', null, null])
    expect(answered.annotations).toEqual([])
  })

  test('a branch reads its own entry first, then that of the default branch, and none of another branch', async () => {
    await content('of main')
    await run([['save', 'state-1']])
    const scopes = [feature, readMain]
    const before = await run([['restore', 'state-1']], { scopes })
    await content('of feature')
    const after = await run(
      [
        ['save', 'state-1'],
        ['restore', 'state-1'],
      ],
      { scopes },
    )
    const other = await run([['restore', 'state-1']], { scopes: [{ ...feature, scope: 'refs/heads/other' }] })
    const files = [before, after, other].map(({ results }) =>
      Buffer.from(results.at(-1)?.file ?? '', 'base64'),
    )
    expect(files.map(String)).toEqual(['of main', 'of feature', ''])
  })

  test('an evicted entry is a silent miss', async () => {
    await run([['save', 'state-1']])
    expect(service.clear()).toBe(1)
    const answered = await run([['restore', 'state-1']])
    expect(answered).toMatchObject({ results: [{ value: null, file: null }], annotations: [] })
  })

  test.each([
    ['noise', (bytes: Buffer) => randomBytes(bytes.length)],
    ['a truncated archive', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['an empty blob', () => Buffer.alloc(0)],
  ])('%s is a miss with a warning', async (_, change) => {
    await run([['save', 'state-1']])
    service.corrupt('state-', change)
    const answered = await run([['restore', 'state-1']])
    expect([answered.exitCode, ...values(answered)]).toEqual([0, null])
    expect(answered.annotations).toMatchObject([warning('Failed to restore')])
  })
})

describe('a failing service', () => {
  test.each([
    ['403', 403, '(403) Forbidden'],
    ['429', 429, 'Rate limited'],
    ['a closed connection', 'disconnect', 'ECONNRESET'],
  ] as const)('%s is a miss with a warning and without a retry', async (_, status, reason) => {
    service.fail({ status })
    const answered = await run([['restore', 'state-1']])
    expect(values(answered)).toEqual([null])
    expect(answered.annotations).toMatchObject([warning('Failed to restore')])
    expect(answered.annotations).toMatchObject([warning(reason)])
    expect(service.requests).toHaveLength(1)
  })

  test('one 500 is overcome by a retry after three seconds', async () => {
    service.fail({ operation: 'GetCacheEntryDownloadURL', status: 500, times: 1 })
    const answered = await run([
      ['save', 'state-1'],
      ['restore', 'state-1'],
    ])
    expect(values(answered)).toEqual([1, 'state-1'])
    expect(answered.milliseconds).toBeGreaterThan(3_000)
  })

  test('an upload that is refused leaves a name that is taken but that nobody can find', async () => {
    service.fail({ operation: 'upload', status: 403 })
    const answered = await run([
      ['save', 'state-1'],
      ['save', 'state-1'],
      ['restore', 'state-1'],
    ])
    expect(values(answered)).toEqual([-1, -1, null])
    expect(service.entries()).toMatchObject([{ key: 'state-1', state: 'reserved', size: 0 }])
  })

  test.each([
    ['GetCacheEntryDownloadURL', '[Request] GetCacheEntryDownloadURL'],
    ['download', 'Starting download of archive'],
  ] as const)('a %s that hangs keeps the client waiting', async (operation, before) => {
    const archived = await run([['save', 'state-1']])
    expect(values(archived)).toEqual([1])
    service.fail({ operation, status: 'hang' })
    const steps = [{ signal: 'SIGKILL', graceMilliseconds: 0 }] as const
    const answered = await run([['restore', 'state-1']], {
      signalAfter: { output: before, milliseconds: 2_000, steps },
    })
    expect(answered).toMatchObject({ signal: 'SIGKILL', results: [] })
    expect(service.requests.at(-1)).toMatchObject({ operation, answer: 'hang' })
  })

  test('a slow answer arrives', async () => {
    service.fail({ operation: 'download', delayMs: 1_000, times: 1 })
    const answered = await run([
      ['save', 'state-1'],
      ['restore', 'state-1'],
    ])
    expect(values(answered)).toEqual([1, 'state-1'])
    expect(answered.milliseconds).toBeGreaterThan(1_000)
  })
})
