import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { testBuilders } from '../rig/builders.js'
import { runCommand } from '../rig/run-action.js'
import { CLI, Shop } from '../rig/shop.js'

const { docker, ...others } = testBuilders()

const INDEX = 'application/vnd.oci.image.index.v1+json'
const ACCEPT = [INDEX, 'application/vnd.oci.image.manifest.v1+json'].join(', ')

interface Done {
  readonly code: number
  /** Image → what became of it: `built` or `reused`. */
  readonly outcomes: Readonly<Record<string, string>>
  readonly digests: Readonly<Record<string, string>>
  /** Words of the base that steps printed, each once. */
  readonly words: readonly string[]
}

/** Stands in the text of the steps, so that a prune finds those of these tests and no others. */
const suite = `builders-${randomBytes(6).toString('hex')}`

/** The same for one test. */
let unique: string
let shop: Shop
let builder: string

beforeEach(async () => {
  unique = `${suite}-${randomBytes(4).toString('hex')}`
  shop = await Shop.open('nothing')
})

afterEach(async () => {
  const named = ['--filter', `reference=${shop.prefix}/*`, '--format', '{{.Repository}}:{{.Tag}}']
  const loaded = run('image', 'ls', ...named)
    .split('\n')
    .filter(Boolean)
  if (loaded.length > 0) run('image', 'rm', '--force', ...loaded)
  await shop.close()
})

// Once, as this takes seconds in an engine with much in it.
afterAll(() => {
  for (const name of [docker, ...Object.values(others)])
    run('buildx', 'prune', '--builder', name, '--all', '--force', `--filter=description~=${suite}`)
})

function run(...args: readonly string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Whether the builder keeps results of steps of this test. */
function hasBuilt(name: string): boolean {
  const listed = run('buildx', 'du', '--builder', name, '--verbose', `--filter=description~=${unique}`)
  return /^ID:/m.test(listed)
}

async function commit(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) await shop.repository.write(path, text)
  await shop.repository.commit('A change')
}

async function build(...flags: readonly string[]): Promise<Done> {
  const options = ['--builder', builder, '--registry', shop.prefix, '--json', '--verbose', ...flags]
  const ended = await runCommand(CLI, ['build', ...options], { cwd: shop.repository.folder })
  if (ended.stdout === '') throw new Error(ended.stderr)
  const { images } = JSON.parse(ended.stdout) as {
    images: readonly { name: string; outcome: string; digest: string | null }[]
  }
  return {
    code: ended.exitCode,
    outcomes: Object.fromEntries(images.map(({ name, outcome }) => [name, outcome])),
    digests: Object.fromEntries(images.map(({ name, digest }) => [name, digest ?? ''])),
    words: [...new Set([...ended.stderr.matchAll(/\b([0-9a-f]{32}) {2}-/g)].map(([, word = '']) => word))],
  }
}

/** What the registry has under the tag of the branch. */
async function pushed(image: string): Promise<{ digest: string | null; platforms: readonly string[] }> {
  const path = `${shop.prefix.slice(shop.registry.length + 1)}/${image}`
  const answer = await fetch(`http://${shop.registry}/v2/${path}/manifests/main`, {
    headers: { accept: ACCEPT },
  })
  const { manifests = [] } = (await answer.json()) as {
    manifests?: readonly { platform: { os: string; architecture: string } }[]
  }
  return {
    digest: answer.headers.get('docker-content-digest'),
    platforms: manifests.map(({ platform: { os, architecture } }) => `${os}/${architecture}`).sort(),
  }
}

const TWO_SERVICES = () => ({
  '.github/smart-image-build.yml': 'services:\n  api: {context: api}\n  web: {context: web}\n',
  'api/Dockerfile': `FROM busybox:1.37\nCOPY main /\nRUN : ${unique} && cat main\n`,
  'api/main': unique,
  'web/Dockerfile': `FROM busybox:1.37\nCOPY main /\nRUN : ${unique} web && cat main\n`,
  'web/main': unique,
})

