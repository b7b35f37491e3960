import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createNetServer, type Socket } from 'node:net'
import { promisify } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { HttpRequest } from '../../src/adapters/registry-connection.js'
import { RegistryTransport } from '../../src/adapters/registry-transport.js'

let server: Server
let address: string
let transport: RegistryTransport
/** Requests, each with its connection. */
let asked: { request: IncomingMessage; body: string; socket: Socket }[]
let waits: number[]
let answer: (response: ServerResponse, before: number) => unknown

beforeEach(async () => {
  asked = []
  waits = []
  answer = (response) => response.end('here')
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += String(chunk)))
    request.on('end', () => {
      asked.push({ request, body, socket: request.socket })
      answer(response, asked.length - 1)
    })
  })
  // Longer than any test: no connection ends because the server is tired of it.
  server.keepAliveTimeout = 300_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `127.0.0.1:${(server.address() as AddressInfo).port}`
  transport = transportWith(5000)
})

afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

function transportWith(timeoutMs: number): RegistryTransport {
  return new RegistryTransport({ timeoutMs, wait: (pause) => Promise.resolve(waits.push(pause)) })
}

function send(method: HttpRequest['method'] = 'GET', from = transport) {
  const writes = method === 'PUT' || method === 'POST'
  const url = new URL(`http://${address}/v2/x?n=1`)
  return from.send({ method, url, headers: { accept: 'x/y' }, ...(writes && { body: Buffer.from('é') }) })
}

function connections(): number {
  return new Set(asked.map(({ socket }) => socket)).size
}

const here = { ok: true, value: { status: 200, body: Buffer.from('here') } }

describe('connections', () => {
  test('one serves questions that come one after the other, whatever is asked', async () => {
    const methods = ['GET', 'HEAD', 'PUT', 'POST'] as const
    for (let index = 0; index < 20; index++) await send(methods[index % 4])
    expect(asked.map(({ request }) => request.method).slice(0, 4)).toEqual(methods)
    expect(asked).toHaveLength(20)
    expect(connections()).toBe(1)
  })

  test.each(['HTTP/1.1 200 OK\r\nConnection: Close', 'HTTP/1.0 200 OK'])(
    'that the server is to close are not used again, though it is slow to do so: %j',
    async (head) => {
      const sockets: Socket[] = []
      const slow = createNetServer((socket) => {
        sockets.push(socket.on('data', () => socket.write(`${head}\r\n\r\n`)))
      })
      await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve))
      const url = new URL(`http://127.0.0.1:${(slow.address() as AddressInfo).port}/`)
      for (let index = 0; index < 3; index++) {
        const answered = await transport.send({ method: 'HEAD', url, headers: {} })
        expect(answered).toMatchObject({ ok: true, value: { status: 200 } })
      }
      expect(sockets).toHaveLength(3)
      for (const socket of sockets) socket.destroy()
      slow.close()
    },
  )

  test('at most 32 serve questions that come at once, and again the same ones', async () => {
    for (const round of [1, 2]) {
      await Promise.all(Array.from({ length: 100 }, () => send()))
      expect(asked).toHaveLength(100 * round)
    }
    expect(connections()).toBeGreaterThan(1)
    expect(connections()).toBeLessThanOrEqual(32)
  })

  test('speak TLS with what is to be asked by https', async () => {
    const url = new URL(`https://${address}/v2/`)
    const message = expect.stringMatching(/SSL|EPROTO/) as unknown
    expect(await transport.send({ method: 'GET', url, headers: {} })).toMatchObject({
      ok: false,
      failures: [{ kind: 'registry-failed', message }],
    })
    expect(asked).toEqual([])
  })

  test('that idle do not keep the program from its end', async () => {
    const script = `
      const { RegistryTransport } = await import(${JSON.stringify(import.meta.resolve('../../src/adapters/registry-transport.ts'))})
      const transport = new RegistryTransport({})
      const ask = () => transport.send({ method: 'GET', url: new URL('http://${address}/'), headers: {} })
      await Promise.all([ask(), ask(), ask()])
      const done = performance.now()
      process.on('exit', () => console.log(performance.now() - done))`
    const args = ['--import', import.meta.resolve('tsx'), '--input-type=module', '--eval', script]
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 60_000 })
    expect(asked).toHaveLength(3)
    expect(stdout).toMatch(/^[\d.]+\n$/)
    expect(Number(stdout)).toBeLessThan(500)
  })
})

