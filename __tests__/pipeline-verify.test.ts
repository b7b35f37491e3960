import { beforeEach, describe, expect, test } from '@jest/globals'
import type { Container } from '../src/ports/containers.js'
import { World } from './fakes/world.js'

const FINGERPRINT = 'smart-image-build.fingerprint'
const REVISION = 'org.opencontainers.image.revision'

let world: World
/** Service → its fingerprint at the commit. */
let fingerprints: Map<string, string>

beforeEach(async () => {
  world = new World()
  await world.run()
  const names = ['api', 'web']
  fingerprints = new Map(names.map((name) => [name, world.recordOf(name)?.fingerprint ?? '']))
})

function runs(image: string, labels: Readonly<Record<string, string>> = {}, name = 'one'): Container {
  const container = { name, image, labels }
  world.containers.containers.push(container)
  return container
}

function fingerprint(service: string): string {
  return fingerprints.get(service) ?? ''
}

async function verify(inputs: Readonly<Record<string, string>> = {}) {
  const { code, host, builder } = await world.run({ mode: 'verify', ...inputs })
  expect(builder.log).toEqual([])
  const [document] = host.documents as { services: { name: string; state: string }[] }[]
  const states = Object.fromEntries((document?.services ?? []).map(({ name, state }) => [name, state]))
  const failures = host.failures.map(({ message }) => message)
  return { code, host, states, failures, notices: host.notices.map(({ message }) => message) }
}

describe('a container', () => {
  test.each([
    { image: 'ghcr.io/acme/api:latest', state: 'fresh' },
    { image: 'ghcr.io/acme/api', state: 'fresh' },
    { image: `ghcr.io/acme/api@sha256:${'a'.repeat(64)}`, state: 'fresh' },
    { image: `ghcr.io/acme/api:v1@sha256:${'a'.repeat(64)}`, state: 'fresh' },
    { image: 'ghcr.io/acme/api-2:latest', state: 'not-running' },
    { image: 'localhost:5000/acme/api', state: 'not-running' },
  ])('of $image is $state', async ({ image, state }) => {
    runs(image, { [FINGERPRINT]: fingerprint('api') })
    const { code, states } = await verify()
    expect([code, states]).toEqual([0, { api: state, web: 'not-running' }])
  })

  test('of other content is stale, whatever its revision says', async () => {
    runs('ghcr.io/acme/api:main', { [FINGERPRINT]: 'f'.repeat(64), [REVISION]: world.git.head }, 'shop-api-1')
    runs('ghcr.io/acme/web:main', { [FINGERPRINT]: fingerprint('web'), [REVISION]: 'an older one' })
    const { code, states, failures, host } = await verify()
    expect([code, states]).toEqual([1, { api: 'stale', web: 'fresh' }])
    const expected = `content ffffffffffff, and the commit gives ${fingerprint('api').slice(0, 12)}`
    expect(failures).toEqual([`\`api\` is stale: shop-api-1: ${expected}, revision ${world.git.head}`])
    expect(host.json('changed')).toEqual(['api'])
    expect(host.json('reasons')).toEqual({
      api: [
        {
          ...{ kind: 'other-content', where: 'shop-api-1' },
          ...{ fingerprint: 'f'.repeat(64), revision: world.git.head },
        },
      ],
    })
    expect(host.summaries.join()).toContain('1 fresh, 1 stale, 0 not running')
    expect(host.results.flat().join('\n')).toContain('revision an older one')
  })

  test.each([{}, { [FINGERPRINT]: '' }, { [FINGERPRINT]: 'dev' }])(
    'with the labels %j is stale',
    async (labels) => {
      runs('ghcr.io/acme/api', labels)
      const { code, failures } = await verify()
      expect([code, failures]).toEqual([
        1,
        ['`api` is stale: one: it names no fingerprint, so it was not built by this'],
      ])
    },
  )

  test('that is stale beside a fresh one makes its service stale', async () => {
    runs('ghcr.io/acme/api', { [FINGERPRINT]: fingerprint('api') }, 'one')
    runs('ghcr.io/acme/api', { [FINGERPRINT]: 'f'.repeat(64) }, 'two')
    const { states, failures } = await verify()
    expect(states['api']).toBe('stale')
    expect(failures.join()).not.toContain('one:')
  })

  test('of the last commit is stale after a commit that changes what it takes, and fresh after any other', async () => {
    for (const service of ['api', 'web'])
      runs(`ghcr.io/acme/${service}`, { [FINGERPRINT]: fingerprint(service) }, service)
    world.git.commit('README.md', 'new')
    expect((await verify()).states).toEqual({ api: 'fresh', web: 'fresh' })
    world.git.commit('api/main.go', 'package main // new')
    expect((await verify()).states).toEqual({ api: 'stale', web: 'fresh' })
  })
})

