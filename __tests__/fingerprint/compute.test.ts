import { describe, expect, test } from '@jest/globals'
import fc from '../fakes/seeded.js'
import { compute, documentDigest } from '../../src/fingerprint/compute.js'
import { FORMAT_VERSION } from '../../src/fingerprint/encode.js'
import type { Fingerprint, FingerprintDocument } from '../../src/model/fingerprint.js'
import type { BuildOptions, Service } from '../../src/model/service.js'
import type { Snapshot, TreeEntry } from '../../src/model/snapshot.js'
import { COMMIT, document, failuresOf, file, service, valueOf } from '../fakes/images.js'

const DOCKERFILE = 'FROM scratch\nCOPY . /\n'
const FILES = [
  file('Dockerfile', DOCKERFILE),
  file('run.sh', 'run', '100755'),
  file('src/a.ts', 'a'),
  file('src/b.ts', 'b'),
]
const PLATFORMS = ['linux/amd64']

interface Inputs {
  readonly service?: Service
  readonly files?: readonly TreeEntry[]
  readonly texts?: Readonly<Record<string, string>>
  readonly platforms?: readonly string[]
}

const API = service('api')

function snapshotOf({ service: of = API, files = FILES, texts = {} }: Inputs): Snapshot {
  return {
    commit: COMMIT,
    contexts: new Map([[of.context, files]]),
    texts: new Map(Object.entries({ [of.file]: DOCKERFILE, ...texts })),
    uncommitted: [],
  }
}

function fingerprintOf(inputs: Inputs = {}): Fingerprint {
  const { service: of = API, platforms = PLATFORMS } = inputs
  return valueOf(compute(of, snapshotOf(inputs), platforms))
}

function withBuild(build: Partial<BuildOptions>): Inputs {
  return { service: service('api', { build }) }
}

const NEUTRAL = fingerprintOf()

describe('the digest is another after a change of', () => {
  const others = FILES.slice(1)
  test.each<[string, Inputs]>([
    ['the content of a file', { files: [file('Dockerfile', 'FROM a'), ...others] }],
    ['the mode of a file', { files: [file('Dockerfile', DOCKERFILE, '100755'), ...others] }],
    ['the path of a file', { files: [file('Dockerfile2', DOCKERFILE), ...others] }],
    [
      'a file into a link of the same content',
      { files: [file('Dockerfile', DOCKERFILE, '120000'), ...others] },
    ],
    ['the number of files', { files: others }],
    ['a file into an empty one', { files: [...FILES, file('empty', '')] }],
    ['the Dockerfile', { texts: { 'api/Dockerfile': `${DOCKERFILE}USER 1\n` } }],
    ['the target', withBuild({ target: 'release' })],
    ['the platform that nobody configured', { platforms: ['linux/arm64'] }],
    ['the number of platforms', { platforms: ['linux/amd64', 'linux/arm64'] }],
    ['the platform in the configuration', withBuild({ platforms: ['linux/arm64'] })],
    ['a build argument', withBuild({ buildArgs: { A: '1' } })],
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
  ])('%s', (_description, inputs) => {
    expect(fingerprintOf(inputs).digest).not.toBe(NEUTRAL.digest)
  })

  test.each<[string, Inputs, Inputs]>([
    ['a link', { files: [file('l', 'a', '120000')] }, { files: [file('l', 'b', '120000')] }],
    ['a submodule', { files: [file('m', 'a', '160000')] }, { files: [file('m', 'b', '160000')] }],
    [
      'the name of a build argument',
      withBuild({ buildArgs: { A: '1' } }),
      withBuild({ buildArgs: { B: '1' } }),
    ],
    [
      'the value of a build argument',
      withBuild({ buildArgs: { A: '1' } }),
      withBuild({ buildArgs: { A: '2' } }),
    ],
    ['an empty argument to none', withBuild({ buildArgs: { A: '' } }), {}],
    ['a label into an annotation', withBuild({ labels: { a: '1' } }), withBuild({ annotations: ['a=1'] })],
    ['two hosts into one', withBuild({ addHosts: ['a', 'b'] }), withBuild({ addHosts: ['a,b'] })],
    [
      'a target into a line of the Dockerfile',
      withBuild({ target: 'x' }),
      { texts: { 'api/Dockerfile': `${DOCKERFILE}x` } },
    ],
  ])('%s', (_description, before, after) => {
    expect(fingerprintOf(after).digest).not.toBe(fingerprintOf(before).digest)
  })
})

