import { describe, expect, test } from '@jest/globals'
import { Ajv } from 'ajv'
import { STATUS } from '../fakes/images.js'
import fc from '../fakes/seeded.js'
import type { PlannedImage } from '../../src/model/plan.js'
import { type ImageDocument, type OutcomeDocument, planDocument } from '../../src/report/document.js'
import {
  COMMIT,
  DIGEST,
  asReused,
  built,
  failedBuild,
  planOf,
  planned,
  recordOf,
  reused,
  runOf,
  service,
  sized,
  skipped,
  STARTED,
} from './planned.js'

test('a plan is a document of decisions', () => {
  const result = planOf(
    [planned('backend', { record: recordOf('backend', 41_960) }), reused('auth')],
    [{ message: 'the cache did not answer' }],
  )
  expect(planDocument({ ...result, plan: { ...result.plan, base: 'b'.repeat(40) } })).toStrictEqual({
    version: 1,
    commit: COMMIT,
    base: 'b'.repeat(40),
    images: [
      {
        name: 'backend',
        kind: 'service',
        decision: 'rebuild',
        changed: true,
        fingerprint: 'f'.repeat(64),
        reasons: [{ kind: 'dockerfile' }],
        needs: [],
        inputs: { files: 12 },
        estimate: 42,
      },
      {
        name: 'auth',
        kind: 'service',
        decision: 'reuse',
        changed: false,
        fingerprint: 'f'.repeat(64),
        reasons: [],
        needs: [],
        inputs: { files: 12 },
        estimate: null,
      },
    ],
    notices: [{ message: 'the cache did not answer' }],
  })
})

test.each([
  {
    description: 'built',
    outcome: sized(built(planned('a'), 1_260), 12_300_000),
    says: { outcome: 'built', digest: DIGEST, size: 12_300_000, seconds: 1.3 },
  },
  {
    description: 'built without a registry',
    outcome: {
      kind: 'built',
      image: planned('a'),
      startedAt: STARTED,
      durationMs: 1_000,
      status: STATUS,
      parents: {},
    } as const,
    says: { outcome: 'built', digest: null, size: null, seconds: 1 },
  },
  {
    description: 'reused',
    outcome: asReused(reused('a')),
    says: { outcome: 'reused', digest: DIGEST, size: null, seconds: null },
  },
  {
    description: 'failed',
    outcome: failedBuild(planned('a'), ['#7 ERROR']),
    says: {
      outcome: 'failed',
      digest: null,
      size: null,
      seconds: null,
      error: 'the build ended with code 1',
    },
  },
  {
    description: 'cancelled',
    outcome: { kind: 'cancelled', image: planned('a') } as const,
    says: { outcome: 'cancelled', digest: null, size: null, seconds: null },
  },
  {
    description: 'skipped',
    outcome: { kind: 'skipped', image: skipped('a') } as const,
    says: { outcome: 'skipped', digest: null, size: null, seconds: null },
  },
])('an image that was $description adds its outcome to the plan', ({ outcome, says }) => {
  const planOnly = planDocument(planOf([outcome.image])).images[0]
  expect(planDocument(runOf([outcome])).images).toStrictEqual([{ ...planOnly, ...says }])
})

test('a base is called one, and what an image is built after is listed', () => {
  const base = planned('rust-deps', { service: { ...service('rust-deps'), kind: 'base' } })
  const backend = planned('backend', {
    service: { ...service('backend'), needs: ['schema', 'rust-deps'] },
    parents: { 'acme/base:latest': 'rust-deps' },
  })
  expect(planDocument(planOf([base, planned('schema'), backend])).images).toMatchObject([
    { name: 'rust-deps', kind: 'base', needs: [] },
    { name: 'schema', kind: 'service', needs: [] },
    { name: 'backend', kind: 'service', needs: ['rust-deps', 'schema'] },
  ])
})

