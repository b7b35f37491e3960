import { expect, test } from '@jest/globals'
import { cutToWidth, headOfWidth, textWidth } from '../../src/model/text-width.js'
import { CHARACTER } from '../fakes/characters.js'
import fc from '../fakes/seeded.js'

test.each([
  ['', 0],
  ['plain', 5],
  ['naïve', 5],
  ['nai\u0308ve', 5],
  ['日本語', 6],
  ['서비스', 6],
  ['ｶﾀｶﾅ', 4],
  ['カタカナ', 8],
  ['Ａ１', 4],
  ['🚀 go', 5],
])('%j takes %d columns', (text, width) => {
  expect(textWidth(text)).toBe(width)
})

test.each([
  ['backend', 7, 'backend'],
  ['backend', 6, 'backe…'],
  ['日本語', 6, '日本語'],
  ['日本語', 5, '日本…'],
  ['日本語', 4, '日…'],
])('%j in %d columns is %j', (text, columns, cut) => {
  expect(cutToWidth(text, columns)).toBe(cut)
})

test('what is cut never takes more columns than there are, and loses nothing that would fit', () => {
  const text = fc.string({
    unit: fc.oneof(CHARACTER, fc.constantFrom('日', 'e\u0301', '🚀', 'a')),
    maxLength: 30,
  })
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 40 }), (whole, columns) => {
      expect(textWidth(cutToWidth(whole, columns))).toBeLessThanOrEqual(columns)
      const head = headOfWidth(whole, columns)
      expect(whole.startsWith(head)).toBe(true)
      const [next = ''] = Array.from(whole.slice(head.length))
      expect(next === '' || textWidth(head + next) > columns).toBe(true)
    }),
  )
})
