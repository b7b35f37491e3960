import { beforeEach, describe, expect, test } from '@jest/globals'
import type { RunContext } from '../src/model/request.js'
import { SHOP, type Run, World } from './fakes/world.js'

let world: World

beforeEach(() => {
  world = new World()
})

const TOPIC = { ref: 'refs/heads/topic' }
const PULL_REQUEST: Partial<RunContext> = {
  trigger: { kind: 'pull-request', number: 7, base: 'b'.repeat(40), head: 'c'.repeat(40) },
  ref: 'refs/pull/7/merge',
  baseRef: 'release',
}
const TERMINAL: Partial<RunContext> = { trigger: { kind: 'terminal' } }

/** What the build of `api` was told of layers. */
function options({ builder }: Run): string[] {
  const { options } = builder.requests.find(({ service }) => service === 'api') ?? { options: [] }
  return options.flatMap((option, index) =>
    /^--cache-(?:from|to)$/.test(option) ? [`${option} ${options[index + 1] ?? ''}`] : [],
  )
}

function kinds(run: Run): string[] {
  return options(run).map((option) => option.replace(/^--cache-(\w+) type=(\w+).*$/, '$1 $2'))
}

function notices({ host }: Run): string[] {
  return host.notices.map(({ message }) => message)
}

async function run(kind: string, given: Partial<RunContext> = {}, inputs = {}): Promise<Run> {
  const done = await world.run({ push: 'true', 'layer-cache': kind, ...inputs }, given)
  expect(done.code).toBe(0)
  expect(done.builder.requests.map(({ service }) => service).toSorted()).toEqual(['api', 'web'])
  return done
}

describe('layers are left for later runs', () => {
  test.each<[string, Partial<RunContext>, string, boolean]>([
    ['by a push to the default branch', {}, 'auto', true],
    ['not by one to another branch', TOPIC, 'auto', false],
    ['not by a pull request', PULL_REQUEST, 'auto', false],
    ['not by a tag', { trigger: { kind: 'tag' }, ref: 'refs/tags/v1' }, 'auto', false],
    ['not by a merge queue', { trigger: { kind: 'merge-group', base: 'b'.repeat(40) } }, 'auto', false],
    ['by a schedule', { trigger: { kind: 'schedule' } }, 'auto', true],
    ['by a dispatch on the default branch', { trigger: { kind: 'dispatch' } }, 'auto', true],
    ['not by one on another branch', { trigger: { kind: 'dispatch' }, ...TOPIC }, 'auto', false],
    ['at a terminal', { ...TERMINAL, ...TOPIC }, 'auto', true],
    ['always, where that is asked for', PULL_REQUEST, 'always', true],
    ['never, where that is asked for', {}, 'never', false],
  ])('%s', async (_description, given, write, isWritten) => {
    const done = await run('gha', given, { 'layer-cache-write': write })
    expect(kinds(done)).toEqual(isWritten ? ['from gha', 'to gha'] : ['from gha'])
    expect(notices(done)).toEqual([])
  })

  test('in no registry that this run may not push to', async () => {
    const forbidden = { ...PULL_REQUEST, pushForbidden: 'it is a fork' }
    const done = await run('registry', forbidden, { 'layer-cache-write': 'always' })
    expect(new Set(kinds(done))).toEqual(new Set(['from registry']))
  })

  test('in no image that is not pushed', async () => {
    const done = await run('inline', {}, { push: 'false' })
    expect(new Set(kinds(done))).toEqual(new Set(['from registry']))
  })
})

describe('in a registry layers are those', () => {
  const from = (tag: string) => `--cache-from type=registry,ref=ghcr.io/acme/api:${tag}`

  test('of the branch, then of the default branch', async () => {
    expect(options(await run('registry', TOPIC))).toEqual([from('cache-topic'), from('cache-main')])
  })

  test('of the pull request, then of its base, then of the default branch', async () => {
    const [own, ...others] = options(await run('registry', PULL_REQUEST))
    expect(own).toMatch(/:cache-pull-7-[0-9a-f]{12}$/)
    expect(others).toEqual([from('cache-release'), from('cache-main')])
  })

  test('of its own, not of its base, for a pull request that runs on the ref of that', async () => {
    const target = { ...PULL_REQUEST, ref: 'refs/heads/release' }
    const done = await run('registry', target, { 'layer-cache-write': 'always' })
    expect(options(done).at(-1)).toMatch(/^--cache-to type=registry,ref=[^,]*:cache-pull-7-/)
  })

  test('only read where the repository keeps its tags, with one notice', async () => {
    for (const image of ['api', 'web']) {
      world.registry.push(`ghcr.io/acme/${image}:cache-main`, `sha256:${'e'.repeat(64)}`)
      world.registry.immutable.add(`ghcr.io/acme/${image}`)
    }
    const done = await run('registry', {}, { tags: 'type=sha' })
    expect(kinds(done)).toEqual(['from registry'])
    expect(notices(done)).toEqual([expect.stringMatching(/immutable.*`api`.*`web`.*only read/)])
  })

  test('none without a registry, with one notice', async () => {
    const { '.github/smart-image-build.yml': config = '', ...files } = SHOP
    const homeless = config.replace(/^registry.*\n/, '')
    world = new World({ committed: { ...files, '.github/smart-image-build.yml': homeless } })
    const done = await run('registry', {}, { push: 'false' })
    expect(options(done)).toEqual([])
    expect(notices(done)).toEqual([expect.stringContaining('without a registry')])
  })
})