/** The base's step writes something random, which tells one of its builds from another, and the service prints it. */
const ON_A_BASE = () => ({
  '.github/smart-image-build.yml':
    'bases:\n  deps: {context: deps}\nservices:\n  api: {context: api, bases: [deps]}\n',
  'deps/Dockerfile': `FROM busybox:1.37\nRUN : ${unique} && head -c 16 /dev/urandom | md5sum > /word\n`,
  'api/Dockerfile': `FROM deps\nCOPY main /\nRUN : ${unique} && cat /word\n`,
  'api/main': unique,
})

describe.each(Object.entries({ docker, ...others }))('the driver %s', (driver, name) => {
  beforeEach(() => {
    builder = name
    expect(run('buildx', 'inspect', name)).toMatch(new RegExp(`^Driver: +${driver}$`, 'm'))
  })

  test('pushes what the registry then has under the same digest, and then reuses it', async () => {
    await commit(TWO_SERVICES())
    const first = await build('--push')
    expect([first.code, first.outcomes]).toEqual([0, { api: 'built', web: 'built' }])
    expect(Object.values(others).filter(hasBuilt)).toEqual(driver === 'docker' ? [] : [name])
    for (const service of ['api', 'web']) {
      expect(first.digests[service]).toMatch(/^sha256:[0-9a-f]{64}$/)
      expect((await pushed(service)).digest).toBe(first.digests[service])
    }

    const second = await build('--push')
    expect([second.code, second.outcomes]).toEqual([0, { api: 'reused', web: 'reused' }])
    expect(second.digests).toEqual(first.digests)
  })

  test('builds from a base that it pushed, not from another build of it', async () => {
    await commit(ON_A_BASE())
    const first = await build('--push')
    expect([first.code, first.outcomes]).toEqual([0, { deps: 'built', api: 'built' }])
    expect((await pushed('api')).digest).toBe(first.digests['api'])
    expect(first.words).toEqual([expect.any(String)])

    await commit({ 'api/main': `${unique} changed` })
    const second = await build('--push', '--no-cache')
    expect([second.code, second.outcomes]).toEqual([0, { deps: 'reused', api: 'built' }])
    expect(second.words).toEqual(first.words)
  })

  test('loads a service into the engine, from a base that is in no registry', async () => {
    await commit(ON_A_BASE())
    const first = await build()
    expect([first.code, first.outcomes]).toEqual([0, { deps: 'built', api: 'built' }])
    const tag = `${shop.prefix}/api:latest`
    expect(run('run', '--rm', '--network=none', tag, 'cat', '/word')).toContain(first.words[0])

    await commit({ 'api/main': `${unique} changed` })
    const second = await build('--no-cache')
    expect([second.code, second.outcomes]).toEqual([0, { deps: 'reused', api: 'built' }])
    expect(second.words).toEqual(first.words)
  })
})

describe.each(Object.entries(others))('the driver %s', (_, name) => {
  beforeEach(() => {
    builder = name
  })

  test('pushes an image of two platforms, and one on a base of both', async () => {
    await commit({
      '.github/smart-image-build.yml':
        'defaults: {platforms: [linux/amd64, linux/arm64]}\nbases:\n  deps: {context: deps}\nservices:\n  api: {context: api, bases: [deps]}\n',
      'deps/Dockerfile': 'FROM scratch\nARG TARGETARCH\nCOPY $TARGETARCH /arch\n',
      ...{ 'deps/amd64': unique, 'deps/arm64': unique },
      ...{ 'api/Dockerfile': 'FROM deps\nCOPY main /\n', 'api/main': unique },
    })
    const first = await build('--push')
    expect([first.code, first.outcomes]).toEqual([0, { deps: 'built', api: 'built' }])
    const { digest, platforms } = await pushed('api')
    expect(digest).toBe(first.digests['api'])
    expect(platforms.filter((platform) => platform !== 'unknown/unknown')).toEqual([
      'linux/amd64',
      'linux/arm64',
    ])
    expect((await build('--push')).outcomes).toEqual({ deps: 'reused', api: 'reused' })
  })
})
