import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { annotations, commitTag, digestsOf, HostedRepository, offered, SERVICES } from '../rig/events.js'
import type { ShopRun } from '../rig/shop.js'

let hosted: HostedRepository
/** Of what `main` begins with. */
let first: ShopRun

beforeAll(async () => {
  hosted = await HostedRepository.open()
  first = await hosted.run(await hosted.push())
})

afterAll(async () => {
  await hosted.close()
})

test('the first push of the default branch builds and offers everything', () => {
  expect(first.main.exitCode).toBe(0)
  expect([first.rebuilt, offered(first)]).toEqual([SERVICES, SERVICES])
})

test.each([
  { how: 'merged', merge: ['merge', '--no-ff', '--message=Merge'] },
  { how: 'squashed', merge: ['merge', '--squash'] },
  { how: 'rebased', merge: ['cherry-pick', 'main..topic'] },
])(
  'a pull request that was built and is $how builds nothing on main',
  async ({ merge: [verb = '', ...args], how }) => {
    const { repository } = hosted
    const before = digestsOf(first)
    await repository.git('switch', '--quiet', '--create', 'topic')
    await hosted.commit('web')
    const proposed = await hosted.run(await hosted.pullRequest(7, 'topic'))
    expect([proposed.rebuilt, offered(proposed)]).toEqual([['web'], ['web']])

    await repository.git('switch', '--quiet', 'main')
    // Others have merged something meanwhile.
    await hosted.commit()
    await repository.git(verb, ...args, ...(verb === 'merge' ? ['topic'] : []))
    if (how === 'squashed') await repository.commit('Squashed')
    const event = await hosted.push()
    const merged = await hosted.run(event)
    await repository.git('branch', '--quiet', '-D', 'topic')
    expect([merged.main.exitCode, merged.rebuilt, merged.docker]).toEqual([0, [], []])
    expect(merged.matrix).toEqual([
      expect.objectContaining({ service: 'web', action: 'reused', digest: digestsOf(proposed).web }),
    ])
    const expected = { ...digestsOf(proposed) }
    expect(await hosted.digestsAt(commitTag(event.commit))).toEqual(expected)
    expect(await hosted.digestsAt('main')).toEqual(expected)
    expect(expected.api).toBe(before.api)
  },
)

test('what waits in the merge queue is built by its pull request, and nothing is built when it is merged', async () => {
  const { repository } = hosted
  await repository.branch('queued')
  await hosted.commit('db')
  const proposed = await hosted.run(await hosted.pullRequest(8, 'queued'))
  const waiting = await hosted.queue(8, 'queued')
  const queued = await hosted.run(waiting)
  expect([queued.main.exitCode, queued.rebuilt, queued.docker]).toEqual([0, [], []])
  expect(queued.matrix).toMatchObject([{ service: 'db', digest: digestsOf(proposed).db }])

  await repository.git('switch', '--quiet', 'main')
  await repository.git('merge', '--quiet', '--ff-only', waiting.commit)
  const merged = await hosted.run(await hosted.push())
  expect([merged.main.exitCode, merged.rebuilt, merged.docker]).toEqual([0, [], []])
  expect(merged.matrix).toMatchObject([{ service: 'db', digest: digestsOf(proposed).db }])
})

test('a revert builds nothing and offers the image from before', async () => {
  const before = await hosted.digestAt('api', 'main')
  const changed = await hosted.commit('api')
  expect((await hosted.run(await hosted.push())).rebuilt).toEqual(['api'])
  await hosted.repository.git('revert', '--no-edit', changed)
  const reverted = await hosted.run(await hosted.push())
  expect([reverted.main.exitCode, reverted.rebuilt, reverted.docker]).toEqual([0, [], []])
  expect(reverted.matrix).toMatchObject([{ service: 'api', action: 'reused', digest: before }])
  expect(await hosted.digestAt('api', 'main')).toBe(before)
})

test('a pull request from a fork pushes nothing, says so once and is green', async () => {
  await hosted.repository.branch('forked')
  await hosted.commit('web')
  const before = await hosted.countTags('web')
  const event = await hosted.pullRequest(9, 'forked', 'mallory/shop')
  const run = await hosted.run(event)
  expect([run.main.exitCode, run.rebuilt, offered(run)]).toEqual([0, ['web'], ['web']])
  expect(annotations(run, 'notice')).toEqual(['Nothing is pushed: the pull request comes from a fork.'])
  expect(await hosted.countTags('web')).toBe(before)
  const { head } = event.payload['pull_request'] as { head: { sha: string } }
  expect(await hosted.digestsAt('pr-9')).toEqual({})
  expect(await hosted.digestsAt(commitTag(head.sha))).toEqual({})
  await hosted.repository.git('switch', '--quiet', 'main')
})

test('with `reuse-pull-requests: false` main builds again what a pull request built', async () => {
  const { repository } = hosted
  const config = await repository.git('show', 'HEAD:smart-image-build.yml')
  await repository.write('smart-image-build.yml', `reuse-pull-requests: false\n${config}\n`)
  await repository.branch('apart')
  await hosted.commit('web')
  const proposed = await hosted.run(await hosted.pullRequest(10, 'apart'))
  expect([proposed.rebuilt, offered(proposed)]).toEqual([['web'], ['web']])
  const push = proposed.docker.find((line) => line.startsWith('buildx build')) ?? ''
  expect(push).toMatch(/--tag \S+\/web:pr-fp-[0-9a-f]{32} /)
  const again = await hosted.run(await hosted.pullRequest(10, 'apart'))
  expect([again.rebuilt, again.docker]).toEqual([[], []])

  await repository.git('switch', '--quiet', 'main')
  await repository.git('merge', '--quiet', '--ff-only', 'apart')
  const merged = await hosted.run(await hosted.push())
  expect([merged.main.exitCode, merged.rebuilt, offered(merged)]).toEqual([0, ['web'], ['web']])
  expect(digestsOf(merged).web).not.toBe(digestsOf(proposed).web)
  expect(await hosted.digestAt('web', 'main')).toBe(digestsOf(merged).web)
})
