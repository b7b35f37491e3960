import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { startCacheService, type CacheScope, type CacheService } from './cache-service.js'

const main: CacheScope = { scope: 'refs/heads/main', permission: 3 }
const readMain: CacheScope = { ...main, permission: 1 }
const feature: CacheScope = { scope: 'refs/heads/feature', permission: 3 }

let service: CacheService

beforeEach(async () => {
  service = await startCacheService()
})

afterEach(async () => {
  await service.close()
})

interface Reply {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly headers: Headers
}

async function call(
  operation: string,
  message: object,
  scopes: readonly CacheScope[] = [main],
): Promise<Reply> {
  return post(operation, JSON.stringify(message), `Bearer ${service.token({ scopes })}`)
}

async function post(operation: string, body: string, authorization?: string): Promise<Reply> {
  const url = `${service.url}twirp/github.actions.results.api.v1.CacheService/${operation}`
  const headers = {
    'content-type': 'application/json',
    ...(authorization !== undefined && { authorization }),
  }
  const response = await fetch(url, { method: 'POST', headers, body })
  return {
    status: response.status,
    body: (await response.json()) as Record<string, unknown>,
    headers: response.headers,
  }
}

async function put(url: unknown, body: string, query = ''): Promise<Response> {
  return fetch(`${String(url)}${query}`, { method: 'PUT', body, headers: { 'x-ms-blob-type': 'BlockBlob' } })
}

/** Saves an entry whose content is its key, in the first writable scope. */
async function save(
  key: string,
  options: { scopes?: readonly CacheScope[]; version?: string } = {},
): Promise<void> {
  const { scopes = [main], version = 'v' } = options
  const created = await call('CreateCacheEntry', { key, version }, scopes)
  await put(created.body['signed_upload_url'], key)
  await call('FinalizeCacheEntryUpload', { key, version, size_bytes: key.length }, scopes)
}

async function find(message: object, scopes?: readonly CacheScope[]): Promise<Reply> {
  return call('GetCacheEntryDownloadURL', { version: 'v', ...message }, scopes)
}

async function downloadUrl(key: string): Promise<string> {
  return String((await find({ key })).body['signed_download_url'])
}

describe('an entry', () => {
  test('is created, uploaded, finalised and found', async () => {
    const created = await call('CreateCacheEntry', { key: 'k', version: 'v' })
    expect(created).toMatchObject({ status: 200, body: { ok: true } })
    expect((await put(created.body['signed_upload_url'], 'bytes')).status).toBe(201)
    const finalised = await call('FinalizeCacheEntryUpload', { key: 'k', version: 'v', size_bytes: '5' })
    expect(finalised).toMatchObject({ status: 200, body: { ok: true, entry_id: '1' } })
    expect(await find({ key: 'k' })).toMatchObject({ status: 200, body: { ok: true, matched_key: 'k' } })
    expect(await (await fetch(await downloadUrl('k'))).text()).toBe('bytes')
    expect(service.entries()).toEqual([
      { key: 'k', version: 'v', scope: 'refs/heads/main', state: 'ready', size: 5 },
    ])
  })

  test('cannot be found before it is finalised, but its name is taken', async () => {
    const created = await call('CreateCacheEntry', { key: 'k', version: 'v' })
    await put(created.body['signed_upload_url'], 'bytes')
    expect(await find({ key: 'k' })).toMatchObject({ status: 200, body: { ok: false } })
    expect(await call('CreateCacheEntry', { key: 'k', version: 'v' })).toMatchObject({ status: 409 })
  })

  test.each([
    ['nothing was reserved', { reserved: false, upload: undefined, status: 404 }],
    ['nothing was uploaded', { reserved: true, upload: undefined, status: 404 }],
    ['the size is wrong', { reserved: true, upload: 'four', status: 400 }],
  ])('cannot be finalised when %s', async (_, { reserved, upload, status }) => {
    const created = reserved ? await call('CreateCacheEntry', { key: 'k', version: 'v' }) : undefined
    if (upload !== undefined) await put(created?.body['signed_upload_url'], upload)
    expect(await call('FinalizeCacheEntryUpload', { key: 'k', version: 'v', size_bytes: 3 })).toMatchObject({
      status,
    })
  })

  test('exists once per key, version and scope', async () => {
    await save('k')
    expect(await call('CreateCacheEntry', { key: 'k', version: 'v' })).toMatchObject({
      status: 409,
      body: { code: 'already_exists' },
    })
    expect((await call('CreateCacheEntry', { key: 'k', version: 'other' })).status).toBe(200)
    expect((await call('CreateCacheEntry', { key: 'k', version: 'v' }, [feature])).status).toBe(200)
    service.clear('k')
    expect((await call('CreateCacheEntry', { key: 'k', version: 'v' })).status).toBe(200)
  })
})

