import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { proxyOf } from '../../src/adapters/registry-proxy.js'
import { RegistryTransport } from '../../src/adapters/registry-transport.js'

const PROXY = 'http://proxy.example:3128/'

describe('the proxy of an address', () => {
  const of = (environment: NodeJS.ProcessEnv, url = 'https://ghcr.io/v2/') =>
    proxyOf(new URL(url), environment)?.href

  test.each([
    ['none is set', {}, undefined],
    ['the variable is empty', { HTTPS_PROXY: ' ' }, undefined],
    ['it is set', { HTTPS_PROXY: PROXY }, PROXY],
    ['it is set in lower case', { https_proxy: PROXY }, PROXY],
    ['both are set', { HTTPS_PROXY: PROXY, https_proxy: 'http://other/' }, PROXY],
    ['it names no scheme', { HTTPS_PROXY: 'proxy.example:3128' }, PROXY],
    [
      'it holds a password',
      { HTTPS_PROXY: 'http://me:p%40ss@proxy.example' },
      'http://me:p%40ss@proxy.example/',
    ],
    ['only that of http is set', { HTTP_PROXY: PROXY }, undefined],
  ])('when %s', (_, environment, expected) => {
    expect(of(environment)).toBe(expected)
  })

  test('with http is that of http', () => {
    const environment = { HTTP_PROXY: PROXY, HTTPS_PROXY: 'http://other/' }
    expect(of(environment, 'http://registry.example/')).toBe(PROXY)
  })

  test.each(['localhost', 'localhost:5000', '127.0.0.1:5000', '127.8.0.1', '[::1]:5000'])(
    'of this machine by the name %s is none',
    (host) => {
      expect(of({ HTTP_PROXY: PROXY, HTTPS_PROXY: PROXY }, `http://${host}/`)).toBeUndefined()
      expect(of({ HTTP_PROXY: PROXY, HTTPS_PROXY: PROXY }, `https://${host}/`)).toBeUndefined()
    },
  )

  test.each(['socks5://me:secret@proxy.example', 'http://me:secret@[', 'ftp://me:secret@x'])(
    'that cannot be used is an error without the password: %s',
    (value) => {
      expect(() => of({ HTTPS_PROXY: value })).toThrow('HTTPS_PROXY is no address of an http or https proxy')
    },
  )
})

describe('NO_PROXY', () => {
  test.each([
    ['*', 'https://a.example/', true],
    ['a.example', 'https://a.example/', true],
    ['A.Example', 'https://a.example/', true],
    ['a.example', 'https://b.a.example/', true],
    ['a.example', 'https://ba.example/', false],
    ['.a.example', 'https://b.a.example/', true],
    ['.a.example', 'https://a.example/', false],
    ['*.a.example', 'https://b.a.example/', true],
    ['*.a.example', 'https://a.example/', false],
    ['a.example:443', 'https://a.example/', true],
    ['a.example:5000', 'https://a.example:5000/', true],
    ['a.example:5000', 'https://a.example/', false],
    ['x.example, a.example ,', 'https://a.example/', true],
    [',', 'https://a.example/', false],
    ['10.0.0.1', 'https://10.0.0.1/', true],
    ['10.0.0.1', 'https://10.0.0.11/', false],
    ['10.0.0.0/8', 'https://10.20.30.40:5000/', true],
    ['10.0.0.0/8', 'https://11.0.0.1/', false],
    ['10.0.0.0/8', 'https://a.example/', false],
    ['10.0.0.0/64', 'https://10.0.0.1/', false],
    ['fd00::/8', 'https://[fd00::1]/', true],
    ['fd00::1', 'https://[fd00::1]:5000/', true],
    ['[fd00::1]:5000', 'https://[fd00::1]:5000/', true],
    ['[fd00::1]:5000', 'https://[fd00::1]/', false],
    ['::/0', 'https://10.0.0.1/', false],
  ])('%s and %s', (noProxy, url, isExcluded) => {
    for (const name of ['NO_PROXY', 'no_proxy']) {
      const proxy = proxyOf(new URL(url), { HTTPS_PROXY: PROXY, [name]: noProxy })
      expect(proxy === undefined).toBe(isExcluded)
    }
  })
})

describe('a proxy on this machine', () => {
  let server: Server
  let address: string
  let tunnels: (string | undefined)[][]

  beforeEach(async () => {
    tunnels = []
    server = createServer()
    server.on('connect', ({ url, headers }, socket) => {
      tunnels.push([url, headers['proxy-authorization']])
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    address = `127.0.0.1:${(server.address() as AddressInfo).port}`
  })

  afterEach(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  /** Has no answer: there is no such registry, and the proxy opens no tunnel. */
  async function ask(environment: NodeJS.ProcessEnv): Promise<void> {
    const transport = new RegistryTransport({ environment, wait: () => Promise.resolve() })
    const headers = { authorization: 'Bearer of-the-registry' }
    const url = new URL('https://registry.invalid/v2/')
    expect(await transport.send({ method: 'GET', url, headers })).toMatchObject({ ok: false })
  }

  test('is asked for a tunnel, with its own password and nothing of the request', async () => {
    await ask({ HTTPS_PROXY: `http://me:pass@${address}` })
    const authorization = `Basic ${Buffer.from('me:pass').toString('base64')}`
    expect(tunnels).toEqual(Array(4).fill(['registry.invalid:443', authorization]))
  })

  test('is not asked for what is excluded', async () => {
    await ask({ HTTPS_PROXY: `http://${address}`, NO_PROXY: 'registry.invalid' })
    expect(tunnels).toEqual([])
  })
})
