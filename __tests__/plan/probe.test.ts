import { beforeEach, describe, expect, test } from '@jest/globals'
import { BUILT_AT } from '../../src/model/labels.js'
import { fingerprintTag } from '../../src/model/fingerprint.js'
import type { ImageFacts } from '../../src/model/plan.js'
import type { ImageRegistry } from '../../src/ports/image-registry.js'
import { type Places, probe, type Question } from '../../src/plan/probe.js'
import { FakeEngine } from '../fakes/fake-engine.js'
import { FakeRegistry } from '../fakes/fake-registry.js'
import { keyOf, MemoryLayouts } from '../fakes/memory-layouts.js'
import { digest, failuresOf, fingerprint, record, service, valueOf, withoutDigest } from '../fakes/images.js'

const [A, B] = [digest('a'), digest('b')]
const TAG = fingerprintTag(fingerprint().digest)
const TAGGED = `ghcr.io/acme/api:${TAG}`
const RECORDED = `ghcr.io/acme/api@${A}`

let registry: FakeRegistry
let engine: FakeEngine
beforeEach(() => {
  registry = new FakeRegistry()
  engine = new FakeEngine()
})

function question(name: string, given: Partial<Question> = {}): Question {
  return {
    service: service(name),
    fingerprint: fingerprint(),
    parents: {},
    requested: true,
    force: { kind: 'none' },
    delivery: 'push',
    tags: [TAG],
    missing: [],
    ...given,
  }
}

async function factsOf(
  given: Partial<Question>,
  places: Places = { registry },
): Promise<ImageFacts | undefined> {
  const [facts] = valueOf(await probe([question('api', given)], places))
  return facts
}

describe('the registry is asked', () => {
  test('for the tag alone without a record', async () => {
    registry.push(TAGGED, B)
    expect(await factsOf({})).toEqual({ tagged: { kind: 'exists', digest: B } })
    expect(registry.log).toEqual([`find ${TAGGED}`])
  })

  test('for the recorded digest alone when that exists', async () => {
    registry.push(TAGGED, A)
    expect(await factsOf({ record: record('api') })).toEqual({ recorded: { kind: 'exists', digest: A } })
    expect(registry.log).toEqual([`find ${RECORDED}`])
  })

  test('for the tag after a recorded digest that is gone', async () => {
    registry.push(TAGGED, B)
    expect(await factsOf({ record: record('api') })).toEqual({
      recorded: { kind: 'missing' },
      tagged: { kind: 'exists', digest: B },
    })
  })

  test.each([
    ['of other content', record('api', { fingerprint: '2'.repeat(64) })],
    ['of another image', record('api', { image: 'ghcr.io/other/api' })],
    ['without a digest', withoutDigest(record('api'))],
  ])('for no digest of a record %s', async (_description, other) => {
    await factsOf({ record: other })
    expect(registry.log).toEqual([`find ${TAGGED}`])
  })
})

describe('the registry is not asked', () => {
  test.each<[string, Partial<Question>]>([
    ['for a service that is not requested', { requested: false }],
    ['for an image that belongs to none', { service: service('api', { image: { repository: 'api' } }) }],
  ])('%s', async (_description, given) => {
    expect(await factsOf(given)).toEqual({})
    expect(registry.log).toEqual([])
  })

  test('when there is none to ask', async () => {
    expect(await factsOf({}, {})).toEqual({})
  })
})

describe('an answer that does not come', () => {
  test('is doubt', async () => {
    registry.outage = 'HTTP 503'
    const unknown = { kind: 'unknown', problem: 'HTTP 503' }
    expect(await factsOf({ record: record('api') })).toEqual({ recorded: unknown, tagged: unknown })
  })

  test('for want of a login is a failure of a push', async () => {
    registry.isClosed = true
    expect(failuresOf(await probe([question('api')], { registry }))).toEqual([
      { kind: 'registry-denied', message: 'ghcr.io wants a login for ghcr.io/acme/api' },
    ])
  })

  test.each(['load', 'none'] as const)('for want of a login is doubt for delivery %s', async (delivery) => {
    registry.isClosed = true
    expect(await factsOf({ delivery })).toEqual({
      tagged: { kind: 'unknown', problem: 'ghcr.io wants a login for ghcr.io/acme/api' },
    })
  })
})

describe('the engine', () => {
  test('is asked once for all that is requested', async () => {
    engine.images.set(TAGGED, A)
    const questions = [question('api'), question('web'), question('old', { requested: false })]
    const facts = valueOf(await probe(questions, { engine }))
    expect(engine.log).toEqual([`find ${TAGGED} ghcr.io/acme/web:${TAG}`])
    expect(facts).toEqual([{ local: { kind: 'exists', digest: A } }, { local: { kind: 'missing' } }, {}])
  })

  test('is not asked for what need not be in it', async () => {
    const facts = valueOf(await probe([question('deps', { delivery: 'none' })], { engine }))
    expect([facts, engine.log]).toEqual([[{}], ['find ']])
  })

  test('that is not there ends it', async () => {
    engine.isMissing = true
    expect(failuresOf(await probe([question('api')], { engine, registry }))).toEqual([
      { kind: 'environment-missing', message: 'Docker does not answer' },
    ])
    expect(registry.log).toEqual([])
  })
})

