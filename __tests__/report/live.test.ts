import { beforeEach, expect, test } from '@jest/globals'
import { LiveBuilds } from '../../src/report/live.js'
import { built, failedBuild, planned, planOf, recordOf } from './planned.js'

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
  expect(live.lines(3500)).toEqual(['api      | 2.5 s'])
})

test('one that never ran before is as far as its steps are', () => {
  live.take({ kind: 'build-started', service: 'api' }, 0)
  live.take({ kind: 'build-status', service: 'api', status: STATUS }, 0)
  live.take(step('api', '[3/3] RUN make'), 0)
  live.take(step('api', '  compiling', true), 0)
  expect(live.lines(1000)).toEqual(['api      | 2/3  66 %  1.0 s  [3/3] RUN make'])
})

test('one whose duration is recorded is as far as its time is, and says what is left', () => {
  live.take({ kind: 'build-started', service: 'backend' }, 0)
  live.take({ kind: 'build-status', service: 'backend', status: STATUS }, 0)
  expect(live.lines(5000)).toEqual(['backend  | 2/3  25 %  5.0 s, ~15.0 s left'])
  expect(live.lines(25_000)).toEqual(['backend  | 2/3  99 %  25.0 s'])
})

test('builds stand in the order in which they began, until they end in whatever way', () => {
  live.take({ kind: 'build-started', service: 'backend' }, 0)
  live.take({ kind: 'build-started', service: 'api' }, 0)
  expect(live.lines(0).map((line) => line.split(' ')[0])).toEqual(['backend', 'api'])
  live.take({ kind: 'finished', outcome: failedBuild(KNOWN, []) }, 0)
  expect(live.lines(0)).toHaveLength(1)
  live.take({ kind: 'finished', outcome: built(NEW) }, 0)
  expect(live.lines(0)).toEqual([])
})

test('what a build says cannot break its line', () => {
  live.take(step('api', '\u001b[2Jone\ntwo\r'), 0)
  expect(live.lines(0)).toEqual(['api      | 0.0 s  one\\ntwo'])
})
