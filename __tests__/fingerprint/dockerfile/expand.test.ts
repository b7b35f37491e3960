import { describe, expect, test } from '@jest/globals'
import { expandWord } from '../../../src/fingerprint/dockerfile/expand.js'
import { lex } from '../../../src/fingerprint/dockerfile/lexer.js'
import fc from '../../fakes/seeded.js'

const VARIABLES = new Map([
  ['A', 'aXbXc'],
  ['FILE', 'foo/bar/baz.tar.gz'],
  ['EMPTY', ''],
  ['BLANKS', 'a b'],
  ['LINES', 'l1\nl2'],
])

type Row = readonly [description: string, word: string, text: string]

function holds(...[, word, text]: Row): void {
  expect(expandWord(word, VARIABLES, '\\')).toMatchObject({ text })
}

describe('a variable', () => {
  test.each<Row>([
    ['is replaced by its value', 'x$A.y', 'xaXbXc.y'],
    ['may stand in braces', '${A}y', 'aXbXcy'],
    ['that is not set is nothing', 'x${NONE}$NONE', 'x'],
    ['keeps its name up to what is no letter, digit or underscore', '$A-$A_$Aé', 'aXbXc-'],
    ['with a number for a name ends with the digits', '$1A', 'A'],
    ['may be one of the special parameters', 'a$@$*$#$?$-$!$0b', 'ab'],
    ['that is a dollar is a special parameter too', '$$A', 'A'],
    ['without a name is a dollar', 'a$', 'a$'],
    ['before a dot is a dollar', '$.', '$.'],
    ['in double quotes is replaced', '"$BLANKS"', 'a b'],
    ['in single quotes is not', "'$A'", '$A'],
    ['is not replaced after an escape', '\\$A', '$A'],
  ])('%s', holds)
})

describe('a modifier', () => {
  test.each<Row>([
    [':- is for what is empty or not set', '${EMPTY:-d}${NONE:-e}${A:-f}', 'deaXbXc'],
    ['- is for what is not set', '${EMPTY-d}${NONE-e}', 'e'],
    [':+ is for what has a value', '${EMPTY:+d}${A:+e}', 'e'],
    ['+ is for what is set', '${EMPTY+d}${NONE+e}', 'd'],
    ['? takes what is set', '${EMPTY?no}${A:?no}', 'aXbXc'],
    ['may hold another variable', '${NONE:-${A:+$BLANKS}}', 'a b'],
    ['may hold quotes', '${NONE:-"}"}', '}'],
    ['# takes the shortest start away', '${FILE#*/}', 'bar/baz.tar.gz'],
    ['## takes the longest start away', '${FILE##*/}', 'baz.tar.gz'],
    ['% takes the shortest end away', '${FILE%.*}', 'foo/bar/baz.tar'],
    ['%% takes the longest end away', '${FILE%%.*}', 'foo/bar/baz'],
    ['# with a pattern that does not match changes nothing', '${FILE#z}', 'foo/bar/baz.tar.gz'],
    ['? in a pattern is one character', '${FILE#??}', 'o/bar/baz.tar.gz'],
    ['a class in a pattern is text', '${FILE#[f]}', 'foo/bar/baz.tar.gz'],
    ['* in a pattern crosses no line break', '${LINES##*2}', 'l1\nl2'],
    ['/ replaces the first, as long as it can be', '${A/X*X/-}', 'a-c'],
    ['// replaces all', '${A//X/-}', 'a-b-c'],
    ['// replaces what is empty as Go does', '${A//*/-}', '-'],
    ['/ takes an escaped slash', '${FILE/\\//:}', 'foo:bar/baz.tar.gz'],
  ])('%s', holds)
})

describe('other characters', () => {
  test.each<Row>([
    ['quotes go', `"a"'b'`, 'ab'],
    ['an escape goes', 'a\\b\\\\', 'ab\\'],
    ['an escape within double quotes stays before most characters', '"\\a\\"\\\\"', '\\a"\\'],
    ['an escape at the end goes', 'a\\', 'a'],
    ['a byte order mark at the start goes', '\uFEFFa\uFEFF', 'a\uFEFF'],
  ])('%s', holds)

  test('the escape may be a backtick', () => {
    expect(expandWord('a\\b`$A', VARIABLES, '`')).toMatchObject({ text: 'a\\b$A' })
  })
})

test.each([
  ['a quote that does not end', 'a"b'],
  ['a single quote that does not end', "a'b"],
  ['a brace that does not end', '${A'],
  ['a brace that does not end after a modifier', '${A:-x'],
  ['no name', '${}'],
  ['an unknown modifier', '${A^^}'],
  ['a pattern after a colon', '${A:#x}'],
  ['what has to be set', '${NONE:?say it}'],
  ['an escape that a pattern does not have', '${A#\\X}'],
  ['a dollar in what replaces all, which is a group to Go', "${A//X/'$1'}"],
  ['an escape in single quotes of a pattern, on which releases differ', "${A#'\\X'}"],
])('%s is a problem', (_, word) => {
  expect(expandWord(word, VARIABLES, '\\')).toHaveProperty('problem')
})

test('names that were asked for are told, within modifiers too, whether or not they count', () => {
  const expanded = expandWord('${A:-$NONE}${X+${EMPTY}}', VARIABLES, '\\')
  expect(expanded).toMatchObject({ used: new Set(['A', 'EMPTY']), unset: new Set(['NONE', 'X']) })
})

test('words are split at white space of values, but not within quotes', () => {
  const options = { escape: '\\', variables: VARIABLES }
  expect(lex('x$BLANKS "$BLANKS" y\\ z', options)).toMatchObject({
    words: ['xa', 'b', 'a b', 'y z'],
  })
})

test('a word of plain characters stays as it is', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const word = text.replace(/["'$\\\uFEFF]/g, '')
      expect(expandWord(word, VARIABLES, '\\')).toMatchObject({ text: word })
    }),
  )
})

test('what is in single quotes stays as it is', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const word = text.replaceAll("'", '')
      expect(expandWord(`'${word}'`, VARIABLES, '\\')).toMatchObject({ text: word })
    }),
  )
})