describe('what is kept of an image that others are built from', () => {
  let layouts: MemoryLayouts
  beforeEach(() => {
    layouts = new MemoryLayouts()
  })

  /** `api` is built from `deps`. */
  async function factsOfDeps(deps: Partial<Question> = {}, api: Partial<Question> = {}): Promise<ImageFacts> {
    const questions = [
      question('deps', { delivery: 'none', ...deps }),
      question('api', { delivery: 'none', parents: { x: 'deps' }, ...api }),
    ]
    const facts = valueOf(await probe(questions, { registry, layouts }))
    expect(facts[1]).not.toHaveProperty('isKept')
    return facts[0] ?? {}
  }

  test.each([true, false])('is asked for where nothing else tells of it: %s', async (isKept) => {
    const { image } = service('deps')
    if (isKept)
      layouts.kept.set(keyOf({ image, fingerprint: fingerprint().digest }), { folder: '/1', digest: A })
    expect(await factsOfDeps()).toEqual({ tagged: { kind: 'missing' }, isKept })
    expect(layouts.log).toEqual(['has ghcr.io/acme/deps'])
  })

  test('is asked for where the registry does not answer', async () => {
    registry.outage = 'HTTP 503'
    expect(await factsOfDeps()).toMatchObject({ tagged: { kind: 'unknown' }, isKept: false })
  })

  test.each<[string, Partial<Question>, Partial<Question>]>([
    ['of an image that is not requested', { requested: false }, {}],
    ['of an image that is loaded', { delivery: 'load' }, {}],
    ['of an image that is forced', { force: { kind: 'all' } }, {}],
    ['of an image whose record tells', { record: withoutDigest(record('deps')) }, {}],
    ['where nothing that is requested is built from it', {}, { requested: false }],
  ])('is not asked for: %s', async (_description, deps, api) => {
    expect(await factsOfDeps(deps, api)).not.toHaveProperty('isKept')
    expect(layouts.log).toEqual([])
  })

  test('is not asked for where the registry has it', async () => {
    registry.push(`ghcr.io/acme/deps:${TAG}`, B)
    expect(await factsOfDeps()).toEqual({ tagged: { kind: 'exists', digest: B } })
    expect(layouts.log).toEqual([])
  })
})

describe('of many questions', () => {
  const names = Array.from({ length: 50 }, (_, index) => `s${index}`)

  test('the answers come in the order of the questions, whichever is first', async () => {
    const slow: Pick<ImageRegistry, 'find'> = {
      find: async ({ repository }) => {
        const turns = 50 - Number(repository.replace(/\D/g, ''))
        for (let turn = 0; turn < turns; turn++) await Promise.resolve()
        return { ok: true, value: { kind: 'exists', digest: repository } }
      },
    }
    const questions = names.map((name) => question(name))
    const facts = valueOf(await probe(questions, { registry: Object.assign(registry, slow) }))
    expect(facts.map(({ tagged }) => tagged?.kind === 'exists' && tagged.digest)).toEqual(
      names.map((name) => `acme/${name}`),
    )
  })

  test('none has no answer', async () => {
    expect(valueOf(await probe([], { registry, engine }))).toEqual([])
  })
})

describe('the tag that stands for the last delivery', () => {
  test('is asked for beside the image', async () => {
    registry.push(TAGGED, B)
    registry.push('ghcr.io/acme/api:staging', A)
    expect(await factsOf({ changedSince: 'staging' })).toEqual({
      tagged: { kind: 'exists', digest: B },
      deployed: { kind: 'exists', digest: A },
    })
  })

  test('may not be there yet', async () => {
    expect(await factsOf({ changedSince: 'staging' })).toMatchObject({ deployed: { kind: 'missing' } })
  })
})

describe('how old an image is', () => {
  const notBefore = '2026-08-01T10:00:00.000Z'

  test('is what its label says', async () => {
    registry.push(TAGGED, B, { labels: { [BUILT_AT]: '2026-01-01T00:00:00.000Z' } })
    expect(await factsOf({ notBefore })).toMatchObject({ builtAt: '2026-01-01T00:00:00.000Z' })
  })

  test('is not known without the label', async () => {
    registry.push(TAGGED, B)
    expect(await factsOf({ notBefore })).toMatchObject({ builtAt: 'unknown' })
  })

  test('is asked only where it matters, and of what exists', async () => {
    registry.push(TAGGED, B)
    await factsOf({})
    await factsOf({ fingerprint: fingerprint('2'), tags: ['fp-none'], notBefore })
    expect(registry.log.join()).not.toContain('labels')
  })
})

test('what only pull requests may use again is asked for first, then what all may', async () => {
  const own = fingerprintTag(fingerprint().digest, 'pull-requests')
  registry.push(TAGGED, B)
  expect(await factsOf({ tags: [own, TAG] })).toEqual({ tagged: { kind: 'exists', digest: B } })
  expect(registry.log).toEqual([`find ghcr.io/acme/api:${own}`, `find ${TAGGED}`])
})
