import { describe, expect, test } from '@jest/globals'
import { buildRequest, type Common, type Connections, type Provenance } from '../../src/execute/build.js'
import type { RunRequest } from '../../src/model/request.js'
import type { Service } from '../../src/model/service.js'
import { COMMIT, digest, planned, REBUILD, request, service } from '../fakes/images.js'

const BUILT_AT = '2026-08-01T10:00:00.000Z'
const PROVENANCE: Provenance = { revision: COMMIT, builtAt: BUILT_AT, platforms: ['linux/amd64'] }
const LABELS = [
  ...['--label', `smart-image-build.fingerprint=${'1'.repeat(64)}`],
  ...['--label', `smart-image-build.built-at=${BUILT_AT}`],
  ...['--label', `org.opencontainers.image.revision=${COMMIT}`],
  ...['--label', `org.opencontainers.image.created=${BUILT_AT}`],
]

/** Built from no image of ours. */
const ALONE: Connections = { parents: [], load: false, layerOptions: [], mayShare: false }

function common(given: Partial<Common> = {}): Common {
  return {
    request: request(),
    provenance: PROVENANCE,
    audience: 'all',
    runId: '100',
    secrets: new Map(),
    commitArgs: new Map(),
    ...given,
  }
}

function requestFor(of: Service, asked: Partial<RunRequest> = {}, given: Partial<Provenance> = {}) {
  const image = planned('api', REBUILD, { service: of })
  return buildRequest(image, common({ request: request(asked), provenance: { ...PROVENANCE, ...given } }), {
    parents: [],
    load: asked.load === true,
    layerOptions: [],
    mayShare: false,
  })
}

function optionsOf(...of: Parameters<typeof requestFor>): readonly string[] {
  return requestFor(...of).options
}

test('a plain build has its platform and the labels, under the tag of its fingerprint alone', () => {
  expect(requestFor(service('api', { tags: ['v1'] }), { tags: ['latest'] })).toEqual({
    service: 'api',
    context: 'api',
    file: 'api/Dockerfile',
    tags: [`ghcr.io/acme/api:fp-${'1'.repeat(32)}`],
    push: false,
    load: false,
    mayShare: false,
    environment: {},
    layouts: {},
    options: ['--platform', 'linux/amd64', ...LABELS],
  })
})

test.each([
  ['push', { push: true }],
  ['load', { load: true }],
] as const)('%s is handed on', (name, asked) => {
  expect(requestFor(service('api'), asked)[name]).toBe(true)
})

test.each([
  ['is not to be loaded', {}, service('api'), undefined],
  ['is to be loaded, too', { load: true }, service('api'), true],
  [
    'is to show first that it works',
    {},
    service('api', { health: { port: 80, path: '/', timeoutMs: 1 } }),
    true,
  ],
] as const)('what is pushed and %s: whether the engine keeps it: %s', (_, asked, of, isKept) => {
  expect(requestFor(of, { push: true, ...asked }).isKept).toBe(isKept)
})

test('the reference of an image without a registry has none', () => {
  const image = planned('api', REBUILD, { service: service('api', { image: { repository: 'api' } }) })
  expect(buildRequest(image, common(), ALONE).tags).toEqual([`api:fp-${'1'.repeat(32)}`])
})

test('what only pull requests may use again has a tag of its own', () => {
  const { tags } = buildRequest(planned('api', REBUILD), common({ audience: 'pull-requests' }), ALONE)
  expect(tags).toEqual([`ghcr.io/acme/api:pr-fp-${'1'.repeat(32)}`])
})

test('an image that is too old is built of what is new, without the layers of the old one', () => {
  const image = planned('api', { kind: 'rebuild', reasons: [{ kind: 'expired' }] })
  expect(buildRequest(image, common(), ALONE).options).toEqual(
    expect.arrayContaining(['--no-cache', '--pull']),
  )
  expect(optionsOf(service('api'))).not.toEqual(expect.arrayContaining(['--no-cache']))
})

test('where all stages run anew, buildx is not told of some, which it would refuse', () => {
  const filtered = service('api', { build: { noCacheFilters: ['deps'] } })
  expect(optionsOf(filtered, { noCache: true })).toEqual(expect.arrayContaining(['--no-cache']))
  expect(optionsOf(filtered, { noCache: true })).not.toEqual(expect.arrayContaining(['--no-cache-filter']))
  expect(optionsOf(filtered)).toEqual(expect.arrayContaining(['--no-cache-filter', 'deps']))
})

