import { describe, expect, test } from '@jest/globals'
import { World } from './fakes/world.js'

const CONFIG = '.github/smart-image-build.yml'
const DOCKERFILE = 'FROM scratch\nCOPY . /\n'
const COMPOSE = 'services:\n  api: {build: {context: api, args: {V: "${V:-1}"}}}\n'
const REPOSITORY = { 'compose.yaml': COMPOSE, 'api/Dockerfile': DOCKERFILE, 'web/Dockerfile': DOCKERFILE }
const PRINTED = {
  group: { default: { targets: ['api'] } },
  target: { api: { context: 'api', dockerfile: 'Dockerfile', args: { V: '1' } } },
}

function world(files: Readonly<Record<string, string>> = {}, printed: unknown = PRINTED): World {
  const world = new World({ committed: { ...REPOSITORY, ...files } })
  world.definitions.printed = printed
  return world
}

const planned = async (world: World, variables: Record<string, string> = {}) => {
  const { host, code } = await world.run({ mode: 'plan' }, { variables })
  const { images = [] } = (host.documents[0] ?? {}) as { images?: { name: string }[] }
  return { code, host, names: images.map(({ name }) => name) }
}

describe('without a configuration the services are', () => {
  test('those of a Compose file', async () => {
    const repository = world()
    expect((await planned(repository)).names).toEqual(['api'])
    expect(repository.definitions.asked).toMatchObject([
      { folder: '', files: ['compose.yaml'], targets: ['default'] },
    ])
  })

  test('those of a bake file first', async () => {
    const repository = world({ 'docker-bake.hcl': 'target "api" {}' })
    await planned(repository)
    expect(repository.definitions.asked).toMatchObject([{ files: ['docker-bake.hcl'], targets: ['*'] }])
  })

  test('those of Dockerfiles when a Compose file builds nothing', async () => {
    const nothing = { group: { default: { targets: null } }, target: {} }
    expect((await planned(world({}, nothing))).names).toEqual(['api', 'web'])
  })

  test('those of Dockerfiles, without a question to Docker, when a Compose file cannot build', async () => {
    const repository = world({ 'compose.yaml': 'services: {db: {image: postgres}}' })
    expect((await planned(repository)).names).toEqual(['api', 'web'])
    expect(repository.definitions.asked).toEqual([])
  })

  test.each([
    [
      'a Compose file',
      {},
      ['no configuration: the images are those of compose.yaml; `init` writes them down'],
    ],
    [
      'Dockerfiles',
      { 'compose.yaml': '' },
      ['no configuration: the images are those of the Dockerfiles; `init` writes them down'],
    ],
    ['a configuration', { [CONFIG]: 'services: {web: {context: web}}' }, []],
  ])('said to be those of %s', async (_, files, lines) => {
    const { host } = await planned(world(files))
    expect(host.lines.filter((line) => line.startsWith('no configuration'))).toEqual(lines)
  })
})

test.each([
  ...['.github/smart-image-build.yml', '.github/smart-image-build.yaml'],
  ...['smart-image-build.yml', 'smart-image-build.yaml'],
])('a configuration is found at %s', async (path) => {
  expect((await planned(world({ [path]: 'services: {web: {context: web}}' }))).names).toEqual(['web'])
})

describe('a configuration with `from`', () => {
  test('gets what it names, from the folder of the Compose file', async () => {
    const { 'compose.yaml': text, ...others } = REPOSITORY
    const repository = new World({
      committed: {
        ...others,
        'deploy/compose.yaml': text,
        [CONFIG]: 'from: deploy/compose.yaml\nservices: {web: {context: web}}',
      },
    })
    repository.definitions.printed = { ...PRINTED, target: { api: { context: '../api' } } }
    expect((await planned(repository)).names).toEqual(['web', 'api'])
    expect(repository.definitions.asked).toMatchObject([{ folder: 'deploy', files: ['deploy/compose.yaml'] }])
  })

  test('says where it names a file that is not there', async () => {
    const { code, host } = await planned(world({ [CONFIG]: 'from:\n  - none.yaml\n' }))
    expect(code).toBe(2)
    expect(host.failures).toEqual([
      {
        kind: 'config-invalid',
        message: '`none.yaml` does not exist; paths in `from` are relative to the repository root',
        place: { file: CONFIG, line: 2, column: 5 },
      },
    ])
  })

  test('ends red with what bake says', async () => {
    const repository = world()
    repository.definitions.failure = { kind: 'environment-missing', message: 'no buildx' }
    expect((await planned(repository)).code).toBe(3)
  })
})

describe('bake gets', () => {
  test('all that a Compose file names, and an empty file for what only has to be there', async () => {
    const repository = world({
      'compose.yaml': 'include: [more.yaml]\nservices: {api: {build: api, env_file: [secret.env]}}',
      'more.yaml': 'services: {a: {extends: {file: base.yaml, service: b}, env_file: there.env}}',
      ...{ 'base.yaml': 'services: {b: {build: .}}', 'there.env': 'A=b', '.env': 'TAG=1', 'other.yaml': '' },
    })
    await planned(repository)
    const [{ texts } = { texts: new Map<string, string>() }] = repository.definitions.asked
    expect([...texts.keys()].sort()).toEqual([
      ...['.env', 'base.yaml', 'compose.yaml', 'more.yaml', 'secret.env', 'there.env'],
    ])
    expect(texts.get('secret.env')).toBe('')
    expect(texts.get('.env')).toBe('TAG=1')
  })

  test.each([
    ['commit', COMPOSE],
    ['worktree', 'services: {api: {build: .}}'],
  ])('with `inputs-from: %s` the text that is there', async (where, text) => {
    const repository = world()
    repository.git.lay('compose.yaml', 'services: {api: {build: .}}')
    await repository.run({ mode: 'plan', 'inputs-from': where })
    expect(repository.definitions.asked[0]?.texts.get('compose.yaml')).toBe(text)
  })
})

