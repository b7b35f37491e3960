import { describe, expect, test } from '@jest/globals'
import fc from '../fakes/seeded.js'
import { isWildcard, literalName, quoted, wildcard } from '../../src/fingerprint/wildcard.js'

/** Each row is what Go's filepath.Match says. */
describe('a pattern matches as in Go', () => {
  test.each<[pattern: string, matches: readonly string[], others: readonly string[]]>([
    ['*', ['', 'a', '.a', 'a.b', 'é', 'a\nb'], []],
    ['?', ['a', '.', 'é', '漢', '😀', '\n'], ['', 'ab']],
    ['*.md', ['.md', 'a.md', 'a.b.md'], ['a.mdx', 'a.MD', 'amd']],
    ['**', ['', 'a', 'ab'], []],
    ['a*b*c', ['abc', 'a-b-c', 'abbcc'], ['ab', 'acb', 'abcd']],
    ['package*.json', ['package.json', 'package-lock.json'], ['package.jsonc', 'xpackage.json']],
    ['[abc]', ['a', 'c'], ['d', 'A', 'ab']],
    ['[a-c]x', ['ax', 'cx'], ['dx', '-x']],
    ['[a-cx-z0]', ['b', 'y', '0'], ['d', '1', '-']],
    ['[é-ü]', ['ê', 'ü'], ['e']],
    ['[😀]', ['😀'], ['😁', '\ud83d']],
    ['[c-a]', [], ['a', 'b', 'c', '-', '']],
    ['[c-ax]', ['x'], ['a', 'b']],
    ['[!a]', ['!', 'a'], ['b']],
    ['[a^]', ['a', '^'], ['b']],
    ['[\\]]', [']'], ['\\', 'a']],
    ['[\\-]', ['-'], ['\\', 'a']],
    ['[\\^a]', ['^', 'a'], ['b', '\\']],
    ['[[]', ['['], ['[[', '']],
    ['[a[]', ['a', '['], [']']],
    ['[*?]', ['*', '?'], ['a']],
    ['[a]]', ['a]'], ['a', ']']],
    ['[.]a', ['.a'], ['xa']],
    ['\\**', ['*', '*a'], ['a', '\\a']],
    ['\\?*', ['?', '?a'], ['a?']],
    ['\\[a]*', ['[a]', '[a]b'], ['a']],
    ['\\a*', ['a', 'ab'], ['\\a']],
    ['\\\\*', ['\\', '\\a'], ['a']],
    ['a]*', ['a]', 'a]b'], ['a']],
    ['{a,b}*', ['{a,b}', '{a,b}c'], ['a', 'b']],
    ['a.*', ['a.', 'a.b'], ['axb', 'a']],
    ['(a|b)+*', ['(a|b)+', '(a|b)+x'], ['a', 'aa']],
    ['^a$*', ['^a$'], ['a']],
    ['[$-&]', ['$', '%', '&'], ["'", '#']],
  ])('%j', (pattern, matches, others) => {
    const compiled = wildcard(pattern)
    expect([...matches, ...others].filter((name) => compiled?.test(name))).toEqual(matches)
  })
})

test.each([
  ['a class without an end', '[a'],
  ['a class with nothing in it', '[]'],
  ['a class that starts with its end', '[]a]'],
  ['a range without an end', '[a-]'],
  ['a range without a start', '[-a]'],
  ['a range from the mark of ranges on', '[--0]'],
  ['a backslash at the end', 'a*\\'],
  ['a backslash at the end of a class', '[a\\'],
  ['only a mark of all others', '[^]'],
])('%s is no pattern', (_description, pattern) => {
  expect(wildcard(pattern)).toBeUndefined()
})

test.each(['[^a]', '[!-a]', '[\\.-0]', 'x[^b-c]y'])(
  '%s would match the slash between two parts, so that it is not answered',
  (pattern) => {
    expect(wildcard(pattern)).toBeUndefined()
  },
)

test.each<[string, boolean]>([
  ['a', false],
  ['a]', false],
  ['*', true],
  ['a?', true],
  ['[a]', true],
  ['[', true],
  ['\\*', false],
  ['\\[a]', false],
  ['\\\\*', true],
  ['a\\', false],
  ['\\a*', true],
  ['\n*', true],
])('whether %j is a pattern: %j', (part, is) => {
  expect(isWildcard(part)).toBe(is)
})

test.each([
  ['a', 'a'],
  ['\\*', '*'],
  ['\\\\', '\\'],
  ['a\\b', 'ab'],
  // As in `a\/b`, where it stands before the slash.
  ['a\\', 'a'],
])('%j names %j', (part, name) => {
  expect(literalName(part)).toBe(name)
})

test('a quoted name is no pattern and means itself', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', '*', '?', '[', ']', '\\', '^', '-', 'é') }),
      (name) => {
        expect(isWildcard(quoted(name))).toBe(false)
        expect(literalName(quoted(name))).toBe(name)
      },
    ),
  )
})
