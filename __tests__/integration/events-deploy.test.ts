import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { annotations, commitTag, digestsOf, HostedRepository, offered, SERVICES } from '../rig/events.js'

let hosted: HostedRepository

beforeAll(async () => {
  hosted = await HostedRepository.open()
  await hosted.run(await hosted.push())
})

afterAll(async () => {
  await hosted.close()
})

test('a deploy that failed comes back in the next run, although nothing changed, until it has succeeded', async () => {
  const inputs = { 'changed-since': 'staging' }
  await hosted.commit('web', 'api')
  const event = await hosted.push()
  const run = await hosted.run(event, { inputs, runId: '50' })
  expect([run.rebuilt, offered(run)]).toEqual([['api', 'web'], SERVICES])
  // The deploy of `web` fails.
  for (const service of ['api', 'db'] as const) {
    const deployed = await hosted.deploy(event, run, service)
    expect([deployed.main.exitCode, deployed.docker]).toEqual([0, []])
  }

  const again = await hosted.run(event, { inputs, runId: '50', runAttempt: 2 })
  expect([again.rebuilt, offered(again), again.docker]).toEqual([[], ['web'], []])

  await hosted.commit()
  const nextEvent = await hosted.push()
  const next = await hosted.run(nextEvent, { inputs })
  expect([next.rebuilt, next.docker]).toEqual([[], []])
  expect(next.matrix).toMatchObject([{ service: 'web', action: 'reused', digest: digestsOf(run).web }])
  expect(next.main.outputs['any']).toBe('true')

  // No record tells what is deployed, so to lose them all changes nothing.
  expect(hosted.cache.clear()).toBeGreaterThan(0)
  const unrecorded = await hosted.run(nextEvent, { inputs })
  expect([unrecorded.rebuilt, offered(unrecorded), unrecorded.docker]).toEqual([[], ['web'], []])

  await hosted.deploy(nextEvent, next, 'web')
  const calm = await hosted.run(nextEvent, { inputs })
  expect([calm.main.exitCode, calm.matrix, calm.main.outputs['any']]).toEqual([0, [], 'false'])
})

test('"Re-run all jobs" offers again what its first attempt offered, also by records', async () => {
  await hosted.run(await hosted.push())
  await hosted.commit('web')
  const event = await hosted.push()
  const run = await hosted.run(event, { runId: '60' })
  expect(offered(run)).toEqual(['web'])
  const again = await hosted.run(event, { runId: '60', runAttempt: 2 })
  expect([again.rebuilt, again.docker]).toEqual([[], []])
  expect(again.matrix).toMatchObject([{ service: 'web', action: 'reused', digest: digestsOf(run).web }])
  const other = await hosted.run(event)
  expect(other.matrix).toEqual([])
})

test('what another workflow has built on the same branch is offered by the workflow that deploys all the same', async () => {
  await hosted.commit('db')
  const event = await hosted.push()
  const checks = await hosted.run(event, { workflow: 'checks' })
  expect(checks.rebuilt).toEqual(['db'])
  const deploying = await hosted.run(event)
  expect([deploying.rebuilt, deploying.docker]).toEqual([[], []])
  expect(deploying.matrix).toMatchObject([{ service: 'db', action: 'reused', digest: digestsOf(checks).db }])
})

test('a release points its versions at the images of main, without a build', async () => {
  const tags = 'type=semver,pattern={{version}}\ntype=semver,pattern={{major}}.{{minor}}'
  await hosted.commit('api')
  const onMain = await hosted.run(await hosted.push())
  const released = await hosted.promote(await hosted.tag('v1.2.3'), { tags })
  expect([released.main.exitCode, released.docker]).toEqual([0, []])
  for (const tag of ['1.2.3', '1.2']) expect(await hosted.digestsAt(tag)).toEqual(digestsOf(onMain))
  expect(digestsOf(released)).toEqual(digestsOf(onMain))

  const commit = await hosted.commit('api')
  const refused = await hosted.promote(await hosted.tag('v1.3.0'), { tags })
  expect([refused.main.exitCode, refused.docker]).toEqual([1, []])
  expect(annotations(refused, 'error')).toEqual([expect.stringContaining(commitTag(commit))])
  expect(await hosted.digestsAt('1.3.0')).toEqual({})
  expect(await hosted.digestsAt('1.3')).toEqual({})
})