test('files that are not committed have no say', async () => {
  runs('ghcr.io/acme/api', { [FINGERPRINT]: fingerprint('api') })
  world.git.lay('api/more.go', 'package main // not committed')
  expect((await verify()).states['api']).toBe('fresh')
})

describe('with a Compose project', () => {
  const labelled = (project: string, service: string) => ({
    'com.docker.compose.project': project,
    'com.docker.compose.service': service,
    [FINGERPRINT]: 'f'.repeat(64),
  })

  test('a container is known by the name of its Compose service, whatever its image', async () => {
    runs('registry.example/other', labelled('shop', 'api'))
    expect((await verify({ 'compose-project': 'shop' })).states['api']).toBe('stale')
    // Another project's service of that name is none of ours.
    expect((await verify()).states['api']).toBe('not-running')
  })

  test('containers of other projects have no say', async () => {
    runs('ghcr.io/acme/api', labelled('other', 'api'))
    runs('postgres:17', labelled('shop', 'store'))
    const { code, states, notices } = await verify({ 'compose-project': 'shop' })
    expect([code, states['api']]).toEqual([0, 'not-running'])
    expect(notices.join()).toContain('None of these services runs in this Docker')
  })

  test('in which nothing runs it is red, as its name may be mistyped', async () => {
    runs('ghcr.io/acme/api', labelled('shop', 'api'))
    const { code, states } = await verify({ 'compose-project': 'shp' })
    expect([code, states]).toEqual([1, {}])
  })
})

describe('an address', () => {
  const URL = 'https://shop.example/build/info'

  test.each([
    { answer: () => ({ fingerprint: fingerprint('api'), revision: 'r' }), state: 'fresh', code: 0 },
    { answer: () => ({ fingerprint: 'f'.repeat(64) }), state: 'stale', code: 1 },
    { answer: () => ({ revision: world.git.head }), state: 'stale', code: 1 },
    { answer: () => ({ fingerprint: 7 }), state: 'stale', code: 1 },
  ])('that answers so is $state', async ({ answer, state, code }) => {
    world.buildInfo.answers.set(URL, answer())
    const verified = await verify({ services: 'api', url: URL })
    expect([verified.code, verified.states]).toEqual([code, { api: state }])
    expect((await verify({ url: `api=${URL}` })).states).toEqual({ api: state })
  })

  test('that does not answer is a failure, not fresh', async () => {
    const { code, states, failures } = await verify({ url: `api=${URL}` })
    expect([code, states, failures]).toEqual([1, {}, [`${URL} does not answer`]])
  })

  test.each([
    { inputs: { url: URL }, message: 'does not say whose it is' },
    { inputs: { url: `apy=${URL}` }, message: 'did you mean `api`?' },
    {
      inputs: { url: `api=${URL}`, services: 'web' },
      message: '`api`, which is no service that is asked for',
    },
    { inputs: { url: 'shop.example/build/info' }, message: 'it must be an address such as' },
    { inputs: { url: `api=${URL}`, 'compose-project': 'shop' }, message: 'cannot be combined' },
    { inputs: { push: 'true' }, message: '`push` has no meaning in mode `verify`' },
  ])('given as $inputs is a usage error', async ({ inputs, message }) => {
    const { code, failures } = await verify(inputs)
    expect([code, failures.join()]).toEqual([2, expect.stringContaining(message)])
  })
})
