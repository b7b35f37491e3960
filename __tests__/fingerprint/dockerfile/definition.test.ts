import { describe, expect, test } from '@jest/globals'
import { failuresOf } from '../../fakes/images.js'
import { analysis, result, type Asked } from './ask.js'

describe('what BuildKit refuses is refused', () => {
  test.each<[string, string, number, Asked?]>([
    ['a target that is not there', 'FROM a AS s', 1, { target: 't' }],
    ['a target by number', 'FROM a AS s', 1, { target: '0' }],
    ['a base without a name', 'ARG A\nFROM $A', 2],
    ['a stage that comes later', 'FROM a\nCOPY --from=s x y\nFROM b AS s\nFROM a\nCOPY --from=0 x y', 2],
    ['a stage of a number that is not there', 'FROM a\nCOPY --from=3 x y', 2],
    ['COPY from a variable', 'ARG A=b\nFROM a\nCOPY --from=$A x y', 3],
    ['COPY of a URL', 'FROM a\nCOPY https://a/b c', 2],
    ['a trigger that cannot be read', 'FROM a AS s\nONBUILD what\nFROM s', 2],
  ])('%s', (...[, text, line, asked]) => {
    expect(failuresOf(result(text, asked))).toMatchObject([
      { kind: 'config-invalid', place: { file: 'Dockerfile', line, column: 1 } },
    ])
  })
})

describe('the definition', () => {
  const base = 'FROM a AS s\nRUN b\nFROM s\nRUN <<E\nc\nE\n'
  const definition = (text: string, asked?: Asked) => analysis(text, asked).definition

  test.each([
    ['comments and blank lines', '# x\n\nFROM a AS s\n# y\nRUN b\n\nFROM s\nRUN <<E\nc\nE\n'],
    ['continuations', 'FROM a \\\nAS s\nRUN b\nFROM s\nRUN <<E\nc\nE\n'.replace('a \\\nAS', 'a\\\n AS')],
    ['stages that are not reached', `FROM x AS y\nRUN z\n${base}`],
  ])('is the same without %s', (_, text) => {
    expect(definition(text)).toEqual(definition(base))
  })

  test.each([
    ['an instruction', base.replace('RUN b', 'RUN d')],
    ['a heredoc', base.replace('\nc\n', '\nd\n')],
    ['a global argument', `ARG x\n${base}`],
    ['the syntax', `# syntax=docker/dockerfile:1\n${base}`],
    ['the escape', `# escape=\`\n${base}`],
    ['where a stage starts from', base.replace('FROM s', 'FROM a')],
  ])('is another with another %s', (_, text) => {
    expect(definition(text)).not.toEqual(definition(base))
  })

  test('tells which stage a number means', () => {
    const text = 'FROM a\nRUN x\nFROM b\nRUN x\nFROM c\nCOPY --from=0 x y\nCOPY --from=1 x y\n'
    expect(definition(text)).toEqual([
      'FROM a',
      'RUN x',
      'FROM b',
      'RUN x',
      'FROM c',
      'COPY --from=0 x y',
      '-> 0',
      'COPY --from=1 x y',
      '-> 1',
    ])
  })

  test('tells platforms apart where they reach other stages', () => {
    const text = 'ARG TARGETARCH\nFROM a AS amd64\nFROM b AS arm64\nFROM $TARGETARCH\n'
    const platforms = ['linux/amd64', 'linux/arm64']
    expect(definition(text, { platforms })).toEqual([
      ...['platform linux/amd64', 'ARG TARGETARCH', 'FROM a AS amd64', 'FROM $TARGETARCH', '-> 0'],
      ...['platform linux/arm64', 'ARG TARGETARCH', 'FROM b AS arm64', 'FROM $TARGETARCH', '-> 0'],
    ])
  })
})

test('build arguments count that a global ARG or a reachable stage declares', () => {
  const text = 'ARG A=1\nFROM a AS s\nARG B C=2\nFROM b\nARG D\nFROM s\nARG E\n'
  expect(analysis(text).declaredArgs).toEqual(new Set(['A', 'B', 'C', 'E']))
})

test('references are told after expansion, stages and scratch left out', () => {
  const text =
    'ARG V=1\nFROM a:$V AS s\nCOPY --from=b x y\nRUN --mount=from=n,target=/z c\nFROM scratch\nCOPY --from=s x y\n'
  expect(analysis(text, { contexts: ['n'] }).references).toEqual([
    { name: 'a:1', line: 2, isNamedContext: false },
    { name: 'b', line: 3, isNamedContext: false },
    { name: 'n', line: 4, isNamedContext: true },
  ])
})
