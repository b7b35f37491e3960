import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { join } from 'node:path'
import { configurationText } from '../../src/report/init.js'
import { brief, servicesOf } from '../rig/definitions.js'
import { Room } from '../rig/inputs.js'
import { TempRepository } from '../rig/temp-repository.js'

jest.setTimeout(60_000)

const EXAMPLE = join(import.meta.dirname, '../../examples/compose')

let room: Room
let repositories: TempRepository[] = []

beforeAll(async () => {
  room = await Room.open()
})

afterEach(async () => {
  for (const repository of repositories) await repository.dispose()
  repositories = []
})

afterAll(async () => {
  await room.remove()
})

async function repositoryOf(files: Readonly<Record<string, string>>): Promise<TempRepository> {
  const repository = await TempRepository.create({ files })
  repositories.push(repository)
  return repository
}

describe('the example without a configuration', () => {
  const SERVICES = [
    ['api', 'api', 'api/Dockerfile', '', 'forum-api'],
    ['base', 'base', 'base/Dockerfile', '', 'forum-base'],
    ['web', 'web', 'web/Dockerfile', '', 'forum/web'],
    ['worker', '', 'worker/Dockerfile', '', 'forum-worker'],
  ]

  test('is read from its Compose file', async () => {
    const repository = await repositoryOf({ LICENSE: '' })
    await repository.copyFrom(EXAMPLE)
    const read = await servicesOf(repository.folder, { variables: { GREETING: 'Hi' } })
    expect(brief(read)).toEqual(SERVICES)
    expect(read.notices).toEqual([])
    const { api, worker } = read.services
    expect({ ...api?.build.contexts }).toEqual({ base: { kind: 'image', image: 'base' } })
    expect(worker?.build.contexts).toEqual(api?.build.contexts)
    expect({ ...api?.build.buildArgs }).toEqual({ GREETING: 'Hi' })
  })

  test('is the same with the configuration that `init` writes', async () => {
    const repository = await repositoryOf({ LICENSE: '' })
    await repository.copyFrom(EXAMPLE)
    const { services } = await servicesOf(repository.folder)
    const text = configurationText({ services: Object.values(services), from: ['compose.yaml'] })
    await repository.write('.github/smart-image-build.yml', text)
    expect((await servicesOf(repository.folder)).services).toEqual(services)
  })

  test('is read from a commit whose files are not on the disk', async () => {
    const repository = await repositoryOf({ LICENSE: '' })
    await repository.copyFrom(EXAMPLE)
    await repository.commit('example')
    const clone = await room.clone(repository, ['--depth=1', '--filter=blob:none', '--no-checkout'])
    expect(brief(await servicesOf(clone, { inputsFrom: 'commit' }))).toEqual(SERVICES)
  })
})

describe('as Compose does it', () => {
  test('an override wins, and takes out what it resets', async () => {
    const { folder } = await repositoryOf({
      'compose.yaml': 'services:\n  api: {build: {context: api, target: run, args: {A: "1", B: "2"}}}\n',
      'compose.override.yaml': 'services:\n  api: {build: {target: !reset null, args: {B: "3"}}}\n',
    })
    const { api } = (await servicesOf(folder)).services
    expect({ ...api?.build.buildArgs }).toEqual({ A: '1', B: '3' })
    expect(api?.build).not.toHaveProperty('target')
  })

  test('a project in a folder has its paths, its .env and its name there', async () => {
    const { folder } = await repositoryOf({
      'smart-image-build.yml': 'from: deploy/compose.yaml\nregistry: ghcr.io/acme\n',
      'deploy/compose.yaml':
        'include: [more/c.yaml]\nservices: {api: {build: {context: ../api, args: {V: "${V}"}}}}\n',
      'deploy/more/c.yaml': 'services: {web: {extends: {file: base.yaml, service: any}}}\n',
      'deploy/more/base.yaml': 'services: {any: {build: {context: ., target: web}, env_file: none.env}}\n',
      'deploy/.env': 'V=1.2\n',
    })
    const read = await servicesOf(folder)
    expect(brief(read)).toEqual([
      ['api', 'api', 'api/Dockerfile', '', 'ghcr.io/acme/deploy-api'],
      ['web', 'deploy/more', 'deploy/more/Dockerfile', 'web', 'ghcr.io/acme/deploy-web'],
    ])
    expect({ ...read.services['api']?.build.buildArgs }).toEqual({ V: '1.2' })
  })

  test('a bake file refines what a Compose file has', async () => {
    const { folder } = await repositoryOf({
      'smart-image-build.yml': 'from: [compose.yaml, docker-bake.hcl]\n',
      'compose.yaml': 'services: {api: {build: api}}\n',
      'docker-bake.hcl': 'target "api" { platforms = ["linux/arm64"] }\ntarget "tool" { context = "tool" }\n',
    })
    const read = await servicesOf(folder)
    expect(brief(read)).toEqual([
      ['api', 'api', 'api/Dockerfile', '', 'shop-api'],
      ['tool', 'tool', 'tool/Dockerfile', '', 'tool'],
    ])
    expect(read.services['api']?.build.platforms).toEqual(['linux/arm64'])
  })

  test('neither secrets nor an agent need be there to read what wants them', async () => {
    const { folder } = await repositoryOf({
      'compose.yaml':
        'services: {api: {build: {context: api, secrets: [npm], ssh: [default]}}}\nsecrets: {npm: {file: .npmrc}}\n',
    })
    const { services, failures } = await servicesOf(folder, { variables: { SSH_AUTH_SOCK: '' } })
    expect(failures).toEqual([])
    expect(services['api']?.build.ssh).toEqual(['default'])
  })

  test.each([
    ['no YAML', 'services: {api: {build: [', 'failed to parse'],
    ['an unknown key', 'services: {api: {build: {contxt: x}}}', 'contxt'],
    ['a variable that is demanded', 'services: {api: {build: "${NO_SUCH:?set it}"}}', 'set it'],
  ])('%s is one failure that names the file', async (_case, text, said) => {
    const { folder } = await repositoryOf({ 'compose.yaml': text })
    const message = expect.stringMatching(
      new RegExp(`^compose.yaml cannot be read: .*${said}`, 's'),
    ) as unknown
    const place = { file: 'compose.yaml', line: 1, column: 1 }
    expect((await servicesOf(folder)).failures).toEqual([{ kind: 'config-invalid', message, place }])
  })
})

