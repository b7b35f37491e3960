import { describe, expect, test } from '@jest/globals'
import { type Files, taken } from './repository.js'

/** A row of a table: what is shown, the instruction, the files of the context, what is taken. */
type Row = readonly [description: string, instruction: string, files: Files, takes: readonly string[]]

async function holds(...[, instruction, files, takes]: Row): Promise<void> {
  const inContext = Object.fromEntries(Object.entries(files).map(([path, text]) => [`c/${path}`, text]))
  expect(await taken(instruction, inContext)).toEqual(takes)
}

const TREE: Files = {
  'a.txt': '',
  'b.txt': '',
  'c.md': '',
  'lib/a.txt': '',
  'lib/in/b.txt': '',
  'web/a.txt': '',
  'web/in/c.md': '',
}

describe('a source takes', () => {
  test.each<Row>([
    ['one file', 'COPY a.txt /', TREE, ['a.txt']],
    ['a folder with all in it', 'COPY lib /', TREE, ['lib/a.txt', 'lib/in/b.txt']],
    ['a file in a folder', 'COPY lib/in/b.txt /', TREE, ['lib/in/b.txt']],
    [
      'the whole context',
      'COPY . /',
      { 'a/b': '', x: '+x ' },
      // `_` lies in each context of these tests.
      ['_', 'a/b', 'x'],
    ],
    ['what matches in the last part', 'COPY *.txt /', TREE, ['a.txt', 'b.txt']],
    ['a folder that matches', 'COPY li* /', TREE, ['lib/a.txt', 'lib/in/b.txt']],
    ['what matches in a middle part', 'COPY */a.txt /', TREE, ['lib/a.txt', 'web/a.txt']],
    ['what matches in two parts', 'COPY */i?/*.md /', TREE, ['web/in/c.md']],
    ['names with dots at the start, too', 'COPY * /', { '.x': '' }, ['.x', '_']],
    ['nothing where nothing matches', 'COPY *.go /', TREE, []],
    ['nothing where nothing lies', 'COPY a /', TREE, []],
    ['nothing behind a file', 'COPY a.txt/x /', TREE, []],
    ['several sources', 'COPY a.txt web/a.txt /', TREE, ['a.txt', 'web/a.txt']],
    ['what is at the top, for all its dots', 'COPY ../../a.txt /', TREE, ['a.txt']],
    [
      'a name with what a backslash makes plain',
      String.raw`COPY ["\\\\[a]", "/"]`,
      { '[a]': '', a: '' },
      ['[a]'],
    ],
    [
      'a mount, whose wildcards are none',
      'RUN --mount=type=bind,source=app/[id],target=/x true',
      { 'app/[id]/x': '', 'app/i/x': '' },
      ['app/[id]/x'],
    ],
    [
      'a name under both readings of a backslash',
      String.raw`COPY ["a\\\\b", "/"]`,
      { 'a\\b': '', ab: '' },
      ['a\\b', 'ab'],
    ],
  ])('%s', holds)
})

