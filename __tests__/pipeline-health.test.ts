import { beforeEach, expect, test } from '@jest/globals'
import { ok } from '../src/model/failure.js'
import { SHOP, World } from './fakes/world.js'

const CONFIG = '.github/smart-image-build.yml'
const HEALTH = 'health: {port: 8080, path: /health, timeout: 5s}'

let world: World
beforeEach(() => {
  const text = SHOP[CONFIG]?.replace('api: {context: api}', `api: {context: api, ${HEALTH}}`) ?? ''
  world = new World({ committed: { ...SHOP, [CONFIG]: text } })
})

function sick(): void {
  world.containers.verdict = () =>
    Promise.resolve(ok({ kind: 'silent', problem: 'it ended with code 3', log: ['starting', 'no database'] }))
}

function tags(): string[] {
  const start = 'ghcr.io/acme/api:'
  const names = [...world.registry.manifests.keys()].filter((name) => name.startsWith(start))
  return names.map((name) => name.slice(start.length).replace(/-.*/, '')).sort()
}

test('a service that does not work fails with its log, and the others are delivered', async () => {
  sick()
  const { code, host } = await world.run()
  expect([code, host.json('failed'), host.json('rebuilt')]).toEqual([1, ['api'], ['web']])
  expect(host.json('matrix')).toMatchObject({ include: [{ service: 'web' }] })
  expect(tags()).toEqual(['try'])
  expect(world.recordOf('api')).toBeUndefined()
  expect(host.summaries.join()).toContain('no database')
  expect(host.failures).toMatchObject([{ kind: 'build-failed', log: ['starting', 'no database'] }])
})

test('it is built again by the next run, which delivers it once it works', async () => {
  sick()
  await world.run()
  const again = await world.run()
  expect([again.code, again.builder.log.filter((line) => line.startsWith('build '))]).toEqual([
    1,
    ['build api'],
  ])
  world.containers.verdict = () => Promise.resolve(ok({ kind: 'answered' }))
  const healthy = await world.run()
  expect([healthy.code, healthy.host.json('rebuilt'), healthy.host.json('reused')]).toEqual([
    0,
    ['api'],
    ['web'],
  ])
  expect(tags()).toEqual(['fp', 'main', 'sha', 'try'])
  expect((await world.run()).host.json('reused')).toEqual(['api', 'web'])
})

test('a check that is changed rebuilds nothing, and is not made of what was built before', async () => {
  await world.run()
  const trials = world.containers.trials.length
  world.git.commit(CONFIG, SHOP[CONFIG]?.replace('web: {context: web}', `web: {context: web, ${HEALTH}}`))
  const { host } = await world.run()
  expect([host.json('rebuilt'), world.containers.trials.length]).toEqual([[], trials])
})
