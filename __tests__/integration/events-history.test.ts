import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { fingerprintTag } from '../../src/model/fingerprint.js'
import { commitTag, digestsOf, HostedRepository, offered, SERVICES } from '../rig/events.js'
import { RegistryGate } from '../rig/events-registry.js'

const SLOW = 'FROM busybox:1.37\nCOPY data /\nRUN sleep 5\n'

let hosted: HostedRepository

beforeAll(async () => {
  hosted = await HostedRepository.open()
  await hosted.run(await hosted.push())
})

beforeEach(async () => {
  await hosted.repository.git('switch', '--quiet', 'main')
})

afterAll(async () => {
  await hosted.close()
})

describe('what a push holds', () => {
  test('the first push of a branch counts with all of its commits', async () => {
    await hosted.repository.branch('feature')
    await hosted.commit('web')
    await hosted.commit('db')
    await hosted.commit()
    const run = await hosted.run(await hosted.push('feature'))
    expect([run.main.exitCode, run.rebuilt, offered(run)]).toEqual([0, ['db', 'web'], ['db', 'web']])
  })

  test('a forced push back to older commits builds nothing, offers what changed back and moves the tag of the branch', async () => {
    const before = await hosted.digestsAt('main')
    await hosted.commit('web')
    expect((await hosted.run(await hosted.push())).rebuilt).toEqual(['web'])
    await hosted.commit('db')
    // Its run was cancelled while it waited.
    await hosted.push()
    await hosted.repository.git('reset', '--quiet', '--hard', 'HEAD~2')
    const run = await hosted.run(await hosted.push())
    expect([run.main.exitCode, run.rebuilt, run.docker]).toEqual([0, [], []])
    expect(run.matrix).toMatchObject([{ service: 'web', action: 'reused', digest: before.web }])
    expect(await hosted.digestsAt('main')).toEqual(before)
  })

  test('a push whose run was cancelled is built and offered by the next one, but for what was built in time', async () => {
    await hosted.repository.write('api/Dockerfile', SLOW)
    await hosted.commit('db')
    const tags = await hosted.countTags('db')
    // Both are built by one process, which tells of neither before its end.
    const cancelled = await hosted.run(await hosted.push(), {
      signalAfter: { until: async () => (await hosted.countTags('db')) > tags },
    })
    expect([cancelled.main.exitCode, cancelled.post.exitCode]).toEqual([130, 0])
    await hosted.commit('web')
    const next = await hosted.run(await hosted.push())
    expect([next.main.exitCode, next.rebuilt, offered(next)]).toEqual([0, ['api', 'web'], SERVICES])
    expect(await hosted.digestsAt('main')).toEqual(digestsOf(next))
  })
})

describe('what was lost', () => {
  test('an empty cache costs no build', async () => {
    const before = await hosted.digestsAt('main')
    expect(hosted.cache.clear()).toBeGreaterThan(0)
    await hosted.commit()
    const run = await hosted.run(await hosted.push())
    expect([run.main.exitCode, run.rebuilt, run.docker]).toEqual([0, [], []])
    expect(digestsOf(run)).toEqual(before)
  })

  test('an image that was deleted is built again, and so is one of an index that lost its child', async () => {
    await hosted.commit('web', 'db')
    const event = await hosted.push()
    const run = await hosted.run(event)
    const { web = '', db = '' } = digestsOf(run)
    const { fingerprint } = run.matrix.find(({ service }) => service === 'db') as unknown as {
      fingerprint: string
    }
    const index = await hosted.wrap('db', db, fingerprintTag(fingerprint))
    hosted.cache.clear()
    expect(digestsOf(await hosted.run(event)).db).toBe(index)

    await hosted.delete('web', web)
    await hosted.delete('db', db)
    expect(await hosted.digestAt('db', 'main')).toBe(index)
    const repaired = await hosted.run(event)
    expect([repaired.main.exitCode, repaired.rebuilt]).toEqual([0, ['db', 'web']])
    expect(repaired.main.outputs['reasons']).toContain('image-missing')
    expect(await hosted.digestsAt('main')).toEqual(digestsOf(repaired))
  })
})

test('after a run of an older commit that ends last, the next one repairs the tag of the branch and what is deployed', async () => {
  const [target = '', ...path] = hosted.prefix.split('/')
  const registry = await RegistryGate.start(target)
  const inputs = { registry: [registry.address, ...path].join('/') }
  const held = registry.holdNext()
  await hosted.commit('api')
  const older = await hosted.push()
  const ending = hosted.run(older, { inputs, runId: '70' })
  await held.come

  await hosted.commit('api')
  const newer = await hosted.push()
  const ended = await hosted.run(newer, { inputs })
  expect([ended.main.exitCode, ended.rebuilt]).toEqual([0, ['api']])
  expect(await hosted.digestsAt('main')).toEqual(digestsOf(ended))

  held.release()
  const late = await ending
  expect([late.main.exitCode, late.rebuilt]).toEqual([0, ['api']])
  expect(await hosted.digestAt('api', commitTag(older.commit))).toBe(digestsOf(late).api)
  const next = await hosted.run(newer, { inputs })
  expect([next.rebuilt, next.docker]).toEqual([[], []])
  expect(next.matrix).toMatchObject([{ service: 'api', action: 'reused', digest: digestsOf(ended).api }])
  expect(await hosted.digestsAt('main')).toEqual(digestsOf(ended))

  // Run again when a newer commit has moved the tag.
  const again = await hosted.run(older, { inputs, runId: '70', runAttempt: 2 })
  expect([again.main.exitCode, again.docker]).toEqual([0, []])
  expect(await hosted.digestsAt('main')).toEqual(digestsOf(ended))
  await registry.stop()
})
