import { beforeEach, describe, expect, jest, test } from '@jest/globals'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ActionsCacheStore, uploadState } from '../../src/adapters/actions-cache-store.js'
import { useCacheRunner } from '../rig/cache-runner.js'

jest.setTimeout(30_000)

const runner = useCacheRunner()
beforeEach(async () => {
  await mkdir(join(runner.folder, 'runner'))
  await mainStep()
})

function withoutNames(names: RegExp): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !names.test(name)))
}

/** Before a main step nothing is handed to its post step. */
async function mainStep(): Promise<void> {
  await writeFile(join(runner.folder, 'state'), '')
  process.env = withoutNames(/^STATE_/)
}

/** What the main step saved for its post step is handed to that, as the runner does. */
async function postStep(entry: string): Promise<string | undefined> {
  const text = await readFile(join(runner.folder, 'state'), 'utf8')
  const values = text.matchAll(/^(\S+)<<(ghadelimiter_\S+)\n([\s\S]*?)\n\2$/gm)
  for (const [, name = '', , value = ''] of values) process.env[`STATE_${name}`] = value
  return uploadState(entry, runner.program)
}

/** Each run has a folder of its own, as another runner would. */
function storeOf(run: string): ActionsCacheStore {
  return new ActionsCacheStore(join(runner.folder, 'runner', run), runner.program)
}

async function runThatSaves(run: string, scope: string, text: string): Promise<void> {
  await mainStep()
  expect(await storeOf(run).save(scope, text)).toBeUndefined()
  expect(await postStep(run)).toBeUndefined()
}

test('what one run saves, the next one loads, and neither leaves a trace in the work tree', async () => {
  const places = [process.cwd(), process.env['GITHUB_WORKSPACE']]
  const store = storeOf('one')
  expect(await store.load('main')).toEqual({ kind: 'none' })
  for (const text of ['older', '{"é":1}']) expect(await store.save('main', text)).toBeUndefined()
  expect(await postStep('1-1-job')).toBeUndefined()
  const key = expect.stringMatching(/^smart-image-build-state-[^,]*-1-1-job$/) as unknown
  expect(runner.service.entries()).toMatchObject([{ key, state: 'ready' }])
  expect(await storeOf('two').load('main')).toEqual({ kind: 'found', text: '{"é":1}' })
  expect([process.cwd(), process.env['GITHUB_WORKSPACE']]).toEqual(places)
  expect(await readdir(join(runner.folder, 'work'))).toEqual([])
})

test('the newest run of a scope is loaded, and no other scope, however alike they are called', async () => {
  await runThatSaves('run-1', 'main', 'of main')
  await runThatSaves('run-2', 'main', 'of main, later')
  await runThatSaves('run-3', 'main-2', 'of main-2')
  const load = (scope: string) => storeOf(`next-${scope}`).load(scope)
  expect(await load('main')).toEqual({ kind: 'found', text: 'of main, later' })
  expect(await load('main-2')).toEqual({ kind: 'found', text: 'of main-2' })
  expect(await load('mai')).toEqual({ kind: 'none' })
})

test('an entry that cannot be unpacked is not given, and the run that finds it leaves one that can', async () => {
  await runThatSaves('one', 'main', 'of one')
  runner.service.corrupt('smart-image-build-state-', (bytes) => bytes.subarray(0, bytes.length / 2))
  await mainStep()
  const store = storeOf('two')
  expect(await store.load('main')).toEqual({
    kind: 'unavailable',
    problem: 'the stored entry cannot be unpacked',
  })
  await store.save('main', 'of two')
  expect(await postStep('two')).toBeUndefined()
  expect(await storeOf('three').load('main')).toEqual({ kind: 'found', text: 'of two' })
})

describe('what runs of any scope share', () => {
  test('is kept beside the state, each in an entry of its own', async () => {
    const store = storeOf('one')
    await store.load('main')
    for (const [scope, text] of [
      ['shared', 'older'],
      ['main', 'of main'],
      ['shared', 'for all'],
    ] as const)
      await store.save(scope, text)
    expect(await postStep('1')).toBeUndefined()
    expect(runner.service.entries()).toHaveLength(2)
    const next = storeOf('two')
    expect(await next.load('branch')).toEqual({ kind: 'none' })
    expect(await next.load('shared')).toEqual({ kind: 'found', text: 'for all' })
    expect(await storeOf('three').load('main')).toEqual({ kind: 'found', text: 'of main' })
  })

  test('is no place for the memo, which goes with the scope that is loaded first', async () => {
    const store = storeOf('one')
    await store.load('main')
    await store.load('shared')
    await store.saveMemo('memo')
    for (const scope of ['shared', 'main']) await store.save(scope, scope)
    await postStep('1')
    const [next, other] = [storeOf('two'), storeOf('three')]
    for (const scope of ['main', 'shared']) await next.load(scope)
    expect(await next.loadMemo()).toBe('memo')
    await other.load('shared')
    expect(await other.loadMemo()).toBeUndefined()
  })

  test('is looked for anew by a second call, and what this run saved is left alone', async () => {
    const store = storeOf('one')
    for (const scope of ['main', 'shared']) await store.load(scope)
    await store.save('shared', 'of one')
    await runThatSaves('two', 'shared', 'of two')
    await mainStep()
    expect(await store.load('shared')).toEqual({ kind: 'found', text: 'of two' })
    await store.save('main', 'of one')
    await postStep('1')
    expect(await storeOf('three').load('shared')).toEqual({ kind: 'found', text: 'of one' })
  })
})

describe('the post step', () => {
  test('uploads nothing when the main step saved nothing', async () => {
    await storeOf('one').load('main')
    expect(await postStep('1')).toBeUndefined()
    expect(runner.service.entries()).toEqual([])
  })

  test('takes an entry once, and says when it is taken', async () => {
    await storeOf('one').save('main', '1')
    expect(await postStep('1')).toBeUndefined()
    expect(await postStep('1')).toMatch(/did not take it|another job may be creating/)
    expect(runner.service.entries()).toHaveLength(1)
  })

  test('says that the service failed', async () => {
    await storeOf('one').save('main', '1')
    runner.service.fail({ status: 403 })
    expect(await postStep('1')).toMatch(/./)
    expect(runner.service.entries()).toEqual([])
  })
})

describe('without the service', () => {
  test('loading says so, and saving goes on', async () => {
    process.env = withoutNames(/^ACTIONS_/)
    const problem = 'this runner has no Actions cache'
    expect(await storeOf('one').load('main')).toEqual({ kind: 'unavailable', problem })
    expect(await storeOf('one').save('main', '1')).toBeUndefined()
  })

  test.each([403, 429, 'disconnect'] as const)(
    'which answers %s, nothing is found and the post step asks no more',
    async (status) => {
      runner.service.fail({ status })
      const store = storeOf('one')
      expect(await store.load('main')).toMatchObject({ kind: 'unavailable' })
      await store.save('main', '1')
      const asked = runner.service.requests.length
      expect(await postStep('1')).toContain('failed before')
      expect(runner.service.requests).toHaveLength(asked)
    },
  )
})