/** An image of a plan; those of a run have `outcome`, `digest`, `size`, `seconds` and perhaps `error` besides. */
const PLANNED = {
  name: { type: 'string' },
  kind: { enum: ['service', 'base'] },
  decision: { enum: ['rebuild', 'reuse', 'skip'] },
  changed: { type: 'boolean' },
  fingerprint: { type: 'string', pattern: '^[0-9a-f]{64}$' },
  reasons: { type: 'array', items: { type: 'object', required: ['kind'] } },
  needs: { type: 'array', items: { type: 'string' }, uniqueItems: true },
  inputs: {
    ...{ type: 'object', required: ['files'], additionalProperties: false },
    properties: { files: { type: 'integer', minimum: 0 } },
  },
  estimate: { type: ['number', 'null'], minimum: 0 },
} satisfies Record<Exclude<keyof ImageDocument, keyof OutcomeDocument>, object>

const ENDED = {
  outcome: { enum: ['built', 'reused', 'skipped', 'failed', 'blocked', 'cancelled'] },
  digest: { type: ['string', 'null'], pattern: '^sha256:[0-9a-f]{64}$' },
  size: { type: ['integer', 'null'], minimum: 0 },
  seconds: { type: ['number', 'null'], minimum: 0 },
  error: { type: 'string' },
} satisfies Record<keyof OutcomeDocument, object>

function schemaOf(properties: object, required: readonly string[]): object {
  const properly = { type: 'object', additionalProperties: false }
  return {
    ...properly,
    required: ['version', 'commit', 'base', 'images', 'notices'],
    properties: {
      version: { const: 1 },
      commit: { type: 'string' },
      base: { type: ['string', 'null'] },
      images: { type: 'array', items: { ...properly, properties, required } },
      notices: { type: 'array', items: { type: 'object', required: ['message'] } },
    },
  }
}

describe('the document has the shape that scripts rely on', () => {
  const images = fc.array(
    fc.record({
      kind: fc.constantFrom('service', 'base'),
      needs: fc.array(fc.string(), { maxLength: 3 }),
      parent: fc.string(),
      image: fc.constantFrom(planned('a'), reused('a'), skipped('a')),
      durationMs: fc.option(fc.nat(), { nil: undefined }),
    }),
  )
  const plans = images.map((given) =>
    given.map(({ kind, needs, parent, image, durationMs }): PlannedImage => ({
      ...image,
      service: { ...image.service, kind, needs },
      parents: { deps: parent },
      ...(durationMs !== undefined && { record: recordOf('a', durationMs) }),
    })),
  )
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true })

  test('when nothing was built yet', () => {
    const isValid = ajv.compile(schemaOf(PLANNED, Object.keys(PLANNED)))
    fc.assert(
      fc.property(plans, (plan) => {
        isValid(JSON.parse(JSON.stringify(planDocument(planOf(plan)))))
        expect(isValid.errors).toBeNull()
      }),
    )
  })

  test('when the run has ended', () => {
    const required = [...Object.keys(PLANNED), 'outcome', 'digest', 'size', 'seconds']
    const isValid = ajv.compile(schemaOf({ ...PLANNED, ...ENDED }, required))
    const endings = [
      built,
      (image: PlannedImage) => sized(built(image), 7),
      asReused,
      (image: PlannedImage) => failedBuild(image, []),
    ]
    fc.assert(
      fc.property(plans, (plan) => {
        const outcomes = plan.map((image, at) => endings[at % endings.length]!(image))
        isValid(JSON.parse(JSON.stringify(planDocument(runOf(outcomes)))))
        expect(isValid.errors).toBeNull()
      }),
    )
  })

  test('and one that lacks something has not', () => {
    const isValid = ajv.compile(schemaOf(PLANNED, Object.keys(PLANNED)))
    const document = planDocument(planOf([planned('a')]))
    expect(
      isValid({ ...document, images: document.images.map((image) => ({ ...image, kind: 'image' })) }),
    ).toBe(false)
  })
})

test('a plan of nothing is a document too', () => {
  expect(planDocument(planOf([]))).toStrictEqual({
    version: 1,
    commit: COMMIT,
    base: null,
    images: [],
    notices: [],
  })
})
