import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { DockerCredentials } from '../../src/adapters/docker-credentials.js'
import { RegistryClient, type RegistryRequest } from '../../src/adapters/registry-client.js'
import { type Asked, HEAD, ME, PUT, type Reply, ScriptedRegistry } from '../rig/scripted-registry.js'

let scripted: ScriptedRegistry

beforeEach(async () => {
  scripted = await ScriptedRegistry.start()
})

afterEach(async () => {
  await scripted.close()
})

describe('what may pass is tried again', () => {
  const failing =
    (times: number, failure: Reply | 'reset' | 'hang') =>
    (_: Asked, before: number): Reply | 'reset' | 'hang' =>
      before < times ? failure : { status: 200, body: 'here' }

  test.each([
    ['429 that names a time', 1, { status: 429, headers: { 'retry-after': '2' } }, [2000]],
    ['429 that names a long time', 1, { status: 429, headers: { 'retry-after': '3600' } }, [10_000]],
    [
      '429 that names a date',
      1,
      { status: 429, headers: { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' } },
      [250],
    ],
    ['429 that names nothing', 1, { status: 429 }, [250]],
    ['500', 1, { status: 500 }, [250]],
    ['503, three times', 3, { status: 503 }, [250, 500, 1000]],
    ['a reset connection', 2, 'reset', [250, 500]],
    ['no answer in time', 1, 'hang', [250]],
  ] as const)('%s', async (_, times, failure, expected) => {
    scripted.answer = failing(times, failure)
    const request: RegistryRequest = { ...HEAD, method: 'GET' }
    const { status, body } = await (await scripted.client(undefined, 300)).send(scripted.image(), request)
    expect([status, body.toString()]).toEqual([200, 'here'])
    expect(scripted.waits).toEqual(expected)
  })

  test('with the same body', async () => {
    scripted.answer = failing(2, { status: 502 })
    await (await scripted.client()).send(scripted.image(), PUT)
    expect(scripted.asked.map(({ body }) => body)).toEqual(scripted.asked.map(() => '{"é":1}'))
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
    expect(await (await scripted.client()).send(scripted.image(), { ...HEAD, method: 'GET' })).toMatchObject({
      status: 503,
    })
    expect(scripted.asked).toHaveLength(4)
  })

  test.each([
    [
      'a connection that breaks each time',
      'reset',
      /^localhost:\d+ does not answer: (?:read ECONNRESET|other side closed)/,
    ],
    ['silence', 'hang', /^localhost:\d+ does not answer: .*timeout/],
  ] as const)('%s, with a message that names the registry', async (_, failure, message) => {
    scripted.answer = () => failure
    await expect((await scripted.client(undefined, 100)).send(scripted.image(), HEAD)).rejects.toThrow(
      message,
    )
    expect(scripted.asked).toHaveLength(4)
  })

  test.each(['127.0.0.1', 'localhost'])('%s, where no registry is any more', async (name) => {
    const registry = await scripted.client()
    await scripted.stop()
    const gone = scripted.host.replace('localhost', name)
    const sending = registry.send({ registry: gone, repository: 'x' }, HEAD)
    await expect(sending).rejects.toThrow(/^\S+:\d+ does not answer: .*ECONNREFUSED/)
  })
})

test.each([200, 301, 400, 403, 404, 405, 409, 412, 416])(
  '%d is an answer and is not asked for twice',
  async (status) => {
    scripted.answer = () => ({ status })
    expect(await (await scripted.client(ME)).send(scripted.image(), PUT)).toMatchObject({ status })
    expect(scripted.asked).toHaveLength(1)
  },
)

test('an interruption ends the try that hangs, and all further ones', async () => {
  scripted.answer = () => 'hang'
  const stop = new AbortController()
  const credentials = new DockerCredentials({ DOCKER_CONFIG: scripted.folder })
  const interrupted = new RegistryClient(credentials, { timeoutMs: 60_000, signal: stop.signal })
  const sent = interrupted.send({ registry: scripted.host, repository: 'acme/api' }, HEAD)
  setTimeout(() => {
    stop.abort()
  }, 50)
  await expect(sent).rejects.toThrow('does not answer')
  expect(scripted.asked).toHaveLength(1)
})
