import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Asked, HEAD, ME, PUT, type Reply, ScriptedRegistry } from '../rig/scripted-registry.js'

const BASIC = `Basic ${ME.auth ?? ''}`

let scripted: ScriptedRegistry

beforeEach(async () => {
  scripted = await ScriptedRegistry.start()
})

afterEach(async () => {
  await scripted.close()
})

/** A registry that wants a token of its own server for everything, and grants it `token-N`. */
function bearer(accepts: (authorization: string) => boolean = () => true) {
  return (request: Asked, before: number): Reply => {
    if (request.url.startsWith('/token'))
      return { status: 200, body: JSON.stringify({ token: `token-${before}` }) }
    if (request.authorization !== undefined && accepts(request.authorization)) return { status: 200 }
    const challenge = `Bearer realm="http://${scripted.host}/token",service="the registry",scope="repository:acme/api:pull"`
    return { status: 401, headers: { 'www-authenticate': challenge } }
  }
}

describe('a registry that wants a token', () => {
  test('is given one that its token server made for the user, the service and the repository', async () => {
    scripted.answer = bearer()
    const { status, loggedIn } = await (await scripted.client(ME)).send(scripted.image(), HEAD)
    expect([status, loggedIn]).toEqual([200, true])
    expect(scripted.asked.map(({ url, authorization }) => [url, authorization])).toEqual([
      ['/v2/acme/api/manifests/v1', undefined],
      ['/token?service=the+registry&scope=repository%3Aacme%2Fapi%3Apull', BASIC],
      ['/v2/acme/api/manifests/v1', 'Bearer token-1'],
    ])
  })

  test('gets the same one again for the same repository, and another one for another', async () => {
    scripted.answer = bearer()
    const registry = await scripted.client(ME)
    for (const name of ['acme/api', 'acme/api', 'acme/web']) await registry.send(scripted.image(name), HEAD)
    expect(scripted.asked.map(({ authorization }) => authorization)).toEqual([
      ...[undefined, BASIC, 'Bearer token-1'],
      'Bearer token-1',
      ...[undefined, BASIC, 'Bearer token-5'],
    ])
  })

  test('gets a new one when it no longer takes the old one', async () => {
    scripted.answer = bearer()
    const registry = await scripted.client(ME)
    await registry.send(scripted.image(), HEAD)
    scripted.answer = bearer((authorization) => authorization !== 'Bearer token-1')
    expect(await registry.send(scripted.image(), HEAD)).toMatchObject({ status: 200, loggedIn: true })
    expect(scripted.asked.at(-1)?.authorization).toBe('Bearer token-4')
  })

  test('may give one to nobody, for reading', async () => {
    scripted.answer = bearer()
    expect(await (await scripted.client()).send(scripted.image(), HEAD)).toMatchObject({
      status: 200,
      loggedIn: false,
    })
    expect(scripted.asked[1]).toMatchObject({
      url: '/token?service=the+registry&scope=repository%3Aacme%2Fapi%3Apull',
      authorization: undefined,
    })
  })

  test('and gave it to nobody has nobody logged in afterwards either', async () => {
    scripted.answer = bearer()
    const registry = await scripted.client()
    await registry.send(scripted.image(), HEAD)
    scripted.answer = () => ({ status: 403 })
    expect(await registry.send(scripted.image(), PUT)).toMatchObject({ status: 403, loggedIn: false })
  })

  test('may call it an access token', async () => {
    scripted.answer = (request, before) => {
      const given = bearer()(request, before)
      return request.url.startsWith('/token') ? { status: 200, body: '{"access_token":"other"}' } : given
    }
    await (await scripted.client(ME)).send(scripted.image(), HEAD)
    expect(scripted.asked.at(-1)?.authorization).toBe('Bearer other')
  })

  test('takes an identity token by post', async () => {
    scripted.answer = bearer()
    await (await scripted.client({ identitytoken: 'refresh' })).send(scripted.image(), HEAD)
    expect(scripted.asked[1]).toMatchObject({ method: 'POST', url: '/token', authorization: undefined })
    expect(Object.fromEntries(new URLSearchParams(scripted.asked[1]?.body))).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'refresh',
      client_id: 'smart-image-build',
      service: 'the registry',
      scope: 'repository:acme/api:pull',
    })
  })

  test('whose token server may be asked with a query of its own', async () => {
    scripted.answer = (request, before) => {
      const given = bearer()(request, before)
      const challenge = `Bearer realm="http://${scripted.host}/token?account=1",service="s"`
      return given.status === 401 ? { status: 401, headers: { 'www-authenticate': challenge } } : given
    }
    expect(await (await scripted.client(ME)).send(scripted.image(), HEAD)).toMatchObject({ status: 200 })
    expect(scripted.asked[1]?.url).toBe('/token?account=1&service=s&scope=repository%3Aacme%2Fapi%3Apull')
  })

  test.each([401, 403, 404])('is refused the request when its token server answers %d', async (status) => {
    scripted.answer = (request, before) =>
      request.url.startsWith('/token') ? { status } : bearer()(request, before)
    expect(await (await scripted.client(ME)).send(scripted.image(), HEAD)).toMatchObject({
      status: 401,
      loggedIn: true,
    })
    expect(scripted.asked).toHaveLength(2)
  })

  test('whose token server fails for a moment is asked again', async () => {
    scripted.answer = (request, before) => (before === 1 ? { status: 503 } : bearer()(request, before))
    expect(await (await scripted.client(ME)).send(scripted.image(), HEAD)).toMatchObject({ status: 200 })
  })
})

