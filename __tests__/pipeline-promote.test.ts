import { beforeEach, describe, expect, test } from '@jest/globals'
import type { RawInputs } from '../src/config/input-reader.js'
import type { RunContext } from '../src/model/request.js'
import { digest } from './fakes/images.js'
import { World } from './fakes/world.js'

const API = { registry: 'ghcr.io', repository: 'acme/api' }
const WEB = { registry: 'ghcr.io', repository: 'acme/web' }
const RELEASE: Partial<RunContext> = { trigger: { kind: 'tag' }, ref: 'refs/tags/v1.2.3' }
const PROMOTE: RawInputs = {
  mode: 'promote',
  tags: 'type=semver,pattern={{version}}\ntype=semver,pattern={{major}}',
}

let world: World
beforeEach(async () => {
  world = new World()
  await world.run()
})

function digestAt(image: typeof API, tag: string): string | undefined {
  return world.registry.manifests.get(`ghcr.io/${image.repository}:${tag}`)
}

const commitTag = () => `sha-${world.git.head.slice(0, 7)}`

describe('a release', () => {
  test('points its tags at what the push of its commit built, without a build', async () => {
    const { code, builder, host } = await world.run(PROMOTE, RELEASE)
    expect([code, builder.log]).toEqual([0, []])
    for (const image of [API, WEB])
      for (const tag of ['1.2.3', '1']) expect(digestAt(image, tag)).toBe(digestAt(image, commitTag()))
    expect([host.json('changed'), host.json('reused'), host.json('failed')]).toEqual([
      ['api', 'web'],
      ['api', 'web'],
      [],
    ])
    expect(host.json('digests')).toEqual({
      api: digestAt(API, commitTag()),
      web: digestAt(WEB, commitTag()),
    })
    expect(host.summaries.join()).toContain('2 promoted, 0 failed')
  })

  test('finds by its fingerprint what has no tag of the commit', async () => {
    world.registry.removeTag(API, commitTag())
    expect((await world.run(PROMOTE, RELEASE)).code).toBe(0)
    expect(digestAt(API, '1.2.3')).toBeDefined()
  })

  test('is red, with no tag moved, when one image is missing', async () => {
    world.registry.remove(API, digestAt(API, commitTag()) ?? '')
    const { code, host, builder } = await world.run(PROMOTE, RELEASE)
    expect([code, builder.log]).toEqual([1, []])
    expect(host.failures.map(({ message }) => message)).toEqual([
      expect.stringContaining('`api` cannot be promoted'),
    ])
    expect(digestAt(WEB, '1.2.3')).toBeUndefined()
    expect(host.outputs.size).toBe(0)
  })

  test('is red, with no tag moved, when the registry does not answer for one', async () => {
    world.registry.fault = (operation) =>
      operation.includes('find ghcr.io/acme/web') ? 'HTTP 503' : undefined
    const { code, host } = await world.run(PROMOTE, RELEASE)
    expect(code).toBe(1)
    expect(host.failures).toMatchObject([{ message: expect.stringContaining('HTTP 503') }])
    expect(digestAt(API, '1.2.3')).toBeUndefined()
  })

  test('that promotes again moves nothing', async () => {
    await world.run(PROMOTE, RELEASE)
    const { code, host } = await world.run(PROMOTE, RELEASE)
    expect([code, host.json('changed'), host.json('reused')]).toEqual([0, [], ['api', 'web']])
  })

  test('waits for a simultaneous run, as long as it is told to', async () => {
    world.git.commit('api/main.go', 'package next')
    expect((await world.run(PROMOTE, RELEASE)).code).toBe(1)
    let pauses = 0
    world.onPause = () => {
      if (++pauses === 3) {
        world.registry.push(`ghcr.io/acme/api:${commitTag()}`, digest('e'))
        world.registry.push(`ghcr.io/acme/web:${commitTag()}`, digest('f'))
      }
    }
    expect((await world.run({ ...PROMOTE, wait: '10s' }, RELEASE)).code).toBe(1)
    expect((await world.run({ ...PROMOTE, wait: '30s' }, RELEASE)).code).toBe(0)
    expect(digestAt(API, '1')).toBe(digest('e'))
  })
})

describe('a deploy job', () => {
  test('marks the digest that it deployed, and may go back to an older one', async () => {
    const before = digestAt(API, commitTag()) ?? ''
    const mark = (from: string) => world.run({ mode: 'promote', services: 'api', from, tags: 'staging' })
    await mark(before)
    world.git.commit('api/main.go', 'package next')
    await world.run()
    await mark(digestAt(API, commitTag()) ?? '')
    expect(digestAt(API, 'staging')).not.toBe(before)
    expect((await mark(before)).code).toBe(0)
    expect(digestAt(API, 'staging')).toBe(before)
    expect(digestAt(WEB, 'staging')).toBeUndefined()
  })

  test('promotes from one tag to another', async () => {
    await world.run({ mode: 'promote', from: commitTag(), tags: 'staging' })
    expect((await world.run({ mode: 'promote', from: 'staging', tags: 'production' })).code).toBe(0)
    expect(digestAt(WEB, 'production')).toBe(digestAt(WEB, commitTag()))
  })
})

describe('what a tag of the registry does not point at is changed', () => {
  const PUSH: RawInputs = { push: 'true', 'changed-since': 'staging' }

  test('until a deploy has moved the tag, however many runs come between', async () => {
    expect((await world.run(PUSH)).host.json('changed')).toEqual(['api', 'web'])
    const { host } = await world.run(PUSH)
    expect(host.json('changed')).toEqual(['api', 'web'])
    for (const [service, from] of Object.entries(host.json('digests') as Record<string, string>))
      await world.run({ mode: 'promote', services: service, from, tags: 'staging' })
    expect((await world.run(PUSH)).host.json('matrix')).toEqual({ include: [] })
    world.git.commit('web/index.html', 'new')
    expect((await world.run(PUSH)).host.json('changed')).toEqual(['web'])
    expect((await world.run(PUSH)).host.json('changed')).toEqual(['web'])
  })

  test('also when the registry does not say what it points at', async () => {
    world.registry.fault = (operation) => (operation.endsWith(':staging') ? 'HTTP 503' : undefined)
    const { code, host } = await world.run(PUSH)
    expect([code, host.json('changed')]).toEqual([0, ['api', 'web']])
  })
})

describe('refused is a promotion', () => {
  test.each<[string, RawInputs, string]>([
    ['of a digest to several services', { from: digest('a'), tags: 'x' }, 'name one service'],
    ['without a tag that fits the run', { tags: 'type=ref,event=pr' }, 'there is no tag to point'],
    ['of a service that does not exist', { services: 'apii', tags: 'x' }, 'did you mean `api`?'],
  ])('%s', async (_description, inputs, message) => {
    const { code, host } = await world.run({ mode: 'promote', ...inputs })
    expect(code).toBe(2)
    expect(host.failures[0]?.message).toContain(message)
  })

  test('of a pull request from a fork, aloud', async () => {
    const { code, host } = await world.run(PROMOTE, { ...RELEASE, pushForbidden: 'it is a fork' })
    expect([code, host.notices.map(({ message }) => message)]).toEqual([
      0,
      ['Nothing is pushed: it is a fork.'],
    ])
    expect(digestAt(API, '1.2.3')).toBeUndefined()
  })
})
