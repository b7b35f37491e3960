import { describe, expect, test } from '@jest/globals'
import { service } from '../fakes/images.js'
import {
  type Files,
  filesDigest,
  gathered,
  inputsOf,
  SERVICE,
  takenBy,
  treeOf,
  withDockerfile,
  without,
} from './repository.js'

const FILES: Files = { 'c/a': '1', 'c/b': '2', 'c/d/e': '3', 'c/d/f': '4' }

describe('the digest of the files is another after a change of', () => {
  test.each<[string, Files]>([
    ['content', { ...FILES, 'c/a': '2' }],
    ['mode', { ...FILES, 'c/a': '+x 1' }],
    ['kind', { ...FILES, 'c/a': '-> 1' }],
    ['path', { ...without(FILES, 'c/a'), 'c/aa': '1' }],
    ['number', without(FILES, 'c/d/e')],
    ['number by an empty file', { ...FILES, 'c/d/g': '' }],
    ['place of the same contents', { ...FILES, 'c/a': '2', 'c/b': '1' }],
    ['a folder into a file', { ...without(FILES, 'c/d/e', 'c/d/f'), 'c/d': '3' }],
    ['a submodule', { ...FILES, 'c/m': '@1' }],
  ])('%s', async (_description, files) => {
    expect(await filesDigest('COPY . /', files)).not.toBe(await filesDigest('COPY . /', FILES))
  })

  test.each<[string, Files, Files]>([
    ['what a link holds', { 'c/l': '-> a' }, { 'c/l': '-> b' }],
    ['the commit of a submodule', { 'c/m': '@1' }, { 'c/m': '@2' }],
  ])('%s', async (_description, before, after) => {
    expect(await filesDigest('COPY . /', after)).not.toBe(await filesDigest('COPY . /', before))
  })

  test('the ignore rules, of which a part of a submodule may be left out', async () => {
    const files = { 'c/m': '@1', 'docker/Dockerfile.dockerignore': '# rules\na' }
    const other = { ...files, 'docker/Dockerfile.dockerignore': 'a\n**/*.o' }
    const same = { ...files, 'docker/Dockerfile.dockerignore': '\n a\n#x' }
    expect(await filesDigest('COPY . /', other)).not.toBe(await filesDigest('COPY . /', files))
    expect(await filesDigest('COPY . /', same)).toBe(await filesDigest('COPY . /', files))
  })

  test('which source takes what', async () => {
    const files = { 'c/a/x': '1', 'c/b/y': '1' }
    const other = { 'c/a/y': '1', 'c/b/x': '1' }
    expect(await filesDigest('COPY a b /', files)).not.toBe(await filesDigest('COPY a b /', other))
  })
})

describe('the digest of the files stays after a change of', () => {
  test.each<[string, string, string]>([
    ['the order of sources', 'COPY a d /', 'COPY d a /'],
    ['the order of instructions', 'COPY a /\nCOPY d /', 'COPY d /\nCOPY a /'],
    ['a source that is there twice', 'COPY a /', 'COPY a /\nCOPY a /'],
    ['where it is copied to', 'COPY a /', 'COPY a /x/'],
  ])('%s', async (_description, before, after) => {
    expect(await filesDigest(after, FILES)).toBe(await filesDigest(before, FILES))
  })

  test.each<[string, Files]>([
    ['the order in which files were found', Object.fromEntries(Object.entries(FILES).toReversed())],
    ['what lies outside of the context', { ...FILES, 'other/x': '1' }],
    ['a file that the ignore file drops', { ...FILES, 'c/README.md': '1' }],
  ])('%s', async (_description, files) => {
    const rules = { 'docker/Dockerfile.dockerignore': '**/*.md' }
    const before = await filesDigest('COPY . /', { ...FILES, ...rules })
    expect(await filesDigest('COPY . /', { ...files, ...rules })).toBe(before)
  })

  test('where the context lies', async () => {
    const moved = Object.fromEntries(Object.entries(FILES).map(([path, text]) => [`deep/${path}`, text]))
    const of = { ...SERVICE, context: 'deep/c' }
    const files = { ...FILES, 'deep/c/_': '' }
    expect(await filesDigest('COPY . /', { ...files, ...moved }, of)).toBe(
      await filesDigest('COPY . /', files),
    )
  })
})

test('how many files are taken is counted once for each', async () => {
  const inputs = await inputsOf(treeOf(withDockerfile('COPY . /\nCOPY a /', FILES)))
  // And the `_` that lies in each context of these tests.
  expect(inputs.fileCount).toBe(5)
})

