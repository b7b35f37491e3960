import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { annotations, commitTag, digestsOf, HostedRepository, offered, SERVICES } from '../rig/events.js'
import { RegistryGate } from '../rig/events-registry.js'

let hosted: HostedRepository
let registry: RegistryGate
let inputs: Readonly<Record<string, string>>

beforeAll(async () => {
  hosted = await HostedRepository.open()
  const [target = '', ...path] = hosted.prefix.split('/')
  registry = await RegistryGate.start(target, { isImmutable: true })
  inputs = { registry: [registry.address, ...path].join('/'), tags: 'type=sha' }
})

afterAll(async () => {
  await registry.stop()
  await hosted.close()
})

test('a repository with immutable tags takes images by commit, and a re-run of the commit puts nothing', async () => {
  const event = await hosted.push()
  const run = await hosted.run(event, { inputs, runId: '80' })
  expect([run.main.exitCode, run.rebuilt, offered(run)]).toEqual([0, SERVICES, SERVICES])
  const put = registry.takePuts()
  expect(put.filter(({ tag }) => tag === commitTag(event.commit))).toHaveLength(SERVICES.length)
  expect(put.filter(({ isRefused }) => isRefused)).toEqual([])

  const again = await hosted.run(event, { inputs, runId: '80', runAttempt: 2 })
  expect([again.main.exitCode, again.rebuilt, again.docker]).toEqual([0, [], []])
  expect([digestsOf(again), registry.takePuts()]).toEqual([digestsOf(run), []])
})

test('a tag that has to move there is one error before anything is built', async () => {
  const moving = { ...inputs, tags: 'type=sha\nstable' }
  await hosted.commit('api')
  expect((await hosted.run(await hosted.push(), { inputs: moving })).main.exitCode).toBe(0)
  await hosted.commit('api')
  const event = await hosted.push()
  registry.takePuts()
  const run = await hosted.run(event, { inputs: moving })
  const builds = run.docker.filter((line) => /^buildx (?:build|bake)/.test(line))
  expect([run.main.exitCode, builds]).toEqual([2, []])
  expect(annotations(run, 'error')).toEqual([expect.stringMatching(/`stable` of `api` cannot move/)])
  expect(registry.takePuts().filter(({ isRefused }) => !isRefused)).toEqual([])
  expect(await hosted.digestsAt(commitTag(event.commit))).toEqual({})
})

test('of two runs that build the same content at once, the second takes the image of the first', async () => {
  await hosted.commit('web')
  const event = await hosted.push()
  registry.takePuts()
  const only = { inputs: { ...inputs, services: 'web' } }
  const held = registry.holdNext()
  const first = hosted.run(event, { ...only, workflow: 'one' })
  await held.come
  const folder = await mkdtemp(join(tmpdir(), 'second-'))
  const log = join(folder, 'docker.log')
  const second = hosted.run(event, { ...only, workflow: 'two', env: { SHOP_DOCKER_LOG: log } })
  while (!(await readFile(log, 'utf8').catch(() => '')).includes('buildx build')) await sleep(50)
  held.release()
  const runs = await Promise.all([first, second])
  await rm(folder, { recursive: true })
  const put = registry.takePuts().filter(({ tag }) => tag.startsWith('fp-'))
  expect(put.map(({ isRefused }) => isRefused)).toEqual([false, true])
  expect(runs.map(({ main }) => main.exitCode)).toEqual([0, 0])
  expect(runs.map(({ rebuilt }) => rebuilt)).toEqual([['web'], []])
  const digest = await hosted.digestAt('web', commitTag(event.commit))
  expect(digest).toBeDefined()
  expect(runs.map((run) => digestsOf(run).web)).toEqual([digest, digest])
})
