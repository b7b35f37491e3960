import { beforeEach, describe, expect, test } from '@jest/globals'
import type { RawInputs } from '../src/config/input-reader.js'
import { builtDigest } from './fakes/fake-builder.js'
import { digest } from './fakes/images.js'
import { type Run, World } from './fakes/world.js'

const CONFIG = `registry: ghcr.io/acme
bases:
  deps: {context: deps}
services:
  api: {context: api, bases: [deps]}
  web: {context: web, build-contexts: {site: "service:api"}}
  lone: {context: lone}
`
const TREE = {
  '.github/smart-image-build.yml': CONFIG,
  'deps/Dockerfile': 'FROM scratch\nCOPY lock /\n',
  'deps/lock': '1',
  'api/Dockerfile': 'FROM deps\nCOPY main.go /\n',
  'api/main.go': '1',
  'web/Dockerfile': 'FROM scratch\nCOPY --from=site /main.go /\nCOPY index.html /\n',
  'web/index.html': '1',
  'lone/Dockerfile': 'FROM scratch\nCOPY x /\n',
  'lone/x': '1',
}

let world: World
beforeEach(async () => {
  world = new World({ committed: TREE })
  await world.run()
})

function builds({ builder }: Run): string[] {
  return builder.log.filter((line) => line.startsWith('build ')).map((line) => line.replace('build ', ''))
}

function reasons({ host }: Run): unknown {
  return host.json('reasons')
}

async function after(path: string, inputs?: RawInputs): Promise<Run> {
  world.git.commit(path, '2')
  return world.run(inputs)
}

test('the first run builds each image after those that it is built from, by their digests', async () => {
  world = new World({ committed: TREE })
  const run = await world.run()
  expect(run.code).toBe(0)
  expect(builds(run).indexOf('deps')).toBeLessThan(builds(run).indexOf('api'))
  expect(builds(run).indexOf('api')).toBeLessThan(builds(run).indexOf('web'))
  const api = run.builder.requests.find(({ service }) => service === 'api')
  const [deps = ''] = run.builder.requests.find(({ service }) => service === 'deps')?.tags ?? []
  expect(api?.options).toContain(`deps=docker-image://ghcr.io/acme/deps@${builtDigest(deps)}`)
})

test('a base is no service: it is in no matrix and has no tag', async () => {
  world = new World({ committed: TREE })
  const { host } = await world.run()
  expect(host.json('changed')).toEqual(['api', 'web', 'lone'])
  expect(world.registry.tagsOf({ registry: 'ghcr.io', repository: 'acme/deps' })).toEqual([])
})

describe('what is built when', () => {
  test('nothing changed: nothing', async () => {
    const run = await world.run()
    expect([builds(run), run.host.json('changed')]).toEqual([[], []])
  })

  test.each([
    ['the base changed: all that start from it, however far', 'deps/lock', ['deps', 'api', 'web']],
    ['a service changed that another is built from: both', 'api/main.go', ['api', 'web']],
    ['the last in the chain changed: it alone', 'web/index.html', ['web']],
    ['one changed that is built from no other: it alone', 'lone/x', ['lone']],
  ])('%s', async (_description, path, expected) => {
    expect(builds(await after(path))).toEqual(expected)
  })

  test('a base changed, it says which', async () => {
    expect(reasons(await after('deps/lock'))).toMatchObject({
      api: [{ kind: 'base', name: 'deps' }],
      web: [{ kind: 'base', name: 'api' }],
    })
  })

  test('one service is asked for: what it is built from comes along', async () => {
    world = new World({ committed: TREE })
    expect(builds(await world.run({ push: 'true', services: 'api' }))).toEqual(['deps', 'api'])
  })

  test('it is changed back: nothing', async () => {
    await after('deps/lock')
    world.git.commit('deps/lock', '1')
    const run = await world.run()
    expect([builds(run), run.host.json('changed')]).toEqual([[], ['api', 'web']])
  })
})

describe('a base that is built anew', () => {
  test('by force takes along what starts from it', async () => {
    const run = await world.run({ push: 'true', force: 'deps' })
    expect(builds(run)).toEqual(['deps', 'api', 'web'])
    expect(reasons(run)).toMatchObject({ api: [{ kind: 'base', name: 'deps' }], lone: [] })
  })

  test('by the word for all of them takes along what starts from any', async () => {
    const run = await world.run({ push: 'true', force: 'bases' })
    expect(builds(run)).toEqual(['deps', 'api', 'web'])
    expect(reasons(run)).toMatchObject({ deps: [{ kind: 'forced' }], api: [{ kind: 'base', name: 'deps' }] })
  })

  test('by that word and by the name of a service forces both', async () => {
    const run = await world.run({ push: 'true', force: 'bases, lone' })
    expect(builds(run).sort()).toEqual(['api', 'deps', 'lone', 'web'])
    expect(reasons(run)).toMatchObject({ lone: [{ kind: 'forced' }], web: [{ kind: 'base', name: 'api' }] })
  })

  test('by that word is not built where no requested service needs it', async () => {
    expect(builds(await world.run({ push: 'true', force: 'bases', services: 'lone' }))).toEqual([])
  })

  test.each(['with', 'without'])(
    'in a run that was stopped is taken up by the next one, %s records',
    async (how) => {
      const tag = [...world.registry.manifests.keys()].find((key) => key.includes('/deps:lock-')) ?? ''
      world.registry.push(tag, digest('9'))
      world.registry.remove({ registry: 'ghcr.io', repository: 'acme/deps' }, builtDigest(tag))
      if (how === 'without') world.store.texts.clear()
      expect(builds(await world.run())).toEqual(['api', 'web'])
      expect(builds(await world.run())).toEqual([])
    },
  )
})

