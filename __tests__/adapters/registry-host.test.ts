import { beforeEach, describe, expect, test } from '@jest/globals'
import { type Exchange, type HttpAnswer, RegistryHost } from '../../src/adapters/registry-host.js'

const answered = (status: number): HttpAnswer => ({ status, headers: new Headers(), body: Buffer.alloc(0) })
const right: Exchange = () => Promise.resolve(answered(200))
const wrong: Exchange = () => Promise.reject(new Error('no route'))

let now: number
let tries: number
let stop: AbortController
let host: RegistryHost

beforeEach(() => {
  now = 0
  tries = 0
  stop = new AbortController()
  host = new RegistryHost('registry.example', {
    timeoutMs: 10_000,
    now: () => now,
    wait: async (milliseconds) => {
      await new Promise(setImmediate)
      now += milliseconds
    },
    signal: stop.signal,
  })
})

/** Counts the tries. */
function counted(exchange: Exchange): Exchange {
  return (timeoutMs) => {
    tries++
    return exchange(timeoutMs)
  }
}

/** Takes all the time that it is given. */
const silent: Exchange = (timeoutMs) => {
  now += timeoutMs
  return Promise.reject(new Error('The operation was aborted due to timeout'))
}

describe('a host that is down', () => {
  test('costs a question half a minute at most, the last try less than the others', async () => {
    const times: number[] = []
    const exchange: Exchange = (timeoutMs) => {
      times.push(timeoutMs)
      return silent(timeoutMs)
    }
    expect((await host.ask(exchange)).ok).toBe(false)
    expect(times).toEqual([10_000, 10_000, 9250])
    expect(now).toBe(30_000)
  })

  test.each([
    ['without an answer', wrong, 'registry.example does not answer: no route'],
    [
      'with an answer 503',
      () => Promise.resolve(answered(503)),
      'registry.example does not answer: answered 503',
    ],
  ] as const)('%s fails all further questions at once', async (_, exchange, message) => {
    await host.ask(exchange)
    const failure = { kind: 'registry-failed', message: expect.stringContaining(message) as unknown }
    for (let index = 0; index < 20; index++) {
      expect(await host.ask(counted(right))).toEqual({ ok: false, failures: [failure] })
    }
    expect(tries).toBe(0)
  })

  test('fails those at once that came with the first one, and those in the queue', async () => {
    const asked = Array.from({ length: 100 }, () => host.ask(counted(silent)))
    const results = await Promise.all(asked)
    expect(results.filter(({ ok }) => ok)).toEqual([])
    // 32 are under way; who comes after them finds the host down.
    expect(tries).toBeLessThanOrEqual(32 * 3)
    expect(tries).toBeGreaterThan(0)
  })

  test('is asked again after ten seconds, with one try', async () => {
    await host.ask(wrong)
    now += 9_999
    expect((await host.ask(counted(right))).ok).toBe(false)
    expect(tries).toBe(0)
    now += 1
    expect(await host.ask(counted(wrong))).toMatchObject({
      failures: [
        { message: 'registry.example does not answer: no route (asked once; run again when it is back)' },
      ],
    })
    expect(tries).toBe(1)
    expect((await host.ask(counted(right))).ok).toBe(false)
    expect(tries).toBe(1)
  })

  test('that is back answers all who came meanwhile', async () => {
    await host.ask(wrong)
    now += 10_000
    const results = await Promise.all(Array.from({ length: 100 }, () => host.ask(right)))
    expect(results.filter(({ ok }) => !ok)).toEqual([])
  })

  test('that is still down after ten seconds is tried once for all who came meanwhile', async () => {
    await host.ask(wrong)
    now += 10_000
    const results = await Promise.all(Array.from({ length: 100 }, () => host.ask(counted(wrong))))
    expect(results.filter(({ ok }) => ok)).toEqual([])
    expect(tries).toBe(1)
  })
})

test('an interruption ends all questions, those too that await the first one after a rest', async () => {
  await host.ask(wrong)
  now += 10_000
  const interrupting: Exchange = () => {
    stop.abort()
    return wrong(1)
  }
  const results = await Promise.all(Array.from({ length: 100 }, () => host.ask(counted(interrupting))))
  for (const result of results)
    expect(result).toMatchObject({ ok: false, failures: [{ kind: 'interrupted' }] })
  expect(tries).toBe(1)
})

test('a question that fails while others are answered does not condemn the host', async () => {
  let others = 0
  const failing: Exchange = async () => {
    await host.ask(right).then(() => others++)
    return answered(500)
  }
  expect(await host.ask(failing)).toMatchObject({ ok: true, value: { status: 500 } })
  expect(others).toBe(4)
  expect(await host.ask(right)).toMatchObject({ ok: true, value: { status: 200 } })
})

test('a thousand questions are all answered, 32 at once', async () => {
  let underWay = 0
  let most = 0
  const busy: Exchange = async () => {
    most = Math.max(most, ++underWay)
    await new Promise(setImmediate)
    underWay--
    return answered(200)
  }
  const results = await Promise.all(Array.from({ length: 1000 }, () => host.ask(busy)))
  expect(results.filter(({ ok }) => ok)).toHaveLength(1000)
  expect(most).toBe(32)
})
