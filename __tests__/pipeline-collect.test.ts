import { beforeEach, describe, expect, test } from '@jest/globals'
import { context } from './fakes/images.js'
import { MemoryArtifacts } from './fakes/memory-artifacts.js'
import { BROKEN, MatrixWorld, messages } from './fakes/matrix-world.js'

let world: MatrixWorld

beforeEach(() => {
  world = new MatrixWorld()
})

describe('to collect', () => {
  test('points the tags of all services, built and reused ones, writes records and offers each', async () => {
    await world.allLegs()
    const run = await world.collect()
    expect([run.code, run.builder.log]).toEqual([0, []])
    for (const name of ['api', 'web', 'db']) expect(world.tagsOf(name)).toEqual(['sha-c0ffeec', 'main'])
    expect(run.host.json('rebuilt')).toEqual(['deps', 'api', 'web', 'db'])
    expect(run.host.json('changed')).toEqual(['api', 'web', 'db'])
    expect(run.host.json('reasons')).toMatchObject({ api: [{ kind: 'no-record' }] })
    expect(world.recordOf('api')).toMatchObject({
      runId: 'run',
      durationMs: 1000,
      parents: { deps: expect.anything() },
    })
  })

  test('is the same as to do it all in one job: the next run finds nothing to do', async () => {
    await world.allLegs()
    await world.collect()
    world.artifacts.texts.clear()
    const next = await world.collect({}, { runId: 'next' })
    expect(next.host.json('reused')).toEqual(['deps', 'api', 'web', 'db'])
    expect([next.code, next.host.json('changed'), next.host.json('rebuilt')]).toEqual([0, [], []])
  })

  test('twice in one run ends alike', async () => {
    await world.allLegs()
    const [first, second] = [await world.collect(), await world.collect()]
    expect(second.code).toBe(0)
    for (const output of ['matrix', 'digests', 'rebuilt'])
      expect(second.host.json(output)).toEqual(first.host.json(output))
  })

  test('reuses what is there in a run that had nothing to build', async () => {
    await world.job({})
    world.git.commit('README.md', 'more')
    const run = await world.collect({}, { runId: 'next' })
    expect([run.code, run.host.json('changed'), run.host.json('failed')]).toEqual([0, [], []])
  })

  test('without a push merges what the legs came to', async () => {
    await world.allLegs({ push: '' })
    const run = await world.collect({ push: '' })
    expect([run.code, run.host.json('rebuilt')]).toEqual([0, ['deps', 'api', 'web', 'db']])
    expect(world.tagsOf('api')).toEqual([])
  })

  test('without a push goes by the plan of its run where records are lost meanwhile', async () => {
    await world.job({ push: '' }, { runId: 'before' })
    const context = { runId: 'next' }
    const plan = await world.job({ push: '', mode: 'plan' }, context)
    expect(plan.host.json('build-matrix')).toEqual({ include: [] })
    world.store.texts.clear()
    const run = await world.collect({ push: '' }, context)
    expect([run.code, run.host.json('failed')]).toEqual([0, []])
    world.artifacts.texts.clear()
    expect((await world.collect({ push: '' }, context)).code).toBe(1)
  })
})

describe('a leg that fails', () => {
  test('keeps no other image from its tags and its deploy; the run is red until it is run again', async () => {
    await world.leg('bases-1-of-1', ['deps'])
    await world.leg('1-of-2', ['api'])
    world.breakBuilds('web')
    await world.leg('2-of-2', ['web', 'db'])
    const red = await world.collect()
    expect([red.code, red.host.json('failed')]).toEqual([1, ['web']])
    expect(red.host.failures).toEqual([BROKEN])
    expect(red.host.json('changed')).toEqual(['api', 'db'])
    expect([world.tagsOf('db').length, world.tagsOf('web').length]).toEqual([2, 0])
    expect(world.recordOf('web')).toBeUndefined()

    world.attempt = 2
    world.prepare = () => undefined
    expect((await world.leg('2-of-2', ['web', 'db'])).builder.log).toEqual(['available', 'build web'])
    const green = await world.collect()
    expect([green.code, green.host.json('failed')]).toEqual([0, []])
    // As every re-run it offers again what its first attempt offered.
    expect(green.host.json('changed')).toEqual(['api', 'web', 'db'])
    expect(world.tagsOf('web')).toEqual(['sha-c0ffeec', 'main'])
  })

  test('blocks what starts from its image, and says by what', async () => {
    world.breakBuilds('deps')
    await world.leg('1-of-1', ['deps', 'api', 'db'])
    const { code, host } = await world.collect({ services: 'api, db' })
    expect([code, host.json('failed'), host.json('changed')]).toEqual([1, ['deps', 'api'], ['db']])
  })

  test('before it builds gives its reason to the images that it was to build', async () => {
    await world.leg('bases-1-of-1', ['deps'])
    await world.leg('1-of-2', ['api'], { force: 'nobody' })
    const run = await world.collect({ services: 'api' })
    expect([run.code, messages(run)]).toEqual([
      1,
      [expect.stringMatching(/leg `1-of-2` ended without it: force: /)],
    ])
  })
})