test('in images layers are those of the last one and of those that the branches point at', async () => {
  const first = await run('inline')
  const at = 'type=registry,ref=ghcr.io/acme/api'
  expect(options(first)).toEqual([`--cache-from ${at}:main`, '--cache-to type=inline'])
  const digest = world.recordOf('api')?.digest ?? ''
  const second = await run('inline', {}, { force: 'all' })
  expect(options(second).slice(0, 2)).toEqual([`--cache-from ${at}@${digest}`, `--cache-from ${at}:main`])
  const topic = await run('inline', TOPIC, { force: 'all' })
  expect(options(topic)).toEqual(expect.arrayContaining([`--cache-from ${at}:topic`]))
})

describe('in a folder', () => {
  test('each image has its own, which the next build reads and replaces', async () => {
    await run('local')
    const second = await run('local', {}, { force: 'all' })
    const [from, to] = options(second)
    expect(from).toMatch(/^--cache-from type=local,src=\/layers\/\d$/)
    expect(to).toMatch(/^--cache-to type=local,dest=\/layers\/\d,mode=min,ignore-error=true$/)
    expect(world.layers.log.filter((line) => line.startsWith('keep'))).toHaveLength(4)
  })

  test('nothing is kept of a build that fails', async () => {
    world.prepare = ({ builder }) => {
      builder.endless.add('web')
      builder.onStart = () => {
        world.stop.abort()
      }
    }
    await world.run({ push: 'true', 'layer-cache': 'local' })
    expect(world.layers.log).not.toContain('keep ghcr.io/acme/web')
  })

  test('what cannot be kept is said once', async () => {
    world.layers.trouble = ['no space', 'no space either']
    expect(notices(await run('local'))).toEqual(['Layers of this run are not kept for later ones: no space'])
  })
})

describe('what cannot be done is left out aloud', () => {
  function withoutCaches(): void {
    world.prepare = ({ builder }) => {
      builder.hasLayerCaches = false
    }
  }

  test.each(['gha', 'local'])('%s with the builder of the engine', async (kind) => {
    withoutCaches()
    const done = await run(kind)
    expect(options(done)).toEqual([])
    expect(notices(done)).toEqual([expect.stringContaining('docker/setup-buildx-action')])
    expect([...world.layerService.log, ...world.layers.log]).toEqual([])
  })

  test('registry, which that one reads', async () => {
    withoutCaches()
    const done = await run('registry')
    expect(kinds(done)).toEqual(['from registry'])
    expect(notices(done)).toEqual([expect.stringContaining('only reads')])
  })

  test('nothing of inline, which that one knows', async () => {
    withoutCaches()
    const done = await run('inline')
    expect([kinds(done).at(-1), notices(done)]).toEqual(['to inline', []])
  })

  test.each(['gha', 'local'])('%s when the service is out', async (kind) => {
    const answer = { kind: 'closed', problem: 'it does not answer' } as const
    Object.assign(kind === 'gha' ? world.layerService : world.layers, { answer })
    const done = await run(kind)
    expect(options(done)).toEqual([])
    expect(notices(done)).toEqual([expect.stringContaining('it does not answer')])
  })

  test('an outage that was said before is not said again', async () => {
    world.layerService.answer = { kind: 'closed' }
    const done = await run('gha')
    expect([options(done), notices(done)]).toEqual([[], []])
  })

  test('writing, where the run may only read', async () => {
    world.layerService.answer = { kind: 'open', canWrite: false }
    const done = await run('gha')
    expect(kinds(done)).toEqual(['from gha'])
    expect(notices(done)).toEqual([expect.stringContaining('only read')])
  })

  test('but not where it would not write', async () => {
    world.layerService.answer = { kind: 'open', canWrite: false }
    expect(notices(await run('gha', TOPIC))).toEqual([])
  })
})

test('the service is not asked by a run that builds nothing', async () => {
  await run('gha')
  world.layerService.log.length = 0
  const again = await world.run({ push: 'true', 'layer-cache': 'gha' })
  expect([again.builder.requests, world.layerService.log]).toEqual([[], []])
})

test('a build without cache reads none and leaves its own', async () => {
  expect(kinds(await run('gha', {}, { 'no-cache': 'true' }))).toEqual(['to gha'])
  world = new World()
  await run('local')
  world.layers.log.length = 0
  expect(kinds(await run('local', {}, { 'no-cache': 'true', force: 'all' }))).toEqual(['to local'])
  expect(world.layers.log.filter((line) => line.startsWith('fetch'))).toEqual([])
})

test('what the configuration says of an image stands in place of it', async () => {
  const config = SHOP['.github/smart-image-build.yml'] ?? ''
  const own = config.replace(
    '{context: api}',
    "{context: api, cache-from: ['type=local,src=x'], cache-to: ['type=inline']}",
  )
  world = new World({ committed: { ...SHOP, '.github/smart-image-build.yml': own } })
  expect(options(await run('local'))).toEqual(['--cache-from type=local,src=x', '--cache-to type=inline'])
  expect(world.layers.log.filter((line) => line.endsWith('api'))).toEqual([])
})
