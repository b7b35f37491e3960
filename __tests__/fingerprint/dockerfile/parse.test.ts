import { describe, expect, test } from '@jest/globals'
import type { Dockerfile, Instruction } from '../../../src/fingerprint/dockerfile/model.js'
import { parseDockerfile } from '../../../src/fingerprint/dockerfile/parse.js'
import fc from '../../fakes/seeded.js'
import { failuresOf, valueOf } from '../../fakes/images.js'

function parse(text: string): Dockerfile {
  return valueOf(parseDockerfile(text, 'Dockerfile'))
}

/** The instruction after `FROM a`. */
function second(text: string): Instruction {
  return parse(`FROM a\n${text}`).instructions[1]!
}

describe('a logical line', () => {
  test.each([
    ['may be one line', 'RUN a', 'RUN a'],
    ['goes on after a backslash', 'RUN a \\\n  b', 'RUN a   b'],
    ['goes on after a backslash with blanks behind', 'RUN a \\ \t\n b', 'RUN a  b'],
    ['does not go on after two backslashes', 'RUN a \\\\\nRUN b', 'RUN a \\\\'],
    ['drops comments within', 'RUN a \\\n # no \\\n b', 'RUN a  b'],
    ['drops empty lines within', 'RUN a \\\n\n \t\n b', 'RUN a  b'],
    ['may end with the file', 'RUN a \\', 'RUN a'],
    ['may end as on Windows', 'RUN a \\\r\n b\r\n', 'RUN a  b'],
    ['keeps a # that is not at the start', 'RUN a # b', 'RUN a # b'],
    ['loses white space around it', ' \t\u00a0RUN a\u3000 ', 'RUN a'],
    ['may start with its backslash', '\\\nRUN a', 'RUN a'],
  ])('%s', (_, text, expected) => {
    expect(second(text).text).toBe(expected)
  })

  test('has the number of its first line', () => {
    const { instructions } = parse('# a\n\nFROM a\n\nRUN <<E\nb\nE\nRUN a \\\n b\nUSER c\n')
    expect(instructions.map(({ line }) => line)).toEqual([3, 5, 8, 10])
  })

  test('may have as many bytes as BuildKit takes, and no more', () => {
    const longest = `RUN ${'x'.repeat(65_531)}`
    expect(second(longest).text).toBe(longest)
    expect(second(`${longest}\n`).text).toBe(longest)
    expect(failuresOf(parseDockerfile(`FROM a\n${longest}x`, 'Dockerfile'))).toMatchObject([
      { kind: 'config-invalid', place: { file: 'Dockerfile', line: 2, column: 1 } },
    ])
  })
})

describe('the words', () => {
  test.each<[string, string, string[], boolean]>([
    ['of COPY are split at white space', 'COPY a\tb \v c', ['a', 'b', 'c'], false],
    ['are not split at other space of Unicode', 'COPY a\u00a0b c', ['a\u00a0b', 'c'], false],
    ['of COPY keep their quotes', 'COPY "a b" c', ['"a', 'b"', 'c'], false],
    ['may be a list in JSON form', 'COPY ["a b", "c\\u0064"]', ['a b', 'cd'], true],
    ['of a list with more behind it are no JSON', 'COPY ["a","b"] c', ['["a","b"]', 'c'], false],
    ['of a list in single quotes are no JSON', "RUN ['a']", ["['a']"], false],
    ['of a list with a number that Go cannot hold are no JSON', 'RUN [1e999]', ['[1e999]'], false],
    ['of RUN are one text', 'run  a  b', ['a  b'], false],
    ['of ENV are name, value and sign', 'ENV a=b c="d e"', ['a', 'b', '=', 'c', '"d e"', '='], false],
    ['of ENV without a sign are two', 'ENV a  b=c d', ['a', 'b=c d', ''], false],
    ['of ENV may hold escaped blanks', 'ENV a=b\\ c', ['a', 'b\\ c', '='], false],
    ['of ENV lose an escape at the end', 'ENV a=b\\ ', ['a', 'b', '='], false],
    ['of ARG may be several', 'ARG a b=c d="e f"', ['a', 'b=c', 'd="e f"'], false],
    ['of HEALTHCHECK are a type and a command', 'HEALTHCHECK CMD ["a","b"]', ['CMD', 'a', 'b'], true],
    ['of ONBUILD are those of its trigger, after its keyword', 'ONBUILD copy a b', ['copy', 'a', 'b'], false],
  ])('%s', (_, text, words, json) => {
    expect(second(text)).toMatchObject({ words, json })
  })
})