describe('a base whose image is gone', () => {
  beforeEach(() => {
    const deps = { registry: 'ghcr.io', repository: 'acme/deps' }
    for (const [key, value] of world.registry.manifests)
      if (key.startsWith('ghcr.io/acme/deps')) world.registry.remove(deps, value)
  })

  test('is not missed while nothing starts from it anew', async () => {
    const run = await world.run()
    expect([run.code, builds(run), run.host.json('failed')]).toEqual([0, [], []])
  })

  test('is built for what does, and all that start from it follow', async () => {
    expect(builds(await after('api/main.go'))).toEqual(['deps', 'api', 'web'])
  })
})

test('a base that fails blocks what starts from it, by name; the others are pushed and recorded', async () => {
  world.prepare = ({ builder }) => {
    builder.failing.set('deps', { kind: 'build-failed', message: 'code 1', log: [], cause: 'code', tail: [] })
  }
  world.git.commit('lone/x', '2')
  const run = await after('deps/lock')
  expect([run.code, builds(run).sort()]).toEqual([1, ['deps', 'lone']])
  expect(run.host.json('failed')).toEqual(['deps', 'api', 'web'])
  expect(run.host.summaries.join()).toContain('blocked')
  world.prepare = () => undefined
  expect(builds(await world.run())).toEqual(['deps', 'api', 'web'])
})

test('images that are built from each other are refused with the way around', async () => {
  world.git.commit('api/Dockerfile', 'FROM web\n')
  world.git.commit(
    '.github/smart-image-build.yml',
    CONFIG.replace('bases: [deps]', 'build-contexts: {web: "service:web"}'),
  )
  const run = await world.run()
  expect([run.code, builds(run)]).toEqual([2, []])
  expect(run.host.failures.map(({ message }) => message)).toEqual([
    'images are built from each other: api → web → api; take one of these steps out',
  ])
})

describe('the word `bases` in `force`', () => {
  const NAMESAKE = CONFIG.replace('lone:', 'bases:')

  test('means the bases where a service is called so; a glob names that one', async () => {
    world.git.commit('.github/smart-image-build.yml', NAMESAKE)
    await world.run()
    expect(builds(await world.run({ push: 'true', force: 'bases' }))).toEqual(['deps', 'api', 'web'])
    expect(builds(await world.run({ push: 'true', force: 'base[s]' }))).toEqual(['bases'])
  })

  test('is refused where there is none', async () => {
    const run = await new World().run({ push: 'true', force: 'bases' })
    expect([run.code, builds(run)]).toEqual([2, []])
    expect(run.host.failures.map(({ message }) => message)).toEqual([
      'force: no base is configured that `bases` could stand for; name one under `bases:`, or services',
    ])
  })
})

describe('an image that a Dockerfile takes by one word', () => {
  const tree = (config: string, from: string) => ({
    ...TREE,
    '.github/smart-image-build.yml': config,
    'lone/Dockerfile': `FROM ${from}\nCOPY x /\n`,
  })

  test.each([
    ['lib', ['deps', 'lib', 'lone']],
    ['lib:latest', ['deps', 'lib', 'lone']],
    ['lib:1', ['deps', 'lib']],
  ])('%s is ours where no registry is part of our names, unless it has a tag', async (from, rebuilt) => {
    const config = 'services: {lib: {context: deps}, lone: {context: lone}}'
    world = new World({ committed: tree(`bases: {deps: {context: deps}}\n${config}`, from) })
    await world.run({ load: 'true', push: '' })
    world.git.commit('deps/lock', '2')
    const run = await world.run({ load: 'true', push: '' })
    expect(builds(run).sort()).toEqual(rebuilt)
  })

  test.each(['deps', 'deps:latest'])(
    '%s is a mistake where it is a base that is not listed',
    async (from) => {
      world = new World({ committed: tree(CONFIG, from) })
      const { code, host } = await world.run()
      expect([code, host.failures.length]).toEqual([2, 1])
      expect(host.failures[0]?.message).toContain('add `bases: [deps]`')
    },
  )
})
