import { expect, test } from '@jest/globals'
import type { Decision, ImageFacts } from '../../src/model/plan.js'
import { decide, type Delivery } from '../../src/plan/decide.js'
import { digest, fingerprint, record, service, withoutDigest } from '../fakes/images.js'

const A = digest('a')
const KEPT: Decision = { kind: 'reuse', found: 'layout' }

function decisionFor(delivery: Delivery, facts: ImageFacts, ofRecord?: 'with a record'): Decision {
  return decide({
    service: service('deps', { kind: 'base' }),
    fingerprint: fingerprint(),
    parents: {},
    requested: true,
    force: { kind: 'none' },
    missing: [],
    delivery,
    facts,
    ...(ofRecord && { record: withoutDigest(record('deps')) }),
  }).decision
}

test('what is kept is used again, without a digest, where it is enough that it was built', () => {
  expect(decisionFor('none', { tagged: { kind: 'missing' }, isKept: true })).toEqual(KEPT)
  expect(decisionFor('none', { tagged: { kind: 'unknown', problem: 'HTTP 503' }, isKept: true })).toEqual(
    KEPT,
  )
})

test('what the registry or a record tells goes before it', () => {
  const tagged = { kind: 'exists', digest: A } as const
  expect(decisionFor('none', { tagged, isKept: true })).toMatchObject({ found: 'registry', digest: A })
  expect(decisionFor('none', { isKept: true }, 'with a record')).toMatchObject({ found: 'record' })
})

test.each<[string, Delivery, ImageFacts]>([
  ['where it is not kept', 'none', { isKept: false }],
  ['where that was not asked', 'none', {}],
  ['where the registry must have it', 'push', { isKept: true }],
  ['where the engine must have it', 'load', { isKept: true }],
])('it is built %s', (_description, delivery, facts) => {
  expect(decisionFor(delivery, facts).kind).toBe('rebuild')
})