test('legs of two configurations in one run have artifacts of their own', async () => {
  const other = { config: '.github/smart-image-build.yml' }
  const legs = [await world.leg('1-of-1', ['db']), await world.leg('1-of-1', ['db'], other)]
  expect(legs.map(({ code }) => code)).toEqual([0, 0])
  expect([...world.artifacts.texts.keys()]).toEqual([
    'smart-image-build-1-of-1-1',
    expect.stringMatching(/^smart-image-build-[0-9a-f]{8}-1-of-1-1$/),
  ])
})

describe('a leg without an artifact', () => {
  beforeEach(async () => {
    await world.allLegs()
    world.artifacts.texts.delete('smart-image-build-1-of-2-1')
  })

  test('is no loss where the registry has its image', async () => {
    const { code, host } = await world.collect()
    expect([code, host.json('reused')]).toEqual([0, ['api']])
    expect(world.tagsOf('api')).toEqual(['sha-c0ffeec', 'main'])
  })

  test('has failed where its image was to be built whatever there is', async () => {
    const run = await world.collect({ force: 'api' })
    expect([run.code, messages(run)]).toEqual([1, ['`api` has no result: its leg did not end']])
  })

  test('has failed where there is no image', async () => {
    world.registry.manifests.clear()
    world.artifacts.texts.clear()
    const run = await world.collect()
    expect([run.code, run.host.json('failed')]).toEqual([1, ['deps', 'api', 'web', 'db']])
  })
})

test('an image that is gone by the time it is to be tagged has failed, and nothing is built', async () => {
  await world.allLegs()
  world.registry.fault = (operation) => {
    if (operation.startsWith('point ghcr.io/acme/db@')) {
      const [, pinned = ''] = operation.split(' ')
      world.registry.manifests.delete(pinned)
    }
    return undefined
  }
  const run = await world.collect()
  expect([run.code, run.host.json('failed'), run.builder.log]).toEqual([1, ['db'], []])
})

test('artifacts that cannot be read cost a notice each, and the registry tells the rest', async () => {
  await world.allLegs()
  world.artifacts.texts.set('smart-image-build-1-of-2-1', '{')
  world.artifacts.texts.set('smart-image-build-plan-1', '{"version":1}')
  const run = await world.collect()
  expect([run.code, messages(run, 'notices')]).toEqual([
    0,
    ['Results of a leg cannot be read: smart-image-build-1-of-2-1: it is not JSON'],
  ])
  world.artifacts.outage = 'out of order'
  const blind = await world.collect()
  expect([blind.code, messages(blind, 'notices')]).toEqual([
    0,
    ['Results of a leg cannot be read: out of order'],
  ])
})

test('what legs had to say stands in the summary once, and is not shown again', async () => {
  const pull = {
    trigger: { kind: 'pull-request', number: 7, base: '1'.repeat(40), head: '2'.repeat(40) },
    pushForbidden: 'the pull request comes from a fork',
  } as const
  for (const name of ['deps', 'api', 'web', 'db'])
    await world.job({ shard: JSON.stringify({ shard: name, images: [name] }) }, pull)
  const run = await world.collect({}, pull)
  expect(messages(run, 'notices')).toEqual(['Nothing is pushed: the pull request comes from a fork.'])
  expect(run.host.summaries.join().split('comes from a fork')).toHaveLength(2)
})

test('a run that is interrupted while it collects offers nothing', async () => {
  await world.allLegs()
  world.registry.fault = (operation) => {
    if (operation.startsWith('point')) world.stop.abort()
    return undefined
  }
  const { code } = await world.collect()
  expect(code).toBe(130)
  const state = JSON.parse((world.store.texts.get(context().stateScope) ?? '\n{}').split('\n')[1] ?? '') as {
    readonly deliveries: readonly unknown[]
  }
  expect(state.deliveries).toEqual([])
})

test('the artifacts of another run are none of this one', async () => {
  await world.allLegs()
  const other = new MemoryArtifacts()
  Object.assign(world, { artifacts: other })
  world.registry.manifests.clear()
  expect((await world.collect({}, { runId: 'other' })).code).toBe(1)
})
