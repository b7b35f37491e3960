import { beforeEach, describe, expect, test } from '@jest/globals'
import type { RunContext } from '../src/model/request.js'
import { digest } from './fakes/images.js'
import { type Run, SHOP, World } from './fakes/world.js'

const CONFIG = '.github/smart-image-build.yml'
const BASE = 'alpine:3'
const SCHEDULE: Partial<RunContext> = { trigger: { kind: 'schedule' } }
const PULL: Partial<RunContext> = {
  trigger: { kind: 'pull-request', number: 7, base: '1'.repeat(40), head: '2'.repeat(40) },
  ref: 'refs/pull/7/merge',
  stateScope: 'pull 7',
}
const PUSH = { push: 'true' }

let world: World
beforeEach(() => {
  world = shop('scheduled')
  world.registry.push(BASE, digest('1'))
})

/** `api` starts from an image of others and tracks it; `web` starts from the same and does not. */
function shop(tracking: 'scheduled' | 'true', others = ''): World {
  return new World({
    committed: {
      ...SHOP,
      [CONFIG]: `registry: ghcr.io/acme\nservices:\n  api: {context: api, track-upstream: ${tracking}}\n  web: {context: web}\n${others}`,
      'api/Dockerfile': `FROM ${BASE}\nCOPY . /\n`,
      'web/Dockerfile': `FROM ${BASE}\nCOPY . /\n`,
    },
  })
}

function move(digit = '2'): void {
  world.registry.push(BASE, digest(digit))
}

/** How often the digest was asked for in the run before. */
function questions(): number {
  return world.registry.log.filter((entry) => entry === `find ${BASE}`).length
}

function pinsOf({ builder }: Run, service = 'api'): string[] {
  const options = builder.requests.find((request) => request.service === service)?.options ?? []
  return options.filter((_, index) => options[index - 1] === '--build-context')
}

const pin = (digit: string) => `${BASE}=docker-image://${BASE}@${digest(digit)}`

describe('a service that tracks', () => {
  test('is built from the digest that counts, one that does not from the tag', async () => {
    const run = await world.run()
    expect(run.code).toBe(0)
    expect([pinsOf(run), pinsOf(run, 'web')]).toEqual([[pin('1')], []])
    expect(world.recordOf('api')?.document.upstream).toEqual({ [BASE]: digest('1') })
    expect(world.recordOf('web')?.document).not.toHaveProperty('upstream')
  })

  test('is reused as long as nothing moved', async () => {
    await world.run()
    for (const context of [{}, SCHEDULE, PULL])
      expect((await world.run(PUSH, context)).host.json('reused')).toEqual(['api', 'web'])
  })

  test('is neither asked about nor an error where it is not requested', async () => {
    world.registry.manifests.clear()
    const { code } = await world.run({ ...PUSH, services: 'web' })
    expect([code, questions()]).toEqual([0, 0])
  })
})

test('where nobody tracks, no digest is asked for, kept or loaded', async () => {
  world = new World({ committed: { ...SHOP, 'api/Dockerfile': `FROM ${BASE}\nCOPY . /\n` } })
  await world.run()
  expect(questions()).toBe(0)
  expect([...world.store.texts.keys()]).toEqual(['images refs/heads/main'])
})

describe('with `scheduled`, once an image of others moved', () => {
  beforeEach(async () => {
    await world.run()
    move()
  })

  test.each<[string, Partial<RunContext>]>([
    ['a schedule', SCHEDULE],
    ['a dispatch on the default branch', { trigger: { kind: 'dispatch' } }],
  ])('%s rebuilds what tracks it, and says why', async (_description, context) => {
    const run = await world.run(PUSH, context)
    expect(run.host.json('rebuilt')).toEqual(['api'])
    expect(run.host.json('reasons')).toEqual({
      api: [{ kind: 'upstream', ref: BASE, from: digest('1'), to: digest('2') }],
      web: [],
    })
    expect(pinsOf(run)).toEqual([pin('2')])
    expect(questions()).toBe(1)
  })

  test.each<[string, Partial<RunContext>]>([
    ['a push', {}],
    ['a push to another branch', { ref: 'refs/heads/next', stateScope: 'next' }],
    ['a dispatch on another branch', { trigger: { kind: 'dispatch' }, ref: 'refs/heads/next' }],
    ['a pull request', PULL],
  ])('%s goes by what was recorded', async (_description, context) => {
    const run = await world.run(PUSH, context)
    expect(run.host.json('rebuilt')).toEqual([])
    expect(questions()).toBe(0)
  })

  test('all runs go by what a schedule found, and build from it', async () => {
    await world.run(PUSH, SCHEDULE)
    move('3')
    world.git.commit('api/main.go', 'package other')
    for (const context of [PULL, {}]) {
      const run = await world.run({ ...PUSH, force: 'api' }, context)
      expect(pinsOf(run)).toEqual([pin('2')])
    }
  })

  test('what was remembered of the files is no answer to it', async () => {
    const inputs = { ...PUSH, 'inputs-from': 'commit' }
    for (let run = 0; run < 2; run++) await world.run(inputs)
    expect((await world.run(inputs, SCHEDULE)).host.json('rebuilt')).toEqual(['api'])
    expect((await world.run(inputs)).host.json('reused')).toEqual(['api', 'web'])
  })

  test('a plan of a schedule records nothing', async () => {
    await world.run({ ...PUSH, mode: 'plan' }, SCHEDULE)
    expect((await world.run()).host.json('rebuilt')).toEqual([])
  })
})

