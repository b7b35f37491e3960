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
    drafts: [{ service: service('api'), open: [] }],
    notices: [{ message: 'old' }],
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
    ['one that holds more', `${TEXT}\n`],
    ['something else', 'hello\nworld'],
  ])('%s', (_, text) => {
    expect(decodeMemo(text, '1.0.0')).toStrictEqual(NOTHING)
  })

  test('one that was cut anywhere', () => {
    for (let end = 0; end < TEXT.length; end++)
      expect(decodeMemo(TEXT.slice(0, end), '1.0.0')).toStrictEqual(NOTHING)
  })

  test('one of which any byte is another', () => {
    const bytes = Buffer.from(TEXT, 'utf8')
    for (const at of bytes.keys()) {
      const changed = Buffer.from(bytes)
      changed[at]! ^= 1
      expect(decodeMemo(changed.toString('utf8'), '1.0.0')).toStrictEqual(NOTHING)
    }
  })
})
