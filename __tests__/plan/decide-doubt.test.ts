import { expect, test } from '@jest/globals'
import fc from '../fakes/seeded.js'
import type { Decision, Existence, ImageFacts } from '../../src/model/plan.js'
import { type Case, decide, type Delivery } from '../../src/plan/decide.js'
import { delivery, digest, document, fingerprint, record, service, withoutDigest } from '../fakes/images.js'

const AT_A: Existence = { kind: 'exists', digest: digest('a') }
const AT_B: Existence = { kind: 'exists', digest: digest('b') }
const MISSING: Existence = { kind: 'missing' }
const UNKNOWN: Existence = { kind: 'unknown', problem: 'HTTP 503' }

const SAME = record('api')
const LOCAL = withoutDigest(SAME)
const OTHER = record('api', { fingerprint: '2'.repeat(64), document: document({ files: '0'.repeat(64) }) })

const EXISTENCE = fc.constantFrom(undefined, AT_A, AT_B, MISSING, UNKNOWN)
const DOUBT = fc.constantFrom(undefined, MISSING, UNKNOWN)
const RECORD = fc.constantFrom(undefined, SAME, LOCAL, OTHER)
const DELIVERY = fc.constantFrom<Delivery>('push', 'load', 'none')

function factsOf([recorded, tagged, local]: readonly (Existence | undefined)[]): ImageFacts {
  return { ...(recorded && { recorded }), ...(tagged && { tagged }), ...(local && { local }) }
}

/** What was recorded was offered, too. */
function offered({ record }: Partial<Case>): Partial<Case> {
  return record === undefined ? {} : { delivered: delivery(record) }
}

function caseOf(given: Partial<Case>): Case {
  const shared = {
    service: service('api'),
    fingerprint: fingerprint(),
    parents: {},
    requested: true,
  } as const
  return {
    ...shared,
    force: { kind: 'none' },
    delivery: 'push',
    missing: [],
    facts: {},
    ...offered(given),
    ...given,
  }
}

function decisionOf(given: Partial<Case>): Decision {
  return decide(caseOf(given)).decision
}

test('doubt never ends in reuse', () => {
  const noMatch = RECORD.filter((one) => one !== SAME && one !== LOCAL)
  fc.assert(
    fc.property(DELIVERY, noMatch, fc.tuple(DOUBT, DOUBT, DOUBT), (delivery, record, answers) => {
      const decision = decisionOf({ delivery, facts: factsOf(answers), ...(record && { record }) })
      expect(decision.kind).toBe('rebuild')
    }),
  )
})

test('a push reuses only a digest that was seen, or one that was recorded while the registry was silent', () => {
  const facts = fc.tuple(EXISTENCE, EXISTENCE, EXISTENCE).map(factsOf)
  fc.assert(
    fc.property(RECORD, facts, (record, facts) => {
      const decision = decisionOf({ facts, ...(record && { record }) })
      if (decision.kind !== 'reuse') return
      const seen = [facts.recorded, facts.tagged].flatMap((one) =>
        one?.kind === 'exists' ? [one.digest] : [],
      )
      const inOutage = facts.recorded?.kind === 'unknown' && facts.tagged?.kind !== 'missing'
      expect([...seen, ...(inOutage ? [record?.digest] : [])]).toContain(decision.digest)
    }),
    { numRuns: 500 },
  )
})

test('forced is always rebuilt, and only what was not requested is skipped', () => {
  const facts = fc.tuple(EXISTENCE, EXISTENCE, EXISTENCE).map(factsOf)
  fc.assert(
    fc.property(DELIVERY, RECORD, facts, fc.boolean(), (delivery, record, ...[facts, requested]) => {
      const given = { delivery, facts, requested, ...(record && { record }) }
      expect(decisionOf(given).kind === 'skip').toBe(!requested)
      const forced = decisionOf({ ...given, force: { kind: 'all' } })
      expect(forced.kind).toBe(requested ? 'rebuild' : 'skip')
    }),
    { numRuns: 300 },
  )
})

test('a rebuild has reasons, and its image keeps the record', () => {
  fc.assert(
    fc.property(DELIVERY, RECORD, fc.tuple(DOUBT, DOUBT, DOUBT), (delivery, record, answers) => {
      const image = decide(caseOf({ delivery, facts: factsOf(answers), ...(record && { record }) }))
      expect(image.record).toBe(record)
      if (image.decision.kind === 'rebuild') expect(image.decision.reasons).not.toEqual([])
    }),
  )
})
