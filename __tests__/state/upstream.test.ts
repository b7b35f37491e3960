import { describe, expect, test } from '@jest/globals'
import { seal } from '../../src/state/sealed.js'
import { decodeDigests, encodeDigests } from '../../src/state/upstream.js'
import { digest } from '../fakes/images.js'

const DIGESTS = new Map([
  ['node:22', digest('b')],
  ['__proto__', digest('c')],
  ['10', digest('d')],
  ['alpine:3', digest('a')],
])
const TEXT = encodeDigests(DIGESTS)

test('what was encoded is decoded as it was', () => {
  for (const digests of [DIGESTS, new Map<string, string>()])
    expect(decodeDigests(encodeDigests(digests))).toEqual({ digests })
})

test('the order in which digests were found does not count', () => {
  expect(encodeDigests(new Map([...DIGESTS].reverse()))).toBe(TEXT)
})

describe('a text is refused', () => {
  test('wherever it is cut', () => {
    for (let end = 0; end < TEXT.length; end++)
      expect(decodeDigests(TEXT.slice(0, end))).toHaveProperty('problem')
  })

  const sealed = (value: unknown) =>
    seal(JSON.stringify(value), { header: 'smart-image-build-digest', version: '1' })
  test.each<[string, string, string]>([
    ['that is empty', '', 'it is not a digest file'],
    ['of another version', TEXT.replace(' 1 ', ' 2 '), 'its version 2 is not 1'],
    ['that is a list', sealed([digest('a')]), 'it is malformed'],
    ['that is null', sealed(null), 'it is malformed'],
    ['with a digest that is short', sealed({ a: 'sha256:1' }), 'it is malformed'],
    ['with more than a digest', sealed({ a: `${digest('a')}\n` }), 'it is malformed'],
    ['with a number', sealed({ a: 1 }), 'it is malformed'],
  ])('%s', (_description, text, problem) => {
    expect(decodeDigests(text)).toEqual({ problem })
  })
})