describe('the digest stays after a change of', () => {
  test.each<[string, Inputs]>([
    ['the order of the files', { files: FILES.toReversed() }],
    ['the name of the service', { service: { ...API, name: 'other' } }],
    ['the name of the image', { service: { ...API, image: { repository: 'other' } } }],
    ['the registry', { service: { ...API, image: { ...API.image, registry: 'quay.io' } } }],
    ['the tags', { service: { ...API, tags: ['v1'] } }],
    ['the matrix', { service: { ...API, matrix: { chart: 'x' } } }],
    ['the place in the configuration', { service: { ...API, place: { file: 'f', line: 1, column: 1 } } }],
    ['the path of the Dockerfile', { service: { ...API, file: 'docker/api' } }],
    ['the folder of the context', { service: { ...API, context: 'deep/down/api' } }],
    ['the caches', withBuild({ cacheFrom: ['type=gha'], cacheTo: ['type=gha'] })],
    ['no-cache', withBuild({ noCache: true, noCacheFilters: ['a'] })],
    ['platforms said instead of meant', withBuild({ platforms: PLATFORMS })],
  ])('%s', (_description, inputs) => {
    expect(fingerprintOf(inputs).digest).toBe(NEUTRAL.digest)
  })

  test('the key behind an ssh id', () => {
    const [one, other] = [withBuild({ ssh: ['k=/a'] }), withBuild({ ssh: ['k=/b'] })]
    expect(fingerprintOf(one).digest).toBe(fingerprintOf(other).digest)
  })

  test('the order of keys', () => {
    const one = withBuild({ buildArgs: { A: '1', B: '2' }, labels: { a: '1', b: '2' } })
    const other = withBuild({ buildArgs: { B: '2', A: '1' }, labels: { b: '2', a: '1' } })
    expect(fingerprintOf(one).digest).toBe(fingerprintOf(other).digest)
  })

  test('a file that the ignore file drops', () => {
    const texts = { 'api/.dockerignore': '**/*.md\n' }
    const with_ = { texts, files: [...FILES, file('src/README.md', 'x')] }
    expect(fingerprintOf(with_)).toEqual(fingerprintOf({ texts }))
    expect(fingerprintOf(with_).fileCount).toBe(FILES.length)
  })
})

test('the ignore file beside the Dockerfile wins over the one in the context', () => {
  const texts = { 'api/.dockerignore': '*', 'api/Dockerfile.dockerignore': 'src' }
  expect(fingerprintOf({ texts }).fileCount).toBe(2)
})

test('files in any order have one digest', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(FILES, { minLength: FILES.length }), (files) => {
      expect(fingerprintOf({ files }).digest).toBe(NEUTRAL.digest)
    }),
  )
})

test('values of build arguments are not in the document', () => {
  const { document: written } = fingerprintOf(withBuild({ buildArgs: { TOKEN: 'geheim' } }))
  expect(JSON.stringify(written)).not.toContain('geheim')
  expect(Object.keys(written.buildArgs)).toEqual(['TOKEN'])
})

describe('nothing is computed', () => {
  const place = { file: 'images.yml', line: 3, column: 5 }
  test.each<[string, Partial<Snapshot>, string]>([
    ['without a Dockerfile', { texts: new Map() }, 'Dockerfile `api/Dockerfile` does not exist'],
    ['without a file in the context', { contexts: new Map([['api', []]]) }, 'context `api` has no files'],
    ['without a context', { contexts: new Map() }, 'context `api` has no files'],
  ])('%s', (_description, missing, message) => {
    const snapshot = { ...snapshotOf({}), ...missing }
    const [failure] = failuresOf(compute(service('api', { place }), snapshot, PLATFORMS))
    expect(failure).toMatchObject({ kind: 'config-invalid', place })
    expect(failure?.message).toContain(message)
  })

  test('from an ignore file that cannot be understood', () => {
    const snapshot = snapshotOf({ texts: { 'api/.dockerignore': '[' } })
    expect(failuresOf(compute(API, snapshot, PLATFORMS))).toMatchObject([
      { kind: 'config-invalid', place: { file: 'api/.dockerignore', line: 1 } },
    ])
  })
})

/*
 * A change of this digest rebuilds every image of every user: it means a new FORMAT_VERSION and a major release.
 */
test('the digest of one complete fingerprint is pinned', () => {
  const full = service('api', {
    build: {
      target: 'release',
      platforms: ['linux/amd64', 'linux/arm64'],
      buildArgs: { B: 'é', A: '' },
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
    },
  })
  expect(FORMAT_VERSION).toBe(1)
  expect(fingerprintOf({ service: full }).digest).toBe(
    '8491b56ef033bc5f0db44500600037f606a8fc5ed9c2fd30680c9e7de98c0686',
  )
  expect(NEUTRAL.digest).toBe('d82ef0db6277adb9f18a8b809b50020fd1ccb41e8a15c2be63c28a5fe43bad7b')
})

test.each<[string, Partial<FingerprintDocument>]>([
  ['format', { format: 2 }],
  ['definition', { definition: '0' }],
  ['files', { files: '0' }],
  ['build-args', { buildArgs: { a: '' } }],
  ['options', { options: { a: '' } }],
])('every section counts in the digest of a document: %s', (_section, change) => {
  expect(documentDigest(document(change))).not.toBe(documentDigest(document()))
})

test('sections are not confused', () => {
  const one = document({ buildArgs: { a: '1' } })
  const other = document({ options: { a: '1' } })
  expect(documentDigest(one)).not.toBe(documentDigest(other))
})
