import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { StoredState } from '../../src/ports/state-store.js'
import { startCacheService, type CacheService } from '../rig/cache-service.js'
import { runCommand } from '../rig/run-action-process.js'

// Each call of the service starts Node with the TypeScript loader and the whole client, which takes about a second.
jest.setTimeout(30_000)

const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
const source = (file: string) => JSON.stringify(join(import.meta.dirname, '../../src', file))

let programs: string
let service: CacheService
let folder: string

/** The program that `dist/cache` is, and one that does what the main and the post step do with the store. */
beforeAll(async () => {
  programs = await mkdtemp(join(tmpdir(), 'cache-programs-'))
  await writeFile(
    join(programs, 'cache.mts'),
    `import { cache } from ${source('cache.ts')}
await cache(process.argv.slice(2))`,
  )
  await writeFile(
    join(programs, 'step.mts'),
    `import { ActionsCacheStore, uploadState } from ${source('adapters/actions-cache-store.ts')}
const [folder, program, ...calls] = process.argv.slice(2)
const store = new ActionsCacheStore(folder, program)
const before = [process.cwd(), process.env.GITHUB_WORKSPACE]
const results = []
for (const [name, ...args] of calls.map((call) => JSON.parse(call))) {
  if (name === 'upload') results.push(await uploadState(args[0], program) ?? null)
  else results.push(await store[name](...args) ?? null)
}
const after = [process.cwd(), process.env.GITHUB_WORKSPACE]
console.log('\\nRESULT' + JSON.stringify({ results, isSame: String(before) === String(after) }))`,
  )
})

afterAll(async () => {
  await rm(programs, { recursive: true })
})

beforeEach(async () => {
  service = await startCacheService()
  folder = await mkdtemp(join(tmpdir(), 'actions-cache-store-'))
  for (const name of ['work', 'temp', 'runner']) await mkdir(join(folder, name))
  await writeFile(join(folder, 'state'), '')
})

afterEach(async () => {
  await service.close()
  await rm(folder, { recursive: true })
})

type Call =
  | readonly ['load', scope: string]
  | readonly ['save', scope: string, text: string]
  | readonly ['upload', entry: string]

interface Stepped {
  readonly results: readonly (StoredState | string | null)[]
  /** Whether the working directory and the workspace were afterwards what they were before. */
  readonly isSame: boolean
}

/** What the main step hands to its post step, as the runner does. */
async function handed(): Promise<Record<string, string>> {
  const text = await readFile(join(folder, 'state'), 'utf8')
  const values = [...text.matchAll(/^(\S+)<<(ghadelimiter_\S+)\n([\s\S]*?)\n\2$/gm)]
  return Object.fromEntries(values.map(([, name = '', , value = '']) => [`STATE_${name}`, value]))
}

/** One process of the step, in the work tree; `run` has a folder of its own, as another runner would. */
async function step(
  calls: readonly Call[],
  options: { run?: string; hasService?: boolean } = {},
): Promise<Stepped> {
  const { run = 'one', hasService = true } = options
  const args = [
    join(folder, 'runner', run),
    join(programs, 'cache.mts'),
    ...calls.map((call) => JSON.stringify(call)),
  ]
  const { stdout, stderr } = await runCommand(join(programs, 'step.mts'), args, {
    cwd: join(folder, 'work'),
    nodeArguments: ['--import', loader],
    env: {
      ...(hasService && service.environment()),
      ...(await handed()),
      GITHUB_WORKSPACE: join(folder, 'work'),
      GITHUB_STATE: join(folder, 'state'),
      RUNNER_TEMP: join(folder, 'temp'),
      NODE_OPTIONS: `--import ${loader}`,
    },
  })
  const result = /^RESULT(.*)$/m.exec(stdout)?.[1]
  if (result === undefined) throw new Error(stdout + stderr)
  return JSON.parse(result) as Stepped
}

/** A whole run: its main step saves, its post step uploads. */
async function runThatSaves(run: string, scope: string, text: string): Promise<void> {
  await rm(join(folder, 'state'))
  await writeFile(join(folder, 'state'), '')
  await step([['save', scope, text]], { run })
  expect((await step([['upload', run]], { run })).results).toEqual([null])
}

test('what one run saves, the next one loads, and neither leaves a trace in the work tree', async () => {
  const first = await step([
    ['load', 'main'],
    ['save', 'main', 'older'],
    ['save', 'main', '{"é":1}'],
  ])
  expect(first).toEqual({ results: [{ kind: 'none' }, null, null], isSame: true })
  expect(await step([['upload', '1-1-job']])).toEqual({ results: [null], isSame: true })
  expect(service.entries()).toMatchObject([
    { key: expect.stringMatching(/-1-1-job$/) as unknown, state: 'ready' },
  ])
  expect(await step([['load', 'main']], { run: 'two' })).toEqual({
    results: [{ kind: 'found', text: '{"é":1}' }],
    isSame: true,
  })
  expect(await readdir(join(folder, 'work'))).toEqual([])
})

test('the newest run of a scope is loaded, and no other scope, however alike they are called', async () => {
  await runThatSaves('run-1', 'main', 'of main')
  await runThatSaves('run-2', 'main', 'of main, later')
  await runThatSaves('run-3', 'main-2', 'of main-2')
  const { results } = await step(
    [
      ['load', 'main'],
      ['load', 'main-2'],
      ['load', 'mai'],
    ],
    { run: 'other' },
  )
  expect(results).toEqual([
    { kind: 'found', text: 'of main, later' },
    { kind: 'found', text: 'of main-2' },
    { kind: 'none' },
  ])
})

describe('the post step', () => {
  test('uploads nothing when the main step saved nothing', async () => {
    await step([['load', 'main']])
    expect((await step([['upload', '1']])).results).toEqual([null])
    expect(service.entries()).toEqual([])
  })

  test('takes an entry once, and says when it is taken', async () => {
    await step([['save', 'main', '1']])
    expect(
      (
        await step([
          ['upload', '1'],
          ['upload', '1'],
        ])
      ).results,
    ).toEqual([null, expect.any(String)])
    expect(service.entries()).toHaveLength(1)
  })

  test('says that the service failed', async () => {
    await step([['save', 'main', '1']])
    service.fail({ status: 403 })
    expect((await step([['upload', '1']])).results).toEqual([expect.any(String)])
  })
})

describe('without the service', () => {
  test('loading says so, and saving goes on', async () => {
    const { results } = await step(
      [
        ['load', 'main'],
        ['save', 'main', '1'],
      ],
      { hasService: false },
    )
    expect(results).toEqual([{ kind: 'unavailable', problem: expect.any(String) }, null])
  })

  test('that failed the main step, the post step does not call it', async () => {
    service.fail({ status: 403 })
    const { results } = await step([
      ['load', 'main'],
      ['save', 'main', '1'],
    ])
    expect(results[0]).toMatchObject({ kind: 'unavailable' })
    const before = service.requests.length
    expect((await step([['upload', '1']])).results).toEqual([expect.stringContaining('failed before')])
    expect(service.requests).toHaveLength(before)
  })
})
