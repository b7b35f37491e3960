import { describe, expect, test } from '@jest/globals'
import { questionsOf } from '../../src/fingerprint/memo.js'
import type { Answers } from '../../src/model/memo.js'
import type { BuildOptions, Service } from '../../src/model/service.js'
import { service } from '../fakes/images.js'
import { type Files, gathered, SERVICE, treeOf, withDockerfile, without } from './repository.js'

function questionOf(of: Service, platform: string): string | undefined {
  return questionsOf([of], { platform, all: [of] })[0]
}

const INSTRUCTIONS = 'COPY src *.lock /\nCOPY pkg/*/package.json /\nCOPY link /'
const FILES = withDockerfile(INSTRUCTIONS, {
  'c/.dockerignore': '**/*.md',
  'c/src/main.ts': '1',
  'c/a.lock': '1',
  'c/pkg/a/package.json': '{}',
  'c/pkg/a/index.ts': '1',
  'c/link': '-> real',
  'c/real': '1',
  'c/other': '1',
  'c/README.md': '1',
  'elsewhere/x': '1',
})

async function memoOf(files: Files, of: Service = SERVICE): Promise<Answers> {
  return (await gathered(treeOf(files), [of])).memo
}

/** Whether what was found out about one state of the files answers for another. */
async function isRecalled(before: Files, after: Files, asked: Service = SERVICE): Promise<boolean> {
  const found = await gathered(treeOf(after), [asked], { memo: await memoOf(before) })
  return found.inspections.size === 0
}

describe('what was found out is used again', () => {
  test('when nothing changed', async () => {
    const memo = await memoOf(FILES)
    const found = await gathered(treeOf(FILES), [SERVICE], { memo })
    expect(found.inspections.size).toBe(0)
    expect(found.snapshot).toEqual((await gathered(treeOf(FILES))).snapshot)
    expect(found.memo).toEqual(memo)
  })

  test.each<[string, Files]>([
    ['something outside of the context changed', { ...FILES, 'elsewhere/x': '2' }],
    ['a file beside the sources changed', { ...FILES, 'c/other': '2' }],
    ['a file came beside the sources', { ...FILES, 'c/new': '1' }],
    ['a file in a folder that a wildcard matches changed', { ...FILES, 'c/pkg/a/index.ts': '2' }],
    ['a file lies beside the Dockerfile', { ...FILES, 'docker/README.md': '1' }],
  ])('when %s', async (_description, after) => {
    expect(await isRecalled(FILES, after)).toBe(true)
  })

  test('with a shorter look the next time', async () => {
    const after = { ...FILES, 'c/other': '2' }
    const memo = await memoOf(FILES)
    const renewed = (await gathered(treeOf(after), [SERVICE], { memo })).memo
    const [was] = [...memo.values()]
    const [is] = [...renewed.values()]
    expect(is?.roughValue).not.toBe(was?.roughValue)
    expect(is).toEqual({ ...was, roughValue: is?.roughValue })
    expect(renewed).toEqual(await memoOf(after))
  })
})

describe('what was found out is of no use when', () => {
  test.each<[string, Files]>([
    ['a file has other content', { ...FILES, 'c/src/main.ts': '2' }],
    ['a file has another mode', { ...FILES, 'c/src/main.ts': '+x 1' }],
    ['a file came', { ...FILES, 'c/src/new.ts': '1' }],
    ['a file went', without(FILES, 'c/a.lock')],
    ['a wildcard matches one more', { ...FILES, 'c/b.lock': '1' }],
    ['a wildcard matches one more folder', { ...FILES, 'c/pkg/b/package.json': '{}' }],
    ['the Dockerfile changed', { ...FILES, 'docker/Dockerfile': 'FROM scratch\nCOPY src /\n' }],
    ['the ignore file changed', { ...FILES, 'c/.dockerignore': '**/*.ts' }],
    ['the ignore file went', without(FILES, 'c/.dockerignore')],
    ['an ignore file of the Dockerfile came', { ...FILES, 'docker/Dockerfile.dockerignore': '' }],
    ['a link leads elsewhere', { ...FILES, 'c/link': '-> other' }],
    ['what a link leads to changed', { ...FILES, 'c/real': '2' }],
    ['a link became what it led to', { ...FILES, 'c/link': '1' }],
    ['a folder became a link', { ...without(FILES, 'c/src/main.ts'), 'c/src': '-> pkg' }],
    ['a folder in the way became a link', { ...without(FILES, 'c/pkg/a/package.json'), 'c/pkg': '-> src' }],
    ['a folder became a submodule', { ...without(FILES, 'c/src/main.ts'), 'c/src': '@1' }],
  ])('%s', async (_description, after) => {
    expect(await isRecalled(FILES, after)).toBe(false)
  })

  test('an ignore file came where none was', async () => {
    const before = without(FILES, 'c/.dockerignore')
    expect(await isRecalled(before, FILES)).toBe(false)
    const beside = { ...before, 'docker/Dockerfile.dockerignore': '' }
    expect(await isRecalled(before, beside)).toBe(false)
  })

  test('the ignore file of a named context came', async () => {
    const of = service('app', {
      ...{ context: 'c', file: 'docker/Dockerfile' },
      build: { contexts: { other: { kind: 'folder', folder: 'elsewhere' } } },
    })
    const files = withDockerfile('COPY --from=other x /', { 'elsewhere/x': '1' })
    const memo = await memoOf(files, of)
    const after = { ...files, 'elsewhere/.dockerignore': 'x' }
    expect((await gathered(treeOf(files), [of], { memo })).inspections.size).toBe(0)
    expect((await gathered(treeOf(after), [of], { memo })).inspections.size).toBe(1)
  })
})

