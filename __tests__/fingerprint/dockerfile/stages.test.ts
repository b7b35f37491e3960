import { describe, expect, test } from '@jest/globals'
import fc from '../../fakes/seeded.js'
import { analysis, type Asked } from './ask.js'

/** What is taken, written as `context:path`; `?` is a whole context that counts as nothing can be told. */
function taken(text: string, asked?: Asked): string[] {
  const { taken: sure, undecided } = analysis(text, asked)
  const write = (context: string | undefined, path: string) =>
    context === undefined ? path : `${context}:${path}`
  return [
    ...sure.map(({ context, path }) => write(context, path)),
    ...undecided.map(({ context }) => write(context, '?')),
  ]
}

type Row = readonly [description: string, text: string, paths: readonly string[], asked?: Asked]

function holds(...[, text, paths, asked]: Row): void {
  expect(taken(text, asked)).toEqual(paths)
}

describe('a source', () => {
  test.each<Row>([
    ['is cleaned', 'FROM a\nCOPY ./a /b/ c//d e/../f ../g . h/. /x/', ['a', 'b', 'c/d', 'f', 'g', '', 'h']],
    ['may hold wildcards', 'FROM a\nADD *.go [a-z]/? /x/', ['*.go', '[a-z]/?']],
    ['loses quotes and escapes', 'FROM a\nCOPY "a" b\\*c /x/', ['a', 'b*c']],
    ['in JSON form may hold blanks', 'FROM a\nCOPY ["a b","/x/"]', ['a b']],
    ['may be a heredoc, which is no file', 'FROM a\nCOPY <<E a /x/\nb\nE', ['a']],
    [
      'of ADD may be somewhere else',
      'FROM a\nADD https://a/b git@a:b.git https://a/b.git#c ssh://a/b d /x/',
      ['d'],
    ],
    [
      'of ADD may look like somewhere else',
      'FROM a\nADD github.com/a/b http:/a HTTP://a /x/',
      ['github.com/a/b', 'http:/a', 'HTTP:/a'],
    ],
    [
      'after a pivot is the same path',
      'FROM a\nCOPY --parents a/./b/*.c ../d/./../e /x/',
      ['a/b/*.c', 'd/e'],
    ],
    ['of a stage is none of the context', 'FROM a AS b\nFROM c\nCOPY --from=b d e\nCOPY --from=0 d e', []],
    ['of an image is none of the context', 'FROM a\nCOPY --from=b:1 d e', []],
    ['from nowhere is one of the context', 'FROM a\nCOPY --from= d e', ['d']],
  ])('%s', holds)

  test('comes with what its flags say', () => {
    const { taken: all } = analysis('FROM a\nCOPY --parents --exclude=*.md --exclude=$A a b\nADD c d')
    expect(all).toEqual([
      { kind: 'copy', line: 2, path: 'a', exclude: ['*.md', '$A'], parents: true },
      { kind: 'add', line: 3, path: 'c', exclude: [], parents: false },
    ])
  })
})

describe('a mount', () => {
  test.each<Row>([
    ['is a bind unless it says otherwise', 'FROM a\nRUN --mount=target=/x,source=a/../b c', ['b']],
    ['without a source takes all', 'FROM a\nRUN --mount=type=bind,target=/x c', ['']],
    ['takes what src names', 'FROM a\nRUN --mount=TYPE=Bind,src=/a,target=/x c', ['a']],
    ['from a stage takes nothing', 'FROM a AS s\nFROM a\nRUN --mount=from=s,target=/x c', []],
    [
      'of another type takes nothing',
      'FROM a\nRUN --mount=type=cache,target=/x --mount=type=tmpfs,target=/y --mount=type=secret,id=s --mount=type=ssh b',
      [],
    ],
    [
      'may be named by variables',
      'FROM scratch\nARG T=cache S=s\nRUN --mount=type=$T,target=/x --mount=source=$S,target=/y b',
      ['s'],
    ],
    ['of an unknown type may take all', 'FROM a\nRUN --mount=type=$T,target=/x b', ['?']],
    ['may have fields in quotes', 'FROM a\nRUN --mount=\'"source=a,b",target=/x\' c', ['a,b']],
  ])('%s', holds)
})

