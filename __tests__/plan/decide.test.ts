import { describe, expect, test } from '@jest/globals'
import type { Existence, ImageFacts } from '../../src/model/plan.js'
import type { Force } from '../../src/model/request.js'
import type { StateRecord } from '../../src/model/state.js'
import { type Case, decide, type Delivery, matches } from '../../src/plan/decide.js'
import { delivery, digest, document, fingerprint, record, service, withoutDigest } from '../fakes/images.js'

const [A, B] = [digest('a'), digest('b')]
const AT_A: Existence = { kind: 'exists', digest: A }
const AT_B: Existence = { kind: 'exists', digest: B }
const MISSING: Existence = { kind: 'missing' }
const UNKNOWN: Existence = { kind: 'unknown', problem: 'HTTP 503' }

const SAME = record('api')
const LOCAL = withoutDigest(SAME)
const OTHER = record('api', { fingerprint: '2'.repeat(64), document: document({ files: '0'.repeat(64) }) })

/** What was recorded was offered, too. */
function offered({ record }: Partial<Case>): Partial<Case> {
  return record === undefined ? {} : { delivered: delivery(record) }
}

function caseOf(given: Partial<Case>): Case {
  return {
    service: service('api'),
    fingerprint: fingerprint(),
    parents: {},
    requested: true,
    force: { kind: 'none' },
    delivery: 'push',
    missing: [],
    facts: {},
    ...offered(given),
    ...given,
  }
}

function rebuild(...kinds: string[]): object {
  return { kind: 'rebuild', reasons: kinds.map((kind) => ({ kind })) }
}

function reuse(found: string, at?: string): object {
  return { kind: 'reuse', found, ...(at !== undefined && { digest: at }) }
}

type Row = readonly [
  description: string,
  given: Partial<Case> & { delivery?: Delivery; facts?: ImageFacts; record?: StateRecord },
  decision: object,
  changed: boolean,
]

function decides(...[, given, decision, changed]: Row): void {
  const { decision: decided, changed: wantsDeploy } = decide(caseOf(given))
  expect({ decision: decided, changed: wantsDeploy }).toEqual({ decision, changed })
}

describe('in every run', () => {
  const api: Force = { kind: 'names', names: ['api'] }
  test.each<Row>([
    [
      'what is not requested is skipped',
      { requested: false, facts: { tagged: AT_A } },
      { kind: 'skip' },
      false,
    ],
    [
      'what is not requested is skipped even when forced',
      { requested: false, force: { kind: 'all' } },
      { kind: 'skip' },
      false,
    ],
    [
      'force of all rebuilds',
      { force: { kind: 'all' }, record: SAME, facts: { recorded: AT_A } },
      rebuild('forced'),
      true,
    ],
    [
      'force by name rebuilds',
      { force: api, record: SAME, facts: { recorded: AT_A } },
      rebuild('forced'),
      true,
    ],
    [
      'force of others does not',
      { force: { kind: 'names', names: ['web'] }, record: SAME, facts: { recorded: AT_A } },
      reuse('record', A),
      false,
    ],
  ])('%s', decides)
})

