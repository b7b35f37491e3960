import { beforeEach, describe, expect, test } from '@jest/globals'
import { MatrixWorld } from './fakes/matrix-world.js'
import { World } from './fakes/world.js'

let world: World
beforeEach(() => {
  world = new World()
})

/** Images that are pushed from now on have so many bytes. */
function pushing(size: number, of = world): void {
  of.prepare = ({ builder }) => (builder.size = size)
}

describe('the size of a pushed image', () => {
  test('is recorded, and the next build tells the change', async () => {
    pushing(12_300_000)
    const first = await world.run()
    expect(world.recordOf('api')).toMatchObject({ runId: '1', sizeBytes: 12_300_000 })
    expect(first.host.summaries.join()).toContain('| 12.3&nbsp;MB |')

    world.git.commit('api/main.go', 'package other')
    pushing(13_500_000)
    const second = await world.run()
    expect(second.host.summaries.join()).toContain('| 13.5&nbsp;MB (+1.2&nbsp;MB) |')
    expect(['api', 'web'].map((name) => world.recordOf(name)?.sizeBytes)).toEqual([13_500_000, 12_300_000])
  })

  test('stays known while the image is reused, whether that run pushes or not', async () => {
    pushing(12_300)
    await world.run()
    await world.run({})
    await world.run()
    expect(world.recordOf('api')).toMatchObject({ runId: '3', sizeBytes: 12_300 })
  })

  test('is not that of another image which takes its place', async () => {
    pushing(12_300)
    await world.run()
    const branch = { ref: 'refs/heads/next', stateScope: 'next' }
    world.git.commit('api/main.go', 'package other')
    await world.run({ push: 'true' }, branch)
    expect(world.recordOf('api', 'next')).toMatchObject({ sizeBytes: 12_300 })
    // Built by the branch, reused here: nobody measured it for this scope.
    const { host } = await world.run()
    expect(host.json('reused')).toEqual(['api', 'web'])
    expect(world.recordOf('api')).toMatchObject({ runId: '3' })
    expect(world.recordOf('api')).not.toHaveProperty('sizeBytes')
    expect(world.recordOf('web')).toHaveProperty('sizeBytes')
  })

  test('is asked for once for each build, and never without a push', async () => {
    const asked = () => world.registry.log.filter((operation) => operation.startsWith('size '))
    await world.run({})
    expect(asked()).toEqual([])
    await world.run()
    expect(asked()).toHaveLength(2)
    await world.run()
    expect(asked()).toEqual([])
  })

  test('comes with what a leg leaves', async () => {
    const matrix = new MatrixWorld()
    pushing(12_300, matrix)
    await matrix.allLegs()
    matrix.store.texts.clear()
    const { host } = await matrix.collect()
    expect(host.summaries.join()).toContain('| 12.3&nbsp;kB |')
    for (const name of ['deps', 'api', 'db'])
      expect(matrix.recordOf(name)).toMatchObject({ sizeBytes: 12_300 })
  })
})
