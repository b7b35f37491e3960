import { describe, expect, test } from '@jest/globals'
import { textWidth } from '../../src/model/text-width.js'
import { textTable } from '../../src/report/text-table.js'
import { visible } from '../../src/report/visible.js'
import { CHARACTER } from '../fakes/characters.js'
import fc from '../fakes/seeded.js'

const rows = (...table: string[][]) => table.map((cells) => cells.map((text) => ({ text })))
const WHY = 'two files changed: a.go, b.go'

test('columns stand below each other, also those of wide characters', () => {
  expect(textTable(rows(['api', 'rebuild', WHY], ['日本', 'reuse', 'unchanged']), { color: false })).toEqual([
    `api   rebuild  ${WHY}`,
    '日本  reuse    unchanged',
  ])
})

test('numbers end where their column does, and a column without text takes no room', () => {
  const numbers = [
    [{ text: 'a' }, { text: '9.1 s', isNumber: true }, { text: '' }, { text: 'x' }],
    [{ text: 'b' }, { text: '12.3 s', isNumber: true }, { text: '' }, { text: 'y' }],
  ]
  expect(textTable(numbers, { color: false })).toEqual(['a   9.1 s  x', 'b  12.3 s  y'])
})

describe('where the terminal ends', () => {
  test('prose goes on in its own column', () => {
    expect(textTable(rows(['api', 'rebuild', `${WHY} and 3 more`]), { color: false, columns: 47 })).toEqual([
      'api  rebuild  two files changed: a.go, b.go and',
      '              3 more',
    ])
  })

  test('a path is broken after one of its folders', () => {
    const path = 'services/payments/internal/handlers/main.go'
    expect(textTable(rows(['api', 'rebuild', `file: ${path}`]), { color: false, columns: 46 })).toEqual([
      'api  rebuild  file:',
      '              services/payments/internal/',
      '              handlers/main.go',
    ])
  })

  test('prose that has no room beside the other columns stands below them', () => {
    const name = 'a-service-with-a-long-name'
    expect(textTable(rows([name, 'rebuild', WHY], ['b', 'skip', '']), { color: false, columns: 40 })).toEqual(
      [`${name}  rebuild`, `    ${WHY}`, `b                           skip`],
    )
  })

  test('no line of prose is wider, whatever it says, and nothing of it is lost', () => {
    const prose = fc.string({
      unit: fc.oneof(CHARACTER, fc.constantFrom(' ', '日', 'a', '/')),
      maxLength: 120,
    })
    fc.assert(
      fc.property(prose.map(visible), fc.integer({ min: 44, max: 100 }), (text, columns) => {
        const lines = textTable(rows(['api', 'rebuild', text]), { color: false, columns })
        for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(columns)
        const kept = lines.map((line) => line.slice('api  rebuild  '.length)).join('')
        expect(kept.replace(/\s/gu, '')).toBe(text.replace(/\s/gu, ''))
      }),
    )
  })
})
