import { expect, test } from '@jest/globals'
import fc from '../fakes/seeded.js'
import { digestOf, digestOfMap, FORMAT_VERSION, sortedEntries } from '../../src/fingerprint/encode.js'
import { CHARACTER } from '../fakes/characters.js'

/** Characters that a careless encoding would take for its own. */
const TEXT = fc.oneof(
  fc.string({ unit: CHARACTER, maxLength: 4 }),
  fc.string({ unit: fc.constantFrom('1', ':', ',', '\0', '\n', 'é', '😀'), maxLength: 4 }),
)
const LIST = fc.array(TEXT, { maxLength: 4 })

test('different lists have different digests', () => {
  fc.assert(
    fc.property(LIST, LIST, (one, other) => {
      const areEqual = JSON.stringify(one) === JSON.stringify(other)
      expect(digestOf(one) === digestOf(other)).toBe(areEqual)
    }),
    { numRuns: 500 },
  )
})

test('where one part ends and the next begins counts', () => {
  fc.assert(
    fc.property(LIST, fc.nat(), (list, at) => {
      fc.pre(list.length > 0)
      const whole = list.join('')
      const cut = at % (whole.length + 1)
      const other = [whole.slice(0, cut), whole.slice(cut)]
      fc.pre(JSON.stringify(list) !== JSON.stringify(other) && isWellFormed(other))
      expect(digestOf(list)).not.toBe(digestOf(other))
    }),
  )
})

test.each([
  ['nothing and an empty text', [], ['']],
  ['one empty text and two', [''], ['', '']],
  ['a text with the mark of a length', ['1:a'], ['', 'a']],
  ['a length in bytes and one in characters', ['é', 'a'], ['éa', '']],
])('%s differ', (_description, one, other) => {
  expect(digestOf(one)).not.toBe(digestOf(other))
})

test('the order of keys in a map does not count, of parts in a list it does', () => {
  expect(digestOfMap({ b: '2', a: '1' })).toBe(digestOfMap({ a: '1', b: '2' }))
  expect(digestOf(['a', 'b'])).not.toBe(digestOf(['b', 'a']))
})

test('a key and its value are not confused', () => {
  expect(digestOfMap({ a: 'b' })).not.toBe(digestOfMap({ b: 'a' }))
  expect(digestOfMap({ a: '', b: '' })).not.toBe(digestOfMap({ a: 'b' }))
})

test('keys are ordered by code unit, in any locale', () => {
  const keys = sortedEntries({ ä: 0, z: 0, Z: 0, a: 0, '10': 0, '9': 0, '': 0 }).map(([key]) => key)
  expect(keys).toEqual(['', '10', '9', 'Z', 'a', 'z', 'ä'])
})

/*
 * A change of these digests rebuilds every image of every user: it means a new FORMAT_VERSION and a major release.
 */
test.each([
  [[], 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  [['a'], '4162fddd39a3e4225e8e2392eced237fbeb34e6e218b5647d27bd4d2b9c0da24'],
  [['a', '', 'é😀\n\0'], '0a50ecf78fbb0b6177c309a14d04a86d2c9b2576bc344e525b2b54370a45f18d'],
])('the digest of %j is pinned', (parts, digest) => {
  expect(FORMAT_VERSION).toBe(2)
  expect(digestOf(parts)).toBe(digest)
})

function isWellFormed(texts: readonly string[]): boolean {
  return texts.every((text) => Buffer.from(text, 'utf8').toString('utf8') === text)
}
