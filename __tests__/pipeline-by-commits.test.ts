import { beforeEach, describe, expect, test } from '@jest/globals'
import type { RawInputs } from '../src/config/input-reader.js'
import type { RunContext } from '../src/model/request.js'
import { COMMIT } from './fakes/images.js'
import { type Run, World } from './fakes/world.js'

const BY_COMMITS: RawInputs = { push: 'true', detect: 'commits' }
const SINCE_FIRST: Partial<RunContext> = { trigger: { kind: 'push', before: COMMIT } }

let world: World
beforeEach(() => {
  world = new World()
})

function builds({ builder }: Run): string[] {
  return builder.log.filter((line) => line.startsWith('build ')).map((line) => line.replace('build ', ''))
}

describe('what the commit range changed is built', () => {
  test('and nothing else, whatever the registry has', async () => {
    world.git.commit('api/main.go', 'package next')
    const run = await world.run(BY_COMMITS, SINCE_FIRST)
    expect([run.code, builds(run)]).toEqual([0, ['api']])
    expect([run.host.json('changed'), run.host.json('reused')]).toEqual([['api'], ['web']])
    // What is there by now is not built twice.
    expect(builds(await world.run({ ...BY_COMMITS, force: 'none' }, SINCE_FIRST))).toEqual([])
  })

  test('with the reason', async () => {
    world.git.commit('api/main.go', 'package next')
    const { host } = await world.run(BY_COMMITS, SINCE_FIRST)
    expect(host.json('reasons')).toMatchObject({ api: [{ kind: 'files', paths: ['api/main.go'] }], web: [] })
  })

  test('no records are asked for that', async () => {
    await world.run()
    world.git.commit('README.md', 'x')
    world.store.texts.clear()
    const run = await world.run(BY_COMMITS, { trigger: { kind: 'push', before: COMMIT } })
    expect([builds(run), world.registry.log]).toEqual([[], []])
  })
})

describe('everything is built', () => {
  test.each<[string, Partial<RunContext>, string]>([
    ['on the first push of the default branch', { trigger: { kind: 'push' } }, 'no-record'],
    ['where the range is not known', { trigger: { kind: 'push', before: 'd'.repeat(40) } }, 'unknown-range'],
  ])('%s', async (_description, context, kind) => {
    const run = await world.run(BY_COMMITS, context)
    expect([run.code, builds(run)]).toEqual([0, ['api', 'web']])
    expect(run.host.json('reasons')).toMatchObject({ api: [{ kind }] })
  })
})

test('what is forced is built, and what is not asked for is not', async () => {
  world.git.commit('README.md', 'x')
  const run = await world.run({ ...BY_COMMITS, force: 'web', services: 'web' }, SINCE_FIRST)
  expect(builds(run)).toEqual(['web'])
})

test('that what an earlier run left undone stays undone is said', async () => {
  const { host } = await world.run(BY_COMMITS, SINCE_FIRST)
  expect(host.notices.map(({ message }) => message).join()).toContain('the commit range alone decides')
})
