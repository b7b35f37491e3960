import { beforeEach, expect, test } from '@jest/globals'
import { failed, ok, type Result } from '../src/model/failure.js'
import { loadIntoKind } from '../src/pipeline/load-kind.js'
import type { KindClusters } from '../src/ports/kind-clusters.js'
import { FakeBuilder } from './fakes/fake-builder.js'
import { context } from './fakes/images.js'
import { RecordingHost } from './fakes/recording-host.js'
import { World } from './fakes/world.js'

/** Clusters in memory. */
class FakeKind implements KindClusters {
  readonly loads: { readonly cluster: string; readonly references: readonly string[] }[] = []
  answer: Result<void> = ok(undefined)

  load(cluster: string, references: readonly string[]): Promise<Result<void>> {
    this.loads.push({ cluster, references })
    return Promise.resolve(this.answer)
  }
}

let world: World
let kind: FakeKind
beforeEach(() => {
  world = new World()
  kind = new FakeKind()
})

async function load(services = '', tags = ['latest']) {
  const host = new RecordingHost()
  const job = {
    inputs: { mode: 'plan', load: 'true', services },
    defaults: { maxParallel: 4, layerCache: 'none' as const },
    context: context(),
    ...{ rootName: 'shop', color: false, version: '0.0.0-test', signal: world.stop.signal },
  }
  const builder = new FakeBuilder()
  world.engine.log.length = 0
  const code = await loadIntoKind(job, { ...world.ports({ host, builder }), kind }, { cluster: 'dev', tags })
  expect(builder.log).toEqual([])
  return { code, host, failures: host.failures.map(({ message }) => message) }
}

function namesOf(service: string, ...tags: string[]): string[] {
  const fingerprint = world.recordOf(service)?.fingerprint.slice(0, 32) ?? ''
  return [`fp-${fingerprint}`, ...tags].map((tag) => `ghcr.io/acme/${service}:${tag}`)
}

test('images of this Docker are loaded under their tags, and nothing is pulled', async () => {
  await world.run({ load: 'true', tags: 'x' })
  const { code, host } = await load('', ['latest', 'v1'])
  expect(code).toBe(0)
  const references = [...namesOf('api', 'latest', 'v1'), ...namesOf('web', 'latest', 'v1')]
  expect(kind.loads).toEqual([{ cluster: 'dev', references }])
  for (const reference of references) expect(world.engine.images.has(reference)).toBe(true)
  expect(world.engine.log.filter((line) => line.startsWith('pull'))).toEqual([])
  expect(host.documents).toEqual([{ version: 1, cluster: 'dev', images: references }])
  expect(host.results.flat().at(-1)).toBe('6 loaded into dev')
})

test('what only a registry has is pulled by its digest', async () => {
  await world.run()
  expect((await load('web')).code).toBe(0)
  const digest = world.recordOf('web')?.digest ?? ''
  expect(world.engine.log.filter((line) => line.startsWith('pull'))).toEqual([
    `pull ghcr.io/acme/web@${digest}`,
  ])
  expect(kind.loads).toEqual([{ cluster: 'dev', references: namesOf('web', 'latest') }])
})

test('what is nowhere must be built first; nothing is loaded, and all of it is named', async () => {
  await world.run({ load: 'true' })
  for (const service of ['api', 'web'])
    world.git.commit(`${service}/Dockerfile`, 'FROM scratch\nCOPY . /new/\n')
  const { code, failures } = await load()
  expect([code, kind.loads]).toEqual([2, []])
  expect(failures).toEqual([
    expect.stringContaining('build it first: smart-image-build build api --load'),
    expect.stringContaining('build it first: smart-image-build build web --load'),
  ])
})

test('what the cluster says is wrong ends the command', async () => {
  await world.run({ load: 'true' })
  kind.answer = failed({ kind: 'usage', message: 'there is no kind cluster `dev` in this Docker' })
  expect(await load()).toMatchObject({ code: 2, failures: ['there is no kind cluster `dev` in this Docker'] })
})
