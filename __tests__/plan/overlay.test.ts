import { describe, expect, test } from '@jest/globals'
import type { ImageEnd, ImageResult, Leg } from '../../src/model/leg.js'
import type { PlannedImage } from '../../src/model/plan.js'
import { fullName } from '../../src/model/service.js'
import { type Evidence, overlaid } from '../../src/plan/overlay.js'
import { digest, fingerprint, planned, REBUILD, service, STATUS } from '../fakes/images.js'

const REUSE = { kind: 'reuse', found: 'registry', digest: digest('e') } as const
const BUILT: ImageEnd = {
  ...{ kind: 'built', digest: digest('a'), startedAt: '2026-08-01T10:00:00.000Z', durationMs: 4200 },
  ...{ status: STATUS, parents: {} },
}
const FAILED: ImageEnd = { kind: 'failed', failure: { kind: 'registry-failed', message: 'down' } }
const FORCED = { kind: 'rebuild', reasons: [{ kind: 'forced' }] } as const

function told(name: string, end: ImageEnd, given: Partial<ImageResult> = {}): ImageResult {
  const { document, digest } = fingerprint()
  const repository = fullName(service(name).image)
  return { ...{ name, repository, fingerprint: digest, document, decision: FORCED, end }, ...given }
}

function leg(results: readonly ImageResult[], given: Partial<Leg> = {}): Leg {
  const images = results.map(({ name }) => name)
  return { ...{ shard: '1-of-2', attempt: 1, images, results, problems: [], notices: [] }, ...given }
}

function overlay(image: PlannedImage, legs: readonly Leg[], given: Partial<Evidence> = {}) {
  const { outcomes, notices } = overlaid([image], {
    legs,
    attempt: 1,
    push: true,
    reused: new Map(),
    ...given,
  })
  return { outcome: outcomes[0], messages: notices.map(({ message }) => message) }
}

/** The message of an image without a result. */
function missing(image: PlannedImage, legs: readonly Leg[], given?: Partial<Evidence>): string {
  const { outcome } = overlay(image, legs, given)
  if (outcome?.kind !== 'failed') throw new Error(`it is ${outcome?.kind ?? 'nothing'}`)
  expect(outcome.failure.kind).toBe('artifact-failed')
  return outcome.failure.message
}

describe('an image that a leg built', () => {
  test.each([REBUILD, REUSE])(
    'is built, for the reasons that the leg had, where the plan says $kind by now',
    (decision) => {
      const { outcome, messages } = overlay(planned('api', decision, { changed: false }), [
        leg([told('api', BUILT)]),
      ])
      expect(outcome).toMatchObject({ ...BUILT, image: { decision: FORCED, changed: true } })
      expect(messages).toEqual([])
    },
  )

  test('is never a service that wants a deploy when it is a base', () => {
    const base = planned(
      'deps',
      { kind: 'skip', isUnneeded: true },
      { service: service('deps', { kind: 'base' }) },
    )
    expect(overlay(base, [leg([told('deps', BUILT)])]).outcome).toMatchObject({ image: { changed: false } })
  })

  test('and did not push is none where images are pushed', () => {
    const { kind, startedAt, durationMs, status, parents } = BUILT
    const unpushed = [leg([told('api', { kind, startedAt, durationMs, status, parents })])]
    expect(missing(planned('api', REBUILD), unpushed)).toContain('`1-of-2` ended without it')
    expect(overlay(planned('api', REBUILD), unpushed, { push: false }).outcome?.kind).toBe('built')
  })

  test('is not asked for, and so it is skipped', () => {
    expect(overlay(planned('api', { kind: 'skip' }), [leg([told('api', BUILT)])]).outcome?.kind).toBe(
      'skipped',
    )
  })
})

describe('of several results', () => {
  test('the one of the newest attempt counts, whichever leg it is of', () => {
    const legs = [
      leg([told('api', BUILT)], { shard: '1-of-1', attempt: 3 }),
      leg([told('api', FAILED)], { shard: '1-of-2', attempt: 2 }),
    ]
    for (const order of [legs, legs.toReversed()])
      expect(overlay(planned('api', REBUILD), order, { attempt: 3 }).outcome?.kind).toBe('built')
  })

  test('a newer attempt that did not come to the image takes nothing from an older one', () => {
    const legs = [
      leg([told('api', { kind: 'cancelled' })], { attempt: 3 }),
      leg([], { attempt: 2, images: ['api'] }),
      leg([told('api', BUILT)]),
    ]
    expect(overlay(planned('api', REBUILD), legs, { attempt: 3 }).outcome?.kind).toBe('built')
  })

  test('a success of one attempt counts before a failure, a build before what took its image', () => {
    const ends: ImageEnd[] = [FAILED, { kind: 'reused', digest: digest('a') }, BUILT]
    for (const [index, end] of ends.entries()) {
      const legs = ends.slice(0, index + 1).map((one) => leg([told('api', one)]))
      for (const order of [legs, legs.toReversed()])
        expect(overlay(planned('api', REBUILD), order).outcome?.kind).toBe(end.kind)
    }
  })
})

describe('an image that failed in a leg', () => {
  test.each([
    { decision: REBUILD, attempt: 1, kind: 'failed' },
    { decision: REBUILD, attempt: 2, kind: 'failed' },
    // Something went wrong with it in this very attempt.
    { decision: REUSE, attempt: 1, kind: 'failed' },
    // It has come to exist since.
    { decision: REUSE, attempt: 2, kind: 'reused' },
  ])('in attempt 1 is $kind in attempt $attempt where the plan says $decision.kind', (row) => {
    const { outcome } = overlay(planned('api', row.decision), [leg([told('api', FAILED)])], {
      attempt: row.attempt,
    })
    expect(outcome?.kind).toBe(row.kind)
  })
})