describe('with `true`', () => {
  test.each([{}, PULL])('every run looks a digest up, once', async (context) => {
    world = shop('true', '  more: {context: web, track-upstream: true}\n')
    world.registry.push(BASE, digest('1'))
    await world.run()
    move()
    const run = await world.run(PUSH, context)
    expect(run.host.json('rebuilt')).toEqual(['api', 'more'])
    expect(questions()).toBe(1)
  })

  test('one service has the others that track the same image with it, requested or not', async () => {
    world = shop('scheduled', '  more: {context: web, track-upstream: true}\n')
    world.registry.push(BASE, digest('1'))
    await world.run()
    move()
    expect((await world.run({ ...PUSH, services: 'api' })).host.json('rebuilt')).toEqual(['api'])
  })
})

describe('where nothing is recorded', () => {
  test.each<[string, Partial<RunContext>]>([
    ['a pull request', PULL],
    ['a pull request with the rights of its target', { ...PULL, ref: 'refs/heads/main' }],
    ['a push to another branch', { ref: 'refs/heads/next', stateScope: 'next' }],
  ])('%s looks digests up and records none', async (_description, context) => {
    expect(pinsOf(await world.run(PUSH, context))).toEqual([pin('1')])
    move()
    expect(pinsOf(await world.run(PUSH, context))).toEqual([pin('2')])
  })

  test('a push to the default branch looks them up and records them', async () => {
    await world.run()
    move()
    await world.run()
    expect(questions()).toBe(0)
  })

  test('of one image, those of the others stay', async () => {
    await world.run()
    world.registry.push('node:latest', digest('8'))
    world.git.commit('api/Dockerfile', `FROM ${BASE}\nCOPY --from=node . /\n`)
    move()
    const run = await world.run()
    expect(pinsOf(run)).toEqual([pin('1'), `node=docker-image://node@${digest('8')}`])
  })

  test('what is recorded and cannot be read is looked up again, and the run says so', async () => {
    await world.run()
    world.store.texts.set(' upstream', 'garbled')
    move()
    const { host } = await world.run()
    expect(host.json('rebuilt')).toEqual(['api'])
    expect(host.notices.map(({ message }) => message).join()).toContain(
      'are not used: it is not a digest file',
    )
  })
})

describe('a registry that does not tell', () => {
  const silences: [string, () => void, string][] = [
    ['does not answer', () => (world.registry.fault = ofBase), 'HTTP 503'],
    [
      'has the image no more',
      () => {
        world.registry.removeTag({ repository: 'alpine' }, '3')
      },
      'no such image',
    ],
  ]
  const ofBase = (operation: string) => (operation === `find ${BASE}` ? 'HTTP 503' : undefined)

  test.each(silences)(
    'as it %s leaves what was recorded in force',
    async (_description, silence, problem) => {
      await world.run()
      silence()
      const { code, host } = await world.run(PUSH, SCHEDULE)
      expect([code, host.json('rebuilt')]).toEqual([0, []])
      expect(host.notices).toEqual([{ message: expect.stringContaining(problem) as unknown }])
    },
  )

  test.each(silences)('as it %s ends a run without a record', async (_description, silence, problem) => {
    silence()
    const { code, host, builder } = await world.run()
    expect([code, builder.log]).toEqual([1, []])
    const [failure] = host.failures
    expect(failure?.kind).toBe('registry-failed')
    for (const part of [`\`${BASE}\``, '`api`', problem, '`track-upstream: false`'])
      expect(failure?.message).toContain(part)
  })
})

describe('a pull request with an image of others that moved since the branch began', () => {
  let pull: Partial<RunContext>
  beforeEach(async () => {
    world = shop('true')
    world.registry.push(BASE, digest('1'))
    await world.run()
    const base = world.git.head
    world.git.commit('web/index.html', '<body>')
    world.git.mergeBases.set(base, base)
    pull = { ...PULL, trigger: { kind: 'pull-request', number: 7, base, head: world.git.head } }
    move()
  })

  test('has not changed what it did not touch, but that is built', async () => {
    expect((await world.run(PUSH, pull)).host.json('rebuilt')).toEqual(['api', 'web'])
    const { host } = await world.run(PUSH, { ...pull, stateScope: 'another' })
    expect([host.json('reused'), host.json('changed')]).toEqual([['api', 'web'], ['web']])
  })

  test('has nothing but its commits built where they alone decide', async () => {
    const { host } = await world.run({ ...PUSH, detect: 'commits' }, pull)
    expect(host.json('rebuilt')).toEqual(['web'])
  })
})

describe('at a terminal', () => {
  const terminal = { trigger: { kind: 'terminal' }, ref: 'refs/heads/next', stateScope: 'here' } as const

  test('digests are looked up by every run, as no schedule renews what is kept there', async () => {
    await world.run({}, terminal)
    move()
    expect((await world.run({}, terminal)).host.json('rebuilt')).toEqual(['api'])
  })

  test('they are those of the run before where no registry may be asked', async () => {
    expect((await world.run({ 'local-only': 'true' }, terminal)).code).toBe(1)
    await world.run({}, terminal)
    move()
    const { code, host } = await world.run({ 'local-only': 'true' }, terminal)
    expect([code, host.json('rebuilt')]).toEqual([0, []])
  })
})
