import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { CacheOutage } from '../../src/adapters/cache-outage.js'

/** What a run may lose by a cache service. */
const MOST_MS = 10_000

beforeEach(() => {
  jest.useFakeTimers()
})

afterEach(() => {
  jest.useRealTimers()
})

/** A question that is answered after so long, or given up at its limit; tells which. */
function asked(outage: CacheOutage, answeredAfterMs: number): Promise<boolean> {
  return outage.ask(({ limitMs, onAsking }) => {
    onAsking()
    const isAnswered = answeredAfterMs <= limitMs
    return new Promise((resolve) => {
      setTimeout(resolve, Math.min(answeredAfterMs, limitMs), isAnswered)
    })
  })
}

async function inTurn(...answeredAfterMs: readonly number[]): Promise<boolean[]> {
  const outage = new CacheOutage()
  const results: boolean[] = []
  for (const time of answeredAfterMs) {
    const result = asked(outage, time)
    await jest.runAllTimersAsync()
    results.push(await result)
  }
  return results
}

describe('questions in turn', () => {
  test.each<[string, readonly number[], readonly boolean[]]>([
    ['are waited for as often as they take no longer than usual', Array(20).fill(900), Array(20).fill(true)],
    ['are waited for when one is slow', [600, 4000, 600], [true, true, true]],
    ['are waited for when two are slow', [4000, 4000, 900], [true, true, true]],
    ['are given up when all are slow', [6000, 6000], [true, false]],
    ['are given up when there is no answer', [Infinity], [false]],
    ['are given up when there is no answer any more', [900, 900, Infinity], [true, true, false]],
  ])('%s', async (_, times, answered) => {
    expect(await inTurn(...times)).toEqual(answered)
  })

  test.each([[[Infinity]], [[6000, 6000]], [[900, 900, Infinity]], [[2500, 2500, 2500, 2500]]])(
    'cost less than ten seconds until %p are answered or given up',
    async (times) => {
      const started = performance.now()
      await inTurn(...times)
      expect(performance.now() - started).toBeLessThanOrEqual(MOST_MS)
    },
  )
})

test('what a machine takes before it asks is not lost by the service', async () => {
  const outage = new CacheOutage()
  const started = outage.ask(async ({ onAsking }) => {
    await new Promise((resolve) => setTimeout(resolve, 60_000))
    onAsking()
  })
  await jest.runAllTimersAsync()
  await started
  const next = asked(outage, 7000)
  await jest.runAllTimersAsync()
  expect(await next).toBe(true)
})

test('questions at the same time cost the run no more than one', async () => {
  const outage = new CacheOutage()
  const together = Promise.all(Array.from({ length: 20 }, () => asked(outage, 3000)))
  await jest.runAllTimersAsync()
  expect(await together).toEqual(Array(20).fill(true))
  const next = asked(outage, 5000)
  await jest.runAllTimersAsync()
  expect(await next).toBe(true)
})

test('a question that begins while another is waited for has no more time than that', async () => {
  const outage = new CacheOutage()
  const started = performance.now()
  const first = asked(outage, Infinity)
  await jest.advanceTimersByTimeAsync(6000)
  const second = asked(outage, Infinity)
  await jest.runAllTimersAsync()
  expect([await first, await second]).toEqual([false, false])
  expect(performance.now() - started).toBeLessThanOrEqual(MOST_MS)
})
