import { expect, test, describe } from '@jest/globals'
import { answerBlobRequest, type Answer } from './cache-service-blobs.js'
import { startCacheService } from './cache-service.js'
import type { Blob } from './cache-service-store.js'

function blobOf(text: string | undefined): Blob {
  return { id: 'id', blocks: new Map(), bytes: text === undefined ? undefined : Buffer.from(text) }
}

interface Sent {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

function ask(
  blob: Blob,
  [method, query]: readonly [string, string],
  { headers = {}, body = '' }: Sent = {},
): Answer {
  const url = new URL(`http://127.0.0.1/account/actions-cache/id?${query}`)
  return answerBlobRequest(blob, { method, url, headers, body: Buffer.from(body) })
}

test('blocks become readable in the order of the committed list, without those it leaves out', () => {
  const blob = blobOf(undefined)
  for (const [id, body] of Object.entries({ QQ: 'a', Qg: 'b', Qw: 'c' })) {
    expect(ask(blob, ['PUT', `comp=block&blockid=${id}`], { body }).status).toBe(201)
  }
  expect(ask(blob, ['GET', '']).status).toBe(404)
  const body = '<?xml version="1.0"?><BlockList><Latest>Qw</Latest><Latest>QQ</Latest></BlockList>'
  expect(ask(blob, ['PUT', 'comp=blocklist'], { body }).status).toBe(201)
  expect(ask(blob, ['GET', '']).body?.toString()).toBe('ca')
})

test.each([
  ['a list with an unknown block', { request: ['PUT', 'comp=blocklist'], body: '<Latest>QQ</Latest>' }],
  ['an upload without its type', { request: ['PUT', ''], body: 'x' }],
  ['an operation nobody needs', { request: ['PUT', 'comp=lease'], body: '' }],
  ['a deletion', { request: ['DELETE', ''], body: '' }],
] as const)('%s is refused', (_, { request, body }) => {
  const blob = blobOf('before')
  expect(ask(blob, request, { body })).toMatchObject({
    status: 400,
    headers: { 'x-ms-error-code': expect.any(String) },
  })
  expect(blob.bytes?.toString()).toBe('before')
})

describe.each(['range', 'x-ms-range'])('the header %s', (name) => {
  test.each([
    ['bytes=0-', 'bytes 0-4/5', 'abcde'],
    ['bytes=1-2', 'bytes 1-2/5', 'bc'],
    ['bytes=3-99', 'bytes 3-4/5', 'de'],
  ])('with %s gives %s', (range, contentRange, text) => {
    const answer = ask(blobOf('abcde'), ['GET', ''], { headers: { [name]: range } })
    expect(answer).toMatchObject({ status: 206, headers: { 'content-range': contentRange } })
    expect(answer.body?.toString()).toBe(text)
  })

  test.each(['bytes=5-', 'bytes=2-1', 'lines=1-2'])('with %s is refused', (range) => {
    expect(ask(blobOf('abcde'), ['GET', ''], { headers: { [name]: range } }).status).toBe(416)
  })
})

test('every range of an empty blob is refused, the whole of it is not', () => {
  expect(ask(blobOf(''), ['GET', ''], { headers: { range: 'bytes=0-' } }).status).toBe(416)
  expect(ask(blobOf(''), ['GET', '']).status).toBe(200)
})

describe('over HTTP', () => {
  test('a signed URL permits one use of one blob; its properties have no body', async () => {
    const service = await startCacheService()
    try {
      const call = async (operation: string, message: object) => {
        const response = await fetch(
          `${service.url}twirp/github.actions.results.api.v1.CacheService/${operation}`,
          {
            method: 'POST',
            headers: { authorization: `Bearer ${service.token()}` },
            body: JSON.stringify({ version: 'v', ...message }),
          },
        )
        return (await response.json()) as Record<string, string>
      }
      const headers = { 'x-ms-blob-type': 'BlockBlob' }
      const upload = (await call('CreateCacheEntry', { key: 'k' }))['signed_upload_url']!
      expect((await fetch(upload, { method: 'PUT', headers, body: 'abcde' })).status).toBe(201)
      await call('FinalizeCacheEntryUpload', { key: 'k', size_bytes: 5 })
      const download = (await call('GetCacheEntryDownloadURL', { key: 'k' }))['signed_download_url']!
      const other = (await call('CreateCacheEntry', { key: 'k2' }))['signed_upload_url']!
      const stolen = new URL(new URL(upload).search, other)

      expect((await fetch(upload)).status).toBe(403)
      expect((await fetch(download, { method: 'PUT', headers, body: 'x' })).status).toBe(403)
      expect((await fetch(stolen, { method: 'PUT', headers, body: 'x' })).status).toBe(403)
      expect((await fetch(download.replace(/sig=.*/, ''))).status).toBe(403)
      const properties = await fetch(download, { method: 'HEAD' })
      expect([properties.status, properties.headers.get('content-length')]).toEqual([200, '5'])
      service.clear()
      expect((await fetch(download)).status).toBe(404)
    } finally {
      await service.close()
    }
  })
})
