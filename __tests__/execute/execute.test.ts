import { beforeEach, describe, expect, test } from '@jest/globals'
import type { RunEvent } from '../../src/model/event.js'
import { builtDigest } from '../fakes/fake-builder.js'
import { planned, REBUILD, request, STATUS } from '../fakes/images.js'
import { A, API, BROKEN, kindsOf, REUSE, Workshop } from './workshop.js'

let registry: Workshop['registry']
let engine: Workshop['engine']
let builder: Workshop['builder']
let events: Workshop['events']
let stop: Workshop['stop']
let notices: Workshop['notices']
let run: (...of: Parameters<Workshop['run']>) => ReturnType<Workshop['run']>
beforeEach(() => {
  const workshop = new Workshop()
  ;({ registry, engine, builder, events, stop, notices } = workshop)
  run = (...of) => workshop.run(...of)
})

/** When the workshop's clock begins. */
const STARTED = new Date(0).toISOString()

describe('a push', () => {
  test('builds first, and points the tags at what was built', async () => {
    const image = planned('api', REBUILD)
    expect(await run([image])).toEqual([
      {
        kind: 'built',
        image,
        digest: builtDigest(API),
        startedAt: STARTED,
        durationMs: 1000,
        status: STATUS,
        parents: {},
      },
    ])
    expect(registry.log).toEqual([
      ...[`find ${API}`, `find ${API}`],
      `point ghcr.io/acme/api@${builtDigest(API)} main v1`,
      `size ghcr.io/acme/api@${builtDigest(API)}`,
    ])
    expect(registry.tagsOf(image.service.image)).toEqual(['main', 'v1'])
    expect(engine.log).toEqual([])
  })

  test('tells the size of what it pushed, and is as good where the registry does not answer that', async () => {
    builder.size = 12_300
    registry.fault = (operation) => (/^size .*web/.test(operation) ? 'HTTP 503' : undefined)
    const [api, web] = await run([planned('api', REBUILD), planned('web', REBUILD)])
    expect(api).toMatchObject({ kind: 'built', sizeBytes: 12_300 })
    expect(web).toMatchObject({ kind: 'built', digest: expect.any(String) })
    expect(web).not.toHaveProperty('sizeBytes')
    expect(notices).toEqual([])
  })

  test('points the tags at a reused digest without a build', async () => {
    registry.push(API, A)
    const image = planned('api', REUSE)
    expect(await run([image])).toEqual([{ kind: 'reused', image, digest: A }])
    expect(registry.log).toEqual([`point ghcr.io/acme/api@${A} main v1`])
    expect(builder.log).toEqual([])
  })

  test('fails, with no tag moved, when the builder names no digest', async () => {
    builder.nameless.add('api')
    const [outcome] = await run([planned('api', REBUILD)])
    expect(outcome).toMatchObject({ kind: 'failed', failure: { kind: 'engine-failed' } })
    expect(registry.tagsOf(planned('api', REBUILD).service.image)).toEqual([])
  })

  test('builds anew what is gone since it was decided upon', async () => {
    const [outcome] = await run([planned('api', REUSE, { changed: false })])
    expect(outcome).toMatchObject({
      kind: 'built',
      digest: builtDigest(API),
      image: { changed: true, decision: { reasons: [{ kind: 'image-missing' }] } },
    })
  })

  test('builds nothing for a registry that does not answer', async () => {
    registry.outage = 'HTTP 503'
    const outcomes = await run([planned('api', REBUILD), planned('web', REUSE)])
    expect(outcomes).toMatchObject([
      { kind: 'failed', failure: { message: 'HTTP 503' } },
      { kind: 'failed', failure: { message: 'HTTP 503' } },
    ])
    expect(builder.log).toEqual([])
  })

  test('fails when the tags cannot be pointed after the build', async () => {
    registry.fault = (operation) => (operation.startsWith('point') ? 'HTTP 503' : undefined)
    const [outcome] = await run([planned('api', REBUILD)])
    expect(outcome).toMatchObject({ kind: 'failed', failure: { message: 'HTTP 503' } })
  })
})

describe('a load', () => {
  const load = { request: request({ load: true }) }
  const TAGGING = `tag ${API} ghcr.io/acme/api:main ghcr.io/acme/api:v1`

  test('tags what was built, and names no digest, as none is in a registry', async () => {
    const image = planned('api', REBUILD)
    expect(await run([image], load)).toEqual([
      { kind: 'built', image, startedAt: STARTED, durationMs: 1000, status: STATUS, parents: {} },
    ])
    expect(engine.log).toEqual([TAGGING])
    expect(registry.log).toEqual([])
  })

  test('tags what this engine has', async () => {
    engine.images.set(API, A)
    const image = planned('api', { kind: 'reuse', found: 'engine' })
    expect(await run([image], load)).toEqual([{ kind: 'reused', image }])
    expect(engine.log).toEqual([TAGGING])
  })

  test('pulls by digest what only the registry has, and gives it the tag of its fingerprint too', async () => {
    await run([planned('api', REUSE)], load)
    const pinned = `ghcr.io/acme/api@${A}`
    expect(engine.log).toEqual([`find ${API}`, `pull ${pinned}`, `tag ${pinned} ${API}`, TAGGING])
  })

  test.each([REBUILD, REUSE])(
    'tags for Compose what is found by its own name there (%j)',
    async (decision) => {
      const image = planned('api', decision)
      await run([{ ...image, service: { ...image.service, loadAs: 'shop-api:latest' } }], load)
      expect(engine.log.at(-1)).toBe(`${TAGGING} shop-api:latest`)
    },
  )

  test('fails when the engine does', async () => {
    engine.isMissing = true
    const [outcome] = await run([planned('api', REUSE)], load)
    expect(outcome).toMatchObject({ kind: 'failed', failure: { kind: 'environment-missing' } })
  })
})