describe('of what the disk had a part in', () => {
  const tree = treeOf(FILES)
  test.each([
    ['a file that is taken', { 'c/src/main.ts': '2' }],
    ['a file that is not committed', { 'c/src/new.ts': '1' }],
    ['the Dockerfile', { 'docker/Dockerfile': 'FROM scratch\nCOPY src /' }],
    ['an ignore file', { 'docker/Dockerfile.dockerignore': '' }],
    ['one more that a wildcard matches', { 'c/b.lock': '1' }],
  ])('nothing is remembered, and nothing recalled: %s', async (_description, disk) => {
    const dirty = { ...tree, disk }
    const found = await gathered(dirty, [SERVICE], { withDisk: true })
    expect(found.memo.size).toBe(0)
    const asked = await gathered(dirty, [SERVICE], { withDisk: true, memo: await memoOf(FILES) })
    expect(asked.inspections.size).toBe(1)
    expect(asked.snapshot).toEqual(found.snapshot)
  })

  test('what is gone is remembered as what is not there', async () => {
    const dirty = { ...tree, disk: { 'c/src/main.ts': null } }
    const { memo, snapshot } = await gathered(dirty, [SERVICE], { withDisk: true, memo: await memoOf(FILES) })
    const others = without(FILES, 'c/src/main.ts')
    const committed = await gathered(treeOf(others), [SERVICE], { memo })
    expect(committed.inspections.size).toBe(0)
    expect(committed.snapshot).toEqual(snapshot)
    expect(snapshot).toEqual((await gathered(treeOf(others))).snapshot)
  })

  test('what lies beside the sources had none', async () => {
    const dirty = { ...tree, disk: { 'c/other': '2', 'c/pkg/a/index.ts': '2' } }
    const found = await gathered(dirty, [SERVICE], { withDisk: true })
    expect(found.memo.size).toBe(1)
    expect(await gathered(dirty, [SERVICE], { withDisk: true, memo: await memoOf(FILES) })).toMatchObject({
      inspections: new Map(),
      snapshot: found.snapshot,
    })
    expect((await gathered(tree, [SERVICE], { memo: found.memo })).memo).toEqual(await memoOf(FILES))
  })
})

describe('another question is asked with another', () => {
  const build = (given: Partial<BuildOptions>) => service('app', { ...SERVICE, build: given })
  test.each<[string, Service]>([
    ['name, which notices hold', { ...SERVICE, name: 'other' }],
    ['context', { ...SERVICE, context: 'd' }],
    ['Dockerfile', { ...SERVICE, file: 'docker/other' }],
    ['list of paths', { ...SERVICE, paths: ['a'] }],
    ['list of what is ignored', { ...SERVICE, ignore: ['a'] }],
    ['map of what is made', { ...SERVICE, generated: { a: ['b'] } }],
    ['target', build({ target: 'a' })],
    ['list of platforms', build({ platforms: ['linux/arm64'] })],
    ['build argument', build({ buildArgs: { a: '1' } })],
    ['named folder', build({ contexts: { a: { kind: 'folder', folder: 'a' } } })],
    ['named context', build({ contexts: { a: { kind: 'reference', reference: 'a' } } })],
  ])('%s', (_description, other) => {
    expect(questionOf(other, 'linux/amd64')).not.toEqual(questionOf(SERVICE, 'linux/amd64'))
  })

  test('platform of an image for which none is configured', () => {
    expect(questionOf(SERVICE, 'linux/arm64')).not.toEqual(questionOf(SERVICE, 'linux/amd64'))
  })

  test('setting, but not with one that decides nothing of what is looked at', () => {
    const place = { file: 'f', line: 1, column: 1 }
    const other: Service = { ...SERVICE, tags: ['a'], image: { repository: 'b' }, matrix: { a: 1 }, place }
    expect(questionOf(other, 'linux/amd64')).toEqual(questionOf(SERVICE, 'linux/amd64'))
  })

  test('setting, so that no value passes for another', () => {
    const one = build({ buildArgs: { a: 'b' }, target: 'x' })
    const questions = [
      one,
      build({ buildArgs: { a: 'b', target: 'x' } }),
      build({ target: '{"a":"b"}' }),
      { ...one, paths: ['x'] },
      { ...one, ignore: ['x'] },
    ].map((of) => questionOf(of, 'linux/amd64'))
    expect(new Set(questions).size).toBe(questions.length)
  })
})