test('the ignore file beside the Dockerfile wins over the one in the context', async () => {
  const files = { ...FILES, 'c/.dockerignore': '*', 'docker/Dockerfile.dockerignore': 'd' }
  const found = await gathered(treeOf(withDockerfile('COPY . /', files)))
  expect(takenBy(found)).toEqual(['c/.dockerignore', 'c/_', 'c/a', 'c/b'])
})

describe('what is missing', () => {
  const other = service('app', {
    ...{ context: 'c', file: 'docker/Dockerfile' },
    build: { contexts: { other: { kind: 'folder', folder: 'o' } } },
  })
  test.each<[string, string, Files, string[]]>([
    ['is a file that is nowhere', 'COPY a /', {}, ['c/a']],
    ['is a part of what is there', 'COPY d/x /', FILES, ['c/d/x']],
    ['is what a link would lead to', 'COPY l /', { 'c/l': '-> gone' }, ['c/l']],
    ['is a mount', 'RUN --mount=source=x,target=/x true', {}, ['c/x']],
    ['is what matches in a folder that is not there', 'COPY target/*.jar /', {}, ['c/target/*.jar']],
    ['is a named context', 'COPY --from=other . /', {}, ['o']],
    ['is what matches in a named context that is not there', 'COPY --from=other *.jar /', {}, ['o/*.jar']],
    ['is not what nothing matches', 'COPY *.lock d/*.jar /', FILES, []],
    ['is not what the ignore file drops', 'COPY a /', { 'c/a': '', 'c/.dockerignore': 'a' }, []],
    ['is not what a submodule holds', 'COPY m/x /', { 'c/m': '@1' }, []],
  ])('%s', async (_description, instruction, files, paths) => {
    const { missing } = await inputsOf(treeOf(withDockerfile(instruction, files)), other)
    expect(missing.map(({ path }) => path)).toEqual(paths)
    expect(missing.every(({ line }) => line === 2)).toBe(true)
  })
})

describe('a named context', () => {
  const of = service('app', {
    ...{ context: 'c', file: 'docker/Dockerfile' },
    build: {
      contexts: {
        one: { kind: 'folder', folder: 'o' },
        two: { kind: 'folder', folder: 'c/d' },
        alpine: { kind: 'reference', reference: 'docker-image://alpine:3.20' },
        unused: { kind: 'reference', reference: 'docker-image://busybox' },
      },
    },
  })
  const files = { ...FILES, 'o/x': '1', 'o/y': '2', 'o/.dockerignore': 'y', 'c/.dockerignore': 'd/e' }

  test('has its own ignore file', async () => {
    const tree = treeOf(withDockerfile('COPY --from=one . /\nCOPY --from=two . /', files))
    expect(takenBy(await gathered(tree, [of]))).toEqual(['c/d/e', 'c/d/f', 'o/.dockerignore', 'o/x'])
  })

  test('that is not asked counts nothing', async () => {
    expect(takenBy(await gathered(treeOf(withDockerfile('COPY a /', files)), [of]))).toEqual(['c/a'])
  })

  test('counts by its name', async () => {
    const { build } = of
    const { one, two } = build.contexts
    if (one === undefined || two === undefined) throw new Error('no contexts')
    const renamed = { ...of, build: { ...build, contexts: { one: two, two: one } } }
    const instructions = 'COPY --from=one x /\nCOPY --from=two x /'
    const both = { ...files, 'c/d/x': '2' }
    expect(await filesDigest(instructions, both, renamed)).not.toBe(await filesDigest(instructions, both, of))
  })

  test('that is no folder counts as it is written, if it is used', async () => {
    const tree = treeOf({ ...files, 'docker/Dockerfile': 'FROM alpine\nCOPY a /' })
    expect((await inputsOf(tree, of)).references).toEqual({ alpine: 'docker-image://alpine:3.20' })
  })
})

describe('what cannot be decided makes the whole context count', () => {
  test.each<[string, string]>([
    ['an argument of each run', 'ARG GIT_COMMIT\nCOPY $GIT_COMMIT /'],
    ['a class that may match a slash', 'ARG X\nCOPY [^a]* /'],
    ['a pattern of --exclude that releases read differently', 'ARG X\nCOPY --exclude=*(a) d /'],
    ['a pattern of --parents, likewise', 'ARG X\nCOPY --parents a|b* /'],
  ])('with a notice that names file and line: %s', async (_description, instructions) => {
    const found = await gathered(treeOf(withDockerfile(instructions, FILES)))
    expect(takenBy(found)).toEqual(['c/_', 'c/a', 'c/b', 'c/d/e', 'c/d/f'])
    expect(found.notices).toMatchObject([{ place: { file: 'docker/Dockerfile', line: 3 } }])
    expect(found.notices[0]?.message).toMatch(/^`app`: .*; the whole context \(`c`\) counts as its input$/)
  })
})
