import { beforeEach, describe, expect, test } from '@jest/globals'
import type { RunContext } from '../src/model/request.js'
import { digest } from './fakes/images.js'
import { SHOP, World } from './fakes/world.js'

const BASE = 'alpine:3'
const SCHEDULE: Partial<RunContext> = { trigger: { kind: 'schedule' } }
const PUSH = { push: 'true' }

/** `api` starts from an image of others and tracks it. */
let world: World
beforeEach(() => {
  world = new World({
    committed: {
      ...SHOP,
      '.github/smart-image-build.yml':
        'registry: ghcr.io/acme\nservices:\n  api: {context: api, track-upstream: scheduled}\n  web: {context: web}\n',
      'api/Dockerfile': `FROM ${BASE}\nCOPY . /\n`,
    },
  })
  world.registry.push(BASE, digest('1'))
})

function move(): void {
  world.registry.push(BASE, digest('2'))
}

describe('a job that collects', () => {
  const leg = { ...PUSH, shard: JSON.stringify({ shard: '1-of-1', images: ['api', 'web'] }) }

  test('goes by the digests that its legs went by, and later runs do', async () => {
    await world.run(leg, SCHEDULE)
    move()
    const collected = await world.run({ ...PUSH, mode: 'collect' }, SCHEDULE)
    expect([collected.code, collected.host.json('failed')]).toEqual([0, []])
    expect(world.recordOf('api')?.document.upstream).toEqual({ [BASE]: digest('1') })
    const next = await world.run(PUSH)
    expect([next.code, next.host.json('rebuilt')]).toEqual([0, []])
  })

  test('leaves later runs what its legs found, when it gets no answer itself', async () => {
    await world.run()
    move()
    await world.run(leg, SCHEDULE)
    world.registry.manifests.delete(BASE)
    await world.run({ ...PUSH, mode: 'collect' }, SCHEDULE)
    const next = await world.run(PUSH)
    expect([next.code, next.host.json('rebuilt'), next.host.json('changed')]).toEqual([0, [], []])
    expect(world.recordOf('api')?.document.upstream).toEqual({ [BASE]: digest('2') })
  })
})
