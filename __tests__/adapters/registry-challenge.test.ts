import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { challengeOf } from '../../src/adapters/registry-challenge.js'

const BEARER = { scheme: 'bearer', realm: 'https://auth.example/token', service: 'registry.example' }

test.each([
  ['Bearer realm="https://auth.example/token",service="registry.example"', BEARER],
  ['bearer service="registry.example", realm="https://auth.example/token", scope="a,b"', BEARER],
  ['Bearer realm=https://auth.example/token,service=registry.example', BEARER],
  ['BEARER Realm = "https://auth.example/token" , Service = registry.example', BEARER],
  ['Basic realm="r", Bearer realm="https://auth.example/token",service="registry.example"', BEARER],
  ['Bearer realm="https://auth.example/token",service="registry.example", Basic realm="r"', BEARER],
  ['Negotiate, Bearer realm="https://auth.example/token",service="registry.example"', BEARER],
  ['Bearer realm="https://auth.example/token"', { ...BEARER, service: '' }],
  [
    'Bearer realm="https://auth.example/token?a=\\"b\\""',
    { ...BEARER, realm: 'https://auth.example/token?a="b"', service: '' },
  ],
  ['Basic realm="a Bearer of realm=x"', { scheme: 'basic' }],
  ['basic', { scheme: 'basic' }],
  ['Bearer service="s", Basic realm="r"', { scheme: 'basic' }],
  ['Bearer realm="no address", Basic realm="r"', { scheme: 'basic' }],
  ['', undefined],
  ['Negotiate', undefined],
  ['Bearer', undefined],
  ['Bearer service="s"', undefined],
])('the challenge %s', (header, challenge) => {
  expect(challengeOf(header)).toEqual(challenge)
})

test('any service is read as it was written, whatever stands around the scheme', () => {
  const others = fc.constantFrom('', 'Negotiate, ', 'Basic realm="x, y", ', 'Digest realm="z", nonce=abc, ')
  fc.assert(
    fc.property(fc.string(), others, (service, before) => {
      const quoted = service.replace(/[\\"]/g, '\\$&')
      const header = `${before}Bearer realm="${BEARER.realm}",service="${quoted}"`
      expect(challengeOf(header)).toEqual({ ...BEARER, service })
    }),
  )
})

test('no header makes it throw', () => {
  fc.assert(
    fc.property(fc.string(), (header) => {
      challengeOf(header)
    }),
  )
})
