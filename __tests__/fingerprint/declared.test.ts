import { describe, expect, test } from '@jest/globals'
import type { Service } from '../../src/model/service.js'
import {
  type Files,
  filesDigest,
  gathered,
  inputsOf,
  SERVICE,
  taken,
  takenBy,
  treeOf,
  withDockerfile,
} from './repository.js'

const FILES: Files = { 'c/a': '1', 'c/b': '2', 'c/d/e': '3', 'c/d/f': '4' }

describe('`paths`', () => {
  const withPaths = (paths: readonly string[], ignore: readonly string[] = []) => ({
    ...SERVICE,
    paths,
    ignore,
  })

  test.each<[string, string[], Files, string[]]>([
    [
      'count what lies outside of the context',
      ['/shared/*.json'],
      { 'shared/a.json': '', 'shared/b': '' },
      ['shared/a.json'],
    ],
    ['count one file', ['shared/b'], { 'shared/a.json': '', 'shared/b': '' }, ['shared/b']],
    ['count a folder', ['shared/'], { 'shared/a': '', 'shared/b/c': '' }, ['shared/a', 'shared/b/c']],
    ['count at any depth', ['*.json'], { 'x.json': '', 'a/b/x.json': '' }, ['a/b/x.json', 'x.json']],
    [
      'leave out what is taken back',
      ['shared/**', '!*.md'],
      { 'shared/a': '', 'shared/b.md': '' },
      ['shared/a'],
    ],
    ['count nothing where nothing is', ['gone/**'], {}, []],
    ['count a submodule in which they mean something', ['lib/src/**'], { lib: '@1' }, ['lib']],
    ['count a submodule in which they may mean something', ['*.json'], { 'x/lib': '@1' }, ['x/lib']],
    ['count a submodule as a folder', ['lib/'], { lib: '@1' }, ['lib']],
    ['do not look behind links', ['l/a'], { l: '-> shared', 'shared/a': '' }, []],
  ])('%s', async (_description, paths, files, taken) => {
    const found = await gathered(treeOf(withDockerfile('', files)), [withPaths(paths)])
    expect(takenBy(found)).toEqual(taken)
    expect(found.snapshot.inputs.get('app')?.missing).toEqual([])
  })

  test('are not asked what the ignore file says, but what `ignore` does', async () => {
    const files = withDockerfile('', { '.dockerignore': '*', 'shared/a': '', 'shared/b.md': '' })
    expect(takenBy(await gathered(treeOf(files), [withPaths(['shared'], ['*.md'])]))).toEqual(['shared/a'])
  })

  test.each<[string, string[], Files, string | undefined]>([
    ['match', ['/shared/*.json', 'b'], { 'shared/a.json': '', 'x/b': '' }, undefined],
    ['match nothing', ['gone/**', 'shared', '/none'], { 'shared/a': '' }, '`gone/**`, `/none`'],
    ['match nothing but what is ignored', ['*.md'], { 'a.md': '' }, '`*.md`'],
    ['only take back', ['shared', '!*.md'], { 'shared/a': '' }, undefined],
    ['may mean what lies in a submodule', ['lib/src/**', 'gone'], { lib: '@1' }, undefined],
  ])('that %s: whether a notice says so', async (_description, paths, files, named) => {
    const of = withPaths(paths, ['*.md'])
    const { notices, memo } = await gathered(treeOf(withDockerfile('', files)), [of])
    const message = `\`app\`: no file matches ${named ?? ''} under \`paths\`, relative to the repository root`
    expect(notices).toEqual(named === undefined ? [] : [{ message }])
    expect([...memo.values()].map((remembered) => remembered.notices)).toEqual([notices])
  })

  test('change the digest of the files', async () => {
    const [files, changed] = ['1', '2'].map((text) => treeOf(withDockerfile('', { 'shared/a': text })))
    const of = withPaths(['shared'])
    expect((await inputsOf(changed ?? {}, of)).files).not.toBe((await inputsOf(files ?? {}, of)).files)
  })
})

