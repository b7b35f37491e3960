import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { DockerCredentials } from '../../src/adapters/docker-credentials.js'
import { RegistryClient, type RegistryRequest } from '../../src/adapters/registry-client.js'
import { type Asked, HEAD, ME, PUT, type Reply, ScriptedRegistry } from '../rig/scripted-registry.js'

const GET: RegistryRequest = { ...HEAD, method: 'GET' }

let scripted: ScriptedRegistry

beforeEach(async () => {
  scripted = await ScriptedRegistry.start()
})

afterEach(async () => {
  await scripted.close()
})

const silence = (message: RegExp) => ({
  ok: false,
  failures: [{ kind: 'registry-failed', message: expect.stringMatching(message) as unknown }],
})

describe('what may pass is tried again', () => {
  const failing =
    (times: number, failure: Reply | 'reset' | 'hang') =>
    (_: Asked, before: number): Reply | 'reset' | 'hang' =>
      before < times ? failure : { status: 200, body: 'here' }
  const retryAfter = (value: string): Reply => ({ status: 429, headers: { 'retry-after': value } })

  test.each([
    ['429 that names a time', 1, retryAfter('2'), [2000]],
    ['429 that names a long time', 1, retryAfter('3600'), [10_000]],
    ['429 that names no wait', 1, retryAfter('0'), [250]],
    ['429 that names a date', 1, retryAfter('Sat, 01 Aug 2026 10:00:03 GMT'), [3000]],
    ['429 that names a date long from now', 1, retryAfter('Sun, 02 Aug 2026 10:00:00 GMT'), [10_000]],
    ['429 that names a date that is over', 1, retryAfter('Sat, 01 Aug 2026 09:00:00 GMT'), [250]],
    ['429 that names nonsense', 1, retryAfter('soon'), [250]],
    ['429 that names nothing', 1, { status: 429 }, [250]],
    ['500', 1, { status: 500 }, [250]],
    ['503 that names a time', 1, { status: 503, headers: { 'retry-after': '1' } }, [1000]],
    ['503, three times', 3, { status: 503 }, [250, 500, 1000]],
    ['a reset connection', 2, 'reset', [250, 500]],
    ['no answer in time', 1, 'hang', [250]],
  ] as const)('%s', async (_, times, failure, expected) => {
    scripted.answer = failing(times, failure)
    const answer = await (await scripted.client(undefined, 300)).send(scripted.image(), GET)
    expect(answer).toMatchObject({ ok: true, value: { status: 200, body: Buffer.from('here') } })
    expect(scripted.waits).toEqual(expected)
  })

  test('with the same body', async () => {
    scripted.answer = failing(2, { status: 502 })
    await (await scripted.client()).send(scripted.image(), PUT)
    expect(scripted.asked.map(({ body }) => body)).toEqual(Array(3).fill('{"é":1}'))
  })

  test('after a wait, without being told how', async () => {
    scripted.answer = failing(1, { status: 503 })
    const registry = new RegistryClient(new DockerCredentials({ DOCKER_CONFIG: scripted.folder }))
    const started = performance.now()
    await registry.send(scripted.image(), HEAD)
    expect(performance.now() - started).toBeGreaterThan(200)
  })
})

describe('what lasts is given up', () => {
  test('an outage, with the answer of the last of four tries', async () => {
    scripted.answer = () => ({ status: 503, body: 'down' })
    const answer = await (await scripted.client()).send(scripted.image(), GET)
    expect(answer).toMatchObject({ ok: true, value: { status: 503, body: Buffer.from('down') } })
    expect(scripted.asked).toHaveLength(4)
  })

  test('an outage that asks for long waits, before half a minute is over', async () => {
    scripted.answer = () => ({ status: 503, headers: { 'retry-after': '60' } })
    await (await scripted.client()).send(scripted.image(), HEAD)
    expect(scripted.waits).toEqual([10_000, 10_000])
  })

  test.each([
    ['a connection that breaks each time', 'reset', /(?:ECONNRESET|other side closed)/],
    ['silence', 'hang', /timeout/],
  ] as const)('%s, with a message that names the registry and the tries', async (_, failure, why) => {
    scripted.answer = () => failure
    const message = new RegExp(
      `^${scripted.host} does not answer: .*${why.source}.* \\(asked 4 times; run again when it is back\\)$`,
    )
    expect(await (await scripted.client(undefined, 100)).send(scripted.image(), HEAD)).toEqual(
      silence(message),
    )
    expect(scripted.asked).toHaveLength(4)
  })

  test.each(['127.0.0.1', 'localhost'])('%s, where no registry is any more', async (name) => {
    const registry = await scripted.client()
    await scripted.stop()
    const image = { registry: scripted.host.replace('localhost', name), repository: 'x' }
    const message = /^\S+:\d+ does not answer: .*ECONNREFUSED/
    expect(await registry.send(image, HEAD)).toEqual(silence(message))
  })
})

test.each([200, 301, 400, 403, 404, 405, 409, 412, 416])(
  '%d is an answer and is not asked for twice',
  async (status) => {
    scripted.answer = () => ({ status })
    const answer = await (await scripted.client(ME)).send(scripted.image(), PUT)
    expect(answer).toMatchObject({ ok: true, value: { status } })
    expect(scripted.asked).toHaveLength(1)
  },
)

test('an interruption ends the try that hangs, and all further ones', async () => {
  scripted.answer = () => 'hang'
  const stop = new AbortController()
  const credentials = new DockerCredentials({ DOCKER_CONFIG: scripted.folder })
  const interrupted = new RegistryClient(credentials, { timeoutMs: 60_000, signal: stop.signal })
  const sent = interrupted.send(scripted.image(), HEAD)
  setTimeout(() => {
    stop.abort()
  }, 50)
  expect(await sent).toMatchObject({ ok: false, failures: [{ kind: 'interrupted' }] })
  expect(scripted.asked).toHaveLength(1)
})

test('an interruption ends a wait between two tries', async () => {
  const stop = new AbortController()
  scripted.answer = () => {
    setTimeout(() => {
      stop.abort()
    }, 50)
    return { status: 503, headers: { 'retry-after': '10' } }
  }
  const credentials = new DockerCredentials({ DOCKER_CONFIG: scripted.folder })
  const started = performance.now()
  const sent = new RegistryClient(credentials, { signal: stop.signal }).send(scripted.image(), HEAD)
  expect(await sent).toMatchObject({ ok: false, failures: [{ kind: 'interrupted' }] })
  expect(performance.now() - started).toBeLessThan(5000)
})
