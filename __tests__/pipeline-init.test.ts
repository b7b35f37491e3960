import { describe, expect, test } from '@jest/globals'
import { failed, ok, type Result } from '../src/model/failure.js'
import { init, type InitOptions } from '../src/pipeline/init.js'
import type { NewFiles } from '../src/ports/new-files.js'
import { context } from './fakes/images.js'
import { FakeBuilder } from './fakes/fake-builder.js'
import { MemoryLayouts } from './fakes/memory-layouts.js'
import { RecordingHost } from './fakes/recording-host.js'
import { SHOP, World } from './fakes/world.js'

const CONFIG = '.github/smart-image-build.yml'
const UNCONFIGURED = Object.fromEntries(Object.entries(SHOP).filter(([path]) => path !== CONFIG))

/** Files in memory. */
class MemoryFiles implements NewFiles {
  readonly texts = new Map<string, string>()
  isFull = false

  create(texts: ReadonlyMap<string, string>): Promise<Result<void>> {
    if (this.isFull) return Promise.resolve(failed({ kind: 'usage', message: 'there already' }))
    for (const [path, text] of texts) this.texts.set(path, text)
    return Promise.resolve(ok(undefined))
  }
}

async function initialised(
  world: World,
  options: Partial<InitOptions> = {},
  { inputs = {}, files = new MemoryFiles() }: { inputs?: Record<string, string>; files?: MemoryFiles } = {},
) {
  const host = new RecordingHost()
  const { git, definitions, registry, engine, store, clock } = world
  const job = {
    ...{
      inputs: { mode: 'plan', ...inputs },
      defaults: { maxParallel: 4, layerCache: 'none' as const },
      context: context(),
      rootName: 'shop',
    },
    ...{ color: false, version: '0.0.0-test', signal: world.stop.signal },
  }
  const ports = {
    git,
    definitions,
    registry,
    engine,
    store,
    clock,
    host,
    files,
    builder: new FakeBuilder({}),
    layouts: new MemoryLayouts(),
    layers: world.layers,
    layerService: world.layerService,
    artifacts: world.artifacts,
    containers: world.containers,
    buildInfo: world.buildInfo,
  }
  const code = await init(job, ports, { workflow: false, stdout: false, ...options })
  return { code, host, texts: files.texts }
}

describe('init', () => {
  test('writes what a run finds, which then finds the same', async () => {
    const world = new World({ committed: UNCONFIGURED })
    const { code, host, texts } = await initialised(world, {}, { inputs: { registry: 'ghcr.io/acme' } })
    expect(code).toBe(0)
    expect(host.results).toEqual([[`wrote ${CONFIG}`]])
    const plan = async () => (await world.run({ mode: 'plan', registry: 'ghcr.io/acme' })).host.documents
    const before = await plan()
    world.git.lay(CONFIG, texts.get(CONFIG) ?? '')
    expect(texts.get(CONFIG)).toContain('registry: ghcr.io/acme\n')
    expect(await plan()).toEqual(before)
  })

  test('names Compose files where they define the images', async () => {
    const compose = { ...UNCONFIGURED, 'compose.yaml': 'services: {api: {build: api}}' }
    const world = new World({ committed: compose })
    world.definitions.printed = {
      group: { default: { targets: ['api'] } },
      target: { api: { context: 'api' } },
    }
    const { texts } = await initialised(world)
    expect(texts.get(CONFIG)).toContain('\nfrom: [compose.yaml]\n')
    expect(texts.get(CONFIG)).toContain('#   api: # api/Dockerfile, pushed to shop-api\n')
  })

  test('writes a workflow on demand', async () => {
    const { texts } = await initialised(new World({ committed: UNCONFIGURED }), { workflow: true })
    expect([...texts.keys()]).toEqual([CONFIG, '.github/workflows/images.yml'])
  })

  test.each([
    [
      'its registry',
      'registry: registry.acme.dev/x\nservices: {api: {context: api}}',
      'registry: registry.acme.dev\n',
    ],
    [
      "the repository's packages",
      'services: {api: {context: api}}',
      'registry: ghcr.io/${{ github.repository }}\n',
    ],
  ])('writes the workflow alone beside a configuration, with %s', async (_, config, registry) => {
    const world = new World({ committed: { ...UNCONFIGURED, [CONFIG]: config } })
    const { code, texts } = await initialised(world, { workflow: true })
    expect([code, [...texts.keys()]]).toEqual([0, ['.github/workflows/images.yml']])
    expect(texts.get('.github/workflows/images.yml')).toContain(registry)
  })

  test('prints instead of writing', async () => {
    const world = new World({ committed: UNCONFIGURED })
    const { texts, host } = await initialised(world, { stdout: true, workflow: true })
    expect(texts.size).toBe(0)
    expect(host.results[0]).toEqual(
      expect.arrayContaining([`# ${CONFIG}`, '---', '# .github/workflows/images.yml']),
    )
  })

  test.each<[string, World, MemoryFiles, string]>([
    [
      'a configuration',
      new World(),
      new MemoryFiles(),
      `${CONFIG} is there already; remove it to have it written anew`,
    ],
    [
      'a file',
      new World({ committed: UNCONFIGURED }),
      Object.assign(new MemoryFiles(), { isFull: true }),
      'there already',
    ],
  ])('never writes over %s', async (_case, world, files, message) => {
    const { code, host, texts } = await initialised(world, {}, { files })
    expect(code).toBe(2)
    expect(host.failures).toEqual([{ kind: 'usage', message }])
    expect(texts.size).toBe(0)
  })

  test('ends red where nothing is found', async () => {
    expect((await initialised(new World({ committed: { 'README.md': '' } }))).code).toBe(2)
  })
})