describe('a lookup', () => {
  beforeEach(async () => {
    for (const key of ['a-1', 'a-10', 'a-2', 'b-1']) await save(key)
    await save('a-3', { version: 'other' })
    await save('a-1', { scopes: [feature] })
    await save('c-1', { scopes: [feature] })
  })

  test.each([
    ['the exact key before a newer prefix', { key: 'a-1', found: 'a-1' }],
    ['the newest of a prefix', { key: 'a-', found: 'a-2' }],
    ['the newest of all for a restore key', { key: 'x', restore_keys: ['y', 'a'], found: 'a-2' }],
    ['by restore keys in their order', { key: 'x', restore_keys: ['b-', 'a-'], found: 'b-1' }],
    ['only its version', { key: 'a-3', found: undefined }],
    ['only what its token may read', { key: 'c-1', found: undefined }],
    ['nothing for what stands within a key', { key: '-1', found: undefined }],
  ])('on the default branch finds %s', async (_, { found, ...message }) => {
    const { status, body } = await find(message)
    expect([status, body['ok'], body['matched_key']]).toEqual([200, found !== undefined, found])
  })

  test.each([
    ['its own entry before a newer one of the default branch', { key: 'a-', found: 'a-1' }],
    ['that of the default branch where it has none', { key: 'b-1', found: 'b-1' }],
    ['its own by a restore key before an exact one', { key: 'b-1', restore_keys: ['c-'], found: 'c-1' }],
  ])('on another branch finds %s', async (_, { found, ...message }) => {
    const { body } = await find(message, [feature, readMain])
    expect(body['matched_key']).toBe(found)
  })
})

describe('a token', () => {
  const hour = 3_600_000
  test('without write permission is denied in a message that begins so', async () => {
    const reply = await call('CreateCacheEntry', { key: 'k', version: 'v' }, [readMain])
    expect(reply).toMatchObject({
      status: 200,
      body: { ok: false, message: expect.stringMatching(/^cache write denied:/) },
    })
  })

  test('without read permission is a 403 with a message that begins so', async () => {
    const reply = await find({ key: 'k' }, [{ ...main, permission: 2 }])
    expect(reply).toMatchObject({
      status: 403,
      body: { code: 'permission_denied', msg: expect.stringMatching(/^cache read denied:/) },
    })
  })

  test('writes to its first writable scope', async () => {
    await save('k', { scopes: [readMain, feature] })
    expect(service.entries()).toMatchObject([{ scope: 'refs/heads/feature' }])
  })

  test.each([
    ['missing', () => undefined],
    ['malformed', () => 'Bearer abc'],
    ['expired', () => `Bearer ${service.token({ scopes: [main], expiresAt: new Date(Date.now() - hour) })}`],
    [
      'not valid yet',
      () => `Bearer ${service.token({ scopes: [main], issuedAt: new Date(Date.now() + hour) })}`,
    ],
  ])('that is %s is a 401', async (reason, authorization) => {
    const reply = await post('GetCacheEntryDownloadURL', '{"key":"k","version":"v"}', authorization())
    expect(reply).toMatchObject({
      status: 401,
      body: { code: 'unauthenticated', msg: expect.stringContaining(reason) },
    })
  })
})

describe('a request', () => {
  test.each([
    ['no JSON', 'nonsense'],
    ['null', 'null'],
    ['no key', '{"version":"v"}'],
    ['a comma in its key', '{"key":"a,b","version":"v"}'],
    ['a key of 513 characters', JSON.stringify({ key: 'k'.repeat(513), version: 'v' })],
  ])('with %s is a 400', async (_, body) => {
    expect((await post('CreateCacheEntry', body, `Bearer ${service.token()}`)).status).toBe(400)
  })

  test('of an unknown method is a 404', async () => {
    expect((await call('DeleteCacheEntry', {})).status).toBe(404)
    expect(service.requests).toMatchObject([{ operation: 'unknown', answer: 404 }])
  })

  test('always has an id in its reply, and is logged', async () => {
    const reply = await find({ key: 'k', restore_keys: ['r'] })
    expect(reply.headers.get('x-ms-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(service.requests).toMatchObject([
      {
        operation: 'GetCacheEntryDownloadURL',
        method: 'POST',
        answer: 200,
        message: { key: 'k', restore_keys: ['r'] },
      },
    ])
    service.forgetRequests()
    expect(service.requests).toEqual([])
  })
})
