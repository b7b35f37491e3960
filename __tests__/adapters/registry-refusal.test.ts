import { describe, expect, test } from '@jest/globals'
import type { RegistryAnswer } from '../../src/adapters/registry-client.js'
import { type Question, refusalOf } from '../../src/adapters/registry-refusal.js'

const image = { registry: 'r.example', repository: 'acme/api' }
const PUT: Question = { image, method: 'PUT', reference: 'v1' }

function answer(status: number, body = '', loggedIn = true): RegistryAnswer {
  return { status, body: Buffer.from(body), headers: new Headers(), loggedIn }
}

const error = (code: string, message = '') => JSON.stringify({ errors: [{ code, message }] })

describe('a tag that is refused is', () => {
  test.each([
    [
      'immutable',
      'Amazon ECR',
      400,
      error(
        'TAG_INVALID',
        "The image tag 'v1' already exists in the 'acme/api' repository and cannot be overwritten because the tag is immutable.",
      ),
    ],
    ['immutable', 'Amazon ECR, by its API', 400, 'ImageTagAlreadyExistsException'],
    [
      'immutable',
      'Google Artifact Registry',
      400,
      error('MANIFEST_INVALID', 'cannot update tag v1. The repository has enabled tag immutability'),
    ],
    [
      'immutable',
      'Harbor',
      412,
      error('PRECONDITION', "Failed to process request due to 'api:v1' configured as immutable."),
    ],
    [
      'immutable',
      'Azure',
      405,
      error(
        'REGISTRY_DISALLOWED_OPERATION',
        'The operation is disallowed on this registry, repository or image.',
      ),
    ],
    [
      'immutable',
      'Alibaba',
      403,
      error('DENIED', 'The requested tag already exists and cannot be overwritten.'),
    ],
    [
      'immutable',
      'Mirantis',
      400,
      'tag=v1 cannot be overwritten because r.example/acme/api is an immutable repository',
    ],
    ['immutable', 'Docker Hub or GitLab', 403, error('DENIED', 'tag v1 is immutable')],
    ['immutable', 'one that calls it a conflict', 409, error('TAG_IMMUTABLE')],
    ['immutable', 'Nexus', 400, 'Repository does not allow updating assets: docker'],
    ['denied', 'one that asks for a login', 401, error('UNAUTHORIZED')],
    ['denied', 'one that forbids it', 403, error('DENIED', 'permission_denied: write_package')],
    ['gone', 'one that lacks a layer', 400, error('MANIFEST_BLOB_UNKNOWN')],
    ['gone', 'one that lacks a child', 404, error('MANIFEST_UNKNOWN')],
    ['gone', 'one that lacks a blob', 400, error('BLOB_UNKNOWN')],
    ['gone', 'one that has no such repository', 404, error('NAME_UNKNOWN')],
    ['gone', 'one that says nothing', 404, ''],
    [
      'limit',
      'Amazon ECR with too many tags',
      400,
      error('LIMIT_EXCEEDED', 'The maximum number of tags per image was reached'),
    ],
    ['limit', 'Amazon ECR, by its API', 400, 'LimitExceededException'],
    ['limit', 'one with a quota', 403, error('DENIED', 'quota exceeded')],
    ['failed', 'one that has too many requests', 429, error('TOOMANYREQUESTS', 'rate limit exceeded')],
    ['failed', 'one that calls the manifest invalid', 400, error('MANIFEST_INVALID')],
    ['failed', 'one that is down', 503, 'quota service immutable'],
    ['failed', 'one that is only to be read', 405, error('UNSUPPORTED')],
  ])('%s: %s', (kind, _, status, body) => {
    expect(refusalOf(PUT, answer(status, body))).toMatchObject({ kind, reference: 'v1' })
  })

  test.each([
    [{ ...image, repository: 'acme/immutable' }, 'v1'],
    [image, 'quota'],
  ])('not called by words of its own name: %j:%s', (named, reference) => {
    const said = error('MANIFEST_INVALID', `${named.repository}:${reference}`)
    expect(refusalOf({ ...PUT, image: named, reference }, answer(400, said)).kind).toBe('failed')
  })
})

test.each(['GET', 'HEAD'] as const)('a %s is not refused for what only matters to writes', (method) => {
  const said = error('MANIFEST_BLOB_UNKNOWN', 'immutable, quota')
  expect(refusalOf({ ...PUT, method }, answer(400, said)).kind).toBe('failed')
  expect(refusalOf({ ...PUT, method }, answer(404)).kind).toBe('gone')
})

describe('the message', () => {
  test.each([401, 403])('of %d without a login says how to log in', (status) => {
    expect(refusalOf(PUT, answer(status, '', false)).failure).toEqual({
      kind: 'registry-denied',
      message:
        'r.example wants a login for r.example/acme/api:v1 and Docker has none; log in first (docker/login-action, or docker login r.example)',
    })
  })

  test('of a login that does not do names the host, the right and the answer', () => {
    expect(refusalOf(PUT, answer(403, error('DENIED'))).failure).toEqual({
      kind: 'registry-failed',
      message:
        'the registry answered 403 to PUT r.example/acme/api:v1: {"errors":[{"code":"DENIED","message":""}]}; log in to r.example as somebody who may push (docker/login-action, or docker login r.example)',
    })
  })

  test('of an image of Docker Hub names Docker Hub', () => {
    const { failure } = refusalOf({ ...PUT, image: { repository: 'acme/api' } }, answer(401, '', false))
    expect(failure.message).toMatch(/^docker\.io wants a login for acme\/api:v1/)
  })

  test('of a long answer holds its beginning', () => {
    expect(refusalOf(PUT, answer(500, 'x'.repeat(10_000))).failure.message.length).toBeLessThan(500)
  })
})
