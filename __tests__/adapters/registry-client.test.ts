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
  folder = await mkdtemp(join(tmpdir(), 'registry-client-'))
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
const BASIC = `Basic ${ME.auth ?? ''}`

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

/** A registry that wants a token of its own server for everything, and grants it `token-N`. */
function bearer(accepts: (authorization: string) => boolean = () => true) {
  return (request: Asked, before: number): Reply => {
    if (request.url.startsWith('/token'))
      return { status: 200, body: JSON.stringify({ token: `token-${before}` }) }
    if (request.authorization !== undefined && accepts(request.authorization)) return { status: 200 }
    const challenge = `Bearer realm="http://${host}/token",service="the registry",scope="repository:acme/api:pull"`
    return { status: 401, headers: { 'www-authenticate': challenge } }
  }
}

describe('a registry that wants a token', () => {
  test('is given one that its token server made for the user, the service and the repository', async () => {
    answer = bearer()
    const { status, loggedIn } = await (await client(ME)).send(image(), HEAD)
    expect([status, loggedIn]).toEqual([200, true])
    expect(asked.map(({ url, authorization }) => [url, authorization])).toEqual([
      ['/v2/acme/api/manifests/v1', undefined],
      ['/token?service=the+registry&scope=repository%3Aacme%2Fapi%3Apull', BASIC],
      ['/v2/acme/api/manifests/v1', 'Bearer token-1'],
    ])
  })

  test('gets the same one again for the same repository, and another one for another', async () => {
    answer = bearer()
    const registry = await client(ME)
    for (const name of ['acme/api', 'acme/api', 'acme/web']) await registry.send(image(name), HEAD)
    expect(asked.map(({ authorization }) => authorization)).toEqual([
      ...[undefined, BASIC, 'Bearer token-1'],
      'Bearer token-1',
      ...[undefined, BASIC, 'Bearer token-5'],
    ])
  })

  test('gets a new one when it no longer takes the old one', async () => {
    answer = bearer()
    const registry = await client(ME)
    await registry.send(image(), HEAD)
    answer = bearer((authorization) => authorization !== 'Bearer token-1')
    expect(await registry.send(image(), HEAD)).toMatchObject({ status: 200, loggedIn: true })
    expect(asked.at(-1)?.authorization).toBe('Bearer token-4')
  })

  test('may give one to nobody, for reading', async () => {
    answer = bearer()
    expect(await (await client()).send(image(), HEAD)).toMatchObject({ status: 200, loggedIn: false })
    expect(asked[1]).toMatchObject({
      url: '/token?service=the+registry&scope=repository%3Aacme%2Fapi%3Apull',
      authorization: undefined,
    })
  })

  test('and gave it to nobody has nobody logged in afterwards either', async () => {
    answer = bearer()
    const registry = await client()
    await registry.send(image(), HEAD)
    answer = () => ({ status: 403 })
    expect(await registry.send(image(), PUT)).toMatchObject({ status: 403, loggedIn: false })
  })

  test('may call it an access token', async () => {
    answer = (request, before) => {
      const given = bearer()(request, before)
      return request.url.startsWith('/token') ? { status: 200, body: '{"access_token":"other"}' } : given
    }
    await (await client(ME)).send(image(), HEAD)
    expect(asked.at(-1)?.authorization).toBe('Bearer other')
  })

  test('takes an identity token by post', async () => {
    answer = bearer()
    await (await client({ identitytoken: 'refresh' })).send(image(), HEAD)
    expect(asked[1]).toMatchObject({ method: 'POST', url: '/token', authorization: undefined })
    expect(Object.fromEntries(new URLSearchParams(asked[1]?.body))).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'refresh',
      client_id: 'smart-image-build',
      service: 'the registry',
      scope: 'repository:acme/api:pull',
    })
  })

  test('whose token server may be asked with a query of its own', async () => {
    answer = (request, before) => {
      const given = bearer()(request, before)
      const challenge = `Bearer realm="http://${host}/token?account=1",service="s"`
      return given.status === 401 ? { status: 401, headers: { 'www-authenticate': challenge } } : given
    }
    expect(await (await client(ME)).send(image(), HEAD)).toMatchObject({ status: 200 })
    expect(asked[1]?.url).toBe('/token?account=1&service=s&scope=repository%3Aacme%2Fapi%3Apull')
  })

  test.each([401, 403, 404])('is refused the request when its token server answers %d', async (status) => {
    answer = (request, before) => (request.url.startsWith('/token') ? { status } : bearer()(request, before))
    expect(await (await client(ME)).send(image(), HEAD)).toMatchObject({ status: 401, loggedIn: true })
    expect(asked).toHaveLength(2)
  })

  test('whose token server fails for a moment is asked again', async () => {
    answer = (request, before) => (before === 1 ? { status: 503 } : bearer()(request, before))
    expect(await (await client(ME)).send(image(), HEAD)).toMatchObject({ status: 200 })
  })
})

describe('a registry that wants a password', () => {
  const basic = (request: Asked): Reply =>
    request.authorization === BASIC
      ? { status: 201 }
      : { status: 401, headers: { 'www-authenticate': 'Basic realm="registry"' } }

  test('gets it, with the same body, and from then on at once', async () => {
    answer = basic
    const registry = await client(ME)
    for (let index = 0; index < 2; index++) {
      expect(await registry.send(image(), PUT)).toMatchObject({ status: 201, loggedIn: true })
    }
    expect(asked.map(({ authorization }) => authorization)).toEqual([undefined, BASIC, BASIC])
    expect(asked.map(({ method, body }) => [method, body])).toEqual(asked.map(() => ['PUT', '{"é":1}']))
  })

  test('that is wrong says so once, and is not asked for ever', async () => {
    answer = basic
    const wrong = { auth: Buffer.from('me:wrong').toString('base64') }
    expect(await (await client(wrong)).send(image(), HEAD)).toMatchObject({ status: 401, loggedIn: true })
    expect(asked).toHaveLength(2)
  })

  test('answers 401 when there is none', async () => {
    answer = basic
    expect(await (await client()).send(image(), HEAD)).toMatchObject({ status: 401, loggedIn: false })
    expect(asked).toHaveLength(1)
  })

  test('is an error when the credentials cannot be read', async () => {
    answer = basic
    const registry = await client()
    await writeFile(join(folder, 'config.json'), 'broken')
    await expect(registry.send(image(), HEAD)).rejects.toThrow("Docker's configuration")
  })
})

test.each(['', 'Negotiate', 'Bearer', 'Bearer service="s"'])(
  'an unknown challenge %j is a 401',
  async (challenge) => {
    answer = () => ({ status: 401, headers: { 'www-authenticate': challenge } })
    expect(await (await client(ME)).send(image(), HEAD)).toMatchObject({ status: 401 })
    expect(asked).toHaveLength(1)
  },
)

test('a redirect is followed', async () => {
  answer = ({ url }) =>
    url === '/other' ? { status: 200 } : { status: 307, headers: { location: '/other' } }
  expect(await (await client()).send(image(), HEAD)).toMatchObject({ status: 200 })
})
