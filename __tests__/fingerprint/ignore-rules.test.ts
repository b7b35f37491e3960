import { describe, expect, test } from '@jest/globals'
import fc from '../fakes/seeded.js'
import { IgnoreRules } from '../../src/fingerprint/ignore-rules.js'
import { failuresOf, valueOf } from '../fakes/images.js'

function dropped(text: string, paths: readonly string[]): string[] {
  const rules = valueOf(IgnoreRules.parse(text, '.dockerignore'))
  return paths.filter((path) => rules.drops(path))
}

/** A row of a table: what the rules mean, the rules, paths they drop, paths they keep. */
type Row = readonly [description: string, text: string, drops: readonly string[], keeps: readonly string[]]

function holds(...[, text, drops, keeps]: Row): void {
  expect(dropped(text, [...drops, ...keeps])).toEqual(drops)
}

describe('a pattern', () => {
  test.each<Row>([
    ['names a path from the root of the context', 'a/b', ['a/b', 'a/b/c'], ['b', 'x/a/b', 'a', 'a/bc']],
    ['on a folder holds for all that is in it', 'docs', ['docs/a', 'docs/a/b.md'], ['docs.md', 'a/docs']],
    ['* stays within a folder', '*.md', ['a.md', '.md'], ['a/b.md', 'a.mdx']],
    ['* within a path', 'a/*/c', ['a/b/c', 'a/b/c/d'], ['a/c', 'a/b/b/c']],
    ['* alone drops all, as all lies in what it names', '*', ['a', 'a/b/c', '.x'], []],
    ['? is one character, not a slash', 'a?c', ['abc', 'aéc'], ['ac', 'a/c', 'abbc']],
    ['[a-z] is one of a range', 'a[x-z]', ['ax', 'az'], ['aw', 'a-', 'a']],
    ['[^a] is any other, a slash too', 'x[^a]y', ['xby', 'x/y'], ['xay', 'xy']],
    ['[!a] is no negation', 'x[!a]', ['x!', 'xa'], ['xb']],
    ['[[] and [\\]] are brackets', 'a[[][\\]]', ['a[]'], ['a[', 'a]', 'a']],
    ['[.] is a dot and no other', 'a[.]b', ['a.b'], ['axb']],
    ['a backslash takes a wildcard as it is', 'a\\*', ['a*'], ['ab', 'a\\b']],
    ['a closing bracket alone is a character', 'a]*', ['a]', 'a]b'], ['a']],
    [
      'what means something in expressions means itself',
      'a\\+\\(b\\|c\\).\\{2\\}$*',
      ['a+(b|c).{2}$'],
      ['ab', 'aab'],
    ],
    ['letters differ by case', 'README*', ['README'], ['readme']],
    ['any letter of any script counts as one', '?', ['é', '漢', '😀'], ['ab']],
  ])('%s', holds)
})

describe('two stars', () => {
  test.each<Row>([
    ['alone are everything', '**', ['a', 'a/b/c'], []],
    ['before a name find it at any depth', '**/x', ['x', 'a/x', 'a/b/x/c'], ['xa', 'a/xa', 'ax']],
    ['before a text are all that ends so', '**x', ['x', 'ax', 'a/bx'], ['xa']],
    ['after a folder are what is in it', 'x/**', ['x/a', 'x/a/b'], ['x', 'xa']],
    ['after a text are all that starts so', 'x**', ['x', 'xa', 'x/a', 'xa/b'], ['ax', 'a/x']],
    ['between folders are any number of them', 'a/**/b', ['a/b', 'a/x/b', 'a/x/y/b'], ['ab', 'a/xb']],
    ['before a wildcard', '**/*.md', ['a.md', 'a/b.md', 'a/b/c.md'], ['a.mdx', 'a/b']],
    ['on both sides', '**/node_modules/**', ['node_modules/a', 'a/node_modules/b/c'], ['node_modules', 'a']],
    ['with a third are no different', '***', ['a', 'a/b'], []],
    ['do not cross a line break in a name', '!keep\n**a?', ['ab'], ['x\nab']],
    ['cross other odd characters in a name', '**a?', ['x\r/ab', 'x\u2028/ab'], []],
  ])('%s', holds)
})

describe('a line', () => {
  test.each<Row>([
    ['may start with a slash', '/a', ['a', 'a/b'], ['b/a']],
    ['may start with a dot and a slash', './a', ['a'], ['b/a']],
    ['may end with a slash', 'a/', ['a', 'a/b'], ['ab']],
    ['may hold what cancels out', 'a/../b//c/.', ['b/c'], ['a', 'b']],
    ['loses the space around it', '  a \t', ['a'], ['a ', ' a']],
    ['keeps the space within', 'a b', ['a b'], ['a', 'b']],
    ['may be empty', '\n\n  \na\n\n', ['a'], ['b']],
    ['that starts with # is a comment', '#a\n#\nb', ['b'], ['a', '#a']],
    ['with a space before # is a pattern', ' #a', ['#a'], ['a']],
    ['with # further on is a pattern', 'a#b', ['a#b'], ['a']],
    ['may end as on Windows', 'a\r\n!a/b\r\n', ['a/c'], ['a/b']],
    ['may be the last without an end', 'x\na', ['a', 'x'], ['b']],
    ['may name what lies outside, which nothing does', '../a\n..\n.', [], ['a', '..a']],
    ['may be a slash alone, which nothing is', '/', [], ['a']],
    ['loses spaces that are left after its slash', '/ a', ['a'], [' a']],
  ])('%s', holds)

  test.each<Row>([
    ['at the start of the file says nothing', '\uFEFFa\nb', ['a', 'b'], []],
    ['before a comment leaves it one', '\uFEFF#a', [], ['a', '#a']],
    ['in a later line belongs to the name', 'x\n\uFEFFa', ['x', '\uFEFFa'], ['a']],
  ])('a byte order mark %s', holds)
})

