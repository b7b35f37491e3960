import { beforeEach, expect, test } from '@jest/globals'
import { LiveBuilds } from '../../src/report/live.js'
import { asReused, built, failedBuild, planned, planOf, recordOf, reused } from './planned.js'

const KNOWN = planned('backend', { record: recordOf('backend', 20_000) })
const NEW = planned('api')
const STATUS = { steps: 3, done: 2, cached: 1, contextBytes: 5, pushedBytes: 0 }

let live: LiveBuilds
beforeEach(() => {
  live = new LiveBuilds(planOf([KNOWN, NEW]).plan)
})

function step(service: string, line: string, isOutput = false) {
  return { kind: 'build-progress', service, line, isOutput } as const
}

test('a build that has begun has its time alone', () => {
  live.take({ kind: 'build-started', service: 'api' }, 1000)
  expect(live.lines(3500)).toEqual(['1 building, 1 waiting', 'api      | 2.5 s'])
})

test('one that never ran before is as far as its steps are', () => {
  live.take({ kind: 'build-started', service: 'api' }, 0)
  live.take({ kind: 'build-status', service: 'api', status: STATUS }, 0)
  live.take(step('api', '[3/3] RUN make'), 0)
  live.take(step('api', '  compiling', true), 0)
  expect(live.lines(1000).at(-1)).toBe('api      | 2/3  66 %  1.0 s  [3/3] RUN make')
})

test('one whose duration is recorded is as far as its time is, and says what is left', () => {
  live.take({ kind: 'build-started', service: 'backend' }, 0)
  live.take({ kind: 'build-status', service: 'backend', status: STATUS }, 0)
  expect(live.lines(5000).at(-1)).toBe('backend  | 2/3  25 %  5.0 s, ~15.0 s left')
  expect(live.lines(25_000).at(-1)).toBe('backend  | 2/3  99 %  25.0 s')
})

test('builds stand in the order in which they began, until they end in whatever way', () => {
  live.take({ kind: 'build-started', service: 'backend' }, 0)
  live.take({ kind: 'build-started', service: 'api' }, 0)
  expect(live.lines(0).map((line) => line.split(' ')[0])).toEqual(['backend', 'api'])
  live.take({ kind: 'finished', outcome: failedBuild(KNOWN, []) }, 0)
  expect(live.lines(0)).toEqual(['1 failed, 1 building', 'api      | 0.0 s'])
  live.take({ kind: 'finished', outcome: built(NEW) }, 0)
  expect(live.lines(0)).toEqual([])
})

test('what a build says cannot break its line', () => {
  live.take(step('api', '\u001b[2Jone\ntwo\r'), 0)
  expect(live.lines(0).at(-1)).toBe('api      | 0.0 s  one\\ntwo')
})

test('builds that go on at once stand in columns', () => {
  live.take({ kind: 'build-started', service: 'backend' }, 0)
  live.take(step('api', '[ 9/12] RUN make'), 1000)
  live.take({ kind: 'build-status', service: 'api', status: { ...STATUS, steps: 12, done: 9 } }, 1000)
  live.take({ kind: 'build-status', service: 'backend', status: STATUS }, 0)
  live.take(step('backend', '[3/3] RUN make'), 0)
  expect(live.lines(2000)).toEqual([
    'backend  |  2/3  10 %  2.0 s, ~18.0 s left  [3/3] RUN make',
    'api      | 9/12  75 %  1.0 s                [ 9/12] RUN make',
  ])
})

test('what is not drawn is counted: done, failed, waiting, and no image that was reused from the start', () => {
  const names = ['a', 'b', 'c', 'd', 'e']
  const many = new LiveBuilds(planOf([...names.map((name) => planned(name)), reused('f')]).plan)
  many.take({ kind: 'finished', outcome: asReused(reused('f')) }, 0)
  many.take({ kind: 'build-started', service: 'a' }, 0)
  many.take({ kind: 'build-started', service: 'b' }, 0)
  many.take({ kind: 'finished', outcome: built(planned('a')) }, 0)
  many.take({ kind: 'finished', outcome: { kind: 'blocked', image: planned('c'), by: 'x' } }, 0)
  many.take({ kind: 'finished', outcome: { kind: 'cancelled', image: planned('d') } }, 0)
  expect(many.lines(0)).toEqual(['1 done, 1 failed, 1 building, 1 waiting', 'b  | 0.0 s'])
})
