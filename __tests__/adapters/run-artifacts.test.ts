import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ActionsRunArtifacts, uploadKept } from '../../src/adapters/run-artifacts.js'
import { bundledArtifactsProgram } from '../rig/cache-program.js'
import { startCacheService, type CacheService } from '../rig/cache-service.js'
import { parseKeyValues } from '../rig/run-action-output.js'

jest.setTimeout(60_000)

const before = { ...process.env }
let program: string
let service: CacheService
let folder: string

beforeAll(async () => {
  program = await bundledArtifactsProgram()
})

afterAll(async () => {
  await rm(dirname(program), { recursive: true })
})

beforeEach(async () => {
  service = await startCacheService()
  folder = await mkdtemp(join(tmpdir(), 'run-artifacts-'))
  await mkdir(join(folder, 'work'))
  await writeFile(join(folder, 'state'), '')
  Object.assign(process.env, service.environment(), {
    GITHUB_WORKSPACE: join(folder, 'work'),
    GITHUB_STATE: join(folder, 'state'),
  })
})

afterEach(async () => {
  process.env = { ...before }
  await service.close()
  await rm(folder, { recursive: true })
})

/** Each job has a folder of its own. */
function job(name: string): ActionsRunArtifacts {
  return new ActionsRunArtifacts({ folder: join(folder, name), program })
}

/** What the post step finds of the main step. */
async function enterPostStep(): Promise<void> {
  const state = parseKeyValues(await readFile(join(folder, 'state'), 'utf8'), 'GITHUB_STATE')
  for (const [name, value] of Object.entries(state)) process.env[`STATE_${name}`] = value
}

test('one job reads what others uploaded under names that begin alike', async () => {
  expect(await job('one').upload('leg-1', '{"é":1}')).toEqual({ ok: true, value: undefined })
  await job('two').upload('leg-2', '[]')
  await job('two').upload('plan', '{}')
  const { texts, problems } = await job('three').read('leg-')
  expect([Object.fromEntries(texts), problems]).toEqual([{ 'leg-1': '{"é":1}', 'leg-2': '[]' }, []])
})

test('where a name is taken, the text is beside what has it', async () => {
  await job('one').upload('leg-1', 'first')
  expect(await job('two').upload('leg-1', 'second')).toEqual({ ok: true, value: undefined })
  const { texts } = await job('two').read('leg-')
  expect([...texts].sort()).toEqual([
    ['leg-1', 'first'],
    [expect.stringMatching(/^leg-1-[0-9a-f]{8}$/), 'second'],
  ])
})

test('an artifact that cannot be fetched keeps nobody from the others', async () => {
  await job('one').upload('leg-1', 'first')
  await job('one').upload('leg-2', 'second')
  service.fail({ operation: 'GetSignedArtifactURL', status: 404, times: 1 })
  const { texts, problems } = await job('two').read('leg-')
  expect([texts.size, problems]).toEqual([1, [expect.stringMatching(/^leg-\d: .*404/)]])
})

test('a service that refuses is a problem, and no artifacts', async () => {
  service.fail({ operation: 'ListArtifacts', status: 403 })
  expect(await job('one').read('leg-')).toEqual({
    texts: new Map(),
    problems: [expect.stringContaining('403')],
  })
})

test('what was kept and not brought away the post step uploads, under a name of its own', async () => {
  const main = job('one')
  await main.keep('leg-1', 'one image')
  await main.keep('leg-1', 'two images')
  service.fail({ operation: 'FinalizeArtifact', status: 400, times: 1 })
  expect((await main.upload('leg-1', 'two images')).ok).toBe(false)
  await enterPostStep()
  expect(await uploadKept(program)).toBeUndefined()
  expect([...(await job('two').read('leg-')).texts]).toEqual([['leg-1-post', 'two images']])
})

test('what was brought away is not uploaded again', async () => {
  const main = job('one')
  await main.keep('leg-1', 'text')
  await main.upload('leg-1', 'text')
  await enterPostStep()
  expect(await uploadKept(program)).toBeUndefined()
  expect(service.artifacts.list()).toHaveLength(1)
})
