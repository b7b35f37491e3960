import { beforeEach, describe, expect, test } from '@jest/globals'
import { digest } from './fakes/images.js'
import { BROKEN, MatrixWorld, messages } from './fakes/matrix-world.js'

let world: MatrixWorld

beforeEach(() => {
  world = new MatrixWorld()
})

describe('a leg', () => {
  test('builds its images with what they need, and points no tag but the fingerprint’s', async () => {
    const { code, builder } = await world.leg('1-of-2', ['api'])
    expect([code, builder.log]).toEqual([0, ['available', 'build deps', 'build api']])
    expect([world.tagsOf('api'), world.tagsOf('deps')]).toEqual([[], []])
    expect([...world.registry.manifests.keys()].filter((name) => name.includes(':fp-'))).toHaveLength(1)
  })

  test('takes what another leg has built', async () => {
    await world.leg('bases-1-of-1', ['deps'])
    expect((await world.leg('1-of-2', ['api'])).builder.log).toEqual(['available', 'build api'])
  })

  test('takes a base that another leg had to build anew, and not the one that is recorded', async () => {
    await world.job({ push: 'true' })
    const { registry } = world
    const [tag = ''] = [...registry.manifests.keys()].filter((name) => name.includes('deps:lock-'))
    registry.push(tag, digest('f'))
    const { builder, host } = await world.leg('1-of-2', ['api'], { force: 'bases' })
    expect(builder.log).toEqual(['available', 'build api'])
    expect(builder.requests[0]?.options.join(' ')).toContain(
      `deps=docker-image://ghcr.io/acme/deps@${digest('f')}`,
    )
    expect(messages({ host })).toEqual([])
  })

  test('does not try again what another leg has failed at for it, and builds the rest', async () => {
    world.breakBuilds('deps')
    await world.leg('bases-1-of-1', ['deps'])
    world.prepare = () => undefined
    const run = await world.leg('1-of-1', ['api', 'db'])
    expect([run.code, run.builder.log, run.host.failures]).toEqual([1, ['available', 'build db'], [BROKEN]])
    const { code, host } = await world.collect({ services: 'api, db' })
    expect([code, host.json('failed'), host.json('rebuilt')]).toEqual([1, ['deps', 'api'], ['db']])
  })

  test('tries again what a leg has failed at in an earlier attempt', async () => {
    world.breakBuilds('deps')
    await world.leg('bases-1-of-1', ['deps'])
    world.prepare = () => undefined
    world.attempt = 2
    expect((await world.leg('1-of-1', ['api'])).builder.log).toEqual(['available', 'build deps', 'build api'])
  })

  test('writes no records and no outputs, but the summary of its job', async () => {
    const { host } = await world.leg('1-of-2', ['api'])
    expect([world.store.saves, host.outputs.size, host.summaries.length]).toEqual([0, 0, 1])
  })

  test('ends red when an image failed, and leaves an artifact all the same', async () => {
    world.breakBuilds('web')
    expect((await world.leg('2-of-2', ['web', 'db'])).code).toBe(1)
    expect([...world.artifacts.texts.keys()]).toEqual(['smart-image-build-2-of-2-1'])
  })

  test('ends red when its artifact cannot be uploaded, which the post step tries again', async () => {
    world.artifacts.outage = 'out of order'
    const run = await world.leg('1-of-2', ['db'])
    expect([run.code, messages(run)]).toEqual([1, ['out of order']])
    expect(world.artifacts.kept?.text).toContain('"built"')
  })

  test('keeps what is done for the post step, image by image', async () => {
    const kept: number[] = []
    world.prepare = ({ builder }) => {
      builder.onStart = () =>
        kept.push(JSON.stringify(world.artifacts.kept ?? '').split('startedAt').length - 1)
    }
    await world.leg('1-of-1', ['deps', 'api'])
    expect(kept).toEqual([0, 1])
  })

  test('that cannot keep them says so once, and goes on', async () => {
    world.artifacts.isFull = true
    const run = await world.leg('1-of-1', ['deps', 'api'])
    expect([run.code, messages(run, 'notices')]).toEqual([0, [expect.stringContaining('the disk is full')]])
    expect(world.artifacts.texts.size).toBe(1)
  })

  test('of images that do not exist says so by the name of the input', async () => {
    const run = await world.leg('1-of-2', ['apo'])
    expect([run.code, messages(run)]).toEqual([2, [expect.stringMatching(/^shard: .*did you mean `api`/)]])
  })
})

test('`shard` has no meaning where nothing is built', async () => {
  const shard = '{"shard":"1-of-1","images":["api"]}'
  for (const mode of ['plan', 'collect'])
    expect(messages(await world.job({ mode, shard }))).toEqual([
      `\`shard\` has no meaning in mode \`${mode}\`; leave it out`,
    ])
})
