import { describe, expect, test } from '@jest/globals'
import { parseHidden, parsePaths, parseStatus } from '../../src/adapters/git-output.js'

const ID = '0123456789012345678901234567890123456789'

function records(...lines: string[]): Buffer {
  return Buffer.from(lines.map((line) => `${line}\0`).join(''), 'utf8')
}

describe('paths', () => {
  test.each([
    ['nothing', records(), []],
    ['one', records('a'), ['a']],
    ['several, each as it is', records('a b', 'é', 'x\ny', '"', ' '), ['a b', 'é', 'x\ny', '"', ' ']],
  ])('%s', (_, bytes, paths) => {
    expect(parsePaths(bytes)).toEqual(paths)
  })

  test('bytes that are not UTF-8 stay apart from each other and from all that are', () => {
    const names = [[0xff], [0xfe], [0xc3, 0xbf], [0xef, 0xbf, 0xbd], [0xc3], [0xff, 0xff]]
    const parsed = parsePaths(Buffer.concat(names.map((name) => Buffer.from([...name, 0]))))
    expect(new Set(parsed).size).toBe(names.length)
    expect(parsed.slice(2, 4)).toEqual(['ÿ', '\uFFFD'])
  })

  test('only the part of a path that is not UTF-8 is written differently', () => {
    const bytes = Buffer.concat([Buffer.from('é/'), Buffer.from([0xff]), Buffer.from('/b\0')])
    expect(parsePaths(bytes)[0]).toMatch(/^é\/[^/]+\/b$/)
  })
})

test('hidden paths are told apart: skipped ones are skipped, whatever else they are', () => {
  const bytes = records('H a', 'h b', 'S c d', 's e', 'm f', 'M g', 'C h')
  expect(parseHidden(bytes)).toEqual({ assumed: ['b', 'f'], skipped: ['c d', 'e'] })
})

describe('status', () => {
  const file = (path: string) => `1 .M N... 100644 100644 100644 ${ID} ${ID} ${path}`

  test.each([
    ['changed', file('a'), 'a'],
    ['changed, with spaces', file(' a  b '), ' a  b '],
    ['changed, with a line break', file('a\n? b'), 'a\n? b'],
    ['unmerged', `u UU N... 100644 100644 100644 100644 ${ID} ${ID} ${ID} a b`, 'a b'],
    ['untracked', '? a b', 'a b'],
    ['ignored', '! a', 'a'],
    ['a nested repository', '? a/', 'a/'],
    ['a submodule, as the folder it should be', `1 .M S.M. 160000 160000 160000 ${ID} ${ID} a`, 'a/'],
    ['a new submodule', `1 A. S... 000000 160000 160000 ${ID} ${ID} a b`, 'a b/'],
    ['an unmerged submodule', `u UU S... 160000 160000 160000 160000 ${ID} ${ID} ${ID} a`, 'a/'],
  ])('%s', (_, record, path) => {
    expect(parseStatus(records(record))).toEqual([path])
  })

  test.each(['2 R. N... renamed', '# branch.oid', 'x', '', '1', `1 .M N... 100644 ${ID} a`, '?'])(
    '%j is not overlooked',
    (record) => {
      expect(() => parseStatus(records(file('a'), record))).toThrow('git status printed a record')
    },
  )
})
