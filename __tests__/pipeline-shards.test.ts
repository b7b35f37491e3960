import { describe, expect, test } from '@jest/globals'
import type { MatrixShard } from '../src/model/shard.js'
import type { FakeTree } from './fakes/fake-git-tree.js'
import { World } from './fakes/world.js'

const CONFIG = '.github/smart-image-build.yml'

/** Services of a Dockerfile each, which start from the base where there is one. */
function shopOf(count: number, withBase = false): FakeTree {
  const names = Array.from({ length: count }, (_, at) => `service-${at}`)
  const from = withBase ? 'FROM deps\n' : 'FROM scratch\n'
  const keys = withBase ? ', bases: [deps]' : ''
  const base = withBase ? 'bases:\n  deps: {context: deps}\n' : ''
  const lines = names.map((name) => `  ${name}: {context: ${name}${keys}}\n`)
  return {
    committed: {
      [CONFIG]: `registry: ghcr.io/acme\n${base}services:\n${lines.join('')}`,
      ...(withBase && { 'deps/Dockerfile': 'FROM scratch\nCOPY . /\n' }),
      ...Object.fromEntries(names.map((name) => [`${name}/Dockerfile`, `${from}COPY . /\n`])),
    },
  }
}

const PLAN = { mode: 'plan', push: 'true' }

function legsOf(matrix: unknown): MatrixShard[] {
  return (matrix as { include: MatrixShard[] }).include
}

describe('a plan', () => {
  test('hands what is to be built to at most so many legs, and builds nothing', async () => {
    const { code, host, builder } = await new World(shopOf(5)).run({ ...PLAN, 'max-jobs': '2' })
    expect(code).toBe(0)
    expect(builder.log).toEqual([])
    expect(legsOf(host.json('build-matrix')).map(({ shard, minutes }) => [shard, minutes])).toEqual([
      ['1-of-2', 3],
      ['2-of-2', 2],
    ])
    expect(host.outputs.get('build-any')).toBe('true')
    expect(host.json('base-matrix')).toEqual({ include: [] })
    expect(host.outputs.get('bases-any')).toBe('false')
  })

  test('balances them by what earlier runs recorded', async () => {
    const world = new World(shopOf(20, true))
    await world.run()
    world.git.commit('deps/lib.txt', 'another')
    const { host } = await world.run(PLAN)
    // A second: what a build of the fake builder takes.
    expect(legsOf(host.json('build-matrix'))).toMatchObject([{ minutes: 0.4 }])
    expect(legsOf(host.json('build-matrix'))[0]!.images[0]).toBe('deps')
  })

  test('has the base that several legs need built before', async () => {
    const { host } = await new World(shopOf(40, true)).run(PLAN)
    expect(host.json('base-matrix')).toEqual({
      include: [{ shard: 'bases-1-of-1', images: ['deps'], minutes: 1 }],
    })
    expect(host.outputs.get('bases-any')).toBe('true')
    expect(legsOf(host.json('build-matrix'))).toHaveLength(8)
  })

  test('of what is built already has no legs', async () => {
    const world = new World(shopOf(3, true))
    await world.run()
    const { code, host } = await world.run(PLAN)
    expect(code).toBe(0)
    for (const matrix of ['build-matrix', 'base-matrix']) expect(host.json(matrix)).toEqual({ include: [] })
    expect([host.outputs.get('build-any'), host.outputs.get('bases-any')]).toEqual(['false', 'false'])
  })

  test('is a file whose path is an output, and an artifact of the run', async () => {
    const world = new World(shopOf(2, true))
    const { host } = await world.run(PLAN, { attempt: 2 })
    const text = host.files.get('plan')!
    expect(JSON.parse(text)).toMatchObject({
      version: 1,
      images: [
        { name: 'deps', kind: 'base', needs: [], decision: 'rebuild' },
        { name: 'service-0', kind: 'service', needs: ['deps'] },
        { name: 'service-1', kind: 'service', needs: ['deps'] },
      ],
    })
    expect([...world.artifacts.texts]).toEqual([['smart-image-build-plan-2', text]])
  })

  test('without an artifact has a notice, and all else', async () => {
    const world = new World(shopOf(2))
    world.artifacts.outage = 'the service did not answer'
    const { code, host } = await world.run(PLAN)
    expect(code).toBe(0)
    expect(host.notices.map(({ message }) => message)).toEqual([
      'The plan is not among the artifacts of the run: the service did not answer',
    ])
    expect(host.files.has('plan')).toBe(true)
    expect(host.outputs.get('build-any')).toBe('true')
  })

  test('at a terminal has neither', async () => {
    const world = new World(shopOf(2))
    world.prepare = ({ host }) => (host.takesOutputs = false)
    const { host } = await world.run(PLAN)
    expect(host.outputs.size + host.files.size + world.artifacts.texts.size).toBe(0)
  })

  test('that would need more legs than there may be ends with what to do', async () => {
    const services =
      'services:\n  service-0: {context: service-0, matrix: {runner: gpu}}\n  service-1: {context: service-1}\n'
    const committed = { ...shopOf(2).committed, [CONFIG]: services }
    const { code, host } = await new World({ committed }).run({ mode: 'plan', 'max-jobs': '1' })
    expect(code).toBe(2)
    expect(host.failures.map(({ message }) => message)).toEqual([
      'the images to build want 2 runners (`gpu`, one without a name), but `max-jobs` is 1; each runner needs a leg of its own',
    ])
  })
})

