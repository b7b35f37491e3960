import { describe, expect, test } from '@jest/globals'
import type { Memo, Remembered } from '../../src/model/memo.js'
import { decodeMemo, encodeMemo } from '../../src/state/memo.js'
import { service } from '../fakes/images.js'

const REMEMBERED: Remembered = {
  inputs: {
    definition: 'd'.repeat(64),
    files: 'f'.repeat(64),
    fileCount: 3,
    declaredArgs: ['A'],
    references: { base: 'docker-image://é' },
    images: ['alpine:3'],
    missing: [{ path: 'x\n', line: 2 }],
    uncommitted: [],
  },
  fingerprint: { digest: 'e'.repeat(64), settings: { buildArgs: { A: 'a' }, options: { platforms: '[]' } } },
  notices: [{ message: 'careful' }, { message: 'here', place: { file: 'a', line: 1, column: 2 } }],
  roughly: ['napi'],
  roughValue: '1',
  exactly: JSON.stringify(['napi/a', 'napi/\0þ']),
  exactValue: '2',
}
const MEMO: Memo = {
  answers: new Map([
    ['question', REMEMBERED],
    ['__proto__', { ...REMEMBERED, notices: [] }],
  ]),
  config: {
    key: 'k'.repeat(64),
    reusePullRequests: true,
    drafts: [{ service: { ...service('api'), loadAs: 'shop-api:latest' }, open: [] }],
    notices: [{ message: 'old' }],
  },
  whole: {
    key: 'k linux/amd64',
    needs: ['napi'],
    value: '3',
    fingerprints: [['e'.repeat(64), 3]],
    notices: [{ message: 'careful' }],
  },
}
const NOTHING: Memo = { answers: new Map() }
const TEXT = encodeMemo(MEMO, '1.0.0')

test('what was encoded is decoded as it was', () => {
  expect(decodeMemo(TEXT, '1.0.0')).toEqual(MEMO)
  for (const memo of [NOTHING, { answers: MEMO.answers }])
    expect(decodeMemo(encodeMemo(memo, '1.0.0'), '1.0.0')).toStrictEqual(memo)
  expect(encodeMemo(decodeMemo(TEXT, '1.0.0'), '1.0.0')).toBe(TEXT)
})

describe('empty is', () => {
  test.each([
    ['none', undefined],
    ['an empty one', ''],
    ['one of other software', encodeMemo(MEMO, '1.0.1')],
    ['a state', TEXT.replace('-memo', '-state')],
    ['something else', 'hello\nworld\nand\nmore'],
  ])('%s', (_, text) => {
    expect(decodeMemo(text, '1.0.0')).toStrictEqual(NOTHING)
  })
})

describe('of one that is damaged nothing is believed but the part that is whole', () => {
  /** Length of what stands before the answers. */
  const head = TEXT.split('\n').slice(0, 2).join('\n').length

  test('where it was cut', () => {
    for (let end = 0; end < TEXT.length; end++)
      expectPart(decodeMemo(TEXT.slice(0, end), '1.0.0'), end >= head)
  })

  test('where any byte is another', () => {
    const bytes = Buffer.from(TEXT, 'utf8')
    for (const at of bytes.keys()) {
      const changed = Buffer.from(bytes)
      changed[at]! ^= 1
      expectPart(decodeMemo(changed.toString('utf8'), '1.0.0'), at > head)
    }
  })

  function expectPart(decoded: Memo, isHeadWhole: boolean): void {
    expect(decoded).toEqual(isHeadWhole ? { ...MEMO, answers: new Map() } : NOTHING)
  }
})
