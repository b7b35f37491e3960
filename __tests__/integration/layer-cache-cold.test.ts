import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { randomBytes } from 'node:crypto'
// Starts, with the builders, a registry that holds the base image.
import { testBuilders } from '../rig/builders.js'
import { buildsOf, ColdBuilders } from '../rig/cold-builders.js'
import { Shop, type ShopRun } from '../rig/shop.js'

testBuilders()

/** The image: a step that is dear, whose word differs whenever it runs, and one that takes what changes often. */
const IMAGE = (registry: string, unique: string) => ({
  'smart-image-build.yml': 'services:\n  api: {context: api}\n',
  'api/Dockerfile': `FROM ${registry}/library/busybox:1.37
COPY deps /
RUN : ${unique} && head -c 16 /dev/urandom | md5sum > /word
COPY main /
RUN cat /word main
`,
  'api/deps': unique,
  'api/main': '1',
})

/** What BuildKit had from a cache, where nothing but `main` changed. */
const BEFORE_MAIN = 2

let shop: Shop
const builders = new ColdBuilders()

beforeEach(async () => {
  shop = await Shop.open('nothing')
  await commit(IMAGE(shop.registry, randomBytes(8).toString('hex')))
})

afterEach(async () => {
  builders.removeAll()
  await shop.close()
})

async function commit(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) await shop.repository.write(path, text)
  await shop.repository.commit('A change')
}

interface Built {
  readonly run: ShopRun
  /** Steps that the builder had from a cache. */
  readonly cached: number
  /** Words of the dear step, each once. */
  readonly words: readonly string[]
}

/** On a machine that has built nothing yet. */
async function pushed(inputs: Readonly<Record<string, string>>, ref = 'refs/heads/main'): Promise<Built> {
  const builder = builders.create()
  const run = await shop.push({ inputs: { builder, ...inputs }, ref })
  const { main } = run
  if (main.exitCode !== 0) throw new Error(main.stdout + main.stderr)
  const words = [...main.stdout.matchAll(/\b([0-9a-f]{32}) {2}-/g)].map(([, word = '']) => word)
  return { run, cached: buildsOf(builder)[0]?.cached ?? 0, words: [...new Set(words)] }
}

async function changedAndPushed(inputs: Readonly<Record<string, string>>, ref?: string): Promise<Built> {
  await commit({ 'api/main': randomBytes(4).toString('hex') })
  return pushed(inputs, ref)
}

function notices({ main }: ShopRun): string[] {
  return main.commands.filter(({ name }) => name === 'notice').map(({ message }) => message)
}

test('without a layer cache a machine that is new runs every step', async () => {
  const first = await pushed({ 'layer-cache': 'none' })
  const second = await changedAndPushed({ 'layer-cache': 'none' })
  expect([first.cached, second.cached]).toEqual([0, 0])
  expect(second.words).not.toEqual(first.words)
})

describe.each(['gha', 'registry', 'local', 'inline'])('layer-cache: %s', (kind) => {
  const inputs = { 'layer-cache': kind }

  test('on a machine that is new only what changed is built, on the branch and on one that comes from it', async () => {
    const first = await pushed(inputs)
    expect([first.cached, first.words, notices(first.run)]).toEqual([0, [expect.any(String)], []])
    const second = await changedAndPushed(inputs)
    expect([second.cached, second.words, notices(second.run)]).toEqual([BEFORE_MAIN, first.words, []])
    const topic = await changedAndPushed(inputs, 'refs/heads/topic')
    expect([topic.cached, topic.words]).toEqual([BEFORE_MAIN, first.words])
    expect(topic.run.docker.filter((line) => line.includes('--cache-to'))).toEqual([])
  })
})
