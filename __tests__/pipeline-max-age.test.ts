import { beforeEach, describe, expect, test } from '@jest/globals'
import type { RunContext } from '../src/model/request.js'
import { type Run, SHOP, World } from './fakes/world.js'

const CONFIG = '.github/smart-image-build.yml'
const DAY_MS = 86_400_000
const PUSH = { push: 'true' }
const SCHEDULE: Partial<RunContext> = { trigger: { kind: 'schedule' } }
const BUILT_AT = '2026-08-01T10:00:00.000Z'

let world: World
beforeEach(async () => {
  const config =
    'registry: ghcr.io/acme\nservices:\n  api: {context: api, max-age: 30d}\n  web: {context: web}\n'
  world = new World({ committed: { ...SHOP, [CONFIG]: config } })
  keepLabels(await world.run())
})

/** Gives what a run built the labels that it was built with, as a real builder does. */
function keepLabels({ builder }: Run): void {
  for (const { tags, options } of builder.requests) {
    const labels = options.filter((_, index) => options[index - 1] === '--label')
    const pairs = labels.map((label) => label.split(/=(.*)/s).slice(0, 2) as [string, string])
    const [name = '', tag = ''] = tags[0]?.split(/:(?=[^:]*$)/) ?? []
    const digest = world.registry.manifests.get(`${name}:${tag}`) ?? ''
    world.registry.contents.set(`${name}@${digest}`, { labels: Object.fromEntries(pairs) })
  }
}

describe('an image that is older than it may be', () => {
  beforeEach(() => {
    world.now += 31 * DAY_MS
  })

  test.each<[string, Partial<RunContext>]>([
    ['a schedule', SCHEDULE],
    ['a dispatch on the default branch', { trigger: { kind: 'dispatch' } }],
  ])('is built by %s, from newer bases and without a cache', async (_description, context) => {
    const run = await world.run(PUSH, context)
    expect(run.host.json('rebuilt')).toEqual(['api'])
    expect(run.host.json('reasons')).toEqual({ api: [{ kind: 'expired', builtAt: BUILT_AT }], web: [] })
    expect(run.builder.requests[0]?.options).toEqual(expect.arrayContaining(['--no-cache', '--pull']))
  })

  test.each<[string, Partial<RunContext>]>([
    ['a push', {}],
    ['a dispatch on another branch', { trigger: { kind: 'dispatch' }, ref: 'refs/heads/next' }],
  ])('is reused by %s', async (_description, context) => {
    expect((await world.run(PUSH, context)).host.json('rebuilt')).toEqual([])
  })

  test('is young again once it is built', async () => {
    keepLabels(await world.run(PUSH, SCHEDULE))
    expect((await world.run(PUSH, SCHEDULE)).host.json('rebuilt')).toEqual([])
  })

  test('is what an image is that does not say when it was built', async () => {
    world.registry.contents.clear()
    const { host } = await world.run(PUSH, SCHEDULE)
    expect(host.json('reasons')).toEqual({ api: [{ kind: 'expired' }], web: [] })
  })
})

test('an image that is younger is reused', async () => {
  world.now += 29 * DAY_MS
  expect((await world.run(PUSH, SCHEDULE)).host.json('reused')).toEqual(['api', 'web'])
})
