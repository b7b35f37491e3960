import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DockerCredentials } from '../../src/adapters/docker-credentials.js'
import { RegistryClient, type RegistryRequest } from '../../src/adapters/registry-client.js'

interface Asked {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly authorization: string | undefined
  readonly body: string
}

interface Reply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

let folder: string
let server: Server
let host: string
let asked: Asked[]
/** What the registry answers, by what it is asked and how often it was asked before. */
let answer: (request: Asked, before: number) => Reply | 'reset' | 'hang'
let waits: number[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'registry-retries-'))
  asked = []
  waits = []
  answer = () => ({ status: 200 })
  server = createServer((request, response) => void reply(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  host = `localhost:${(server.address() as AddressInfo).port}`
})

afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await rm(folder, { recursive: true })
})

async function reply(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  const { method = '', url = '' } = request
  const heard = { method, url, authorization: request.headers.authorization, body }
  const given = answer(heard, asked.length)
  asked.push(heard)
  if (given === 'hang') return
  if (given === 'reset') request.socket.resetAndDestroy()
  else response.writeHead(given.status, given.headers).end(given.body)
}

interface Login {
  readonly auth?: string
  readonly identitytoken?: string
}

const ME: Login = { auth: Buffer.from('me:pass').toString('base64') }

async function client(login?: Login, timeoutMs = 5000): Promise<RegistryClient> {
  await writeFile(join(folder, 'config.json'), JSON.stringify({ auths: login ? { [host]: login } : {} }))
  const wait = (milliseconds: number) => Promise.resolve(waits.push(milliseconds))
  return new RegistryClient(new DockerCredentials({ DOCKER_CONFIG: folder }), { timeoutMs, wait })
}

const HEAD: RegistryRequest = { method: 'HEAD', reference: 'v1', headers: { accept: 'x/y' } }
const PUT: RegistryRequest = {
  method: 'PUT',
  reference: 'v1',
  headers: { 'content-type': 'x/y' },
  body: Buffer.from('{"é":1}'),
}

function image(repository = 'acme/api'): { registry: string; repository: string } {
  return { registry: host, repository }
}

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
    answer = failing(times, failure)
    const request: RegistryRequest = { ...HEAD, method: 'GET' }
    const { status, body } = await (await client(undefined, 300)).send(image(), request)
    expect([status, body.toString()]).toEqual([200, 'here'])
    expect(waits).toEqual(expected)
  })

  test('with the same body', async () => {
    answer = failing(2, { status: 502 })
    await (await client()).send(image(), PUT)
    expect(asked.map(({ body }) => body)).toEqual(asked.map(() => '{"é":1}'))
  })

  test('after a wait, without being told how', async () => {
    answer = failing(1, { status: 503 })
    const registry = new RegistryClient(new DockerCredentials({ DOCKER_CONFIG: folder }))
    const started = performance.now()
    await registry.send(image(), HEAD)
    expect(performance.now() - started).toBeGreaterThan(200)
  })
})

describe('what lasts is given up', () => {
  test('an outage, with the answer of the last of four tries', async () => {
    answer = () => ({ status: 503, body: 'down' })
    expect(await (await client()).send(image(), { ...HEAD, method: 'GET' })).toMatchObject({ status: 503 })
    expect(asked).toHaveLength(4)
  })

  test.each([
    [
      'a connection that breaks each time',
      'reset',
      /^localhost:\d+ does not answer: (?:read ECONNRESET|other side closed)/,
    ],
    ['silence', 'hang', /^localhost:\d+ does not answer: .*timeout/],
  ] as const)('%s, with a message that names the registry', async (_, failure, message) => {
    answer = () => failure
    await expect((await client(undefined, 100)).send(image(), HEAD)).rejects.toThrow(message)
    expect(asked).toHaveLength(4)
  })

  test.each(['127.0.0.1', 'localhost'])('%s, where no registry is any more', async (name) => {
    const registry = await client()
    const { port } = server.address() as AddressInfo
    await new Promise((resolve) => server.close(resolve))
    const sending = registry.send({ registry: `${name}:${port}`, repository: 'x' }, HEAD)
    await expect(sending).rejects.toThrow(/^\S+:\d+ does not answer: .*ECONNREFUSED/)
  })
})

test.each([200, 301, 400, 403, 404, 405, 409, 412, 416])(
  '%d is an answer and is not asked for twice',
  async (status) => {
    answer = () => ({ status })
    expect(await (await client(ME)).send(image(), PUT)).toMatchObject({ status })
    expect(asked).toHaveLength(1)
  },
)
