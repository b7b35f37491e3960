import { beforeEach, describe, expect, test } from '@jest/globals'
import type { Failure } from '../src/model/failure.js'
import { SHOP, World } from './fakes/world.js'
import { COMMIT } from './fakes/images.js'

const BROKEN: Failure = { kind: 'build-failed', message: 'code 1', log: ['oops'], cause: 'code', tail: [] }
const PULL = {
  trigger: { kind: 'pull-request', number: 7, base: '1'.repeat(40), head: '2'.repeat(40) },
} as const

let world: World
beforeEach(() => {
  world = new World()
})

/** Makes builds of a service fail until `mend` is called. */
function breakBuilds(name: string): { mend: () => void } {
  world.prepare = ({ builder }) => builder.failing.set(name, BROKEN)
  return { mend: () => (world.prepare = () => undefined) }
}

describe('the first run', () => {
  test('builds and pushes everything, points the tags and says so', async () => {
    const { code, host, builder } = await world.run()
    expect(code).toBe(0)
    expect(builder.log).toEqual(['available', 'build api', 'build web'])
    expect(world.registry.tagsOf({ registry: 'ghcr.io', repository: 'acme/api' })).toEqual([
      'sha-c0ffeec',
      'main',
    ])
    expect(host.json('rebuilt')).toEqual(['api', 'web'])
    expect(host.json('reasons')).toEqual({ api: [{ kind: 'no-record' }], web: [{ kind: 'no-record' }] })
    expect(host.outputs.get('any')).toBe('true')
  })

  test('records each success with what is known of it', async () => {
    const { host } = await world.run()
    const { api } = host.json('digests') as Record<string, string>
    expect(world.recordOf('api')).toMatchObject({
      image: 'ghcr.io/acme/api',
      digest: api,
      commit: COMMIT,
      runId: '1',
      durationMs: 1000,
      recordedAt: '2026-08-01T10:00:00.000Z',
    })
    // Once for each, and once for all as delivered.
    expect(world.store.saves).toBe(3)
  })

  test('in a branch reuses what another branch built, and it counts as changed', async () => {
    await world.run()
    const { host, builder } = await world.run(
      { push: 'true' },
      { ref: 'refs/heads/next', stateScope: 'next' },
    )
    expect(builder.log).toEqual([])
    expect(host.json('reused')).toEqual(['api', 'web'])
    expect(host.json('changed')).toEqual(['api', 'web'])
  })
})

describe('when nothing changed', () => {
  test('the builder is not even asked whether it is there', async () => {
    await world.run()
    const { code, host, builder } = await world.run()
    expect(code).toBe(0)
    expect(builder.log).toEqual([])
    expect(host.json('reused')).toEqual(['api', 'web'])
    expect(host.json('matrix')).toEqual({ include: [] })
    expect(host.outputs.get('any')).toBe('false')
  })

  test('the time that a build took stays known', async () => {
    await world.run()
    await world.run()
    expect(world.recordOf('api')).toMatchObject({ runId: '2', durationMs: 1000 })
  })

  test('a lost record costs a question, not a build', async () => {
    await world.run()
    world.store.texts.clear()
    expect((await world.run()).builder.log).toEqual([])
  })
})

describe('when one service changed', () => {
  beforeEach(async () => {
    await world.run()
    world.git.commit('api/main.go', 'package other')
  })

  test('it alone is built, and the reason names the file', async () => {
    const { host, builder } = await world.run()
    expect(builder.log).toEqual(['available', 'build api'])
    expect(host.json('reasons')).toEqual({
      api: [{ kind: 'files', added: 0, modified: 1, removed: 0, paths: ['api/main.go'] }],
      web: [],
    })
    expect(host.json('changed')).toEqual(['api'])
    expect(Object.keys(host.json('digests') as object)).toEqual(['api', 'web'])
  })

  test('and it fails, the others are delivered and the next run builds it again', async () => {
    const before = world.recordOf('api')
    const { mend } = breakBuilds('api')
    const { code, host } = await world.run()
    expect(code).toBe(1)
    expect(host.json('failed')).toEqual(['api'])
    expect(host.failures).toEqual([BROKEN])
    expect(world.recordOf('api')).toEqual(before)
    expect(world.recordOf('web')).toMatchObject({ runId: '2' })
    mend()
    expect((await world.run()).host.json('rebuilt')).toEqual(['api'])
  })

  test('and is changed back, it is reused, but delivered again', async () => {
    await world.run()
    world.git.commit('api/main.go', SHOP['api/main.go'])
    const { host, builder } = await world.run()
    expect(builder.log).toEqual([])
    expect(host.json('changed')).toEqual(['api'])
  })

  test('a re-run sees what the first attempt saw', async () => {
    const first = await world.run({ push: 'true' }, { runId: '50' })
    const again = await world.run({ push: 'true' }, { runId: '50' })
    expect(again.builder.log).toEqual([])
    expect(again.host.json('changed')).toEqual(first.host.json('changed'))
  })
})