describe('an exception', () => {
  test.each<Row>([
    ['takes back what an earlier rule dropped', '*\n!a', ['b'], ['a', 'a/b']],
    ['says nothing before the rule', '!a\n*', ['a', 'b'], []],
    ['is itself taken back by a later rule', '*\n!a\na/b', ['x', 'a/b/c'], ['a', 'a/c']],
    ['reaches into a dropped folder', 'a\n!a/b', ['a/c', 'a/bc'], ['a/b', 'a/b/c']],
    ['reaches far into a dropped folder', '**\n!a/**/*.ts', ['a/b', 'b.ts'], ['a/b.ts', 'a/b/c.ts']],
    ['may have space after its mark', '*\n! a', ['b'], ['a']],
    ['may start with a slash', '*\n!/a', ['b'], ['a']],
    ['may hide behind a slash', '*\n/!a\n./!b', ['!a', 'c'], ['a', 'b']],
    ['of a name with a mark has two', '*\n!!a', ['a'], ['!a']],
    ['for all keeps all', '*\n!**', [], ['a', 'a/b']],
    ['that had nothing to turn at a folder is not inherited from it', 'a/b\n!a', ['a/b'], ['a', 'a/c']],
    ['outlives a rule that had nothing to turn at its folder', '*\n!a/x\na', ['b', 'a/y'], ['a/x']],
  ])('%s', holds)
})

describe('a pattern as Go reads its expression', () => {
  test.each<Row>([
    ['takes ^ as the start of the path', '^a*', ['a', 'ab'], ['^a', 'b']],
    ['takes ^ further on as what never is', 'a^*', [], ['a^', 'a^b', 'a']],
    ['takes ^ as itself where it compares as text', 'a^b\n**^c', ['a^b', 'x^c'], ['ab']],
    [
      'takes a letter after a backslash as an expression does',
      'bin\\Debug',
      ['binxebug', 'binDebug'],
      ['bin\\Debug', 'bin/Debug'],
    ],
    ['makes \\n a line break', '**\\node_modules', ['\node_modules'], ['node_modules', 'a/node_modules']],
    ['makes \\b the border of a word', 'a\\b*', ['a', 'a-b'], ['ab']],
    ['makes \\s white space of ASCII', 'a\\s', ['a '], ['a\u00a0', 'as']],
  ])('%s', holds)
})

describe('a file is refused, with its line, for', () => {
  test.each([
    ['a class without an end', 'a\n[b', 2],
    ['an empty class', '[]a]', 1],
    ['a range that runs backwards', '\n\n[z-a]', 3],
    ['a range without an end', '[a-]', 1],
    ['a range without a start', '[-a]', 1],
    ['a backslash at the end', 'x\r\na\\', 2],
    ['an exception for nothing', '*\n!', 2],
    ['an exception for the root', '!/', 1],
    ['a backslash before what no expression knows', '*\n!a\n\\q', 3],
    ['a class that Go reads in a way of its own', '[[:alpha:]]', 1],
    ['a wildcard in a class', 'a[*]', 1],
    ['a bar, which only newer BuildKits take for text', '*\n!src|*.h', 2],
    ['brackets, likewise', '**/(auth)/*.ts', 1],
    ['a byte order mark before a wildcard', 'a\n\uFEFF*.md', 2],
  ])('%s', (_description, text, line) => {
    const [failure] = failuresOf(IgnoreRules.parse(text, 'a/.dockerignore'))
    expect(failure).toMatchObject({ kind: 'config-invalid', place: { file: 'a/.dockerignore', line } })
    expect(failure?.message).toContain('is not a pattern that every Docker understands')
  })
})

const NAME = fc.constantFrom('a', 'b', 'ab', 'a.md', '.x')
const PATH = fc.array(NAME, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'))
const GLOB = fc.constantFrom('a', 'b', '*', '**', '?', 'a*', '*.md', '[ab]', '[^a]')
const PATTERN = fc.array(GLOB, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'))
const LINES = fc.array(
  fc.tuple(fc.boolean(), PATTERN).map(([keeps, pattern]) => (keeps ? `!${pattern}` : pattern)),
)

test('without exceptions what is in a dropped folder is dropped', () => {
  fc.assert(
    fc.property(fc.array(PATTERN), PATH, NAME, (patterns, path, name) => {
      const rules = valueOf(IgnoreRules.parse(patterns.join('\n'), 'f'))
      expect(rules.drops(path) && !rules.drops(`${path}/${name}`)).toBe(false)
    }),
  )
})

test('the answer for a path does not depend on what was asked before', () => {
  fc.assert(
    fc.property(LINES, fc.array(PATH), (lines, paths) => {
      const text = lines.join('\n')
      const alone = paths.filter((path) => dropped(text, [path]).length > 0)
      expect(dropped(text, paths)).toEqual(alone)
    }),
  )
})

test('no rules drop nothing', () => {
  expect(IgnoreRules.NONE.drops('a/b')).toBe(false)
})

describe('further lines', () => {
  const rules = valueOf(IgnoreRules.parse('*.md\n!a', '.dockerignore'))

  test('come last, and leave the rules as they were', () => {
    const more = rules.with(['a', '!b.md'])
    expect(['a', 'b.md', 'c.md', 'd'].filter((path) => more?.drops(path))).toEqual(['a', 'c.md'])
    expect(more?.lines).toEqual(['*.md', '!a', 'a', '!b.md'])
    expect(['a', 'b.md'].filter((path) => rules.drops(path))).toEqual(['b.md'])
  })

  test('are none where one of them is not understood', () => {
    expect(rules.with(['a', '['])).toBeUndefined()
  })
})
