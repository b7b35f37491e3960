import { expect, test } from '@jest/globals'
import { STATUS } from '../fakes/images.js'
import { planDocument } from '../../src/report/document.js'
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
    outcome: built(planned('a'), 1_260),
    says: { outcome: 'built', digest: DIGEST, seconds: 1.3 },
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
    says: { outcome: 'built', digest: null, seconds: 1 },
  },
  {
    description: 'reused',
    outcome: asReused(reused('a')),
    says: { outcome: 'reused', digest: DIGEST, seconds: null },
  },
  {
    description: 'failed',
    outcome: failedBuild(planned('a'), ['#7 ERROR']),
    says: { outcome: 'failed', digest: null, seconds: null, error: 'the build ended with code 1' },
  },
  {
    description: 'cancelled',
    outcome: { kind: 'cancelled', image: planned('a') } as const,
    says: { outcome: 'cancelled', digest: null, seconds: null },
  },
  {
    description: 'skipped',
    outcome: { kind: 'skipped', image: skipped('a') } as const,
    says: { outcome: 'skipped', digest: null, seconds: null },
  },
])('an image that was $description adds its outcome to the plan', ({ outcome, says }) => {
  const planOnly = planDocument(planOf([outcome.image])).images[0]
  expect(planDocument(runOf([outcome])).images).toStrictEqual([{ ...planOnly, ...says }])
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
