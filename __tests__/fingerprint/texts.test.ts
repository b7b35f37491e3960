import { describe, expect, test } from '@jest/globals'
import { committedFiles, committedText } from '../../src/fingerprint/committed.js'
import { GitView } from '../../src/fingerprint/git-view.js'
import { readTexts, type Texts } from '../../src/fingerprint/texts.js'
import { FakeGitTree } from '../fakes/fake-git-tree.js'
import { failuresOf, valueOf } from '../fakes/images.js'
import { type Files, treeOf } from './repository.js'

async function read(files: Files, ...paths: readonly string[]): Promise<Texts> {
  const git = new FakeGitTree(treeOf(files))
  return readTexts(paths, new GitView(git, git.head, []), git)
}

describe('a text is', () => {
  test.each<[string, Files, string | undefined]>([
    ['that of the file', { 'd/f': 'x' }, 'x'],
    ['that of one that may be executed', { 'd/f': '+x x' }, 'x'],
    ['nothing where nothing lies', { 'd/g': 'x' }, undefined],
    ['nothing where a folder lies', { 'd/f/g': 'x' }, undefined],
    ['nothing where a submodule lies', { 'd/f': '@1' }, undefined],
    ['that of what a link leads to', { 'd/f': '-> g', 'd/g': 'x' }, 'x'],
    ['that of what several links lead to', { 'd/f': '-> ./e/h', 'd/e/h': '-> ../g', 'd/g': 'x' }, 'x'],
    ['nothing where a link leads to nothing', { 'd/f': '-> g' }, undefined],
    ['nothing where a link leads to a folder', { 'd/f': '-> e', 'd/e/g': 'x' }, undefined],
  ])('%s', async (_description, files, text) => {
    const { texts, failures } = await read(files, 'd/f')
    expect(texts.get('d/f')).toBe(text)
    expect(failures.size).toBe(0)
  })
})

describe('a link is refused that leads', () => {
  test.each<[string, Files]>([
    ['out of its folder', { 'd/f': '-> ../g', g: 'x' }],
    ['into a folder whose name goes on', { 'd/f': '-> ../de/g', 'de/g': 'x' }],
    ['out of the repository', { 'd/f': '-> ../../g' }],
    ['to an absolute path', { 'd/f': '-> /d/g', 'd/g': 'x' }],
    ['in a circle', { 'd/f': '-> g', 'd/g': '-> f' }],
    ['out at last', { 'd/f': '-> g', 'd/g': '-> ../h', h: 'x' }],
  ])('%s', async (_description, files) => {
    const { texts, failures } = await read({ ...files, 'd/other': 'y' }, 'd/f', 'd/other')
    expect([...texts]).toEqual([['d/other', 'y']])
    expect([...failures.keys()]).toEqual(['d/f'])
    expect(failures.get('d/f')).toMatchObject([
      {
        kind: 'config-invalid',
        message: expect.stringContaining('d/f is a link that leads out of d') as unknown,
      },
    ])
  })
})

test('at the root a link may lead anywhere in the repository', async () => {
  const { texts } = await read({ f: '-> d/g', 'd/g': 'x' }, 'f')
  expect(texts.get('f')).toBe('x')
})

test('what a text rests on are all the places that were looked at', async () => {
  const { needs } = await read({ 'd/f': '-> e/g', 'd/e/g': '-> ../h', 'd/h': 'x' }, 'd/f', 'gone')
  expect(needs.get('d/f')).toEqual(['nd/f', 'nd/e/g', 'nd/h'])
  expect(needs.get('gone')).toEqual(['ngone'])
})

describe('of the commit', () => {
  const files = { 'd/f': '-> g', 'd/g': 'x', l: '-> d/f', m: '@1' }

  test('a text is read whatever lies on the disk', async () => {
    const git = new FakeGitTree({ ...treeOf(files), disk: { 'd/g': 'y' } })
    expect(valueOf(await committedText('d/f', git))).toBe('x')
    expect(valueOf(await committedText('gone', git))).toBeUndefined()
  })

  test('a text behind a link that leads out is a failure', async () => {
    const git = new FakeGitTree(treeOf({ ...files, 'd/f': '-> ../l' }))
    expect(failuresOf(await committedText('d/f', git))).toHaveLength(1)
  })

  test('all files are known, links and submodules too', async () => {
    const git = new FakeGitTree(treeOf(files))
    expect(valueOf(await committedFiles(git)).toSorted()).toEqual(['d/f', 'd/g', 'l', 'm'])
  })
})