describe('a variable', () => {
  test.each<Row>([
    ['has the default of ARG', 'FROM a\nARG A=b\nCOPY $A x', ['b']],
    ['has the build argument', 'FROM a\nARG A=b\nCOPY $A x', ['c'], { args: { A: 'c' } }],
    ['without ARG has no build argument', 'FROM scratch\nCOPY x$A y', ['x'], { args: { A: 'c' } }],
    [
      'of ARG before FROM has to be named again',
      'ARG A=b\nFROM scratch\nCOPY x$A y\nARG A\nCOPY $A y',
      ['x', 'b'],
    ],
    ['counts from where it is declared', 'FROM scratch\nCOPY x$A y\nARG A=b\nCOPY $A y', ['x', 'b']],
    ['of ENV wins over an earlier ARG', 'FROM a\nARG A=b\nENV A=c\nCOPY $A x', ['c'], { args: { A: 'd' } }],
    ['of ARG wins over an earlier ENV', 'FROM a\nENV A=c\nARG A=b\nCOPY $A x', ['b']],
    ['of ENV is not seen by the same ENV', 'FROM a\nENV A=b\nENV A=c B=$A\nCOPY $B x', ['b']],
    [
      'comes down from the stage above',
      'FROM scratch AS s\nARG A=b\nENV C=d\nFROM s\nCOPY $A $C x/',
      ['b', 'd'],
    ],
    ['of ENV comes down over one of ARG', 'FROM scratch AS s\nENV A=b\nARG A=c\nFROM s\nCOPY $A x', ['b']],
    [
      'of a platform is known',
      'FROM a\nARG TARGETARCH TARGETPLATFORM\nCOPY $TARGETARCH $TARGETPLATFORM x/',
      ['arm', 'linux/arm/v7'],
      { platforms: ['linux/arm/v7'] },
    ],
    [
      'is asked for each platform',
      'FROM a\nARG TARGETARCH\nCOPY $TARGETARCH x',
      ['amd64', 'arm64'],
      { platforms: ['linux/amd64', 'linux/arm64'] },
    ],
    [
      'of an odd platform is not known',
      'FROM a\nARG TARGETVARIANT\nCOPY x$TARGETVARIANT y',
      ['?'],
      { platforms: ['linux/arm64/v8'] },
    ],
    ['of the builder is not known', 'FROM a\nARG BUILDARCH\nCOPY $BUILDARCH x', ['?']],
    [
      'that changes with every build is not known',
      'FROM a\nARG V=1\nCOPY $V x',
      ['?'],
      { volatile: ['V'], args: { V: '2' } },
    ],
    [
      'made of one that is not known is not known',
      'FROM a\nARG V=1\nENV A=b$V\nCOPY $A x',
      ['?'],
      { volatile: ['V'] },
    ],
    ['that is set nowhere may come from the base image', 'FROM a\nCOPY x$A y', ['?']],
    ['that is set nowhere is empty above scratch', 'FROM scratch AS s\nFROM s\nCOPY x$A y', ['x']],
    ['of ARG may come down changed by the base image', 'FROM a AS s\nARG A=b\nFROM s\nCOPY $A x', ['?']],
    ['counts as not known even if the modifier drops it', 'FROM a\nARG A=b\nCOPY ${A:-$NONE} x', ['?']],
    ['set under a name that is not known makes all others so', 'FROM a\nARG A=b\nENV $X=1\nCOPY $A x', ['?']],
    ['that cannot be expanded is not known', 'FROM scratch\nARG A=b\nCOPY ${A^} x', ['?']],
  ])('%s', holds)
})

describe('a stage', () => {
  const three = 'FROM a AS one\nCOPY 1 x\nFROM b AS Two\nCOPY 2 x\nFROM c\nCOPY 3 x\nCOPY --from=one y z\n'
  test.each<Row>([
    ['that is not reached takes nothing', three, ['1', '3']],
    ['may be the target', three, ['2'], { target: 'TWO' }],
    ['is reached by FROM', 'FROM a AS s\nCOPY 1 x\nFROM s\nCOPY 2 x', ['1', '2']],
    ['is reached by its number', 'FROM a\nCOPY 1 x\nFROM b\nCOPY 2 x\nFROM c\nCOPY --from=0 y z', ['1']],
    [
      'is reached by a mount of any type',
      'FROM a AS s\nCOPY 1 x\nFROM b\nRUN --mount=type=cache,from=s,target=/y z',
      ['1'],
    ],
    ['is not what FROM in other letters means', 'FROM a AS s\nCOPY 1 x\nFROM S', []],
    ['gives way to a later one of its name', 'FROM a AS s\nCOPY 1 x\nFROM b AS s\nCOPY 2 x\nFROM s', ['2']],
    [
      'is found through global arguments',
      'ARG K=2\nFROM a AS s1\nCOPY 1 x\nFROM b AS s2\nCOPY 2 x\nFROM s$K',
      ['2'],
    ],
    ['is reached if FROM cannot be told', 'FROM a AS s\nCOPY 1 x\nFROM $BUILDARCH', ['1', '?']],
    [
      'called scratch is what a mount from nowhere needs',
      'FROM a AS scratch\nCOPY 1 x\nFROM b\nRUN --mount=type=tmpfs,target=/y z',
      ['1'],
    ],
  ])('%s', holds)
})

