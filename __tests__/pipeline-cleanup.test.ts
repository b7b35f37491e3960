import { beforeEach, expect, test } from '@jest/globals'
import { failed, ok } from '../src/model/failure.js'
import { World } from './fakes/world.js'

let world: World
beforeEach(() => {
  world = new World()
  world.containers.cleared = ok({ containers: 2, reclaimed: '12.3MB' })
})

test('what runs made is removed after a build, when that is asked for', async () => {
  const { code, host } = await world.run({ push: 'true', cleanup: 'dangling' })
  expect([code, world.containers.clearings]).toEqual([0, 1])
  expect(host.lines).toContain('Removed dangling images (12.3MB) and 2 stopped containers')
})

test('it is removed after a run that failed, too', async () => {
  world.prepare = ({ builder }) =>
    builder.failing.set('api', { kind: 'engine-failed', message: 'no space left' })
  expect((await world.run({ push: 'true', cleanup: 'dangling' })).code).toBe(1)
  expect(world.containers.clearings).toBe(1)
})

test.each([
  { push: 'true' },
  { push: 'true', cleanup: 'none' },
  { push: 'true', cleanup: 'dangling', 'dry-run': 'true' },
])('nothing is removed with %j', async (inputs) => {
  expect((await world.run(inputs)).code).toBe(0)
  expect(world.containers.clearings).toBe(0)
})

test('that it cannot be removed is a notice, and the run as green as before', async () => {
  world.containers.cleared = failed({ kind: 'engine-failed', message: 'docker image prune failed: busy' })
  const { code, host } = await world.run({ push: 'true', cleanup: 'dangling' })
  expect(code).toBe(0)
  expect(host.notices.map(({ message }) => message)).toEqual([
    'What earlier runs left in Docker was not removed: docker image prune failed: busy',
  ])
})

test.each([
  { inputs: { cleanup: 'all' }, message: '`cleanup` is `all`; it must be none or dangling' },
  { inputs: { mode: 'plan', cleanup: 'dangling' }, message: '`cleanup` has no meaning in mode `plan`' },
])('$inputs is a usage error', async ({ inputs, message }) => {
  const { code, host } = await world.run(inputs)
  expect([code, host.failures.map((failure) => failure.message).join()]).toEqual([
    ...[2, expect.stringContaining(message)],
  ])
})
