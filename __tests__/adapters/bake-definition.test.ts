import { describe, expect, test } from '@jest/globals'
import { bakeTarget, builderOf } from '../../src/adapters/bake-definition.js'
import { buildRequest } from '../../src/execute/build.js'
import type { BuildRequest } from '../../src/ports/image-builder.js'
import { planned, REBUILD, request, service } from '../fakes/images.js'

const PLACES = { root: '/repository', layouts: {} }

function requestFor(given: Partial<BuildRequest> = {}): BuildRequest {
  return {
    ...{
      service: 'api',
      context: 'services/api',
      file: 'services/api/Dockerfile',
      tags: ['ghcr.io/acme/api:1'],
    },
    ...{ push: true, load: false, layouts: {}, environment: {}, options: [], mayShare: true },
    ...given,
  }
}

function target(...options: readonly string[]) {
  return bakeTarget(requestFor({ options }), PLACES)
}

test('a target has the paths, tags and options of the build', () => {
  const options = [
    ...['--platform', 'linux/amd64,linux/arm64', '--label', 'a=b=c', '--label', 'd=e,f', '--label', 'a=last'],
    ...['--build-context', 'base=docker-image://x@sha256:1', '--builder', 'remote', '--build-arg', 'A='],
    ...['--target', 'run', '--annotation', 'index:k=v', '--secret', 'id=a,env=B', '--ssh', 'default'],
    ...['--provenance', 'mode=max', '--sbom', 'true', '--network', 'none', '--shm-size', '1g'],
    ...['--ulimit', 'nofile=1:2', '--no-cache-filter', 'deps', '--pull', '--no-cache'],
    ...['--cache-from', 'type=gha,scope=x', '--cache-from', 'acme/api', '--cache-to', 'type=inline'],
  ]
  expect(
    bakeTarget(requestFor({ options }), { ...PLACES, layouts: { deps: 'oci-layout:///l@sha256:2' } }),
  ).toEqual({
    context: '/repository/services/api',
    dockerfile: '/repository/services/api/Dockerfile',
    tags: ['ghcr.io/acme/api:1'],
    output: ['type=image,push=true,store=false'],
    platforms: ['linux/amd64', 'linux/arm64'],
    labels: { a: 'last', d: 'e,f' },
    contexts: { base: 'docker-image://x@sha256:1', deps: 'oci-layout:///l@sha256:2' },
    args: { A: '' },
    target: 'run',
    annotations: ['index:k=v'],
    secret: ['id=a,env=B'],
    ssh: ['default'],
    attest: ['type=provenance,mode=max', 'type=sbom,disabled=false'],
    network: 'none',
    'shm-size': '1g',
    ulimits: ['nofile=1:2'],
    'no-cache-filter': ['deps'],
    ...{ pull: true, 'no-cache': true },
    'cache-from': ['type=gha,scope=x', 'acme/api'],
    'cache-to': ['type=inline'],
  })
  expect(builderOf(requestFor({ options }))).toBe('remote')
})

test.each([
  ['pushed', { push: true }, ['type=image,push=true,store=false']],
  ['pushed and kept where it was built', { push: true, isKept: true }, ['type=image,push=true']],
  ['loaded', { push: false, load: true }, ['type=docker']],
  ['written as a layout', { push: false, layout: '/a,"b' }, ['type=oci,"dest=/a,""b",tar=false']],
  ['left in the cache', { push: false }, ['type=cacheonly']],
] as const)('an image may be %s', (_, given, output) => {
  expect(bakeTarget(requestFor(given), PLACES)).toMatchObject({ output })
})

describe('no target is made', () => {
  test.each([
    ['an option that means something else there', ['--add-host', 'a:127.0.0.1']],
    ['an option that is to be allowed once more', ['--allow', 'network.host']],
    ['the network of the host, which a target is to be allowed', ['--network', 'host']],
    ['attestations that may be said twice', ['--attest', 'type=sbom']],
    ['an option that nobody knows', ['--new', 'x']],
    ['an option without its value', ['--target']],
    ['a build argument of the environment', ['--build-arg', 'A']],
    ['a context that buildx would shorten', ['--build-context', 'docker.io/library/alpine=x']],
    ['a context with the usual tag', ['--build-context', 'alpine:latest=x']],
    ['a context that would be another target', ['--build-context', 'a=target:t1']],
    ['text that is not in normal form C', ['--build-arg', 'A=e\u0301']],
    ['a name that is not', ['--label', 'e\u0301=x']],
    ['text that is no Unicode', ['--build-arg', 'A=\ud800']],
    ['a byte order mark', ['--build-arg', 'A=\ufeffx']],
  ])('for %s', (_, options) => {
    expect(target(...options)).toBeUndefined()
  })

  test('for an image with two outputs', () => {
    expect(bakeTarget(requestFor({ layout: '/l' }), PLACES)).toBeUndefined()
  })

  test('for a path that is not in normal form C', () => {
    expect(bakeTarget(requestFor({ context: 'e\u0301' }), PLACES)).toBeUndefined()
  })
})

test('templates of HCL are text, in names and values', () => {
  expect(target('--label', 'x${y}=%{ if z }$${', '--build-arg', 'A=${B}', '--target', '${t}')).toMatchObject({
    labels: { 'x$${y}': '%%{ if z }$$${' },
    args: { A: '$${B}' },
    target: '$${t}',
  })
})

test.each([
  ['false', 'type=provenance,disabled=true'],
  ['true', 'type=provenance,disabled=false'],
  ['0', 'type=provenance,disabled=true'],
  ['mode=max,version=v1', 'type=provenance,mode=max,version=v1'],
])('provenance %s is %s, as buildx makes it', (value, attest) => {
  expect(target('--provenance', value)).toMatchObject({ attest: [attest] })
})

test('what a configured image is built with makes a target', () => {
  const options = {
    ...{
      target: 'run',
      platforms: ['linux/amd64'],
      labels: { a: 'b' },
      annotations: ['k=v'],
      ssh: ['default'],
    },
    ...{ provenance: 'false', sbom: 'true', network: 'none', shmSize: '1g', ulimit: ['nofile=1'] },
    ...{ noCacheFilters: ['x'], cacheFrom: ['type=gha'], cacheTo: ['type=inline'], buildArgs: { A: '1' } },
    contexts: { assets: { kind: 'folder', folder: 'assets' } as const },
  }
  const common = {
    ...({ request: request({ push: true, pull: true }), audience: 'all', runId: '1' } as const),
    provenance: { revision: 'c', builtAt: '2026-08-01T10:00:00.000Z', platforms: ['linux/amd64'] },
    secrets: new Map([['api', [{ kind: 'value', id: 'npm', value: 'hush' } as const]]]),
    commitArgs: new Map(),
  }
  const built = buildRequest(
    planned('api', REBUILD, { service: service('api', { build: options }) }),
    common,
    {
      ...{ parents: [], load: false, layerOptions: [], mayShare: true },
    },
  )
  expect(bakeTarget(built, PLACES)).toMatchObject({ contexts: { assets: './assets' }, pull: true })
})