describe('ONBUILD', () => {
  test.each<Row>([
    [
      'fires in the stage that starts from its own',
      'FROM a AS s\nONBUILD COPY 1 x\nFROM s\nCOPY 2 x',
      ['1', '2'],
    ],
    ['does not fire in its own stage', 'FROM a\nONBUILD COPY 1 x', []],
    ['does not fire two stages on', 'FROM a AS s\nONBUILD COPY 1 x\nFROM s AS t\nFROM t', ['1']],
    ['reaches other stages', 'FROM a AS t\nCOPY 1 x\nFROM b AS s\nONBUILD COPY --from=t y z\nFROM s', ['1']],
    [
      'that sets variables is read in several ways',
      'FROM a AS s\nONBUILD ENV A=b\nFROM s\nCOPY 2 x',
      ['2', '?'],
    ],
    ['may be in an image that says so', 'FROM node:onbuild\nCOPY 1 x', ['1', '?']],
  ])('%s', holds)
})

describe('a named context', () => {
  test.each<Row>([
    ['replaces a stage', 'FROM a AS s\nCOPY 1 x\nFROM b\nCOPY --from=s y z', ['s:y'], { contexts: ['s'] }],
    ['replaces an image', 'FROM b\nCOPY --from=docker.io/library/a:latest y z', ['a:y'], { contexts: ['a'] }],
    [
      'is found however its name is written',
      'FROM b\nCOPY --from=a y z',
      ['docker.io/a:latest:y'],
      { contexts: ['docker.io/a:latest'] },
    ],
    ['is no context if its tag is another', 'FROM b\nCOPY --from=a:1 y z', [], { contexts: ['a'] }],
    ['is taken whole as a base', 'FROM a\nCOPY 1 x', ['1', 'a:'], { contexts: ['a'] }],
    ['is taken whole as the target', 'FROM a AS s\nCOPY 1 x', ['s:'], { contexts: ['s'] }],
    ['may be mounted', 'FROM a\nRUN --mount=from=n,source=y,target=/z b', ['n:y'], { contexts: ['n'] }],
    ['counts whole if its source cannot be told', 'FROM a\nCOPY --from=n $A b', ['n:?'], { contexts: ['n'] }],
    ['is not asked for scratch', 'FROM scratch\nCOPY 1 x', ['1'], { contexts: ['scratch'] }],
    [
      'lets ONBUILD of the stage it replaces fire',
      'FROM a AS s\nONBUILD COPY 1 x\nFROM s',
      ['1', 's:'],
      { contexts: ['s'] },
    ],
    [
      'for one platform puts all in doubt',
      'FROM a',
      ['?', 'a::linux/amd64:?'],
      { contexts: ['a::linux/amd64'] },
    ],
  ])('%s', holds)
})

describe('everything counts', () => {
  test.each<Row>([
    ['if the syntax is another one', '# syntax=a/b\nwhat', ['?', 'n:?'], { contexts: ['n'] }],
    [
      'if a build argument names another syntax',
      'FROM a\nCOPY 1 x',
      ['1', '?'],
      { args: { BUILDKIT_SYNTAX: 'a/b' } },
    ],
    ['if the SBOM takes the context', 'ARG BUILDKIT_SBOM_SCAN_CONTEXT=true\nFROM a', ['?']],
    ['if releases differ', 'FROM a\nCOPY ["a","b"] c', ['[a,b]', '?']],
  ])('%s', holds)

  test.each([
    'docker/dockerfile:1',
    'docker.io/docker/dockerfile@sha256:0',
    'docker/dockerfile-upstream:master',
  ])('not for %s', (syntax) => {
    expect(taken(`# syntax=${syntax}\nFROM a\nCOPY 1 x`)).toEqual(['1'])
  })
})

test('a path never leaves its context', () => {
  const part = fc.constantFrom('a', '..', '.', '', '*')
  fc.assert(
    fc.property(fc.array(part, { minLength: 1 }), (parts) => {
      const [path = ''] = taken(`FROM scratch\nCOPY ["${parts.join('/')}","x/"]`)
      expect(path).toMatch(/^(?!\/|\.\.(?:\/|$)).*(?<!\/)$/)
    }),
  )
})