describe('flags', () => {
  test.each([
    ['come in order, repeated', 'COPY --link --exclude=a --exclude=b c d', 'link exclude=a exclude=b'],
    ['may hold quotes', 'COPY --exclude="a b" --exclude=\'c\'d e f', 'exclude=a b exclude=cd'],
    [
      'may hold escapes, within single quotes too',
      "COPY --exclude=a\\ b --exclude='\\'' c d",
      "exclude=a b exclude='",
    ],
    ['end at a word that is none', 'COPY --link a --parents', 'link'],
    ['end at two dashes', 'RUN --network=none -- --mount=x', 'network=none'],
    ['are read byte by byte', 'COPY --exclude=é a b', 'exclude=Ã©'],
    ['end at a letter with a byte that is space', 'COPY --exclude=à a b', 'exclude=Ã'],
    ['of ARG are not looked at', 'ARG --what a', 'what'],
  ])('%s', (_, text, expected) => {
    const { flags } = second(text)
    const written = flags.map(({ name, value }) => (value === undefined ? name : `${name}=${value}`))
    expect(written.join(' ')).toBe(expected)
  })

  test('are not among the words', () => {
    expect(second('COPY --from=x -- --a b').words).toEqual(['--a', 'b'])
  })
})

describe('a heredoc', () => {
  const plain = { expand: true, chomp: false }
  test.each([
    ['follows its line', 'RUN <<E\na\n b\nE\n', [{ name: 'E', content: 'a\n b\n', ...plain }]],
    ['may be empty', 'RUN <<E\nE', [{ name: 'E', content: '', ...plain }]],
    [
      'may be one of several',
      'COPY <<A <<B /x\na\nA\nb\nB\n',
      [
        { name: 'A', content: 'a\n', ...plain },
        { name: 'B', content: 'b\n', ...plain },
      ],
    ],
    [
      'in quotes expands nothing',
      'RUN <<"E"\n$a\nE\n',
      [{ name: 'E', content: '$a\n', expand: false, chomp: false }],
    ],
    [
      'with a dash may be indented by tabs',
      'RUN <<-E\n\ta\n\tE\n',
      [{ name: 'E', content: '\ta\n', expand: true, chomp: true }],
    ],
    ['may have a number before it', 'RUN a 3<<E\na\nE\n', [{ name: 'E', content: 'a\n', ...plain }]],
    ['may have a blank before its name', 'RUN cat << E\na\nE\n', [{ name: 'E', content: 'a\n', ...plain }]],
    [
      'may have a name with blanks',
      "RUN <<'E F'\na\nE F\n",
      [{ name: 'E F', content: 'a\n', expand: false, chomp: false }],
    ],
    ['keeps line ends', 'RUN <<E\r\na\r\nE\r\n', [{ name: 'E', content: 'a\r\n', ...plain }]],
    ['keeps comments', 'RUN <<E\n# a\nE\n', [{ name: 'E', content: '# a\n', ...plain }]],
    ['may belong to a trigger', 'ONBUILD RUN <<E\na\nE\n', [{ name: 'E', content: 'a\n', ...plain }]],
    ['in the middle of a word is none', 'RUN a<<E', []],
    ['within quotes is none', 'RUN "a <<E"', []],
    ['of an instruction that takes none is none', 'CMD <<E', []],
    ['in JSON form is none', 'COPY ["<<E", "b"]', []],
    ['with three signs is none', 'RUN cat <<<E', []],
  ])('%s', (_, text, heredocs) => {
    expect(second(text).heredocs).toEqual(heredocs)
  })
})

