import { describe, expect, test } from '@jest/globals'
import fc from '../fakes/seeded.js'
import type { State, StateRecord } from '../../src/model/state.js'
import { merge, recordsBefore } from '../../src/state/merge.js'
import { digest, record } from '../fakes/images.js'

const EMPTY: State = { scope: 'main', records: [] }

/** A record of a run, told apart by its digest. */
function by(runId: string, name = 'api', digit = runId.slice(-1)): StateRecord {
  return record(name, { runId, digest: digest(digit) })
}

function stateOf(...records: readonly StateRecord[]): State {
  return records.reduce(merge, EMPTY)
}

describe('a state keeps of each service', () => {
  test('the newest record', () => {
    expect(stateOf(by('1'))).toEqual({ scope: 'main', records: [by('1')] })
  })

  test('the one of the run before', () => {
    expect(stateOf(by('1'), by('2')).records).toEqual([by('2'), by('1')])
  })

  test('no more than these', () => {
    expect(stateOf(by('1'), by('2'), by('3')).records).toEqual([by('3'), by('2')])
  })

  test('the run before, however often one run records', () => {
    expect(stateOf(by('1'), by('2', 'api', 'a'), by('2', 'api', 'b')).records).toEqual([
      by('2', 'api', 'b'),
      by('1'),
    ])
  })

  test('what other services have', () => {
    const { records } = stateOf(by('1', 'web'), by('1'), by('2'))
    expect(records).toContainEqual(by('1', 'web'))
    expect(records).toHaveLength(3)
  })
})

describe('a run reads', () => {
  test('the newest records of all services', () => {
    const before = recordsBefore(stateOf(by('1'), by('2'), by('1', 'web')), '9')
    expect(Object.fromEntries(before)).toEqual({ api: by('2'), web: by('1', 'web') })
  })

  test('as a re-run what its first attempt read', () => {
    const first = stateOf(by('1'), by('1', 'web'))
    const attempted = merge(first, by('2'))
    expect(recordsBefore(attempted, '2')).toEqual(recordsBefore(first, '2'))
  })

  test('as a re-run nothing of what its first attempt was the first to record', () => {
    expect(recordsBefore(stateOf(by('1')), '1').size).toBe(0)
  })

  test('as a re-run of an old run what a newer one recorded', () => {
    expect(recordsBefore(stateOf(by('1'), by('2')), '1').get('api')).toEqual(by('2'))
  })
})

test('a re-run always sees what its first attempt saw, whatever that recorded', () => {
  const records = fc.array(
    fc
      .tuple(fc.constantFrom('1', '2', '3'), fc.constantFrom('api', 'web'))
      .map(([run, name]) => by(run, name)),
  )
  const mine = fc.array(fc.constantFrom('api', 'web').map((name) => by('9', name)))
  fc.assert(
    fc.property(records, mine, (earlier, attempt) => {
      const first = stateOf(...earlier)
      const second = attempt.reduce(merge, first)
      expect(recordsBefore(second, '9')).toEqual(recordsBefore(first, '9'))
    }),
  )
})
