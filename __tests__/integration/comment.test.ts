import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { annotations, HostedRepository } from '../rig/events.js'
import { error, GithubApi, TOKEN } from '../rig/github-api.js'

let hosted: HostedRepository
let github: GithubApi

beforeAll(async () => {
  hosted = await HostedRepository.open()
  await hosted.run(await hosted.push())
  await hosted.repository.branch('topic')
})
afterAll(async () => {
  await hosted.close()
})

beforeEach(async () => {
  github = await GithubApi.start()
})
afterEach(async () => {
  await github.stop()
  expect(github.breaches).toEqual([])
})

function run(event: Awaited<ReturnType<HostedRepository['pullRequest']>>) {
  const inputs = { comment: 'auto', 'github-token': TOKEN }
  return hosted.run(event, { inputs, env: { GITHUB_API_URL: github.url } })
}

test('a pull request is told what was built, and of the next push in the same comment', async () => {
  await hosted.commit('web')
  const first = await run(await hosted.pullRequest(7, 'topic'))
  expect([first.main.exitCode, first.rebuilt, annotations(first, 'notice')]).toEqual([0, ['web'], []])
  expect(github.texts).toEqual([expect.stringMatching(/^### Images: 1 built, 2 reused, 0 failed in /)])
  expect(github.texts[0]).toMatch(
    /^\| web \| built \| 1 file modified&#58; web\/data \| .+ \| \d+&nbsp;B \|/m,
  )
  const digest = first.matrix[0]?.digest ?? 'none'
  expect(github.texts[0]).toContain(`${hosted.prefix}/naytife/web@${digest}\n`)

  await hosted.commit('api', 'web')
  const second = await run(await hosted.pullRequest(7, 'topic'))
  expect(second.rebuilt.toSorted()).toEqual(['api', 'web'])
  expect(github.texts).toEqual([expect.stringContaining('| api | built |')])
  expect(github.texts[0]).toMatch(/^\| web \| built \| .+ \| \d+&nbsp;B \([+−]\d+&nbsp;B\) \|/m)
  for (const { main, post } of [first, second])
    for (const text of [main.stdout, main.stderr, main.summary, post.stdout, post.stderr])
      expect(text.replace(/^::add-mask::.*$/gm, '')).not.toContain(TOKEN)
})

test('without the permission a notice says so, in the summary too, and the run is green', async () => {
  github.fault = () => ({ status: 403, body: error('Resource not accessible by integration') })
  await hosted.commit('db')
  const { main, ...rest } = await run(await hosted.pullRequest(7, 'topic'))
  expect([main.exitCode, annotations({ main, ...rest }, 'notice')]).toEqual([
    0,
    [expect.stringContaining('give the job the permission `pull-requests: write`')],
  ])
  expect(main.summary).toContain('comment does not show this run')
  expect(github.comments).toEqual([])
})
