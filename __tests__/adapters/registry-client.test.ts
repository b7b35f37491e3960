import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RegistryAnswer, RegistryClient, RegistryRequest } from '../../src/adapters/registry-client.js'
import { type Asked, HEAD, ME, PUT, type Reply, ScriptedRegistry } from '../rig/scripted-registry.js'

const BASIC = `Basic ${ME.auth ?? ''}`

let scripted: ScriptedRegistry

beforeEach(async () => {
  scripted = await ScriptedRegistry.start()
})

afterEach(async () => {
  await scripted.close()
})

async function send(
  client: RegistryClient,
  request: RegistryRequest,
  repository?: string,
): Promise<RegistryAnswer> {
  const answer = await client.send(scripted.image(repository), request)
  if (!answer.ok) throw new Error(answer.failures.map(({ message }) => message).join())
  return answer.value
}

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
    const { status, loggedIn } = await send(await scripted.client(ME), HEAD)
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
    for (const name of ['acme/api', 'acme/api', 'acme/web']) await send(registry, HEAD, name)
    expect(scripted.asked.map(({ authorization }) => authorization)).toEqual([
      ...[undefined, BASIC, 'Bearer token-1'],
      'Bearer token-1',
      ...[undefined, BASIC, 'Bearer token-5'],
    ])
  })

  test('gets a new one when it no longer takes the old one', async () => {
    scripted.answer = bearer()
    const registry = await scripted.client(ME)
    await send(registry, HEAD)
    scripted.answer = bearer((authorization) => authorization !== 'Bearer token-1')
    expect(await send(registry, HEAD)).toMatchObject({ status: 200, loggedIn: true })
    expect(scripted.asked.at(-1)?.authorization).toBe('Bearer token-4')
  })

  test('gives one to all who ask at once for the same, and one for each other purpose', async () => {
    scripted.answer = bearer()
    const registry = await scripted.client(ME)
    const reads = Array.from({ length: 20 }, () => send(registry, HEAD))
    const writes = Array.from({ length: 20 }, () => send(registry, PUT))
    const answers = await Promise.all([...reads, ...writes])
    expect(answers.map(({ status }) => status)).toEqual(Array(40).fill(200))
    const tokens = scripted.asked.filter(({ url }) => url.startsWith('/token'))
    expect(tokens.map(({ url }) => new URL(url, 'http://x').searchParams.get('scope')).sort()).toEqual([
      'repository:acme/api:pull',
      'repository:acme/api:pull,push',
    ])
  })

  test.each([
    ['that it says', { expires_in: 300 }, 300],
    ['of a minute, when it says none', {}, 60],
  ])('gets a new one before the lifetime %s is over, without a refusal', async (_, said, seconds) => {
    scripted.answer = (request, before) =>
      request.url.startsWith('/token')
        ? { status: 200, body: JSON.stringify({ token: `token-${before}`, ...said }) }
        : bearer()(request, before)
    const registry = await scripted.client(ME)
    await send(registry, HEAD)
    scripted.now += seconds * 800
    await send(registry, HEAD)
    expect(scripted.asked.at(-1)?.authorization).toBe('Bearer token-1')
    scripted.now += seconds * 150
    await send(registry, HEAD)
    expect(scripted.asked.slice(-3).map(({ authorization }) => authorization)).toEqual([
      undefined,
      BASIC,
      'Bearer token-5',
    ])
  })

  test('is given the token that Docker holds for it, without a token server', async () => {
    scripted.answer = bearer((authorization) => authorization === 'Bearer mine')
    expect(await send(await scripted.client({ registrytoken: 'mine' }), HEAD)).toMatchObject({ status: 200 })
    expect(scripted.asked.map(({ url }) => url)).toEqual(Array(2).fill('/v2/acme/api/manifests/v1'))
  })

  test('may give one to nobody, for reading', async () => {
    scripted.answer = bearer()
    expect(await send(await scripted.client(), HEAD)).toMatchObject({
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
    await send(registry, HEAD)
    scripted.answer = () => ({ status: 403 })
    expect(await send(registry, PUT)).toMatchObject({ status: 403, loggedIn: false })
  })

  test('may call it an access token', async () => {
    scripted.answer = (request, before) => {
      const given = bearer()(request, before)
      return request.url.startsWith('/token') ? { status: 200, body: '{"access_token":"other"}' } : given
    }
    await send(await scripted.client(ME), HEAD)
    expect(scripted.asked.at(-1)?.authorization).toBe('Bearer other')
  })

  test('takes an identity token by post', async () => {
    scripted.answer = bearer()
    await send(await scripted.client({ identitytoken: 'refresh' }), HEAD)
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
    expect(await send(await scripted.client(ME), HEAD)).toMatchObject({ status: 200 })
    expect(scripted.asked[1]?.url).toBe('/token?account=1&service=s&scope=repository%3Aacme%2Fapi%3Apull')
  })

  test.each([401, 403, 404])('is refused the request when its token server answers %d', async (status) => {
    scripted.answer = (request, before) =>
      request.url.startsWith('/token') ? { status } : bearer()(request, before)
    expect(await send(await scripted.client(ME), HEAD)).toMatchObject({
      status: 401,
      loggedIn: true,
    })
    expect(scripted.asked).toHaveLength(2)
  })

  test.each([
    ['is down', { status: 503, body: 'down' }, 'answered 503'],
    ['sends no token', { status: 200, body: '{}' }, 'sent no token'],
    ['sends no JSON', { status: 200, body: '<html>' }, 'sent no token'],
  ])('whose token server %s is not answered, which is no want of a login', async (_, reply, problem) => {
    scripted.answer = (request, before) =>
      request.url.startsWith('/token') ? reply : bearer()(request, before)
    expect(await (await scripted.client()).send(scripted.image(), HEAD)).toEqual({
      ok: false,
      failures: [{ kind: 'registry-failed', message: `the token server ${scripted.host} ${problem}` }],
    })
  })

  test('whose token server fails for a moment is asked again', async () => {
    scripted.answer = (request, before) => (before === 1 ? { status: 503 } : bearer()(request, before))
    expect(await send(await scripted.client(ME), HEAD)).toMatchObject({ status: 200 })
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
      expect(await send(registry, PUT)).toMatchObject({ status: 201, loggedIn: true })
    }
    expect(scripted.asked.map(({ authorization }) => authorization)).toEqual([undefined, BASIC, BASIC])
    expect(scripted.asked.map(({ method, body }) => [method, body])).toEqual(
      scripted.asked.map(() => ['PUT', '{"é":1}']),
    )
  })

  test('that is wrong says so once, and is not asked for ever', async () => {
    scripted.answer = basic
    const wrong = { auth: Buffer.from('me:wrong').toString('base64') }
    expect(await send(await scripted.client(wrong), HEAD)).toMatchObject({
      status: 401,
      loggedIn: true,
    })
    expect(scripted.asked).toHaveLength(2)
  })

  test('answers 401 when there is none', async () => {
    scripted.answer = basic
    expect(await send(await scripted.client(), HEAD)).toMatchObject({
      status: 401,
      loggedIn: false,
    })
    expect(scripted.asked).toHaveLength(1)
  })

  test('denies who asks with credentials that cannot be read', async () => {
    scripted.answer = basic
    const registry = await scripted.client()
    await writeFile(join(scripted.folder, 'config.json'), 'broken')
    const message = expect.stringContaining("Docker's configuration") as unknown
    expect(await registry.send(scripted.image(), HEAD)).toEqual({
      ok: false,
      failures: [{ kind: 'registry-denied', message }],
    })
  })
})

test.each(['', 'Negotiate', 'Bearer', 'Bearer service="s"'])(
  'an unknown challenge %j is a 401',
  async (challenge) => {
    scripted.answer = () => ({ status: 401, headers: { 'www-authenticate': challenge } })
    expect(await send(await scripted.client(ME), HEAD)).toMatchObject({ status: 401 })
    expect(scripted.asked).toHaveLength(1)
  },
)