describe('an image that was blocked in a leg', () => {
  const blocked = (name: string, by: string) => leg([told(name, { kind: 'blocked', by })])
  const chain = [planned('deps', REBUILD), planned('api', REBUILD), planned('web', REBUILD)]
  const kinds = (...legs: Leg[]) =>
    overlaid(chain, { legs, attempt: 1, push: true, reused: new Map() }).outcomes.map(({ kind }) => kind)

  test('is blocked while what blocked it has no image', () => {
    const failed = leg([told('deps', FAILED)])
    expect(kinds(failed, blocked('api', 'deps'), blocked('web', 'api'))).toEqual([
      'failed',
      'blocked',
      'blocked',
    ])
  })

  test('has failed itself once that has one, as nothing else makes the run red', () => {
    const built = leg([told('deps', BUILT)])
    expect(kinds(built, blocked('api', 'deps'), blocked('web', 'api'))).toEqual(['built', 'failed', 'failed'])
    expect(kinds(built, blocked('api', 'web'), blocked('web', 'api'))).toEqual(['built', 'failed', 'failed'])
  })
})

describe('an image without a result', () => {
  test('is reused where the registry has it', () => {
    const { outcome } = overlay(planned('api', REUSE), [])
    expect(outcome).toMatchObject({ kind: 'reused', digest: digest('e'), image: { decision: REUSE } })
  })

  test.each([REBUILD, FORCED])('has failed where it is to be rebuilt: %j', (decision) => {
    expect(missing(planned('api', decision), [])).toBe('`api` has no result: its leg did not end')
  })

  test('has failed for what ended its leg', () => {
    const legs = [leg([], { images: ['api'], problems: ['the secret `token` is not given'] })]
    expect(missing(planned('api', REBUILD), legs)).toBe(
      '`api` has no result: leg `1-of-2` ended without it: the secret `token` is not given',
    )
  })
})

describe('a result for other content', () => {
  const other = fingerprint('2', { buildArgs: { VERSION: 'v'.repeat(64) } })
  const result = told('api', BUILT, { fingerprint: other.digest, document: other.document })

  test('is not used, and the notice names what differs', () => {
    const { messages } = overlay(planned('api', REBUILD), [leg([result])])
    expect(messages).toEqual([
      expect.stringContaining('`1-of-2` did for `api` is not used: build-args (VERSION) differed'),
    ])
    expect(missing(planned('api', REBUILD), [leg([result])])).toContain('what its leg did is not used')
  })

  test('of another repository says nothing of this image', () => {
    const legs = [leg([told('api', BUILT, { repository: 'ghcr.io/other/api' })])]
    expect(overlay(planned('api', REUSE), legs)).toMatchObject({ outcome: { kind: 'reused' }, messages: [] })
    const both = [...legs, leg([told('api', FAILED)])]
    for (const order of [both, both.toReversed()])
      expect(overlay(planned('api', REUSE), order).outcome).toMatchObject({ kind: 'failed' })
  })

  test('is used where no more than an image of others has moved meanwhile, also below a base', () => {
    const moved = (name: string, mark: string, parents?: Record<string, string>) =>
      fingerprint(mark, parents ? { parents } : { upstream: { [name]: digest(mark) } })
    const [before, after] = [moved('alpine', '3'), moved('alpine', '4')]
    const [appBefore, appAfter] = [
      moved('app', '5', { deps: before.digest }),
      moved('app', '6', { deps: after.digest }),
    ]
    const of = ({ digest, document }: typeof before) => ({ fingerprint: digest, document })
    const images = [
      planned('app', REBUILD, { fingerprint: appAfter }),
      planned('deps', REBUILD, { service: service('deps', { kind: 'base' }), fingerprint: after }),
    ]
    const legs = [leg([told('app', BUILT, of(appBefore)), told('deps', BUILT, of(before))])]
    const { outcomes, notices } = overlaid(images, { legs, attempt: 1, push: true, reused: new Map() })
    expect(outcomes.map(({ kind, image }) => [kind, image.fingerprint.digest])).toEqual([
      ['built', appBefore.digest],
      ['built', before.digest],
    ])
    expect(notices.map(({ message }) => message)).toEqual([
      expect.stringContaining('`app` is as leg `1-of-2` built it, although the base `deps` moved since'),
      expect.stringContaining('although the image `alpine` moved since'),
    ])
  })

  test('is not used where its base is another one for another reason', () => {
    const base = fingerprint('3', { files: '0'.repeat(64) })
    const app = fingerprint('5', { parents: { deps: base.digest } })
    const images = [
      planned('app', REBUILD, { fingerprint: fingerprint('6', { parents: { deps: fingerprint().digest } }) }),
      planned('deps', REUSE, { service: service('deps', { kind: 'base' }) }),
    ]
    const legs = [
      leg([
        told('app', BUILT, { fingerprint: app.digest, document: app.document }),
        told('deps', BUILT, { fingerprint: base.digest, document: base.document }),
      ]),
    ]
    const { outcomes } = overlaid(images, { legs, attempt: 1, push: true, reused: new Map() })
    expect(outcomes.map(({ kind }) => kind)).toEqual(['failed', 'reused'])
  })
})