describe('a link', () => {
  test.each<Row>([
    ['to a file', 'COPY l /', { l: '-> d/f', 'd/f': '' }, ['d/f', 'l']],
    ['to a folder', 'COPY l /', { l: '-> d', 'd/f': '', 'd/g/h': '' }, ['d/f', 'd/g/h', 'l']],
    ['to a link', 'COPY l /', { l: '-> m', m: '-> d/n', 'd/n': '-> f', 'd/f': '' }, ['d/f', 'd/n', 'l', 'm']],
    ['to nothing', 'COPY l /', { l: '-> gone' }, ['l']],
    ['of an absolute path, from the context on', 'COPY l /', { l: '-> /d/f', 'd/f': '' }, ['d/f', 'l']],
    ['beyond the context, held back at it', 'COPY d/l /', { 'd/l': '-> ../../../f', f: '' }, ['d/l', 'f']],
    ['in the way', 'COPY l/f /', { l: '-> d', 'd/f': '', 'd/g': '' }, ['d/f', 'l']],
    ['in the way of a wildcard', 'COPY l/*.a /', { l: '-> d', 'd/f.a': '', 'd/g': '' }, ['d/f.a', 'l']],
    ['that a wildcard matches', 'COPY l* /', { la: '-> d', lb: '', 'd/f': '' }, ['d/f', 'la', 'lb']],
    ['to itself', 'COPY l /', { l: '-> l' }, ['l']],
    ['in a circle', 'COPY l/f /', { l: '-> m', m: '-> ./l' }, ['l', 'm']],
    ['that grows with each turn', 'COPY l/f /', { l: '-> l/x', x: '' }, ['l']],
    ['back to the folder that it lies in', 'COPY d/l/l/f /', { 'd/l': '-> ../d', 'd/f': '' }, ['d/f', 'd/l']],
    ['within a copied folder stays a link', 'COPY d /', { 'd/l': '-> ../f', f: '' }, ['d/l']],
    [
      'over a folder that is a link, in both readings of its dots',
      'COPY s/../f /',
      { s: '-> d/e', 'd/e/x': '', 'd/f': '', f: '' },
      ['f'],
    ],
    [
      'with dots behind another link, in both readings',
      'COPY l /',
      { l: '-> s/../f', s: '-> d/e', 'd/e/x': '', 'd/f': '', f: '' },
      ['d/f', 'f', 'l', 's'],
    ],
    ['to a name with a wildcard in it', 'COPY l /', { l: '-> [a]', '[a]': '', a: '' }, ['[a]', 'l']],
  ])('%s', holds)
})

test('links that lead on in ever other ways end with the whole context', async () => {
  const instructions = 'COPY a /'
  const files = { a: '-> s/../a/b', s: '-> d/e', 'd/e/_': '', 'd/a': '-> ../s/../a/b', other: '' }
  const inContext = Object.fromEntries(Object.entries(files).map(([path, text]) => [`c/${path}`, text]))
  expect(await taken(instructions, inContext)).toEqual(['_', 'a', 'd/a', 'd/e/_', 'other', 's'])
})

describe('a submodule counts by its commit', () => {
  test.each<Row>([
    ['when it is copied', 'COPY m /', { m: '@1' }, ['m']],
    ['when a part of it is', 'COPY m/a/b /', { m: '@1' }, ['m']],
    ['in a copied folder', 'COPY d /', { 'd/m': '@1', 'd/f': '' }, ['d/f', 'd/m']],
    ['behind a wildcard', 'COPY */x /', { m: '@1' }, ['m']],
    ['behind a link', 'COPY l/x /', { l: '-> m', m: '@1' }, ['l', 'm']],
    ['when a part of it is kept', 'COPY . /', { m: '@1', '.dockerignore': '*\n!m/x' }, ['m']],
    ['not when it is left out', 'COPY . /', { m: '@1', '.dockerignore': '*\n!_' }, ['_']],
    ['when a part of it is not excluded', 'COPY --exclude=m --exclude=!m/x d /', { 'd/m': '@1' }, ['d/m']],
    ['not when it is excluded', 'COPY --exclude=m d /', { 'd/m': '@1', 'd/f': '' }, ['d/f']],
  ])('%s', holds)
})

describe('the ignore file', () => {
  test.each<Row>([
    ['drops files', 'COPY . /', { '.dockerignore': '**/*.md\n_\n.d*', 'a/b.md': '', 'a/c': '' }, ['a/c']],
    [
      'keeps what lies deep in a dropped folder',
      'COPY . /',
      { '.dockerignore': '*\n!a/b/c', 'a/b/c': '', 'a/d': '' },
      ['a/b/c'],
    ],
    [
      'leaves a folder of which all is dropped',
      'COPY d /',
      { '.dockerignore': '**/*.md', 'd/e/a.md': '' },
      ['d/e/'],
    ],
    [
      'leaves nothing of a dropped folder',
      'COPY d /',
      { '.dockerignore': 'd/e', 'd/e/a': '', 'd/f': '' },
      ['d/f'],
    ],
    [
      'leaves nothing of one with exceptions for nothing',
      'COPY . /',
      { '.dockerignore': '*\n!_\n!d/x', 'd/f': '' },
      ['_'],
    ],
    ['drops what a link leads to', 'COPY l /', { '.dockerignore': 'f', l: '-> f', f: '' }, ['l']],
    [
      'does not keep a link out that is not dropped',
      'COPY l /',
      { '.dockerignore': '*\n!l\n!d/f', l: '-> d', 'd/f': '', 'd/g': '' },
      ['d/f', 'l'],
    ],
  ])('%s', holds)
})

