import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdir, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { runCommand } from '../rig/run-action.js'
import { CLI, Shop, type ShopRun } from '../rig/shop.js'

const BASE_IMAGE = 'busybox:1.37'
const KEPT = '.git/smart-image-build/layouts'

/** Stands in the text of the bases' steps, so that a prune finds their cache and no other. */
const suite = `layouts-${randomBytes(6).toString('hex')}`

let shop: Shop

/** A base whose step writes something random, which tells one of its builds from another, and two apps that print it. */
beforeEach(async () => {
  const unique = `${suite}-${randomBytes(4).toString('hex')}`
  shop = await Shop.open('nothing')
  const files = {
    '.github/smart-image-build.yml':
      'bases:\n  deps: {context: deps}\nservices:\n  api: {context: api, bases: [deps]}\n  web: {context: web, bases: [deps]}\n',
    'deps/Dockerfile': `FROM ${BASE_IMAGE}\nRUN : ${unique} && head -c 16 /dev/urandom | md5sum > /stamp\n`,
    'api/Dockerfile': 'FROM deps\nCOPY main /\nRUN cat /stamp main\n',
    'api/main': unique,
    'web/Dockerfile': 'FROM deps\nCOPY main /\nRUN cat /stamp main\n',
    'web/main': `${unique} web`,
  }
  for (const [file, text] of Object.entries(files)) await shop.repository.write(file, text)
  await shop.repository.commit('The shop')
})

afterEach(async () => {
  const named = ['--filter', `reference=${shop.prefix}/*`]
  const listed = execFileSync('docker', ['image', 'ls', ...named, '--format', '{{.Repository}}:{{.Tag}}'], {
    encoding: 'utf8',
  })
  const ours = listed.split('\n').filter(Boolean)
  if (ours.length > 0) execFileSync('docker', ['image', 'rm', '--force', ...ours], { stdio: 'ignore' })
  await shop.close()
})

// Once, as it takes seconds in an engine with much in it.
afterAll(() => {
  execFileSync('docker', ['buildx', 'prune', '--all', '--force', `--filter=description~=${suite}`])
})

interface Done {
  readonly code: number | null
  /** Image → what became of it: `built` or `reused`. */
  readonly outcomes: Readonly<Record<string, string>>
  /** Words of the base that the apps' steps printed, each once. */
  readonly stamps: readonly string[]
}

function stampsOf(text: string): string[] {
  return [...new Set([...text.matchAll(/\b([0-9a-f]{32}) {2}-/g)].map(([, stamp = '']) => stamp))]
}

async function build(...flags: readonly string[]): Promise<Done> {
  const options = ['--registry', shop.prefix, '--json', '--verbose', ...flags]
  const { exitCode, stdout, stderr } = await runCommand(CLI, ['build', ...options], {
    cwd: shop.repository.folder,
  })
  const { images } = JSON.parse(stdout) as { images: readonly { name: string; outcome: string }[] }
  return {
    code: exitCode,
    outcomes: Object.fromEntries(images.map(({ name, outcome }) => [name, outcome])),
    stamps: stampsOf(stderr),
  }
}

async function keptBlobs(): Promise<string[]> {
  const root = join(shop.repository.folder, KEPT)
  const paths = await readdir(root, { recursive: true })
  return paths.filter((path) => /blobs\/sha256\/[0-9a-f]{64}$/.test(path)).map((path) => join(root, path))
}

function stampInEngine(service: string): string {
  const image = `${shop.prefix}/${service}:latest`
  const command = ['run', '--rm', '--network=none', image, 'cat', '/stamp']
  return execFileSync('docker', command, { encoding: 'utf8' }).slice(0, 32)
}

