import { expect, test } from '@jest/globals'
import { SHOP, World } from './fakes/world.js'

const ARGS = 'ARG GIT_COMMIT\nARG BUILD_DATE=none\nARG SOURCE_DATE_EPOCH\nARG CACHE_BUST\n'

function argsOf({ options }: { readonly options: readonly string[] } = { options: [] }): string[] {
  return options.filter((_, index) => options[index - 1] === '--build-arg')
}

test('an image is given what its Dockerfile declares of the commit, and an unchanged one is not rebuilt for it', async () => {
  const world = new World({ committed: { ...SHOP, 'api/Dockerfile': `FROM scratch\n${ARGS}COPY . /\n` } })
  const { builder } = await world.run()
  const [api, web] = builder.requests
  const [tag = ''] = api?.tags ?? []
  const args = argsOf(api)
  expect(args).toEqual([
    'BUILD_DATE=2026-07-31T12:00:00.000Z',
    expect.stringMatching(/^CACHE_BUST=[0-9a-f]{64}$/),
    `GIT_COMMIT=${world.git.head}`,
    'SOURCE_DATE_EPOCH=1785499200',
  ])
  const fingerprint = args[1]?.replace('CACHE_BUST=', '') ?? ''
  expect(tag).toBe(`ghcr.io/acme/api:fp-${fingerprint.slice(0, 32)}`)
  expect(argsOf(web)).toEqual([])
  world.git.commit('README.md', '1')
  expect((await world.run()).builder.requests).toEqual([])
})

test('what the configuration sets of them counts', async () => {
  const config = '.github/smart-image-build.yml'
  const text = SHOP[config]?.replace(
    'api: {context: api}',
    'api: {context: api, build-args: {GIT_COMMIT: mine}}',
  )
  const committed = {
    ...SHOP,
    [config]: text ?? '',
    'api/Dockerfile': `FROM scratch\nARG GIT_COMMIT\nCOPY . /\n`,
  }
  const { builder } = await new World({ committed }).run()
  expect(argsOf(builder.requests[0])).toEqual(['GIT_COMMIT=mine'])
})

test('a pull request has its own head, not the merge that GitHub makes', async () => {
  const committed = { ...SHOP, 'api/Dockerfile': `FROM scratch\nARG GIT_COMMIT\nCOPY . /\n` }
  const [base, head] = ['1'.repeat(40), '2'.repeat(40)]
  const trigger = { kind: 'pull-request', number: 7, base, head } as const
  const { builder } = await new World({ committed }).run(
    { push: 'true' },
    { trigger, ref: 'refs/pull/7/merge' },
  )
  expect(argsOf(builder.requests[0])).toEqual([`GIT_COMMIT=${head}`])
})
