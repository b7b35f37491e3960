import type { IncomingHttpHeaders } from 'node:http'
import type { Blob } from './cache-service-store.js'

export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Buffer
}

export interface BlobRequest {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/**
 * The calls of Azure's Blob Storage that the cache clients make, on one blob: Put Blob, Put Block, Put Block List,
 * Get Blob with a range, Get Blob Properties (headers, codes and errors as in its REST reference).
 */
export function answerBlobRequest(blob: Blob, request: BlobRequest): Answer {
  switch (`${request.method} ${request.url.searchParams.get('comp') ?? ''}`) {
    case 'PUT ':
      return putBlob(blob, request)
    case 'PUT block':
      blob.blocks.set(request.url.searchParams.get('blockid') ?? '', request.body)
      return { status: 201 }
    case 'PUT blocklist':
      return putBlockList(blob, request)
    case 'GET ':
    case 'HEAD ':
      return getBlob(blob, request)
    default:
      return blobError(400, 'UnsupportedQueryParameter')
  }
}

export function blobError(status: number, code: string): Answer {
  const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`
  return {
    status,
    headers: { 'content-type': 'application/xml', 'x-ms-error-code': code },
    body: Buffer.from(body),
  }
}

function putBlob(blob: Blob, { headers, body }: BlobRequest): Answer {
  if (headers['x-ms-blob-type'] !== 'BlockBlob') return blobError(400, 'InvalidHeaderValue')
  blob.bytes = body
  return { status: 201, headers: validators(body) }
}

/** The list names blocks in order, each as `<Latest>ID</Latest>`; a block it leaves out is dropped. */
function putBlockList(blob: Blob, { body }: BlobRequest): Answer {
  const ids = [...body.toString('utf8').matchAll(/<(?:Latest|Uncommitted|Committed)>([^<]*)</g)].map(
    ([, id]) => id ?? '',
  )
  const blocks = ids.map((id) => blob.blocks.get(id))
  if (!blocks.every((block) => block !== undefined)) return blobError(400, 'InvalidBlockList')
  blob.bytes = Buffer.concat(blocks)
  blob.blocks.clear()
  return { status: 201, headers: validators(blob.bytes) }
}

function getBlob(blob: Blob, { headers, method }: BlobRequest): Answer {
  const { bytes } = blob
  if (bytes === undefined) return blobError(404, 'BlobNotFound')
  const common = { 'accept-ranges': 'bytes', 'x-ms-blob-type': 'BlockBlob', ...validators(bytes) }
  const asked = headers['x-ms-range'] ?? headers.range
  // Get Blob Properties has no ranges: its length is that of the blob.
  if (method === 'HEAD' || typeof asked !== 'string') return { status: 200, headers: common, body: bytes }
  const range = parseRange(asked, bytes.length)
  if (!range) return blobError(416, 'InvalidRange')
  const contentRange = `bytes ${range.start}-${range.end}/${bytes.length}`
  return {
    status: 206,
    headers: { ...common, 'content-range': contentRange },
    body: bytes.subarray(range.start, range.end + 1),
  }
}

/** `bytes=a-b` or `bytes=a-`; undefined where it has no byte, which is so for every range of an empty blob. */
function parseRange(text: string, length: number): { start: number; end: number } | undefined {
  const { start, end } = /^bytes=(?<start>\d+)-(?<end>\d*)$/.exec(text)?.groups ?? {}
  if (start === undefined || Number(start) >= length) return undefined
  const last = end === undefined || end === '' ? length - 1 : Math.min(Number(end), length - 1)
  return last < Number(start) ? undefined : { start: Number(start), end: last }
}

/** A download that is resumed asks for the same ETag. */
function validators(bytes: Buffer): Record<string, string> {
  return { etag: `"0x${bytes.length.toString(16)}"`, 'last-modified': 'Mon, 01 Jan 2024 00:00:00 GMT' }
}
