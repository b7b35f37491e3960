import { describe, expect, test } from '@jest/globals'
import { COMMIT } from './fakes/images.js'
import { World } from './fakes/world.js'

const MAIN = 'refs/heads/main'
const ELSEWHERE = 'e'.repeat(40)
const API = 'ghcr.io/acme/api:main'

/** Where the commit that moved the tag last stands to ours, where the remote branch is, and whether the tag moves. */
test.each([
  { order: 'before', remote: 'elsewhere', then: 'moves', when: 'ours is newer' },
  { order: 'after', remote: 'elsewhere', then: 'stays', when: 'ours is older' },
  { order: 'after', remote: 'silent', then: 'stays', when: 'ours is older, as far as anybody tells' },
  { order: 'after', remote: 'ours', then: 'moves', when: 'the branch was forced back to ours' },
  { order: 'beside', remote: 'ours', then: 'moves', when: 'the branch was forced aside to ours' },
  { order: 'beside', remote: 'elsewhere', then: 'stays', when: 'the branch was forced away from ours' },
  { order: 'unknown', remote: 'silent', then: 'moves', when: 'nobody tells of a newer one' },
] as const)('the tag of a branch $then when $when', async ({ order, remote, then }) => {
  const world = new World()
  await world.run()
  const before = world.registry.manifests.get(API)
  world.git.commit('api/main.go', 'package other')
  world.git.orders.set(COMMIT, order)
  world.git.isRemoteSilent = remote === 'silent'
  if (remote !== 'silent') world.git.remoteHeads.set(MAIN, remote === 'ours' ? world.git.head : ELSEWHERE)
  const { code, host } = await world.run({ push: 'true' }, { trigger: { kind: 'push' }, ref: MAIN })
  const now = world.registry.manifests.get(API)
  expect([code, host.json('rebuilt')]).toEqual([0, ['api']])
  expect([now === undefined, now !== before]).toEqual([false, then === 'moves'])
  const notices = host.notices.filter(({ message }) => message.includes('stay where they are'))
  expect(notices).toHaveLength(then === 'moves' ? 0 : 1)
})

describe('a re-run', () => {
  test.each([
    ['before', 'silent', 'fails, and moves nothing'],
    ['unknown', 'silent', 'fails, and moves nothing'],
    ['after', 'silent', 'moves nothing'],
    ['before', 'elsewhere', 'moves nothing'],
    ['unknown', 'ours', 'moves'],
    ['unknown', 'gone', 'moves'],
  ] as const)(
    'of a commit that the last one is %s, with the branch %s: the tag of a branch %s',
    async (order, remote, then) => {
      const world = new World()
      await world.run()
      const before = world.registry.manifests.get(API)
      world.git.commit('api/main.go', 'package other')
      world.git.orders.set(COMMIT, order)
      world.git.isRemoteSilent = remote === 'silent'
      if (remote === 'ours' || remote === 'elsewhere')
        world.git.remoteHeads.set(MAIN, remote === 'ours' ? world.git.head : ELSEWHERE)
      const context = { trigger: { kind: 'push' }, ref: MAIN, isRerun: true } as const
      const { code, builder } = await world.run({ push: 'true' }, context)
      expect([code, world.registry.manifests.get(API) !== before]).toEqual([
        then.startsWith('fails') ? 1 : 0,
        then === 'moves',
      ])
      if (code === 1) expect(builder.requests).toEqual([])
    },
  )
})

test('the tag of a branch moves with a forced push from the commit that moved it last, whoever is silent', async () => {
  const world = new World()
  await world.run()
  const before = world.registry.manifests.get(API)
  world.git.commit('api/main.go', 'package other')
  world.git.orders.set(COMMIT, 'after')
  await world.run({ push: 'true' }, { trigger: { kind: 'push', before: COMMIT }, ref: MAIN })
  expect(world.registry.manifests.get(API)).not.toBe(before)
})