describe('a registry that wants a password', () => {
  const basic = (request: Asked): Reply =>
    request.authorization === BASIC
      ? { status: 201 }
      : { status: 401, headers: { 'www-authenticate': 'Basic realm="registry"' } }

  test('gets it, with the same body, and from then on at once', async () => {
    scripted.answer = basic
    const registry = await scripted.client(ME)
    for (let index = 0; index < 2; index++) {
      expect(await registry.send(scripted.image(), PUT)).toMatchObject({ status: 201, loggedIn: true })
    }
    expect(scripted.asked.map(({ authorization }) => authorization)).toEqual([undefined, BASIC, BASIC])
    expect(scripted.asked.map(({ method, body }) => [method, body])).toEqual(
      scripted.asked.map(() => ['PUT', '{"é":1}']),
    )
  })

  test('that is wrong says so once, and is not asked for ever', async () => {
    scripted.answer = basic
    const wrong = { auth: Buffer.from('me:wrong').toString('base64') }
    expect(await (await scripted.client(wrong)).send(scripted.image(), HEAD)).toMatchObject({
      status: 401,
      loggedIn: true,
    })
    expect(scripted.asked).toHaveLength(2)
  })

  test('answers 401 when there is none', async () => {
    scripted.answer = basic
    expect(await (await scripted.client()).send(scripted.image(), HEAD)).toMatchObject({
      status: 401,
      loggedIn: false,
    })
    expect(scripted.asked).toHaveLength(1)
  })

  test('is an error when the credentials cannot be read', async () => {
    scripted.answer = basic
    const registry = await scripted.client()
    await writeFile(join(scripted.folder, 'config.json'), 'broken')
    await expect(registry.send(scripted.image(), HEAD)).rejects.toThrow("Docker's configuration")
  })
})

test.each(['', 'Negotiate', 'Bearer', 'Bearer service="s"'])(
  'an unknown challenge %j is a 401',
  async (challenge) => {
    scripted.answer = () => ({ status: 401, headers: { 'www-authenticate': challenge } })
    expect(await (await scripted.client(ME)).send(scripted.image(), HEAD)).toMatchObject({ status: 401 })
    expect(scripted.asked).toHaveLength(1)
  },
)

test('a redirect is followed', async () => {
  scripted.answer = ({ url }) =>
    url === '/other' ? { status: 200 } : { status: 307, headers: { location: '/other' } }
  expect(await (await scripted.client()).send(scripted.image(), HEAD)).toMatchObject({ status: 200 })
})
