import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  annotations,
  commitTag,
  digestsOf,
  type HostedEvent,
  HostedRepository,
  offered,
  type RunOptions,
  SERVICES,
} from '../rig/events.js'
import type { ShopRun } from '../rig/shop.js'

jest.setTimeout(300_000)

interface Entry {
  readonly shard: string
  readonly images: readonly string[]
}

let hosted: HostedRepository
/** Where the file is that `web` adds. */
let server: Server
/** Without a status it does not answer. */
let status: number | undefined = 200

beforeAll(async () => {
  server = createServer((_, response) => {
    if (status !== undefined) response.writeHead(status).end('file')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  hosted = await HostedRepository.open()
  const { port } = server.address() as AddressInfo
  const added = `FROM scratch\nADD http://127.0.0.1:${port}/file /added\nCOPY data /\n`
  await hosted.repository.write('web/Dockerfile', added)
})

afterAll(async () => {
  server.close()
  server.closeAllConnections()
  await hosted.close()
})

/** One workflow run: a plan, a job for each entry of its matrix, and one that collects. */
class Workflow {
  private readonly event: HostedEvent
  private readonly runId: string
  attempt = 1

  constructor(event: HostedEvent, runId: string) {
    this.event = event
    this.runId = runId
  }

  async plan(): Promise<readonly Entry[]> {
    const plan = await this.job({ mode: 'plan', 'max-jobs': '3' })
    expect(plan.main.exitCode).toBe(0)
    const { include } = JSON.parse(plan.main.outputs['build-matrix'] ?? '') as { include: readonly Entry[] }
    expect(plan.main.outputs['build-any']).toBe(String(include.length > 0))
    return include
  }

  leg(entry: Entry, options: RunOptions = {}): Promise<ShopRun> {
    return this.job({ shard: JSON.stringify(entry, null, 2) }, options)
  }

  collect(inputs: Readonly<Record<string, string>> = {}): Promise<ShopRun> {
    return this.job({ mode: 'collect', ...inputs })
  }

  private job(inputs: Readonly<Record<string, string>>, options: RunOptions = {}): Promise<ShopRun> {
    return hosted.run(this.event, { inputs, runId: this.runId, runAttempt: this.attempt, ...options })
  }
}

/** The leg that builds a service. */
function legOf(entries: readonly Entry[], service: string): Entry {
  const entry = entries.find(({ images }) => images.includes(service))
  if (entry === undefined) throw new Error(`no leg builds ${service}`)
  return entry
}

test('one leg fails: the others are delivered, and to run that leg again mends the whole', async () => {
  const commit = await hosted.commit(...SERVICES)
  const event = await hosted.push()
  const workflow = new Workflow(event, '70')
  const entries = await workflow.plan()
  expect(
    entries
      .map(({ images }) => images)
      .flat()
      .sort(),
  ).toEqual([...SERVICES])
  expect(entries).toHaveLength(3)

  status = 404
  const legs = await Promise.all(entries.map((entry) => workflow.leg(entry)))
  expect(legs.map(({ main }) => main.exitCode).sort()).toEqual([0, 0, 1])
  // No tag of a commit or a branch yet, and nothing in the cache but layers.
  for (const tag of [commitTag(commit), 'main']) expect(await hosted.digestsAt(tag)).toEqual({})
  expect(hosted.cache.entries().filter(({ key }) => key.includes('-state-'))).toEqual([])

  const red = await workflow.collect()
  expect([red.main.exitCode, red.failed, red.docker]).toEqual([1, ['web'], []])
  expect(annotations(red, 'error').join()).toContain('web')
  expect([red.rebuilt, offered(red)]).toEqual([
    ['api', 'db'],
    ['api', 'db'],
  ])
  expect(Object.keys(await hosted.digestsAt('main')).sort()).toEqual(['api', 'db'])

  status = 200
  workflow.attempt = 2
  const again = await workflow.leg(legOf(entries, 'web'))
  expect(again.main.exitCode).toBe(0)
  const green = await workflow.collect()
  expect([green.main.exitCode, green.failed, green.rebuilt, green.docker]).toEqual([0, [], [...SERVICES], []])
  expect(offered(green)).toEqual(SERVICES)
  for (const tag of [commitTag(commit), 'main']) expect(await hosted.digestsAt(tag)).toEqual(digestsOf(green))
  expect(digestsOf(green)).toMatchObject(digestsOf(red))
})

test('tags of what no leg built point, too; to collect twice changes nothing, and the next run has nothing to do', async () => {
  const commit = await hosted.commit('api')
  const workflow = new Workflow(await hosted.push(), '71')
  const entries = await workflow.plan()
  expect(entries.map(({ images }) => images)).toEqual([['api']])
  await workflow.leg(legOf(entries, 'api'))
  const first = await workflow.collect()
  expect([first.main.exitCode, first.rebuilt, first.reused]).toEqual([0, ['api'], ['db', 'web']])
  expect(offered(first)).toEqual(['api'])
  expect(await hosted.digestsAt(commitTag(commit))).toEqual(digestsOf(first))
  expect(Object.keys(digestsOf(first)).sort()).toEqual(SERVICES)
  const second = await workflow.collect()
  expect([second.main.exitCode, second.main.outputs['matrix']]).toEqual([0, first.main.outputs['matrix']])

  await hosted.commit()
  const calm = new Workflow(await hosted.push(), '72')
  expect(await calm.plan()).toEqual([])
  const nothing = await calm.collect()
  expect([nothing.main.exitCode, nothing.matrix, nothing.reused]).toEqual([0, [], SERVICES])
})

test('a leg without an artifact is red; its image is reused where it is there, and lost where it was forced', async () => {
  await hosted.commit('db')
  const workflow = new Workflow(await hosted.push(), '73')
  const entries = await workflow.plan()
  hosted.cache.fail({ operation: 'CreateArtifact', status: 403 })
  const leg = await workflow.leg(legOf(entries, 'db'))
  hosted.cache.heal()
  expect(leg.main.exitCode).toBe(1)
  expect(annotations(leg, 'error').join()).toContain('`smart-image-build-1-of-1-1` was not uploaded')
  // The post step has tried once more, and says so in red, too.
  expect(leg.post.commands.map(({ message }) => message).join()).toContain('were not uploaded')

  const reused = await workflow.collect()
  expect([reused.main.exitCode, reused.reused, offered(reused)]).toEqual([0, [...SERVICES], ['db']])
  const forced = await workflow.collect({ force: 'db' })
  expect([forced.main.exitCode, forced.failed, forced.docker]).toEqual([1, ['db'], []])
})

test('a leg that is killed after its first image tells of that one through the post step', async () => {
  // `web` is built after `api`, and never ends.
  const config = `services:\n  api: {context: api, image: naytife/api}\n  web: {context: web, image: naytife/web, needs: [api]}\n`
  await hosted.repository.write('smart-image-build.yml', config)
  status = undefined
  await hosted.commit('api', 'web')
  const workflow = new Workflow(await hosted.push(), '74')
  const kill = { signal: 'SIGKILL', graceMilliseconds: 0 } as const
  const leg = await workflow.leg(
    { shard: '1-of-1', images: ['api', 'web'] },
    {
      signalAfter: { output: 'api  | built', steps: [kill] },
    },
  )
  expect(leg.main.signal).toBe('SIGKILL')
  expect(hosted.cache.artifacts.list()).toContainEqual({
    ...{ run: '74', name: 'smart-image-build-1-of-1-1-post', state: 'ready' },
  })
  const collected = await workflow.collect()
  expect(collected.main.exitCode).toBe(1)
  expect(collected.rebuilt).toEqual(['api'])
  expect(annotations(collected, 'error')).toEqual(['`web` has no result: leg `1-of-1` ended without it'])
})
