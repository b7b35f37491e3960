import { describe, expect, test } from '@jest/globals'
import fc from '../fakes/seeded.js'
import type { Order } from '../../src/model/snapshot.js'
import type { State, StateRecord } from '../../src/model/state.js'
import { combined, newerOf, ofOthers, withNewest } from '../../src/state/merge.js'
import { delivery, digest, record } from '../fakes/images.js'

const EMPTY: State = { scope: 'main', records: [], deliveries: [] }

/** A record of a run, told apart by its digest. */
function by(runId: string, name = 'api', digit = runId.slice(-1)): StateRecord {
  return record(name, { runId, digest: digest(digit) })
}

function listOf(...records: readonly StateRecord[]): readonly StateRecord[] {
  return records.reduce<readonly StateRecord[]>(withNewest, [])
}

describe('a list keeps of each service', () => {
  test('the newest entry', () => {
    expect(listOf(by('1'))).toEqual([by('1')])
  })

  test('the one of the run before', () => {
    expect(listOf(by('1'), by('2'))).toEqual([by('2'), by('1')])
  })

  test('no more than these', () => {
    expect(listOf(by('1'), by('2'), by('3'))).toEqual([by('3'), by('2')])
  })

  test('the run before, however often one run records', () => {
    expect(listOf(by('1'), by('2', 'api', 'a'), by('2', 'api', 'b'))).toEqual([by('2', 'api', 'b'), by('1')])
  })

  test('what other services have', () => {
    const list = listOf(by('1', 'web'), by('1'), by('2'))
    expect(list).toContainEqual(by('1', 'web'))
    expect(list).toHaveLength(3)
  })
})

describe('a run reads', () => {
  test('the newest entries of all services', () => {
    const before = ofOthers(listOf(by('1'), by('2'), by('1', 'web')), '9')
    expect(Object.fromEntries(before)).toEqual({ api: by('2'), web: by('1', 'web') })
  })

  test('as a re-run nothing of what its first attempt was the first to record', () => {
    expect(ofOthers(listOf(by('1')), '1').size).toBe(0)
  })

  test('as a re-run of an old run what a newer one recorded', () => {
    expect(ofOthers(listOf(by('1'), by('2')), '1').get('api')).toEqual(by('2'))
  })
})

test('a re-run always sees what its first attempt saw, whatever that recorded', () => {
  const entry = fc
    .tuple(fc.constantFrom('1', '2', '3'), fc.constantFrom('api', 'web'))
    .map(([run, name]) => by(run, name))
  const mine = fc.array(fc.constantFrom('api', 'web').map((name) => by('9', name)))
  fc.assert(
    fc.property(fc.array(entry), mine, (earlier, attempt) => {
      const first = listOf(...earlier)
      const second = attempt.reduce(withNewest, first)
      expect(ofOthers(second, '9')).toEqual(ofOthers(first, '9'))
    }),
  )
})

describe('what a run adds to a state', () => {
  const OLD = 'c'.repeat(40)
  const order = (of: Readonly<Record<string, Order>>) => (commit: string) =>
    Promise.resolve(of[commit] ?? 'unknown')

  test.each<Order>(['before', 'same', 'beside', 'unknown'])(
    'comes first where the newest record is of a commit that stands %s to it',
    async (place) => {
      const state = { ...EMPTY, records: [by('1')] }
      const { records } = await combined(
        state,
        { records: [by('2')], deliveries: [] },
        order({ [by('1').commit]: place }),
      )
      expect(records).toEqual([by('2'), by('1')])
    },
  )

  test('comes second where that is of a newer commit', async () => {
    const late = record('api', { runId: '2', commit: OLD })
    const state = { ...EMPTY, records: [by('3'), by('1')] }
    const after = order({ [by('3').commit]: 'after' })
    const once = await combined(state, { records: [late], deliveries: [] }, after)
    expect(once.records).toEqual([by('3'), late])
    expect((await combined(once, { records: [late], deliveries: [] }, after)).records).toEqual([
      by('3'),
      late,
    ])
  })

  test('is offered last, whatever its commit', async () => {
    const late = record('api', { runId: '2', commit: OLD })
    const state = { ...EMPTY, records: [by('3')], deliveries: [delivery(by('3'))] }
    const additions = { records: [late], deliveries: [delivery(late)] }
    const { deliveries } = await combined(state, additions, order({ [by('3').commit]: 'after' }))
    expect(deliveries).toEqual([delivery(late), delivery(by('3'))])
  })
})

test('of two states the newer entries of each service count', () => {
  const at = (runId: string, name: string, minute: number) =>
    record(name, { runId, recordedAt: `2026-08-01T10:0${minute}:00.000Z` })
  const ours = { ...EMPTY, records: [at('1', 'api', 5), at('1', 'web', 1), at('1', 'old', 1)] }
  const theirs = {
    ...EMPTY,
    records: [at('2', 'api', 3), at('2', 'web', 4), at('1', 'web', 1), at('2', 'new', 1)],
  }
  expect(newerOf(ours, theirs).records).toEqual([
    ...[at('1', 'api', 5), at('1', 'old', 1)],
    ...[at('2', 'web', 4), at('1', 'web', 1), at('2', 'new', 1)],
  ])
  expect(newerOf(ours, EMPTY)).toEqual(ours)
  expect(newerOf(EMPTY, ours)).toEqual(ours)
})
