import { describe, expect, test } from '@jest/globals'
import { parseImage, parseRegistry, withRegistry } from '../../src/config/image.js'
import { fullName } from '../../src/model/service.js'

describe('an image', () => {
  test.each([
    ['backend', { repository: 'backend' }],
    ['Naytife/Back-End', { repository: 'naytife/back-end' }],
    ['my.app', { repository: 'my.app' }],
    ['a__b/c--d', { repository: 'a__b/c--d' }],
    ['ghcr.io/acme/api', { registry: 'ghcr.io', repository: 'acme/api' }],
    ['localhost/api', { registry: 'localhost', repository: 'api' }],
    ['localhost:5000/api', { registry: 'localhost:5000', repository: 'api' }],
    ['registry:5000/api', { registry: 'registry:5000', repository: 'api' }],
    ['[::1]:5000/api', { registry: '[::1]:5000', repository: 'api' }],
  ])('%s is understood', (text, expected) => {
    expect(parseImage(text)).toEqual({ value: expected })
  })

  test.each([
    ['api:1.0', 'remove `:1.0`: tags are said by `tags`, not in the name'],
    ['ghcr.io/acme/api:1.0', 'remove `:1.0`: tags are said by `tags`, not in the name'],
    ['api@sha256:00', 'remove `@sha256:00`: tags are said by `tags`, not in the name'],
    ['https://ghcr.io/api', 'remove `https://`: write `ghcr.io/api`'],
    ['a//b', expect.stringContaining('`a//b` is not a valid image name')],
    ['/a', expect.stringContaining('not a valid image name')],
    ['a/', expect.stringContaining('not a valid image name')],
    ['a..b', expect.stringContaining('not a valid image name')],
    ['a b', expect.stringContaining('not a valid image name')],
    ['gh_cr.io/a', '`gh_cr.io` is not a valid registry host'],
  ])('%s is refused', (text, problem) => {
    expect(parseImage(text)).toEqual({ problem })
  })
})

describe('a registry', () => {
  test.each([
    ['ghcr.io/acme', { host: 'ghcr.io', path: 'acme' }],
    ['GHCR.io/Acme/', { host: 'ghcr.io', path: 'acme' }],
    ['ghcr.io', { host: 'ghcr.io', path: '' }],
    ['localhost:5000', { host: 'localhost:5000', path: '' }],
    ['1.dkr.ecr.eu-west-1.amazonaws.com/a/b', { host: '1.dkr.ecr.eu-west-1.amazonaws.com', path: 'a/b' }],
  ])('%s is understood', (text, expected) => {
    expect(parseRegistry(text)).toEqual({ value: expected })
  })

  test.each([
    ['https://ghcr.io/acme', 'remove `https://`: write `ghcr.io/acme`'],
    ['ghcr.io/acme:latest', 'remove `:latest`: a registry prefix has no tag and no digest'],
    ['acme', '`acme` is no registry host; for Docker Hub write `docker.io/acme`'],
    ['-.io/acme', '`-.io` is not a valid registry host'],
    ['ghcr.io/a b', expect.stringContaining('`a b` is not a valid part of an image name')],
  ])('%s is refused', (text, problem) => {
    expect(parseRegistry(text)).toEqual({ problem })
  })
})

test.each([
  ['goes before an image', 'api', 'ghcr.io/acme/api'],
  ['keeps the path of an image', 'x/api', 'ghcr.io/acme/x/api'],
  ['stays away from the registry of another', 'quay.io/api', 'quay.io/api'],
])('a registry %s', (_case, text, expected) => {
  const image = parseImage(text)
  if ('problem' in image) throw new Error(image.problem)
  expect(fullName(withRegistry(image.value, { host: 'ghcr.io', path: 'acme' }))).toBe(expected)
  expect(fullName(withRegistry(image.value, undefined))).toBe(text)
})

test('a registry may be a host alone', () => {
  expect(withRegistry({ repository: 'api' }, { host: 'ghcr.io', path: '' })).toEqual({
    registry: 'ghcr.io',
    repository: 'api',
  })
})
