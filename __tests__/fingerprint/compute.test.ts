import { describe, expect, test } from '@jest/globals'
import { compute, documentDigest, withUpstream } from '../../src/fingerprint/compute.js'
import { FORMAT_VERSION } from '../../src/fingerprint/encode.js'
import type { Fingerprint, FingerprintDocument } from '../../src/model/fingerprint.js'
import type { BuildOptions, Service } from '../../src/model/service.js'
import type { ImageInputs } from '../../src/model/snapshot.js'
import { document, service } from '../fakes/images.js'

const PLATFORMS = ['linux/amd64']
const API = service('api')

function imageInputs(given: Partial<ImageInputs> = {}): ImageInputs {
  return {
    definition: 'd'.repeat(64),
    files: 'f'.repeat(64),
    fileCount: 3,
    declaredArgs: ['A', 'B'],
    references: {},
    images: [],
    missing: [],
    uncommitted: [],
    ...given,
  }
}

interface Given {
  readonly service?: Service
  readonly inputs?: Partial<ImageInputs>
  readonly platforms?: readonly string[]
}

function fingerprintOf({ service: of = API, inputs = {}, platforms = PLATFORMS }: Given = {}): Fingerprint {
  return compute(of, imageInputs(inputs), platforms)
}

function withBuild(build: Partial<BuildOptions>): Given {
  return { service: service('api', { build }) }
}

const NEUTRAL = fingerprintOf()

describe('the digest is another after a change of', () => {
  test.each<[string, Given]>([
    ['the definition', { inputs: { definition: '0'.repeat(64) } }],
    ['the files', { inputs: { files: '0'.repeat(64) } }],
    ['a named context that is no folder', { inputs: { references: { alpine: 'docker-image://alpine:3' } } }],
    ['the platform that nobody configured', { platforms: ['linux/arm64'] }],
    ['the number of platforms', { platforms: ['linux/amd64', 'linux/arm64'] }],
    ['the platform in the configuration', withBuild({ platforms: ['linux/arm64'] })],
    ['a build argument', withBuild({ buildArgs: { A: '1' } })],
    ['an argument that BuildKit heeds undeclared', withBuild({ buildArgs: { BUILDKIT_SYNTAX: 'x' } })],
    ['a label', withBuild({ labels: { a: '1' } })],
    ['an annotation', withBuild({ annotations: ['a=1'] })],
    ['an ssh socket', withBuild({ ssh: ['default'] })],
    ['the provenance', withBuild({ provenance: 'false' })],
    ['the bill of materials', withBuild({ sbom: 'true' })],
    ['an attestation', withBuild({ attests: ['type=sbom'] })],
    ['the network', withBuild({ network: 'none' })],
    ['the shared memory', withBuild({ shmSize: '1g' })],
    ['a host', withBuild({ addHosts: ['a:1.2.3.4'] })],
    ['a limit', withBuild({ ulimit: ['nofile=1:2'] })],
    ['a permission', withBuild({ allow: ['network.host'] })],
  ])('%s', (_description, given) => {
    expect(fingerprintOf(given).digest).not.toBe(NEUTRAL.digest)
  })

  test.each<[string, Given, Given]>([
    ['the name of an argument', withBuild({ buildArgs: { A: '1' } }), withBuild({ buildArgs: { B: '1' } })],
    ['the value of one', withBuild({ buildArgs: { A: '1' } }), withBuild({ buildArgs: { A: '2' } })],
    ['an empty argument to none', withBuild({ buildArgs: { A: '' } }), {}],
    ['a label into an annotation', withBuild({ labels: { a: '1' } }), withBuild({ annotations: ['a=1'] })],
    ['two hosts into one', withBuild({ addHosts: ['a', 'b'] }), withBuild({ addHosts: ['a,b'] })],
    [
      'the platforms between two analyses',
      { platforms: ['linux/amd64', 'linux/arm64'] },
      { platforms: ['linux/arm64', 'linux/amd64,linux/arm64'] },
    ],
  ])('%s', (_description, before, after) => {
    expect(fingerprintOf(after).digest).not.toBe(fingerprintOf(before).digest)
  })
})

describe('the digest stays after a change of', () => {
  test.each<[string, Given]>([
    ['the name of the service', { service: { ...API, name: 'other' } }],
    ['the name of the image', { service: { ...API, image: { repository: 'other' } } }],
    ['the registry', { service: { ...API, image: { ...API.image, registry: 'quay.io' } } }],
    ['the tags', { service: { ...API, tags: ['v1'] } }],
    ['the matrix', { service: { ...API, matrix: { chart: 'x' } } }],
    ['the place in the configuration', { service: { ...API, place: { file: 'f', line: 1, column: 1 } } }],
    ['the path of the Dockerfile', { service: { ...API, file: 'docker/api' } }],
    ['the folder of the context', { service: { ...API, context: 'deep/down/api' } }],
    ['patterns that came to the same files', { service: { ...API, paths: ['a'], ignore: ['b'] } }],
    ['the caches', withBuild({ cacheFrom: ['type=gha'], cacheTo: ['type=gha'] })],
    ['no-cache', withBuild({ noCache: true, noCacheFilters: ['a'] })],
    ['platforms said instead of meant', withBuild({ platforms: PLATFORMS })],
    ['an argument that the Dockerfile does not declare', withBuild({ buildArgs: { C: '1' } })],
    ['an argument that is listed as volatile', withBuild({ buildArgs: { A: '1' }, volatileArgs: ['A'] })],
    ['what is declared and not given', { inputs: { declaredArgs: [] } }],
    [
      'how much of it lies on the disk',
      { inputs: { uncommitted: ['a'], missing: [{ path: 'b', line: 1 }] } },
    ],
  ])('%s', (_description, given) => {
    expect(fingerprintOf(given).digest).toBe(NEUTRAL.digest)
  })

  test.each(['GIT_COMMIT', 'BUILD_DATE', 'CACHE_BUST', 'SOURCE_DATE_EPOCH'])(
    '%s, which is another in every run, although it is declared',
    (name) => {
      const given = { ...withBuild({ buildArgs: { [name]: '1' } }), inputs: { declaredArgs: [name] } }
      expect(fingerprintOf(given).digest).toBe(NEUTRAL.digest)
    },
  )

  test('the key behind an ssh id', () => {
    const [one, other] = [withBuild({ ssh: ['k=/a'] }), withBuild({ ssh: ['k=/b'] })]
    expect(fingerprintOf(one).digest).toBe(fingerprintOf(other).digest)
  })

  test('the order of keys', () => {
    const one = withBuild({ buildArgs: { A: '1', B: '2' }, labels: { a: '1', b: '2' } })
    const other = withBuild({ buildArgs: { B: '2', A: '1' }, labels: { b: '2', a: '1' } })
    expect(fingerprintOf(one).digest).toBe(fingerprintOf(other).digest)
  })
})

