import { describe, expect, test } from '@jest/globals'
import type { Existence } from '../../src/model/plan.js'
import { type Case, decide } from '../../src/plan/decide.js'
import { delivery, digest, fingerprint, record, service } from '../fakes/images.js'

const AT_A: Existence = { kind: 'exists', digest: digest('a') }
const MISSING: Existence = { kind: 'missing' }
const SAME = record('api')

/** What was recorded was offered, too. */
function offered({ record }: Partial<Case>): Partial<Case> {
  return record === undefined ? {} : { delivered: delivery(record) }
}

function caseOf(given: Partial<Case>): Case {
  const asked = { requested: true, force: { kind: 'none' }, delivery: 'push' } as const
  return {
    service: service('api'),
    fingerprint: fingerprint(),
    parents: {},
    ...asked,
    missing: [],
    facts: {},
    ...offered(given),
    ...given,
  }
}

describe('a branch that has delivered nothing yet', () => {
  const same = fingerprint()
  const other = fingerprint('2', { files: '0'.repeat(64) })

  test('wants no deploy of what is as it was where it began', () => {
    const { decision, changed } = decide(caseOf({ facts: { tagged: AT_A }, baseline: same }))
    expect([decision.kind, changed]).toEqual(['reuse', false])
  })

  test('wants a deploy of what was another one there, though it need not be built', () => {
    const { decision, changed } = decide(caseOf({ facts: { tagged: AT_A }, baseline: other }))
    expect([decision.kind, changed]).toEqual(['reuse', true])
  })

  test('says what differs from there', () => {
    const { decision } = decide(caseOf({ facts: { tagged: MISSING }, baseline: other }))
    expect(decision).toEqual({ kind: 'rebuild', reasons: [{ kind: 'files' }] })
  })

  test('builds what exists nowhere, though it is as it was', () => {
    const { decision, changed } = decide(caseOf({ facts: { tagged: MISSING }, baseline: same }))
    expect([decision, changed]).toEqual([{ kind: 'rebuild', reasons: [{ kind: 'no-record' }] }, true])
  })

  test('goes by its own record as soon as it has delivered', () => {
    expect(decide(caseOf({ record: SAME, facts: { recorded: AT_A }, baseline: other })).changed).toBe(false)
  })
})
