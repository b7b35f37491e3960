import { beforeEach, describe, expect, test } from '@jest/globals'
import { type Run, World } from './fakes/world.js'

const TREE = {
  '.github/smart-image-build.yml': `registry: ghcr.io/acme
bases:
  deps: {context: ., file: deps.Dockerfile, lockfiles: [package-lock.json]}
services:
  api: {context: ., file: api.Dockerfile, bases: [deps]}
  web: {context: ., file: web.Dockerfile, bases: [deps]}
`,
  'deps.Dockerfile': 'FROM node:20\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\n',
  'api.Dockerfile': 'FROM deps\nCOPY package.json api.js ./\n',
  'web.Dockerfile': 'FROM deps\nCOPY package.json web.js ./\n',
  'package.json': '{"version": "1"}',
  'package-lock.json': '{}',
  'api.js': '1',
  'web.js': '1',
}

const KEEPS_THE_OLD = 'FROM deps\nCOPY package.json web.js /web/\n'

let world: World
beforeEach(async () => {
  world = new World({ committed: TREE })
  await world.run()
})

function builds({ builder }: Run): string[] {
  return builder.log.filter((line) => line.startsWith('build ')).map((line) => line.replace('build ', ''))
}

async function after(path: string, text = '2'): Promise<Run> {
  world.git.commit(path, text)
  return world.run()
}

describe('a base keyed by its lockfile', () => {
  test.each([
    ['a manifest changed: what copies it again alone', 'package.json', ['api', 'web']],
    ['a source changed: what takes it alone', 'api.js', ['api']],
    ['the lockfile changed: it, then what starts from it', 'package-lock.json', ['deps', 'api', 'web']],
  ])('%s', async (_description, path, expected) => {
    expect(builds(await after(path))).toEqual(expected)
  })

  test('says that its lockfile changed', async () => {
    const { host } = await after('package-lock.json')
    expect(host.json('reasons')).toMatchObject({
      deps: [{ kind: 'lockfile', path: 'package-lock.json' }],
      api: [{ kind: 'base', name: 'deps' }],
    })
  })

  test('is rebuilt for a manifest that a service would keep', async () => {
    await after('web.Dockerfile', KEEPS_THE_OLD)
    expect(builds(await after('package.json'))).toEqual(['deps', 'api', 'web'])
  })

  test('counts its manifest from the commit on in which a service stops to copy it again', async () => {
    const run = await after('web.Dockerfile', KEEPS_THE_OLD)
    expect(builds(run)).toEqual(['deps', 'api', 'web'])
    expect(builds(await after('web.Dockerfile', TREE['web.Dockerfile']))).toEqual([])
  })

  test('has the tag of its kind, and no service has', () => {
    const tags = (repository: string) =>
      [...world.registry.manifests.keys()].filter((key) => key.startsWith(`ghcr.io/${repository}:`))
    expect(tags('acme/deps')).toEqual([expect.stringMatching(/:lock-[0-9a-f]{32}$/)])
    expect(tags('acme/api')).toContainEqual(expect.stringMatching(/:fp-[0-9a-f]{32}$/))
  })
})

describe('an image of ours that a Dockerfile names by its address', () => {
  const BY_ADDRESS = {
    '.github/smart-image-build.yml': `registry: ghcr.io/acme
bases:
  deps: {context: deps}
services:
  api: {context: api}
  web: {context: web}
`,
    'deps/Dockerfile': 'FROM scratch\nCOPY lock /\n',
    'deps/lock': '1',
    'api/Dockerfile': 'FROM ghcr.io/acme/deps:latest\nCOPY main.go /\n',
    'api/main.go': '1',
    'web/Dockerfile': 'FROM scratch\nCOPY --from=ghcr.io/acme/api:v1 /main.go /\n',
  }
  beforeEach(() => {
    world = new World({ committed: BY_ADDRESS })
  })

  test('is built before, and handed over by its digest in place of that address', async () => {
    const run = await world.run()
    expect(builds(run)).toEqual(['deps', 'api', 'web'])
    const contexts = run.builder.requests.map(({ options }) =>
      options.filter((_, index) => options[index - 1] === '--build-context'),
    )
    expect(contexts).toEqual([
      [],
      [expect.stringMatching(/^ghcr\.io\/acme\/deps=docker-image:\/\/ghcr\.io\/acme\/deps@sha256:/)],
      [expect.stringMatching(/^ghcr\.io\/acme\/api:v1=docker-image:\/\/ghcr\.io\/acme\/api@sha256:/)],
    ])
  })

  test('takes along what starts from it', async () => {
    await world.run()
    expect(builds(await world.run())).toEqual([])
    expect(builds(await after('deps/lock'))).toEqual(['deps', 'api', 'web'])
  })

  test('is never looked up as an image of others', async () => {
    const text = `${BY_ADDRESS['.github/smart-image-build.yml']}defaults: {track-upstream: true}\n`
    world = new World({ committed: { ...BY_ADDRESS, '.github/smart-image-build.yml': text } })
    expect((await world.run()).code).toBe(0)
  })

  test('is what it was before, where an image takes from its own last release', async () => {
    const committed = { ...BY_ADDRESS, 'deps/Dockerfile': 'FROM ghcr.io/acme/deps:v1\nCOPY lock /\n' }
    world = new World({ committed })
    const run = await world.run()
    expect([run.code, builds(run)]).toEqual([0, ['deps', 'api', 'web']])
  })

  test('and that has instructions for what starts from it, is refused', async () => {
    const committed = { ...BY_ADDRESS, 'deps/Dockerfile': 'FROM scratch\nONBUILD COPY main.go /\n' }
    world = new World({ committed })
    const run = await world.run()
    expect([run.code, builds(run)]).toEqual([2, []])
    expect(run.host.failures.map(({ message }) => message)).toEqual([
      '`deps`, which `api` is built from, has ONBUILD instructions; write them into api/Dockerfile instead',
    ])
  })
})