describe('at a terminal', () => {
  test('with load a base is built once, kept, and served to what is built from it later', async () => {
    const first = await build()
    expect(first).toMatchObject({ code: 0, outcomes: { deps: 'built', api: 'built', web: 'built' } })
    expect(first.stamps).toHaveLength(1)
    await shop.touch('api/main')
    const second = await build('--no-cache')
    expect(second).toEqual({
      code: 0,
      outcomes: { deps: 'reused', api: 'built', web: 'reused' },
      stamps: first.stamps,
    })
    expect([stampInEngine('api'), stampInEngine('web')]).toEqual([first.stamps[0], first.stamps[0]])
  })

  test('what was garbled is built again, and the run is green', async () => {
    const first = await build()
    expect(first.stamps).toHaveLength(1)
    const blobs = await keptBlobs()
    expect(blobs.length).toBeGreaterThan(2)
    for (const blob of blobs) await truncate(blob, 10)
    await shop.touch('api/main')
    const second = await build('--no-cache')
    expect(second).toMatchObject({ code: 0, outcomes: { deps: 'built', api: 'built', web: 'reused' } })
    expect(second.stamps).toHaveLength(1)
    expect(second.stamps).not.toEqual(first.stamps)
    await shop.touch('web/main')
    expect(await build('--no-cache')).toMatchObject({
      code: 0,
      outcomes: { deps: 'reused' },
      stamps: second.stamps,
    })
  })
})

describe('the action', () => {
  /** Without the layer cache: the base's step would print another word each time that it runs. */
  const NEITHER = { push: 'false', 'no-cache': 'true' }

  function seen({ main, rebuilt, docker }: ShopRun) {
    const builds = docker.filter((line) => line.startsWith('buildx build'))
    return { code: main.exitCode, rebuilt, builds: builds.length, stamps: stampsOf(main.stdout) }
  }

  test('with neither push nor load builds a base once, for all that is built from it', async () => {
    const first = seen(await shop.push({ inputs: NEITHER }))
    expect(first).toMatchObject({ code: 0, rebuilt: ['api', 'deps', 'web'], builds: 3 })
    expect(first.stamps).toHaveLength(1)
    await shop.touch('api/main')
    expect(seen(await shop.push({ inputs: NEITHER }))).toEqual({
      ...{ code: 0, rebuilt: ['api'], builds: 1 },
      stamps: first.stamps,
    })
  })

  test('finds on a new machine, without any record, a base in the Actions cache', async () => {
    const first = seen(await shop.push({ inputs: NEITHER }))
    expect(first.stamps).toHaveLength(1)
    expect(shop.cache.clear('smart-image-build-state-')).toBeGreaterThan(0)
    const second = await shop.push({ inputs: NEITHER })
    expect(seen(second)).toEqual({ code: 0, rebuilt: ['api', 'web'], builds: 2, stamps: first.stamps })
    expect(second.main.stdout).toContain('an image of this content is kept')
  })

  test.each([0, 1, 2])(
    'takes a base from a cache that is slow once, after %d quick answers, all the same',
    async (quick) => {
      await shop.push({ inputs: NEITHER })
      await shop.touch('api/main')
      const operation = 'GetCacheEntryDownloadURL'
      if (quick > 0) shop.cache.fail({ operation, delayMs: 1, times: quick })
      shop.cache.fail({ operation, delayMs: 4000, times: 1 })
      expect(seen(await shop.push({ inputs: NEITHER }))).toMatchObject({
        code: 0,
        rebuilt: ['api'],
        builds: 1,
      })
    },
  )

  test('builds a base again that the cache has lost or garbled', async () => {
    await shop.push({ inputs: NEITHER })
    shop.cache.corrupt('smart-image-build-base-', (bytes) => bytes.subarray(0, bytes.length - 100))
    await shop.touch('api/main')
    const second = seen(await shop.push({ inputs: NEITHER }))
    expect(second).toMatchObject({ code: 0, rebuilt: ['api', 'deps'], builds: 2 })
    shop.cache.clear('smart-image-build-base-')
    await shop.touch('web/main')
    expect(seen(await shop.push({ inputs: NEITHER }))).toMatchObject({
      code: 0,
      rebuilt: ['deps', 'web'],
      builds: 2,
    })
  })
})