describe('a directive', () => {
  test('may name the escape character', () => {
    const { escape, instructions } = parse('# escape=`\nFROM a\nRUN a `\n b\\\nCOPY a b')
    expect(escape).toBe('`')
    expect(instructions.map(({ text }) => text)).toEqual(['FROM a', 'RUN a  b\\', 'COPY a b'])
  })

  test.each([
    ['after a comment is none', '# a\n# escape=`\n'],
    ['after an empty line is none', '\n# escape=`\n'],
    ['after an unknown one is none', '# a=b\n# escape=`\n'],
    ['after an instruction is none', 'ARG a\n# escape=`\n'],
  ])('%s', (_, head) => {
    expect(parse(`${head}FROM a`).escape).toBe('\\')
  })

  test.each([
    ['may stand after others', '# syntax=docker/dockerfile:1\n#Escape = `\r\n'],
    ['may be indented', ' \t# escape=`\n'],
    ['may come after a byte order mark', '\uFEFF# escape=`\n'],
  ])('%s', (_, head) => {
    expect(parse(`${head}FROM a`).escape).toBe('`')
  })

  test.each([
    ['a comment', '# syntax=docker/dockerfile:1.7 more\nFROM a', 'docker/dockerfile:1.7'],
    ['a comment after a shebang', '#!/bin/x\n#syntax = a/b\n', 'a/b'],
    ['a comment with two slashes', '// syntax=a/b\n', 'a/b'],
    ['JSON', '{ "syntax": "a/b" }', 'a/b'],
    ['a comment after a byte order mark', '\uFEFF# syntax=a/b\n', 'a/b'],
    ['no indented comment', ' # syntax=a/b\nFROM a', undefined],
    ['no later comment', '# x\n# syntax=a/b\nFROM a', undefined],
  ])('syntax may stand in %s', (_, text, syntax) => {
    expect(parse(text).syntax).toBe(syntax)
  })

  test('that names a frontend other than Docker’s leaves all the rest to that', () => {
    expect(parse('# syntax=a/b\nanything')).toMatchObject({
      foreign: '# syntax=a/b\nanything',
      instructions: [],
    })
  })
})

describe('a trigger', () => {
  test('is read as it will be when it fires', () => {
    const { trigger } = second('ONBUILD COPY --from=x <<E a /b\n$c\nE\n')
    expect(trigger).toMatchObject({ keyword: 'COPY', line: 2, words: ['<<E', 'a', '/b'] })
    expect(trigger?.heredocs).toEqual([{ name: 'E', content: '$c\n', expand: true, chomp: false }])
  })

  test('is read with a backslash, whatever the directive says', () => {
    const trigger = parse('# escape=`\nFROM a\nONBUILD COPY --exclude=a\\ b c d').instructions[1]?.trigger
    expect(trigger).toMatchObject({ flags: [{ name: 'exclude', value: 'a b' }], words: ['c', 'd'] })
  })

  test('that cannot be read is not there', () => {
    expect(second('ONBUILD what').trigger).toBeUndefined()
  })
})

describe('releases may differ on', () => {
  test.each([
    ['what follows a list in JSON form', 'FROM a\nCOPY ["a","b"] c'],
    ['escapes within flags', '# escape=`\nFROM a\nCOPY --exclude=a\\b c d'],
    ['an escape directive after one that is new', '# check=skip=all\n# escape=`\nFROM a'],
    ['a heredoc that they could take for instructions', 'FROM a\nRUN << USER\nUSER b\nUSER\n'],
  ])('%s', (_, text) => {
    expect(parse(text).doubts).toHaveLength(1)
  })

  test('no ordinary Dockerfile', () => {
    expect(parse('# check=skip=all\nFROM a\nRUN cat << E\na\nE\nRUN [ -f a ] && b\n').doubts).toEqual([])
  })
})

