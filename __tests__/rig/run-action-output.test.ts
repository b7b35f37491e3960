import { describe, expect, test } from '@jest/globals'
import { parseCommands, parseKeyValues, parsePaths } from './run-action-output.js'

describe('command files', () => {
  test.each([
    ['a simple value', 'a=b', { a: 'b' }],
    ['an empty value', 'a=\n', { a: '' }],
    ['an equals sign in a value', 'a=b=c<<d\n', { a: 'b=c<<d' }],
    ['a block', 'a<<EOF\nx\ny\nEOF\n', { a: 'x\ny' }],
    ['a block without lines', 'a<<EOF\nEOF\n', { a: '' }],
    ['a block with an empty line', 'a<<EOF\n\nEOF\n', { a: '' }],
    ['a block that ends with the text', 'a<<EOF\nx\nEOF', { a: 'x' }],
    ['an equals sign in a delimiter', 'a<<E=F\nx\nE=F\n', { a: 'x' }],
    ['assignments within a block', 'a<<EOF\nb=c\nEOF\nd=e\n', { a: 'b=c', d: 'e' }],
    ['a delimiter that is only part of a line', 'a<<EOF\n EOF\nEOF \nEOF\n', { a: ' EOF\nEOF ' }],
    ['carriage returns, which Linux keeps', 'a=b\r\n', { a: 'b\r' }],
    ['empty lines between', '\na=1\n\nb=2\n', { a: '1', b: '2' }],
    ['a name twice', 'a=1\na<<E\n2\nE\n', { a: '2' }],
    ['nothing', '', {}],
  ])('%s is read', (_, text, values) => {
    expect(parseKeyValues(text, 'F')).toEqual(values)
  })

  test.each([
    ['neither form', 'words\n', "F: Invalid format 'words'"],
    ['no name', '=b\n', "Invalid format '=b'. Name must not be empty"],
    ['a block without a name', '<<EOF\nEOF\n', 'Name must not be empty and delimiter must not be empty'],
    ['a block without a delimiter', 'a<<\nx\n', 'Name must not be empty and delimiter must not be empty'],
    ['a block without an end', 'a<<EOF\nx\n', "Matching delimiter not found 'EOF'"],
    ['a block that is only begun', 'a<<EOF', "Matching delimiter not found 'EOF'"],
    ['an end on a line of content', 'a<<EOF\nx EOF', 'EOF marker missing new line'],
  ])('%s is refused', (_, text, message) => {
    expect(() => parseKeyValues(text, 'F')).toThrow(message)
  })

  test('a folder that is added twice stands where it was added last', () => {
    expect(parsePaths('/a\n/b\n\n/a\n')).toEqual(['/a', '/b'])
  })
})

describe('commands', () => {
  test.each([
    ['without properties', '::group::Build', [{ name: 'group', properties: {}, message: 'Build' }]],
    ['indented', '  ::notice::x', [{ name: 'notice', properties: {}, message: 'x' }]],
    ['with colons in the message', '::debug::a::b', [{ name: 'debug', properties: {}, message: 'a::b' }]],
    [
      'with an empty property',
      '::error file=,line=3::x',
      [{ name: 'error', properties: { line: '3' }, message: 'x' }],
    ],
    ['of an unknown name', '::nonsense::x', []],
    ['in the middle of a line', 'x ::error::y', []],
    ['without an end', '::error', []],
  ])('a line %s', (_, text, commands) => {
    expect(parseCommands(text)).toEqual(commands)
  })

  test('nothing is a command while commands are stopped', () => {
    const text = ['::stop-commands::TOKEN', '::error::hidden', '::TOKEN::', '::error::seen'].join('\n')
    expect(parseCommands(text).map(({ name, message }) => [name, message])).toEqual([
      ['stop-commands', 'TOKEN'],
      ['error', 'seen'],
    ])
  })
})
