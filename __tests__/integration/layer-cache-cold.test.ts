import { beforeEach, describe, expect, test } from '@jest/globals'
import { buildsOf, type ColdDriver } from '../rig/cold-builders.js'
import { ColdShop, noticesOf, word } from '../rig/cold-shop.js'
import type { ShopRun } from '../rig/shop.js'

const cold = ColdShop.use()

/** The image: a step that is dear, whose word differs whenever it runs, and one that takes what changes often. */
const IMAGE = (base: string, unique: string) => ({
  'smart-image-build.yml': 'services:\n  api: {context: api}\n',
  'api/Dockerfile': `FROM ${base}
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

let driver: ColdDriver

beforeEach(async () => {
  driver = 'docker-container'
  await cold.commit(IMAGE(cold.baseImage, word()))
})

interface Built {
  readonly run: ShopRun
  /** Steps that the builder had from a cache. */
  readonly cached: number
  /** Words of the dear step, each once. */
  readonly words: readonly string[]
}

/** On a machine that has built nothing yet. */
async function pushed(inputs: Readonly<Record<string, string>>, ref = 'refs/heads/main'): Promise<Built> {
  const builder = cold.builders.create(driver)
  const run = await cold.shop.push({ inputs: { builder, ...inputs }, ref })
  const { main } = run
  if (main.exitCode !== 0) throw new Error(main.stdout + main.stderr)
  const words = [...main.stdout.matchAll(/\b([0-9a-f]{32}) {2}-/g)].map(([, word = '']) => word)
  return { run, cached: buildsOf(builder)[0]?.cached ?? 0, words: [...new Set(words)] }
}

async function changedAndPushed(inputs: Readonly<Record<string, string>>, ref?: string): Promise<Built> {
  await cold.commit({ 'api/main': word() })
  return pushed(inputs, ref)
}

test('without a layer cache a machine that is new runs every step', async () => {
  const first = await pushed({ 'layer-cache': 'none' })
  const second = await changedAndPushed({ 'layer-cache': 'none' })
  expect([first.cached, second.cached]).toEqual([0, 0])
  expect(second.words).not.toEqual(first.words)
})

describe.each<[string, ColdDriver]>([
  ['gha', 'docker-container'],
  ['registry', 'docker-container'],
  ['local', 'docker-container'],
  ['inline', 'docker-container'],
  ['registry', 'remote'],
  ['local', 'remote'],
])('layer-cache: %s, with a builder of driver %s', (kind, by) => {
  const inputs = { 'layer-cache': kind }

  beforeEach(() => {
    driver = by
  })

  test('on a machine that is new only what changed is built, on the branch and on one that comes from it', async () => {
    const first = await pushed(inputs)
    expect([first.cached, first.words, noticesOf(first.run)]).toEqual([0, [expect.any(String)], []])
    const second = await changedAndPushed(inputs)
    expect([second.cached, second.words, noticesOf(second.run)]).toEqual([BEFORE_MAIN, first.words, []])
    const topic = await changedAndPushed(inputs, 'refs/heads/topic')
    expect([topic.cached, topic.words]).toEqual([BEFORE_MAIN, first.words])
    expect(topic.run.docker.filter((line) => line.includes('--cache-to'))).toEqual([])
  })
})