describe('what bake printed is', () => {
  const UNSTEADY = 'variable "T" { default = timestamp() }\ntarget "api" {}'

  /** How often bake is asked in two runs, between which something changes. */
  const asked = async (
    repository: World,
    change: (world: World) => void,
    variables: Record<string, string> = {},
  ) => {
    await repository.run({ push: 'true', registry: 'ghcr.io/acme' }, { variables: { V: '1', OTHER: '1' } })
    change(repository)
    await repository.run(
      { push: 'true', registry: 'ghcr.io/acme' },
      { variables: { V: '1', OTHER: '1', ...variables } },
    )
    return repository.definitions.asked.length
  }

  test.each<[string, (world: World) => void, Record<string, string>]>([
    ['nothing changes', () => undefined, {}],
    [
      'another file changes',
      (world) => {
        world.git.commit('api/main', 'x')
      },
      {},
    ],
    ['a variable changes that no file names', () => undefined, { OTHER: '2' }],
  ])('taken for granted when %s', async (_case, change, variables) => {
    expect(await asked(world(), change, variables)).toBe(1)
  })

  test.each<[string, (world: World) => void, Record<string, string>]>([
    [
      'its file changes',
      (world) => {
        world.git.commit('compose.yaml', `${COMPOSE} `)
      },
      {},
    ],
    [
      'a file appears that it would read',
      (world) => {
        world.git.commit('.env', 'V=3')
      },
      {},
    ],
    ['a variable changes that it names', () => undefined, { V: '2' }],
    ['a variable changes that Docker reads', () => undefined, { COMPOSE_PROJECT_NAME: 'x' }],
  ])('found out anew when %s', async (_case, change, variables) => {
    expect(await asked(world(), change, variables)).toBe(2)
  })

  test('found out anew by every run when its values may be others', async () => {
    expect(await asked(world({ 'docker-bake.hcl': UNSTEADY }), () => undefined)).toBe(2)
  })

  test('taken for granted where it is nothing, and Dockerfiles count', async () => {
    const nothing = { group: { default: { targets: null } }, target: {} }
    const repository = world({}, nothing)
    expect(await asked(repository, () => undefined)).toBe(1)
    expect((await planned(repository)).names).toEqual(['api', 'web'])
  })

  test('remembered with its services', async () => {
    const repository = world()
    const first = await repository.run({ push: 'true', registry: 'ghcr.io/acme' })
    const second = await repository.run({ push: 'true', registry: 'ghcr.io/acme' })
    expect(first.builder.requests.map(({ service }) => service)).toEqual(['api'])
    expect(second.code).toBe(0)
    expect(second.builder.requests).toEqual([])
  })
})

describe('an image of a Compose file is loaded under its name there, too,', () => {
  const LOAD = { load: 'true', registry: 'ghcr.io/acme' }
  const loaded = ({ engine }: World) =>
    [...engine.images.keys()].filter((name) => !name.startsWith('ghcr.io/'))

  test('whether it is built, found by the next run, or made anew in a forced one', async () => {
    const repository = world({ 'compose.yaml': `name: forum\n${COMPOSE}` })
    for (const inputs of [LOAD, LOAD, { ...LOAD, force: 'all' }]) {
      repository.engine.images.delete('forum-api:latest')
      expect((await repository.run(inputs)).code).toBe(0)
      expect(loaded(repository)).toEqual(['forum-api:latest'])
    }
  })

  test('where a service of its name, which it extends, has another image in another file', async () => {
    const repository = world({
      'compose.yaml': 'services: {api: {extends: {file: base.yaml, service: api}, image: "web:2"}}',
      'base.yaml': 'services: {api: {build: api, image: "web:1"}}',
    })
    await repository.run(LOAD)
    expect(loaded(repository)).toEqual(['web:2'])
  })

  test('where its service has a dot in its name, which a target has not', async () => {
    const repository = world(
      { 'compose.yaml': 'services: {web.api: {build: api}}' },
      { group: { default: { targets: ['web_api'] } }, target: { web_api: { context: 'api' } } },
    )
    await repository.run(LOAD)
    expect(loaded(repository)).toEqual(['shop-web.api:latest'])
  })

  test.each([
    ['a bake file gives it tags', { tags: ['acme/baked:2'] }, 'web:1'],
    ['its build has tags of its own', { tags: ['acme/other:1', 'web:1'] }, 'web:1'],
    ['bake filled it in', { tags: ['web:7'] }, 'web:${V:?}', 'web:7'],
  ])('where %s', async (_case, target, image, expected = image) => {
    const compose = `services: {api: {image: "${image}", build: api}}`
    const repository = world(
      { 'compose.yaml': compose },
      { ...PRINTED, target: { api: { context: 'api', ...target } } },
    )
    await repository.run(LOAD)
    expect(loaded(repository)).toEqual([expected])
  })
})