describe('a connection that the server closed while it was idle', () => {
  const methods = ['GET', 'HEAD', 'PUT', 'POST'] as const

  test.each(methods)('is not seen by who asks next: %s', async (method) => {
    await send()
    // The news of it is on its way when the next question is sent.
    asked[0]?.socket.destroy()
    expect(await send(method)).toMatchObject({ ok: true, value: { status: 200 } })
    expect(waits).toEqual([])
    expect(connections()).toBe(2)
  })

  test.each(methods)('after it had the question, has it asked again at once: %s', async (method) => {
    answer = (response, before) => (before === 1 ? response.destroy() : response.end('here'))
    await send()
    expect(await send(method)).toMatchObject({ ok: true, value: { status: 200 } })
    expect(waits).toEqual([])
    expect(asked[2]?.body).toBe(asked[1]?.body)
    expect(connections()).toBe(2)
  })

  test('is one of many', async () => {
    await Promise.all(Array.from({ length: 32 }, () => send()))
    for (const { socket } of asked) socket.destroy()
    const answers = await Promise.all(Array.from({ length: 100 }, () => send()))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(100)
    expect(waits).toEqual([])
  })

  test('is replaced once: a new one that breaks, too, is a try that failed', async () => {
    answer = (response, before) => (before === 3 || before === 4 ? response.destroy() : response.end('here'))
    await Promise.all([send(), send(), send()])
    expect(await send()).toMatchObject(here)
    expect(asked).toHaveLength(6)
    expect(waits).toEqual([250])
  })
})

describe('an answer', () => {
  const begin = (response: ServerResponse) => response.writeHead(200, { 'content-length': 4 }).write('he')

  test('that breaks off is none', async () => {
    await send()
    answer = (response, before) => {
      if (before > 1) return response.end('here')
      begin(response)
      return setTimeout(() => response.socket?.resetAndDestroy(), 20)
    }
    expect(await send()).toMatchObject(here)
    expect(asked).toHaveLength(3)
    expect(waits).toEqual([250])
  })

  test('that stops is given up in time', async () => {
    answer = begin
    const message = `${address} does not answer: The operation was aborted due to timeout (asked 4 times; run again when it is back)`
    expect(await send('GET', transportWith(100))).toMatchObject({ ok: false, failures: [{ message }] })
  })

  test('that never comes is given up in time, whatever memory is freed meanwhile', async () => {
    setFlagsFromString('--expose-gc')
    const collectGarbage = runInNewContext('gc') as () => void
    const often = setInterval(collectGarbage, 20)
    answer = () => undefined
    expect(await send('GET', transportWith(500))).toMatchObject({ ok: false })
    clearInterval(often)
    // A try may be given up before a machine that is busy freeing memory has sent its question.
    expect(waits).toHaveLength(3)
    expect(asked).not.toEqual([])
  })

  test('is read whole', async () => {
    const long = Buffer.alloc(3_000_000, 'long')
    answer = (response) => response.end(long)
    expect(await send()).toMatchObject({ ok: true, value: { body: long } })
  })

  test('has the headers that come twice as a list, and null for those that do not come', async () => {
    answer = (response) => response.writeHead(401, { 'WWW-Authenticate': ['Basic', 'Bearer x'] }).end()
    const got = await send()
    const { headers } = got.ok ? got.value : { headers: new Headers() }
    expect(headers.get('www-authenticate')).toBe('Basic, Bearer x')
    expect(headers.get('location')).toBeNull()
  })
})

test.each(['GET', 'HEAD'] as const)('%s says who asks, for plain bytes, without a body', async (method) => {
  await send(method)
  expect(asked[0]).toMatchObject({ body: '', request: { method, url: '/v2/x?n=1' } })
  const { headers } = asked[0]?.request ?? {}
  expect(headers).toEqual({
    host: address,
    connection: 'keep-alive',
    'user-agent': 'smart-image-build',
    'accept-encoding': 'identity',
    accept: 'x/y',
  })
})

test.each(['PUT', 'POST'] as const)('%s says how long its body is', async (method) => {
  await send(method)
  expect(asked[0]).toMatchObject({ body: 'é', request: { method, headers: { 'content-length': '2' } } })
})
