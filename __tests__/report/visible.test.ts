import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { beginning, ending, visible, visibleLog, visibleMessage } from '../../src/report/visible.js'
import { CHARACTER } from '../fakes/characters.js'

test.each([
  { description: 'plain text as it is', text: 'src/größe 1.rs', shown: 'src/größe 1.rs' },
  { description: 'a line break', text: 'a\r\nb', shown: 'a\\r\\nb' },
  { description: 'a tab', text: 'a\tb', shown: 'a\\tb' },
  { description: 'an escape sequence', text: '\u001b[2J', shown: '\\x1b[2J' },
  { description: 'the eight-bit form of it', text: '\u009b2J', shown: '\\x9b2J' },
  { description: 'text that runs backwards', text: 'a\u202etxt.exe', shown: 'a\\u{202e}txt.exe' },
  { description: 'a line separator', text: 'a\u2028b', shown: 'a\\u{2028}b' },
  { description: 'half a surrogate pair', text: 'a\ud800', shown: 'a\\u{d800}' },
  { description: 'a workflow command', text: '::error::x', shown: '\\x3a:error::x' },
  { description: 'an indented workflow command', text: '  ::error::x', shown: '  \\x3a:error::x' },
  { description: 'a colon pair elsewhere', text: 'std::vector', shown: 'std::vector' },
  { description: 'an old workflow command', text: 'a ###[add-mask]x', shown: 'a #\\x23#[add-mask]x' },
])('$description is shown', ({ text, shown }) => {
  expect(visible(text)).toBe(shown)
})

test.each([
  { description: 'colours are dropped', line: '\u001b[1;31merror\u001b[0m: x', shown: 'error: x' },
  { description: 'a window title is dropped', line: '\u001b]0;title\u0007x', shown: 'x' },
  { description: 'tabs are widened', line: '\tat main', shown: '    at main' },
  { description: 'a line end is dropped', line: 'done\r\n', shown: 'done' },
  { description: 'a carriage return within is shown', line: '10%\r20%', shown: '10%\\r20%' },
  {
    description: 'a command hidden behind colours is found',
    line: '#\u001b[0m#[group]x',
    shown: '\\x23#[group]x',
  },
])('of a log line $description', ({ line, shown }) => {
  expect(visibleLog(line)).toBe(shown)
})

test('a message of several lines becomes one', () => {
  expect(visibleMessage('cannot push:\n  denied\t(403)\n')).toBe('cannot push: denied (403)')
})

test.each([
  { text: 'abcdef', most: 6, start: 'abcdef', end: 'abcdef' },
  { text: 'abcdef', most: 4, start: 'abc…', end: '…def' },
  { text: '😀😀😀', most: 2, start: '😀…', end: '…😀' },
])('$text is cut to $most characters at either end', ({ text, most, start, end }) => {
  expect(beginning(text, most)).toBe(start)
  expect(ending(text, most)).toBe(end)
})

test('what is shown is printable and shows the same when shown again', () => {
  fc.assert(
    fc.property(fc.string({ unit: CHARACTER }), (text) => {
      const shown = visible(text)
      expect(shown).not.toMatch(/\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\p{Cs}/u)
      expect(visible(shown)).toBe(shown)
    }),
  )
})