describe('--exclude', () => {
  const files = { 'd/a.md': '', 'd/b': '', 'd/e/c.md': '', 'd/e/f': '' }
  test.each<Row>([
    [
      'is relative to the folder that is copied',
      'COPY --exclude=*.md d /',
      files,
      ['d/b', 'd/e/c.md', 'd/e/f'],
    ],
    [
      'does not know the path from the context on',
      'COPY --exclude=d/b d /',
      files,
      ['d/a.md', 'd/b', 'd/e/c.md', 'd/e/f'],
    ],
    ['crosses folders with two stars', 'COPY --exclude=**/*.md d /', files, ['d/b', 'd/e/f']],
    ['leaves out folders', 'COPY --exclude=e d /', files, ['d/a.md', 'd/b']],
    ['leaves an empty folder', 'COPY --exclude=e/* d /', files, ['d/a.md', 'd/b', 'd/e/']],
    ['may have exceptions', 'COPY --exclude=e --exclude=!e/f d /', files, ['d/a.md', 'd/b', 'd/e/f']],
    ['does not speak of a file that is named', 'COPY --exclude=*.md d/a.md /', files, ['d/a.md']],
    [
      'speaks of what each match holds',
      'COPY --exclude=*.md * /',
      { 'd/a.md': '', 'e/b.md': '', 'e/c': '' },
      ['_', 'd/', 'e/c'],
    ],
    ['that starts with a slash leaves out nothing', 'COPY --exclude=/b d /', { 'd/b': '' }, ['d/b']],
  ])('%s', holds)
})

describe('--parents', () => {
  const files = { 'a/x.md': '', 'a/b/x.md': '', 'a/b/y': '', 'd/x.md': '' }
  test.each<Row>([
    ['takes a file', 'COPY --parents a/b/y /', files, ['a/b/y']],
    ['takes a folder', 'COPY --parents a/b /', files, ['a/b/x.md', 'a/b/y']],
    ['takes what matches', 'COPY --parents */x.md /', files, ['a/x.md', 'd/x.md']],
    ['takes what matches at any depth', 'COPY --parents a/**/*.md /', files, ['a/b/x.md', 'a/x.md']],
    ['takes what lies in a match', 'COPY --parents a/b* /', files, ['a/b/x.md', 'a/b/y']],
    ['takes the same with a pivot', 'COPY --parents ./a/./b/*.md /', files, ['a/b/x.md']],
    [
      'with a link before the pivot takes what that leads to',
      'COPY --parents l/./x.md /',
      { ...files, l: '-> d' },
      ['d/x.md', 'l'],
    ],
    [
      'with a pattern before the pivot takes all that it matches',
      'COPY --parents */./x.md /',
      { ...files, 'a/l': '-> ../d', f: '' },
      ['_', 'a/b/x.md', 'a/b/y', 'a/l', 'a/x.md', 'd/x.md', 'f'],
    ],
    [
      'takes a submodule in which a pattern may match',
      'COPY --parents */x.md /',
      { ...files, m: '@1' },
      ['a/x.md', 'd/x.md', 'm'],
    ],
    [
      'excludes by the path from the context on',
      'COPY --parents --exclude=*.md a /',
      files,
      ['a/b/x.md', 'a/b/y', 'a/x.md'],
    ],
    ['excludes at any depth', 'COPY --parents --exclude=**/*.md a /', files, ['a/b/y']],
  ])('%s', holds)
})