test('values of build arguments are not in the document', () => {
  const { document: written } = fingerprintOf(withBuild({ buildArgs: { A: 'geheim' } }))
  expect(JSON.stringify(written)).not.toContain('geheim')
  expect(Object.keys(written.buildArgs)).toEqual(['A'])
})

test('how many files stand behind it is said', () => {
  expect(NEUTRAL.fileCount).toBe(3)
})

/*
 * A change of these digests rebuilds every image of every user: it means a new FORMAT_VERSION and a major release.
 */
describe('the digest is pinned of a fingerprint', () => {
  const everything: Partial<BuildOptions> = {
    target: 'release',
    platforms: ['linux/amd64', 'linux/arm64'],
    buildArgs: { B: '2', A: '' },
    labels: { 'org.example.team': 'ops' },
    annotations: ['a=1'],
    ssh: ['default=/run/x'],
    attests: ['type=sbom'],
    provenance: 'mode=max',
    sbom: 'true',
    network: 'none',
    shmSize: '1g',
    addHosts: ['a:1.2.3.4'],
    ulimit: ['nofile=1:2'],
    allow: ['network.host'],
  }
  const weird = '{"a":"é😀\n\0:,1:"}'
  test.each<[string, Given, string]>([
    [
      'with nothing but what each has',
      {},
      '451d85a89180e52fdc39b3cfb75914e66315c6326c5ac830aa4f92fa7e589664',
    ],
    [
      'with everything set',
      { ...withBuild(everything), inputs: { references: { alpine: 'docker-image://alpine:3.20' } } },
      'ae1ee79f84e4d139e4b1dc76c5f00de510ba03104ed46d5d47522f80c2fb241f',
    ],
    [
      'with odd names and values',
      {
        ...withBuild({ target: weird, buildArgs: { [weird]: weird }, labels: { [weird]: weird, '': '' } }),
        inputs: { declaredArgs: [weird], references: { [weird]: weird } },
        platforms: [weird],
      },
      '1d6cb1ee27f9d63f162cf77c294fc8be4cef038ed5a3cf7d0154de5c311d8919',
    ],
  ])('%s', (_description, given, digest) => {
    expect(FORMAT_VERSION).toBe(2)
    expect(fingerprintOf(given).digest).toBe(digest)
  })
})

test.each<[string, Partial<FingerprintDocument>]>([
  ['format', { format: 3 }],
  ['definition', { definition: '0' }],
  ['files', { files: '0' }],
  ['build-args', { buildArgs: { a: '' } }],
  ['options', { options: { a: '' } }],
  ['contexts', { contexts: { a: '' } }],
  ['upstream', { upstream: { a: '' } }],
  ['upstream, also with nothing in it', { upstream: {} }],
])('every section counts in the digest of a document: %s', (_section, change) => {
  expect(documentDigest(document(change))).not.toBe(documentDigest(document()))
})

test('sections are not confused', () => {
  const sections = ['buildArgs', 'options', 'contexts', 'upstream'] as const
  const digests = sections.map((section) => documentDigest(document({ [section]: { a: '1' } })))
  expect(new Set(digests).size).toBe(sections.length)
})

describe('with digests of images of others', () => {
  const references = ['alpine:3', 'node']
  const digests = new Map(Object.entries({ node: 'sha256:1', 'alpine:3': 'sha256:2', other: 'sha256:3' }))

  test('the fingerprint has a section of those that it names', () => {
    const completed = withUpstream(NEUTRAL, references, digests)
    expect(completed.document).toEqual({
      ...NEUTRAL.document,
      upstream: { 'alpine:3': 'sha256:2', node: 'sha256:1' },
    })
    expect(completed.digest).toBe('5c0c9415aa18a5818c668616db90c7c54953ab43f5ee99b7417c76995c695b2f')
    expect(completed.fileCount).toBe(NEUTRAL.fileCount)
  })

  test.each<[string, readonly string[], ReadonlyMap<string, string>]>([
    ['it names none', [], digests],
    ['none is known of what it names', ['alpine:3'], new Map()],
  ])('the fingerprint is the one without the section where %s', (_description, upstream, known) => {
    expect(withUpstream(NEUTRAL, upstream, known)).toBe(NEUTRAL)
  })

  test('each digest counts', () => {
    const moved = new Map([...digests, ['node', 'sha256:4'] as const])
    const [before, after] = [digests, moved].map((each) => withUpstream(NEUTRAL, references, each).digest)
    expect(after).not.toBe(before)
  })
})