test('legs build each image once, bases first, and nothing is left to collect', async () => {
  const world = new World(shopOf(40, true))
  const { host } = await world.run(PLAN)
  const legs = [...legsOf(host.json('base-matrix')), ...legsOf(host.json('build-matrix'))]
  const built: string[] = []
  for (const leg of legs) {
    const run = await world.run({ push: 'true', shard: JSON.stringify(leg) })
    expect(run.code).toBe(0)
    built.push(...run.builder.log.filter((line) => line.startsWith('build ')))
  }
  expect(built[0]).toBe('build deps')
  expect(new Set(built).size).toBe(41)
  expect(built).toHaveLength(41)
  const collected = await world.run({ mode: 'collect', push: 'true' })
  expect([collected.code, collected.builder.log]).toEqual([0, []])
  expect(legsOf(collected.host.json('matrix'))).toHaveLength(40)
})

describe('the first run of 300 services', () => {
  test('has a plan with legs, green', async () => {
    const { code, host } = await new World(shopOf(300)).run(PLAN)
    expect(code).toBe(0)
    expect(legsOf(host.json('build-matrix')).flatMap(({ images }) => images)).toHaveLength(300)
    expect(host.outputs.has('matrix')).toBe(false)
    expect(host.notices.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^300 services want a deploy, but a GitHub matrix takes at most 256 entries/),
    ])
  })

  test('builds, pushes and records all of them, and ends red with what to do', async () => {
    const world = new World(shopOf(300))
    const { code, host, builder } = await world.run()
    expect(code).toBe(2)
    expect(host.failures.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^300 services want a deploy, .* name fewer services with input `services`, in several jobs/,
      ),
    ])
    expect(builder.log).toHaveLength(301)
    expect(host.json('changed')).toHaveLength(300)
    expect(Object.keys(host.json('digests') as object)).toHaveLength(300)
    expect(world.recordOf('service-299')).toMatchObject({ runId: '1' })
  })

  test('in legs is collected and recorded, and ends red with what to do', async () => {
    const world = new World(shopOf(300))
    const { host } = await world.run(PLAN)
    for (const leg of legsOf(host.json('build-matrix')))
      expect((await world.run({ push: 'true', shard: JSON.stringify(leg) })).code).toBe(0)
    const collected = await world.run({ mode: 'collect', push: 'true' })
    expect(collected.code).toBe(2)
    expect(collected.host.failures.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^300 services want a deploy/),
    ])
    expect(Object.keys(collected.host.json('digests') as object)).toHaveLength(300)
    expect(world.recordOf('service-299')).toBeDefined()
    const next = await world.run({ push: 'true', services: 'service-1*' })
    expect([next.code, next.builder.log, next.host.json('changed')]).toEqual([0, [], expect.any(Array)])
    expect(next.host.json('changed')).toHaveLength(111)
  })

  test('is offered by the next ones, which build nothing', async () => {
    const world = new World(shopOf(300))
    await world.run()
    const first = await world.run({ push: 'true', services: 'service-1*' })
    expect(first.code).toBe(0)
    expect(first.builder.log).toEqual([])
    expect(first.host.json('changed')).toHaveLength(111)
    const second = await world.run()
    expect(second.code).toBe(0)
    expect(second.builder.log).toEqual([])
    expect(second.host.json('changed')).toHaveLength(189)
    expect((await world.run()).host.json('changed')).toEqual([])
  })
})