describe('a plan', () => {
  test('changes nothing, and needs no builder', async () => {
    const { code, host, builder } = await world.run({ mode: 'plan', push: 'true' })
    expect(code).toBe(0)
    expect(builder.log).toEqual([])
    expect([world.store.saves, world.registry.manifests.size]).toEqual([0, 0])
    expect(host.json('rebuilt')).toEqual(['api', 'web'])
    expect(host.outputs.has('digests')).toBe(false)
  })

  test.each([
    ['10 when something is to be rebuilt', 'true', 10, false],
    ['0 when nothing is', 'true', 0, true],
    ['0 when nobody asked for the code', 'false', 0, false],
  ])('ends with %s', async (_description, exitCode, ...[expected, isBuilt]) => {
    if (isBuilt) await world.run()
    const { code } = await world.run({ mode: 'plan', push: 'true', 'exit-code': exitCode })
    expect(code).toBe(expected)
  })
})

describe('a push', () => {
  test('that is forbidden builds all the same, says so and ends well', async () => {
    const { code, host } = await world.run(
      { push: 'true' },
      { ...PULL, pushForbidden: 'a fork has no rights' },
    )
    expect(code).toBe(0)
    expect(host.notices).toEqual([{ message: 'Nothing is pushed: a fork has no rights.' }])
    expect(host.json('rebuilt')).toEqual(['api', 'web'])
    expect(world.registry.manifests.size).toBe(0)
    expect(world.recordOf('api')?.digest).toBeUndefined()
  })

  test('of a pull request is tagged and labelled with its head', async () => {
    const { builder } = await world.run({ push: 'true' }, { ...PULL, ref: 'refs/pull/7/merge' })
    const image = { registry: 'ghcr.io', repository: 'acme/web' }
    expect(world.registry.tagsOf(image)).toEqual(['sha-2222222', 'pr-7'])
    expect(builder.requests[0]?.options).toContain(`org.opencontainers.image.revision=${PULL.trigger.head}`)
  })

  test('without a registry is refused before anything is asked', async () => {
    world.git.commit('.github/smart-image-build.yml', 'services:\n  api: {context: api}\n')
    const { code, host, builder } = await world.run()
    expect(code).toBe(2)
    expect(host.failures[0]).toMatchObject({ kind: 'config-invalid', place: { line: 2 } })
    expect([builder.log, world.registry.log]).toEqual([[], []])
  })

  test('that nobody is logged in for ends before any build', async () => {
    world.registry.isClosed = true
    const { code, host, builder } = await world.run()
    expect([code, builder.log]).toEqual([1, []])
    expect(host.failures[0]?.kind).toBe('registry-denied')
  })

  test('in an outage rebuilds nothing that is recorded, and ends red', async () => {
    await world.run()
    world.registry.outage = 'HTTP 503'
    const { code, host, builder } = await world.run()
    expect([code, builder.log]).toEqual([1, []])
    expect(host.json('failed')).toEqual(['api', 'web'])
    expect(host.notices).toEqual([{ message: 'It is not known whether 2 images exist: HTTP 503' }])
  })

  test('that a run without one came before delivers nonetheless', async () => {
    await world.run({})
    const next = { ref: 'refs/heads/next', stateScope: 'next' }
    await world.run({ push: 'true' }, next)
    const { host } = await world.run()
    expect([host.json('reused'), host.json('changed')]).toEqual([
      ['api', 'web'],
      ['api', 'web'],
    ])
  })

  test('that a run without one came between delivers nothing anew', async () => {
    await world.run()
    await world.run({})
    expect((await world.run()).host.json('changed')).toEqual([])
  })
})

describe('at a terminal', () => {
  const terminal = { trigger: { kind: 'terminal' } } as const
  beforeEach(() => {
    world = new World({ disk: { 'api/new.go': 'package new' } })
  })

  test('a push of uncommitted files is refused', async () => {
    const { code, host, builder } = await world.run({ push: 'true' }, terminal)
    expect([code, builder.requests]).toEqual([2, []])
    expect(host.failures[0]?.message).toContain('"api/new.go"')
  })

  test('it is allowed when asked for, and moves no tag', async () => {
    const { code } = await world.run({ push: 'true', 'allow-dirty': 'true' }, terminal)
    expect(code).toBe(0)
    expect(world.registry.tagsOf({ registry: 'ghcr.io', repository: 'acme/api' })).toEqual([])
    expect(world.registry.manifests.size).toBe(4)
  })

  test('a build of uncommitted files needs no leave', async () => {
    expect((await world.run({ load: 'true' }, terminal)).code).toBe(0)
    expect(world.engine.images.size).toBe(6)
  })
})