describe('what BuildKit refuses is refused', () => {
  test.each([
    ['an empty file', '', 1],
    ['a file of comments', '# a\n', 1],
    ['a file without FROM', 'ARG a\n', 1],
    ['an instruction before FROM', 'ARG a\nRUN b\nFROM c', 2],
    ['an unknown instruction', 'FROM a\nRUNN b', 2],
    ['a keyword that a no-break space makes longer', 'FROM\u00a0a', 1],
    ['two of a directive', '# escape=\\\n# escape=`\nFROM a', 2],
    ['an escape that is none', '# escape=x\nFROM a', 1],
    ['FROM with two words', 'FROM a b', 1],
    ['FROM without AS', 'FROM a is b', 1],
    ['a stage that starts with a digit', 'FROM a AS 1b', 1],
    ['COPY without a destination', 'FROM a\nCOPY b', 2],
    ['COPY to a heredoc', 'FROM a\nCOPY b <<E\nE', 2],
    ['an unknown flag', 'FROM a\nCOPY --form=b c d', 2],
    ['a flag of another instruction', 'FROM a\nADD --from=b c d', 2],
    ['a flag twice', 'FROM a\nCOPY --from=b --from=c d e', 2],
    ['a flag without its value', 'FROM a\nCOPY --from b c', 2],
    ['a switch that is neither on nor off', 'FROM a\nCOPY --link=yes b c', 2],
    ['ENV without a value', 'FROM a\nENV b', 2],
    ['ENV with a word that is no pair', 'FROM a\nENV b=c d', 2],
    ['ENV without a name', 'FROM a\nENV =b', 2],
    ['ARG without a name', 'FROM a\nARG =b', 2],
    ['a list of numbers', 'FROM a\nRUN [1]', 2],
    ['SHELL without JSON', 'FROM a\nSHELL bash -c', 2],
    ['a mount with a stray quote', 'FROM a\nRUN --mount=a\\"b c', 2],
    ['a mount from a variable', 'FROM a\nRUN --mount=from=$b,target=/c d', 2],
    ['an unknown network', 'FROM a\nRUN --network=x b', 2],
    ['a trigger of a trigger', 'FROM a\nONBUILD ONBUILD RUN b', 2],
    ['FROM as a trigger', 'FROM a\nONBUILD FROM b', 2],
    ['a heredoc without an end', 'FROM a\n\nRUN <<E\nb\n', 3],
    ['HEALTHCHECK of an unknown type', 'FROM a\nHEALTHCHECK b', 2],
    ['an empty volume', 'FROM a\nVOLUME [""]', 2],
    ['two arguments of an instruction that takes one', 'FROM a\nUSER', 2],
  ])('%s', (_, text, line) => {
    expect(failuresOf(parseDockerfile(text, 'Dockerfile'))).toMatchObject([
      { kind: 'config-invalid', place: { file: 'Dockerfile', line, column: 1 } },
    ])
  })
})

test('bytes that were no UTF-8 are refused in an instruction, as a change of them would not be seen', () => {
  expect(parseDockerfile('# \uFFFD\nFROM a', 'Dockerfile')).toMatchObject({ ok: true })
  expect(parseDockerfile('FROM a\nRUN \uFFFD', 'Dockerfile')).toMatchObject({ ok: false })
})

test('comments, blank lines and continuations change nothing but line numbers', () => {
  const gap = fc.constantFrom(' ', ' \\\n', ' \\\n# c\n', ' \\\n\n', ' \\ \r\n')
  fc.assert(
    fc.property(gap, gap, fc.constantFrom('', '\n', '# c\n'), (one, two, between) => {
      const { instructions } = parse(`FROM a\n${between}COPY${one}b${two}c\n${between}USER d\n`)
      expect(instructions.map(({ words }) => words)).toEqual([['a'], ['b', 'c'], ['d']])
    }),
  )
})