/** Of the size and forms of a demo that many know: one repository for all, names and versions in `.env`, the root as context. */
const NAMES = Array.from({ length: 24 }, (_, index) => `part-${String(index + 1).padStart(2, '0')}`)

const DEMO = {
  '.env':
    'IMAGE_NAME=ghcr.io/acme/demo\nIMAGE_VERSION=3.0.0\nAGENT_VERSION=2.30.0\nPART_03_DOCKERFILE=./src/part-03/x/Dockerfile\n',
  'compose.yaml': [
    'x-defaults: &logging {driver: json-file}',
    'services:',
    ...NAMES.flatMap((name, index) => [
      `  ${name}:`,
      `    image: \${IMAGE_NAME}:\${DEMO_VERSION:-latest}-${name}`,
      `    container_name: ${name}`,
      '    build:',
      '      context: ./',
      `      dockerfile: ${index === 2 ? '${PART_03_DOCKERFILE}' : `./src/${name}/Dockerfile`}`,
      ...(index % 3 === 0 ? ['      args: {AGENT_VERSION: "${AGENT_VERSION}"}'] : []),
      ...(index % 4 === 0 ? ['      target: run'] : []),
      ...(index === 5 ? ['      additional_contexts: {first: "service:part-01"}'] : []),
      `      cache_from: ["\${IMAGE_NAME}:\${IMAGE_VERSION}-${name}"]`,
      '    environment: [OTEL_EXPORTER_OTLP_ENDPOINT, "X=${UNSET}"]',
      '    logging: *logging',
    ]),
    '  store: {image: "valkey/valkey:9"}',
    '',
  ].join('\n'),
}

test('a demo of 24 services is read without a line written by hand', async () => {
  const { folder } = await repositoryOf(DEMO)
  const read = await servicesOf(folder)
  expect(brief(read)).toEqual(
    NAMES.map((name, index) => [
      name,
      '',
      index === 2 ? 'src/part-03/x/Dockerfile' : `src/${name}/Dockerfile`,
      index % 4 === 0 ? 'run' : '',
      `ghcr.io/acme/demo-${name}`,
    ]),
  )
  expect({ ...read.services['part-04']?.build.buildArgs }).toEqual({ AGENT_VERSION: '2.30.0' })
  expect(read.services['part-06']?.build.contexts['first']).toEqual({ kind: 'image', image: 'part-01' })
  expect(read.notices).toEqual([
    '`part-01`, `part-02`, `part-03` and 21 more are told apart in `ghcr.io/acme/demo` by their tags alone: each gets its own, such as `ghcr.io/acme/demo-part-01`; `image` under `services:` names another',
    expect.stringMatching(/^`cache-from` of `part-01`, `part-02`, `part-03` and 21 more: not used/),
  ])
})
