import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { RegistryTransport } from '../../src/adapters/registry-transport.js'
import { ScriptedRegistry } from '../rig/scripted-registry.js'

let scripted: ScriptedRegistry
let other: ScriptedRegistry
let transport: RegistryTransport

beforeEach(async () => {
  scripted = await ScriptedRegistry.start()
  other = await ScriptedRegistry.start()
  transport = new RegistryTransport({})
})

afterEach(async () => {
  await scripted.close()
  await other.close()
})

const headers = { authorization: 'Bearer secret', accept: 'x/y' }
const to = (location: string, status = 307) => ({ status, headers: { location } })

function send(method: 'GET' | 'HEAD' | 'PUT') {
  const url = new URL(`http://${scripted.host}/first`)
  return transport.send({ method, url, headers, ...(method === 'PUT' && { body: 'text' }) })
}

describe('a redirect', () => {
  test.each([301, 302, 303, 307, 308])('%d is followed within the host, login included', async (status) => {
    scripted.answer = ({ url }) => (url === '/first' ? to('/second', status) : { status: 200, body: 'here' })
    expect(await send('GET')).toMatchObject({ ok: true, value: { status: 200, body: Buffer.from('here') } })
    expect(scripted.asked.map(({ url, authorization }) => [url, authorization])).toEqual([
      ['/first', 'Bearer secret'],
      ['/second', 'Bearer secret'],
    ])
  })

  test('to another host is followed without the login', async () => {
    scripted.answer = () => to(`http://${other.host}/blob?signature=1`)
    other.answer = () => ({ status: 200, body: 'blob' })
    expect(await send('GET')).toMatchObject({ ok: true, value: { status: 200, body: Buffer.from('blob') } })
    expect(other.asked).toMatchObject([{ url: '/blob?signature=1', authorization: undefined }])
  })

  test('to another host and back does not have the login again', async () => {
    scripted.answer = ({ url }) => (url === '/first' ? to(`http://${other.host}/x`) : { status: 200 })
    other.answer = () => to(`http://${scripted.host}/back`)
    await send('HEAD')
    expect(scripted.asked.at(-1)).toMatchObject({ method: 'HEAD', url: '/back', authorization: undefined })
  })

  test.each([307, 308])('%d of a write keeps method and body', async (status) => {
    scripted.answer = ({ url }) => (url === '/first' ? to('/second', status) : { status: 201 })
    expect(await send('PUT')).toMatchObject({ ok: true, value: { status: 201 } })
    expect(scripted.asked.at(-1)).toMatchObject({ method: 'PUT', url: '/second', body: 'text' })
  })

  test.each([301, 302, 303])('%d of a write is an answer', async (status) => {
    scripted.answer = () => to('/second', status)
    expect(await send('PUT')).toMatchObject({ ok: true, value: { status } })
    expect(scripted.asked).toHaveLength(1)
  })

  test.each(['', 'http://['])('to nowhere, %j, is an answer', async (location) => {
    scripted.answer = () => to(location)
    expect(await send('GET')).toMatchObject({ ok: true, value: { status: 307 } })
  })

  test('without end is a failure', async () => {
    scripted.answer = () => to('/first')
    const message = `${scripted.host} redirects without end`
    expect(await send('GET')).toEqual({ ok: false, failures: [{ kind: 'registry-failed', message }] })
    expect(scripted.asked).toHaveLength(6)
  })
})

test('more than 32 questions are not under way at one host', async () => {
  const held: (() => void)[] = []
  scripted.hold = () => new Promise<void>((resolve) => held.push(resolve))
  const sent = Array.from({ length: 100 }, () => send('GET'))
  for (let done = 0; done < 100; done++) {
    while (held.length < Math.min(32, 100 - done)) await new Promise(setImmediate)
    expect(held.length).toBeLessThanOrEqual(32)
    held.shift()?.()
  }
  expect((await Promise.all(sent)).filter(({ ok }) => ok)).toHaveLength(100)
})