describe('a push', () => {
  test.each<Row>([
    [
      'reuses the recorded digest that exists',
      { record: SAME, facts: { recorded: AT_A } },
      reuse('record', A),
      false,
    ],
    ['reuses what has the fingerprint tag', { facts: { tagged: AT_B } }, reuse('registry', B), true],
    [
      'reuses the tag when the record is of other content',
      { record: OTHER, facts: { tagged: AT_B } },
      reuse('registry', B),
      true,
    ],
    [
      'is not changed when other content led to the digest that was delivered',
      { record: OTHER, facts: { tagged: AT_A } },
      reuse('registry', A),
      false,
    ],
    [
      'reuses the tag when the recorded digest is gone',
      { record: SAME, facts: { recorded: MISSING, tagged: AT_B } },
      reuse('registry', B),
      true,
    ],
    ['rebuilds the first time', { facts: { tagged: MISSING } }, rebuild('no-record'), true],
    ['rebuilds other content', { record: OTHER, facts: { tagged: MISSING } }, rebuild('files'), true],
    [
      'rebuilds what is gone',
      { record: SAME, facts: { recorded: MISSING, tagged: MISSING } },
      rebuild('image-missing'),
      true,
    ],
    [
      'rebuilds what was recorded without a push',
      { record: LOCAL, facts: { tagged: MISSING } },
      rebuild('no-record'),
      true,
    ],
    [
      'rebuilds nothing for an outage',
      { record: SAME, facts: { recorded: UNKNOWN, tagged: UNKNOWN } },
      reuse('record', A),
      false,
    ],
    [
      'rebuilds when the digest is in doubt and the tag is not there',
      { record: SAME, facts: { recorded: UNKNOWN, tagged: MISSING } },
      rebuild('image-missing'),
      true,
    ],
    [
      'reuses the tag when only the digest is in doubt',
      { record: SAME, facts: { recorded: UNKNOWN, tagged: AT_A } },
      reuse('registry', A),
      false,
    ],
    ['rebuilds in an outage without a record', { facts: { tagged: UNKNOWN } }, rebuild('no-record'), true],
    [
      'rebuilds in an outage with a record of other content',
      { record: OTHER, facts: { tagged: UNKNOWN } },
      rebuild('files'),
      true,
    ],
    [
      'rebuilds in an outage what was recorded without a push',
      { record: LOCAL, facts: { tagged: UNKNOWN } },
      rebuild('no-record'),
      true,
    ],
    [
      'delivers what the scope only built so far',
      { record: LOCAL, facts: { tagged: AT_A } },
      reuse('registry', A),
      true,
    ],
    ['does not look at this engine', { facts: { local: AT_A, tagged: MISSING } }, rebuild('no-record'), true],
  ])('%s', decides)
})

describe('a load', () => {
  const delivery = 'load'
  test.each<Row>([
    [
      'reuses what this Docker has',
      { delivery, facts: { local: AT_A, tagged: MISSING } },
      reuse('engine'),
      true,
    ],
    [
      'is not changed when the record says the same',
      { delivery, record: LOCAL, facts: { local: AT_A } },
      reuse('engine'),
      false,
    ],
    [
      'takes the recorded digest from the registry',
      { delivery, record: SAME, facts: { local: MISSING, recorded: AT_A } },
      reuse('record', A),
      false,
    ],
    [
      'takes the tag from the registry',
      { delivery, facts: { local: MISSING, tagged: AT_B } },
      reuse('registry', B),
      true,
    ],
    [
      'rebuilds what is nowhere',
      { delivery, record: SAME, facts: { local: MISSING, recorded: MISSING, tagged: MISSING } },
      rebuild('image-missing'),
      true,
    ],
    [
      'rebuilds what only a record tells of',
      { delivery, record: LOCAL, facts: { local: MISSING } },
      rebuild('image-missing'),
      true,
    ],
    [
      'rebuilds when in doubt',
      { delivery, record: SAME, facts: { local: UNKNOWN, recorded: UNKNOWN, tagged: UNKNOWN } },
      rebuild('image-missing'),
      true,
    ],
  ])('%s', decides)
})

describe('a run that neither pushes nor loads', () => {
  const delivery = 'none'
  test.each<Row>([
    ['reuses what the registry has', { delivery, facts: { tagged: AT_A } }, reuse('registry', A), true],
    ['reuses what the record shows built', { delivery, record: LOCAL, facts: {} }, reuse('record'), false],
    [
      'reuses what the record shows built when the registry is silent',
      { delivery, record: SAME, facts: { recorded: UNKNOWN, tagged: UNKNOWN } },
      reuse('record'),
      false,
    ],
    ['rebuilds what nothing shows', { delivery, facts: { tagged: MISSING } }, rebuild('no-record'), true],
    ['rebuilds when in doubt', { delivery, facts: { tagged: UNKNOWN } }, rebuild('no-record'), true],
    ['rebuilds other content', { delivery, record: OTHER, facts: {} }, rebuild('files'), true],
  ])('%s', decides)
})

describe('a record of an image of another name', () => {
  const moved = record('api', { image: 'ghcr.io/other/api' })

  test('is no record of this one', () => {
    expect(matches({ record: moved, fingerprint: fingerprint(), service: service('api') })).toBe(false)
    expect(decide(caseOf({ record: moved, delivery: 'none' })).decision.kind).toBe('rebuild')
  })

  test('leaves an image that is found changed', () => {
    expect(decide(caseOf({ record: moved, facts: { tagged: AT_A } })).changed).toBe(true)
  })
})