test('options are in the words of buildx, each value an element of its own', () => {
  const full = service('api', {
    build: {
      target: 'release',
      platforms: ['linux/amd64', 'linux/arm64'],
      buildArgs: { A: '$(rm -rf /) "x"', B: '' },
      contexts: {
        root: { kind: 'folder', folder: '' },
        alpine: { kind: 'folder', folder: 'github.com/a=b' },
        base: { kind: 'reference', reference: 'docker-image://alpine:3' },
      },
      annotations: ['index:a=1'],
      ssh: ['default=/run/agent'],
      attests: ['type=sbom'],
      provenance: 'mode=max',
      sbom: 'true',
      network: 'none',
      shmSize: '1g',
      addHosts: ['a:1.2.3.4'],
      ulimit: ['nofile=1:2'],
      allow: ['network.host'],
      noCacheFilters: ['stage'],
      cacheFrom: ['type=gha', 'type=registry,ref=x'],
      cacheTo: ['type=gha,mode=max'],
    },
  })
  expect(optionsOf(full, { builder: 'remote' })).toEqual([
    ...['--platform', 'linux/amd64,linux/arm64'],
    ...LABELS,
    ...['--builder', 'remote'],
    ...['--build-arg', 'A=$(rm -rf /) "x"', '--build-arg', 'B='],
    ...['--target', 'release'],
    ...['--build-context', 'root=./'],
    ...['--build-context', 'alpine=./github.com/a=b'],
    ...['--build-context', 'base=docker-image://alpine:3'],
    ...['--annotation', 'index:a=1'],
    ...['--ssh', 'default=/run/agent'],
    ...['--attest', 'type=sbom'],
    ...['--provenance', 'mode=max'],
    ...['--sbom', 'true'],
    ...['--network', 'none'],
    ...['--shm-size', '1g'],
    ...['--add-host', 'a:1.2.3.4'],
    ...['--ulimit', 'nofile=1:2'],
    ...['--allow', 'network.host'],
    ...['--cache-from', 'type=gha', '--cache-from', 'type=registry,ref=x'],
    ...['--cache-to', 'type=gha,mode=max'],
    ...['--no-cache-filter', 'stage'],
  ])
})

describe('--no-cache and --pull', () => {
  const uncached = service('api', { build: { noCache: true } })
  test.each<[string, Service, Partial<RunRequest>, string[]]>([
    ['are off', service('api'), {}, []],
    ['are asked for', service('api'), { noCache: true, pull: true }, ['--no-cache', '--pull']],
    ['are configured', uncached, {}, ['--no-cache']],
    ['are both, and said once', uncached, { noCache: true }, ['--no-cache']],
  ])('%s', (_description, ...[of, asked, expected]) => {
    expect(optionsOf(of, asked).slice(2 + LABELS.length)).toEqual(expected)
  })
})

describe('labels', () => {
  test('name the source when it is known', () => {
    const options = optionsOf(service('api'), {}, { sourceUrl: 'https://example.org/a' })
    expect(options).toContain('org.opencontainers.image.source=https://example.org/a')
  })

  test('that are configured win over the usual ones', () => {
    const labels = { 'org.opencontainers.image.revision': 'mine', team: 'ops' }
    const options = optionsOf(service('api', { build: { labels } }))
    expect(options.filter((option) => option.startsWith('org.opencontainers.image.revision='))).toEqual([
      'org.opencontainers.image.revision=mine',
    ])
    expect(options).toContain('team=ops')
  })
})

describe('images of ours', () => {
  const A = digest('a')
  const DEPS = { context: 'deps', address: `docker-image://ghcr.io/acme/deps@${A}`, digest: A }

  function requestOf(...parents: Connections['parents']) {
    const built = buildRequest(planned('api', REBUILD), common(), { ...ALONE, parents })
    const at = (option: string) => built.options.filter((_, index) => built.options[index - 1] === option)
    return { ...built, contexts: at('--build-context'), labels: at('--label').join('\n') }
  }

  test('are build contexts, and the label says which ones they were', () => {
    const { contexts, labels } = requestOf(DEPS, { context: 'x/y', address: 'docker-image://web:fp-1' })
    expect(contexts).toEqual([`deps=${DEPS.address}`, 'x/y=docker-image://web:fp-1'])
    expect(labels).toContain(`smart-image-build.parents={"deps":"${A}"}`)
    expect(requestOf().labels).not.toContain('parents')
  })

  test('that are in no registry are handed on as layouts, and no label names them', () => {
    const layout = { folder: '/kept/web', digest: digest('b') }
    const { contexts, labels, layouts } = requestOf(DEPS, { context: 'x/y', layout })
    expect([contexts, layouts]).toEqual([[`deps=${DEPS.address}`], { 'x/y': layout }])
    expect(labels).not.toContain('x/y')
  })
})

test('an image that others are built from is written to the place that it is given', () => {
  const { layout, load } = buildRequest(planned('api', REBUILD), common(), { ...ALONE, layout: '/kept/1' })
  expect([layout, load]).toEqual(['/kept/1', false])
})

test('secrets are named in the options, and their values are in the environment alone', () => {
  const secrets = new Map([
    [
      'api',
      [
        { id: 'npm', kind: 'value', value: 'hush' },
        { id: 'aws', kind: 'variable', variable: 'AWS' },
        { id: 'key', kind: 'file', path: 'a,b' },
      ] as const,
    ],
  ])
  const built = buildRequest(planned('api', REBUILD), common({ secrets }), ALONE)
  expect(built.options.slice(0, 6)).toEqual([
    ...['--secret', 'id=npm,env=SMART_IMAGE_BUILD_SECRET_0_api'],
    ...['--secret', 'id=aws,env=AWS'],
    ...['--secret', 'id=key,"src=a,b"'],
  ])
  expect(built.environment).toEqual({ SMART_IMAGE_BUILD_SECRET_0_api: 'hush' })
  expect(JSON.stringify(built.options)).not.toContain('hush')
})