test('a push that loads too does both, and pulls nothing that is here', async () => {
  registry.push(API, A)
  engine.images.set(API, A)
  const both = { request: request({ push: true, load: true }) }
  expect(kindsOf(await run([planned('api', REUSE)], both))).toEqual(['api reused'])
  expect(engine.log).toEqual([`find ${API}`, `tag ${API} ghcr.io/acme/api:main ghcr.io/acme/api:v1`])
})

test('a push that loads too builds once, and pulls what it pushed', async () => {
  engine.images.set(API, A)
  const both = { request: request({ push: true, load: true }) }
  const [outcome] = await run([planned('api', REBUILD)], both)
  const digest = outcome?.kind === 'built' ? outcome.digest : undefined
  expect(builder.requests).toMatchObject([{ push: true, load: false }])
  expect(engine.images.get(API)).toBe(digest)
  expect(digest).not.toBe(A)
})

test('a run that neither pushes nor loads only builds', async () => {
  const images = [planned('api', REBUILD), planned('web', { kind: 'reuse', found: 'record' })]
  expect(kindsOf(await run(images, { request: request() }))).toEqual(['api built', 'web reused'])
  expect([...registry.log, ...engine.log]).toEqual([])
})

describe('a failure', () => {
  const images = ['bad', 'good', 'old', 'rest'].map((name) =>
    planned(name, name === 'old' ? { kind: 'skip' } : REBUILD),
  )
  beforeEach(() => {
    builder.failing.set('bad', BROKEN)
  })

  test('stays with its image', async () => {
    const outcomes = await run(images)
    expect(kindsOf(outcomes)).toEqual(['bad failed', 'good built', 'old skipped', 'rest built'])
    expect(outcomes[0]).toMatchObject({ failure: BROKEN })
  })

  test('with fail-fast starts nothing more, and what is skipped stays skipped', async () => {
    const outcomes = await run(images, { request: request({ push: true, failFast: true, maxParallel: 1 }) })
    expect(kindsOf(outcomes)).toEqual(['bad failed', 'good cancelled', 'old skipped', 'rest cancelled'])
    expect(builder.log).toEqual(['build bad'])
  })

  test('with fail-fast lets what is under way come to its end', async () => {
    const outcomes = await run(images, { request: request({ push: true, failFast: true, maxParallel: 2 }) })
    expect(kindsOf(outcomes)).toEqual(['bad failed', 'good built', 'old skipped', 'rest cancelled'])
  })
})

describe('an interruption', () => {
  test('stops what is under way and starts nothing more', async () => {
    builder.endless.add('slow')
    builder.onStart = (name) => {
      if (name === 'slow') stop.abort()
    }
    const images = [planned('done', REBUILD), planned('slow', REBUILD), planned('rest', REBUILD)]
    const outcomes = await run(images, { request: request({ push: true, maxParallel: 1 }) })
    expect(kindsOf(outcomes)).toEqual(['done built', 'slow cancelled', 'rest cancelled'])
  })

  test('before the start leaves all undone', async () => {
    stop.abort()
    const outcomes = await run([planned('api', REBUILD), planned('old', { kind: 'skip' })])
    expect(kindsOf(outcomes)).toEqual(['api cancelled', 'old skipped'])
    expect(builder.log).toEqual([])
  })
})

test('everything that happens is told, the end of each image once', async () => {
  builder.lines.push({ text: 'RUN make', isOutput: false }, { text: 'ok', isOutput: true })
  const outcomes = await run([planned('api', REBUILD)])
  const about = { kind: 'build-progress', service: 'api' }
  expect(events).toEqual([
    { kind: 'build-started', service: 'api' },
    { ...about, line: 'RUN make', isOutput: false },
    { ...about, line: 'ok', isOutput: true },
    { kind: 'finished', outcome: outcomes[0] },
  ])
})

test('outcomes come in the order of the plan, with no more builds at once than asked for', async () => {
  let [now, most] = [0, 0]
  builder.onStart = () => {
    most = Math.max(most, ++now)
  }
  const images = ['a', 'b', 'c', 'd', 'e'].map((name) => planned(name, REBUILD))
  const on = (event: RunEvent) => {
    if (event.kind === 'finished') now--
  }
  const outcomes = await run(images, { request: request({ push: true, maxParallel: 2 }), on })
  expect(kindsOf(outcomes)).toEqual(['a built', 'b built', 'c built', 'd built', 'e built'])
  expect(most).toBe(2)
})
