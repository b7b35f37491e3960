import { describe, expect, test } from '@jest/globals'
import { causeOf, retryAfterOf } from '../../src/adapters/build-fault.js'

const SOLVE = 'ERROR: failed to build: failed to solve:'
const PUSH = `${SOLVE} failed to push localhost:5000/acme/api:fp-1:`
const UPLOAD = 'http://localhost:5000/v2/acme/api/blobs/uploads/'
/** Of a layer that BuildKit fetches late: Azure's answer, in several lines. */
const azure = (status: number, code: string) =>
  `GET https://productionresultssa0.blob.core.windows.net/actions-cache/abc\n---\nRESPONSE ${status}: ${status} x\nERROR CODE: ${code}`

interface Said {
  readonly text: string
  readonly step?: string
  readonly tail?: readonly string[]
}

function cause({ text, step = '', tail = [] }: Said): string {
  return causeOf({ text, step, tail })
}

// Texts without a source were printed by buildx 0.29 with BuildKit 0.25 when the fault was made.
describe('the cause is', () => {
  test.each([
    [
      '502',
      `${PUSH} unexpected status from PUT request to http://x/manifests/fp-1: 502 Bad Gateway: Bad Gateway`,
    ],
    [
      '503',
      `${PUSH} unexpected status from HEAD request to http://x/blobs/sha256:1: 503 Service Unavailable`,
    ],
    ['429', `${PUSH} toomanyrequests: slow down`],
    [
      '429 (docker/build-push-action#1194)',
      `${PUSH} failed commit on ref "index-sha256:1": unexpected status from PUT request to https://x/manifests/fp-1: 429 Too Many Requests`,
    ],
    [
      'reset',
      `${PUSH} failed to do request: Put "${UPLOAD}": read tcp 1:1->1:2: read: connection reset by peer`,
    ],
    ['end', `${PUSH} failed to do request: Put "${UPLOAD}": EOF`],
    [
      'a connection that was reset while it was written to',
      `${PUSH} failed to do request: Put "${UPLOAD}": readfrom tcp 1:1->1:2: write tcp 1:1->1:2: use of closed network connection`,
    ],
    ['broken pipe', `${PUSH} failed to copy: failed to do request: Put "${UPLOAD}": write: broken pipe`],
    ['timeout', `${PUSH} failed to do request: Head "${UPLOAD}": dial tcp 1.2.3.4:443: i/o timeout`],
    [
      'refusal',
      `${PUSH} failed to do request: Head "${UPLOAD}": dial tcp [::1]:1: connect: connection refused`,
    ],
  ])('the registry, for a push that ends with a %s', (_, text) => {
    expect(cause({ text })).toBe('registry')
  })

  test.each([
    ['denied', `${PUSH} denied: no`],
    ['without a login', `${PUSH} unexpected status from POST request to ${UPLOAD}: 401 Unauthorized`],
    ['to a tag that is kept', `${PUSH} unexpected status from PUT request to http://x: 400 Bad Request`],
    [
      'to a host without a name',
      `${PUSH} failed to do request: Head "x": dial tcp: lookup nowhere: no such host`,
    ],
  ])('the code, for a push that is refused: %s', (_, text) => {
    expect(cause({ text })).toBe('code')
  })

  test.each([
    ['a layer that is gone', `${SOLVE} failed to compute cache key: blob sha256:043e not found`],
    [
      'a layer that is gone, in old words (moby/buildkit#2332)',
      `${SOLVE} failed to compute cache key: blob not found`,
    ],
    ['a layer that Azure has no more', `${SOLVE} ${azure(404, 'BlobNotFound')}`],
    [
      'one that it does not give out, at the push (docker/bake-action#313)',
      `${PUSH} failed to copy: ${azure(403, 'AuthenticationFailed')}`,
    ],
  ])('the cache that is read, for %s', (_, text) => {
    expect(cause({ text })).toBe('cache-import')
  })

  test.each([
    ['a cache that may only be read', { text: `${SOLVE} failed to reserve cache: permission_denied` }],
    ['whatever ends the export to gha', { text: `${SOLVE} x`, step: 'exporting to GitHub Actions Cache' }],
    [
      'whatever ends another export',
      { text: `${SOLVE} 502 Bad Gateway`, step: 'exporting cache to registry' },
    ],
    ['a layer that cannot be left', { text: `${SOLVE} error writing layer blob: denied` }],
  ])('the cache that is written, for %s', (_, said) => {
    expect(cause(said)).toBe('cache-export')
  })

  test.each([
    `${SOLVE} ResourceExhausted: write /var/lib/buildkit/runc-overlayfs/snapshots/snapshots/3/fs/big: no space left on device`,
    `${SOLVE} ResourceExhausted: failed to read dockerfile: failed to add snapshot x to lease: write /var/lib/buildkit/containerdmeta.db: no space left on device`,
  ])('the disk: %s', (text) => {
    expect(cause({ text })).toBe('disk')
  })

  test.each([
    'ERROR: failed to build: failed to receive status: rpc error: code = Unavailable desc = error reading from server: command [docker exec -i d buildctl dial-stdio] has exited with exit status 137',
    'ERROR: failed to build: failed to receive status: rpc error: code = Unavailable desc = closing transport due to: connection error: desc = "error reading from server: EOF", received prior goaway: code: NO_ERROR, debug data: "graceful_stop"',
    'ERROR: failed to build: context deadline exceeded',
    // moby/buildkit#1222
    'ERROR: failed to receive status: rpc error: code = Unavailable desc = transport is closing',
    'ERROR: failed to build: failed to solve: Unavailable: error reading from server: EOF',
    // moby/buildkit#2546
    'ERROR: failed to dial gRPC: rpc error: code = Unavailable desc = connection closed',
  ])('the builder: %s', (text) => {
    expect(cause({ text })).toBe('builder')
  })
})

describe('a command that failed is the code', () => {
  const failed = (command: string) =>
    `${SOLVE} process "/bin/sh -c ${command}" did not complete successfully: exit code: 1`

  test.each([
    'false',
    'echo failed to push: 502 Bad Gateway',
    'echo BlobNotFound blob not found',
    'echo rpc error: code = Unavailable',
    'echo no space left on device',
  ])('whatever its text is: %s', (command) => {
    expect(cause({ text: failed(command), step: `[2/2] RUN ${command}` })).toBe('code')
  })

  test('and whatever it printed', () => {
    const tail = ['npm error 502 Bad Gateway', 'failed to push', 'connection reset by peer']
    expect(cause({ text: failed('npm ci'), tail })).toBe('code')
  })

  test('but where it printed that the disk is full', () => {
    const tail = ["dd: error writing '/x': No space left on device"]
    expect(cause({ text: failed('dd'), tail })).toBe('disk')
  })
})

test.each(['', 'ERROR: failed to build: failed to solve: something new', 'ERROR: no builder "x" found'])(
  'what is not known is the code: %j',
  (text) => {
    expect(cause({ text })).toBe('code')
  },
)

// chainguard-images/images#173
test.each([
  ['toomanyrequests: retry-after: 10.305464ms, allowed: 2000/minute', 11],
  ['toomanyrequests: retry-after: 804.4µs, allowed: 44000/minute', 1],
  ['toomanyrequests: retry-after: 1m2.5s, allowed: 44000/minute', 62_500],
  ['toomanyrequests: slow down', undefined],
  ['retry-after: soon', undefined],
])('%j asks for a wait of %j ms', (text, milliseconds) => {
  expect(retryAfterOf(text)).toBe(milliseconds)
})