describe('`ignore`', () => {
  const ignoring = (...ignore: string[]) => ({ ...SERVICE, ignore })

  test.each<[string, string[], Files]>([
    ['a file', ['*.md'], { 'c/x.md': '' }],
    ['a file that no folder holds else', ['*.md'], { 'c/docs/deep/x.md': '' }],
    ['a folder', ['c/docs/'], { 'c/docs/x': '' }],
    ['a submodule', ['c/lib/'], { 'c/lib': '@1' }],
    ['a submodule by its name', ['lib'], { 'c/lib': '@1' }],
  ])('is as if %s were not there', async (_description, ignore, files) => {
    const of = ignoring(...ignore)
    expect(await filesDigest('COPY . /', { ...FILES, ...files }, of)).toBe(
      await filesDigest('COPY . /', FILES, of),
    )
  })

  test('is relative to the root, and its last match wins', async () => {
    const files = withDockerfile('COPY . /', { 'c/a.md': '', 'c/b.md': '', 'c/c/a.md': '' })
    const found = await gathered(treeOf(files), [ignoring('*.md', '!/c/a.md', 'c/c')])
    expect(takenBy(found)).toEqual(['c/_', 'c/a.md'])
  })

  test('does not keep a folder from standing for itself where the ignore file left it empty', async () => {
    const files = withDockerfile('COPY . /', { 'c/.dockerignore': '**/x\n.*', 'c/d/x': '', 'c/d/y.md': '' })
    expect(takenBy(await gathered(treeOf(files), [ignoring('*.md')]))).toEqual(['c/_', 'c/d/'])
  })
})

describe('`generated`', () => {
  const made = (generated: Service['generated']) => ({ ...SERVICE, generated })

  test.each<[string, string, Service['generated'], string]>([
    ['a file', 'COPY build/app.jar /', { 'c/build/app.jar': ['src/**'] }, 'c/build/app.jar'],
    ['a file in a folder of its own', 'COPY . /', { 'c/build/app.jar': ['src/**'] }, 'c/build/app.jar'],
    ['a folder', 'COPY build /', { 'c/build': ['src/**'] }, 'c/build/lib/app.jar'],
    ['a part of a folder', 'COPY d build /', { 'c/build': ['src/**'] }, 'c/build/app.jar'],
    ['what a pattern matches', 'COPY build/*.jar /', { 'c/build/app.jar': ['src/**'] }, 'c/build/app.jar'],
    ['what a pattern finds in a folder', 'COPY build/*.jar /', { 'c/build': ['src/**'] }, 'c/build/app.jar'],
    ['a mount', 'RUN --mount=source=build,target=/x true', { 'c/build': ['src/**'] }, 'c/build/app.jar'],
  ])(
    'counts by its sources, whether it lies there or not: %s',
    async (_description, ...[instruction, generated, path]) => {
      const of = made(generated)
      const tree = treeOf(withDockerfile(instruction, { ...FILES, 'src/a': '1' }))
      const absent = await inputsOf(tree, of)
      const present = await inputsOf({ ...tree, disk: { [path]: 'jar' } }, of)
      expect(present).toEqual(absent)
      expect(absent.missing).toEqual([])
      const changed = treeOf(withDockerfile(instruction, { ...FILES, 'src/a': '2' }))
      expect((await inputsOf(changed, of)).files).not.toBe(absent.files)
    },
  )

  test('leaves what it does not make', async () => {
    const { missing } = await inputsOf(
      treeOf(withDockerfile('COPY build/other.jar /', {})),
      made({ 'c/build/app.jar': ['a'] }),
    )
    expect(missing).toEqual([{ path: 'c/build/other.jar', line: 2 }])
  })
})

test('`volatile-args` name no files: where one stands in a path, the whole context counts', async () => {
  const build = { ...SERVICE.build, buildArgs: { V: 'a' } }
  const instructions = 'ARG V\nCOPY $V /x/'
  expect(await taken(instructions, FILES, { ...SERVICE, build })).toEqual(['a'])
  const volatile = { ...SERVICE, build: { ...build, volatileArgs: ['V'] } }
  expect(await taken(instructions, FILES, volatile)).toEqual(['_', 'a', 'b', 'd/e', 'd/f'])
})
