import { describe, expect, test } from '@jest/globals'
import { gather, inspected } from '../../src/fingerprint/gather.js'
import { pathOf } from '../../src/fingerprint/inspect.js'
import type { Service } from '../../src/model/service.js'
import { FakeGitTree, type FakeTree } from '../fakes/fake-git-tree.js'
import { COMMIT, failuresOf, file, messagesOf, service, valueOf } from '../fakes/images.js'
import { gathered, optionsFor, takenBy, treeOf } from './repository.js'

const API = service('api')
const COMMITTED = { 'api/Dockerfile': 'FROM scratch\nCOPY . /', 'api/a.ts': 'a', 'web/b.ts': 'b' }
const ON_DISK = { withDisk: true }

/** `path=content` of every file that a service takes, but the Dockerfile's. */
async function filesOf(
  tree: FakeTree,
  services: readonly Service[] = [API],
  name = 'api',
): Promise<string[]> {
  const { inspections } = await gathered(tree, services, ON_DISK)
  const texts = new Map<string, string>()
  for (const text of ['a', 'b', 'new', 'pinned', 'inner']) texts.set(file('', text).id, text)
  const all = (inspections.get(name)?.taken ?? []).flatMap((one) =>
    [...one.selection.entries.values()].map((entry) => `${pathOf(one, entry)}=${texts.get(entry.id) ?? ''}`),
  )
  return [...new Set(all)].filter((one) => !one.includes('Dockerfile')).sort()
}

async function uncommittedOf(
  tree: FakeTree,
  services: readonly Service[] = [API],
): Promise<readonly string[]> {
  const { snapshot } = await gathered(tree, services, ON_DISK)
  return snapshot.inputs.get(services[0]?.name ?? '')?.uncommitted ?? []
}

describe('the files that a service takes are', () => {
  test.each<[string, FakeTree['disk'], string[], string[]]>([
    ['those of HEAD when the disk is clean', {}, ['api/a.ts=a'], []],
    ['as they lie on the disk when modified', { 'api/a.ts': 'new' }, ['api/a.ts=new'], ['api/a.ts']],
    ['without those that were deleted', { 'api/a.ts': null }, [], []],
    ['with those that are not tracked', { 'api/0': 'new' }, ['api/0=new', 'api/a.ts=a'], ['api/0']],
    [
      'with a folder in place of a file',
      { 'api/a.ts': null, 'api/a.ts/x': 'new' },
      ['api/a.ts/x=new'],
      ['api/a.ts/x'],
    ],
    ['untouched by changes elsewhere', { 'web/b.ts': 'new', 'apix/a': 'new' }, ['api/a.ts=a'], []],
  ])('%s', async (_description, ...[disk, files, uncommitted]) => {
    const tree = { committed: COMMITTED, disk: disk ?? {} }
    expect(await filesOf(tree)).toEqual(files)
    expect(await uncommittedOf(tree)).toEqual(uncommitted)
    expect((await gathered(tree, [API], ON_DISK)).snapshot.commit).toBe(COMMIT)
  })
})

test('the disk has no say when the commit alone counts', async () => {
  const disk = { 'api/a.ts': 'new', 'api/b.ts': 'new', 'api/Dockerfile': 'FROM other' }
  const clean = await gathered({ committed: COMMITTED }, [API])
  const git = new FakeGitTree({ committed: COMMITTED, disk })
  const dirty = valueOf(await gather([API], optionsFor(git)))
  expect(dirty.snapshot).toEqual(clean.snapshot)
  expect(git.asked.filter((what) => !what.startsWith('tree'))).toEqual([])
})

test('a clean disk gives what the commit gives', async () => {
  const tree = treeOf({ ...COMMITTED, 'api/l': '-> a.ts', 'api/x': '+x ', 'api/m': '@1' })
  const commit = await gathered(tree, [API])
  expect((await gathered(tree, [API], ON_DISK)).snapshot).toEqual(commit.snapshot)
})

test('what the ignore file drops is neither hashed nor called uncommitted', async () => {
  const disk = { 'api/node_modules/x': 'new', 'api/a.ts': 'new', 'api/.dockerignore': 'node_modules' }
  const git = new FakeGitTree({ committed: COMMITTED, disk })
  const { snapshot } = valueOf(await gather([API], optionsFor(git, ON_DISK)))
  expect(git.asked.filter((what) => what.startsWith('hash'))).toEqual([
    'hash api/a.ts',
    'hash api/.dockerignore',
  ])
  expect(snapshot.inputs.get('api')?.uncommitted).toEqual(['api/.dockerignore', 'api/a.ts'])
})

test('what several services take is listed and hashed once', async () => {
  const worker = service('worker', { context: 'api', file: 'api/worker.Dockerfile' })
  const committed = { ...COMMITTED, 'api/worker.Dockerfile': 'FROM scratch\nCOPY . /\nCOPY a.ts /' }
  const git = new FakeGitTree({ committed, disk: { 'api/a.ts': 'new' } })
  await gather([worker, API], optionsFor(git, ON_DISK))
  expect(git.asked.filter((what) => what.startsWith('hash'))).toEqual(['hash api/a.ts'])
  const clean = new FakeGitTree({ committed })
  await gather([worker, API], optionsFor(clean))
  expect(new Set(clean.asked).size).toBe(clean.asked.length)
})

test('the Dockerfile and the ignore file count as they lie on the disk', async () => {
  const tree = {
    committed: COMMITTED,
    disk: { 'api/Dockerfile': 'FROM scratch\nCOPY *.md /', 'api/c.md': 'b' },
  }
  expect(await filesOf(tree)).toEqual(['api/c.md=b'])
  const ignoring = { committed: COMMITTED, disk: { 'api/.dockerignore': '*' } }
  expect(await filesOf(ignoring)).toEqual(['api='])
})

test('a Dockerfile that a link leads to counts as it lies on the disk, wherever that is', async () => {
  const tree = {
    ...treeOf({ ...COMMITTED, 'docker/api': '-> shared/x', 'docker/shared/x': 'FROM scratch\nCOPY . /' }),
    disk: { 'docker/shared/x': 'FROM scratch\nCOPY *.md /' },
  }
  expect(await filesOf(tree, [{ ...API, file: 'docker/api' }])).toEqual([])
})

describe('a submodule', () => {
  const tree = { committed: COMMITTED, submodules: ['api/lib'] }

  test('counts by its commit, whatever lies in it', async () => {
    expect(await filesOf({ ...tree, disk: { 'api/lib/x': 'inner' } })).toEqual([
      'api/a.ts=a',
      'api/lib=pinned',
    ])
  })

  test.each<[string, Partial<Service>]>([
    ['is a context', { context: 'api/lib' }],
    ['holds a Dockerfile', { file: 'api/lib/x' }],
    [
      'is a named context',
      { build: { ...API.build, contexts: { o: { kind: 'folder', folder: 'api/lib' } } } },
    ],
  ])('counts by its files when it %s', async (_description, given) => {
    const disk = { 'api/lib/x': 'FROM scratch\nCOPY . /', 'api/lib/y': 'inner' }
    const other = { ...service('lib', { context: 'api', file: 'api/Dockerfile' }), ...given }
    const found = await gathered({ ...tree, disk }, [other, API], ON_DISK)
    expect(takenBy(found, 'api')).toContain('api/lib/y')
    expect(found.opened).toEqual(['api/lib'])
  })

  test.each<[string, Partial<Service>]>([
    ['a context', { context: 'api/lib/x' }],
    ['a named context', { build: { ...API.build, contexts: { o: { kind: 'folder', folder: 'api/lib' } } } }],
  ])('that is %s, or has it in it, is refused when the commit alone counts', async (_description, given) => {
    const result = await gather([{ ...API, ...given }], optionsFor(new FakeGitTree(tree)))
    expect(messagesOf(result)).toEqual([expect.stringContaining('lies in the submodule `api/lib`')])
  })

  test('whose name starts another name leaves that alone', async () => {
    expect(await uncommittedOf({ ...tree, disk: { 'api/library': 'new' } })).toEqual(['api/library'])
  })
})

describe('contexts', () => {
  const root = service('root', { context: '', file: 'Dockerfile' })
  const inner = service('inner', { context: 'api/src', file: 'api/Dockerfile' })
  const committed = { ...COMMITTED, 'api/src/c': 'new', Dockerfile: 'FROM scratch\nCOPY . /' }

  test('may lie in one another', async () => {
    const services = [root, API, inner]
    expect(await filesOf({ committed }, services, 'root')).toEqual([
      'api/a.ts=a',
      'api/src/c=new',
      'web/b.ts=b',
    ])
    expect(await filesOf({ committed }, services)).toEqual(['api/a.ts=a', 'api/src/c=new'])
    expect(await filesOf({ committed }, services, 'inner')).toEqual(['api/src/c=new'])
  })

  const place = { file: 'images.yml', line: 1, column: 1 }
  test.each<[string, Partial<Service>, string]>([
    ['a link', { context: 'l' }, 'context `l` is a link or lies behind one'],
    ['behind a link', { context: 'l/src' }, 'context `l/src` is a link or lies behind one'],
    [
      'a link, under a name',
      { build: { ...API.build, contexts: { o: { kind: 'folder', folder: 'l' } } } },
      'context `l` is a link or lies behind one',
    ],
    ['nowhere', { context: 'gone' }, 'context `gone` has no files'],
    ['a file', { context: 'api/a.ts' }, 'context `api/a.ts` has no files'],
  ])('that are %s are refused', async (_description, given, problem) => {
    const git = new FakeGitTree({ committed, links: { l: 'api' } })
    const [failure, ...others] = failuresOf(await gather([API, { ...API, ...given, place }], optionsFor(git)))
    expect(failure).toMatchObject({ kind: 'config-invalid', place })
    expect(failure?.message).toContain(problem)
    expect(others).toEqual([])
  })
})

test('the problems of all services are told at once', async () => {
  const committed = {
    ...COMMITTED,
    'a/Dockerfile': 'COPY . /',
    'b/.dockerignore': 'x\n[',
    'b/Dockerfile': 'FROM scratch\nCOPY . /',
    'd/x': '',
  }
  const git = new FakeGitTree({ committed, links: { 'd/Dockerfile': '../a/Dockerfile' } })
  const result = await gather([service('a'), API, service('b'), service('c'), service('d')], optionsFor(git))
  expect(failuresOf(result)).toMatchObject([
    { kind: 'config-invalid', place: { file: 'a/Dockerfile', line: 1 } },
    { kind: 'config-invalid', place: { file: 'b/.dockerignore', line: 2 } },
    { kind: 'config-invalid', message: expect.stringContaining('context `c` has no files') as unknown },
    { kind: 'config-invalid', message: expect.stringContaining('d/Dockerfile is a link') as unknown },
  ])
})

test('a Dockerfile that is nowhere is told with the mend', async () => {
  const git = new FakeGitTree({ committed: COMMITTED })
  expect(messagesOf(await gather([service('web')], optionsFor(git)))).toEqual([
    'service `web`: Dockerfile `web/Dockerfile` does not exist; set `file:` to its path from the repository root',
  ])
})

test.each(['root', 'differing', 'onDisk'] as const)('a failure of git in %s ends it', async (method) => {
  const git = new FakeGitTree({ committed: COMMITTED, disk: { 'api/a.ts': 'new' } })
  git.broken = method
  expect(messagesOf(await gather([API], optionsFor(git, ON_DISK)))).toEqual([`git failed in ${method}`])
})

test('what was remembered is inspected when it is asked for', async () => {
  const git = new FakeGitTree({ committed: COMMITTED })
  const full = valueOf(await gather([API], optionsFor(git)))
  const recalled = valueOf(await gather([API], optionsFor(git, { memo: full.memo })))
  expect(recalled.inspections.size).toBe(0)
  const complete = valueOf(await inspected(recalled, [API], optionsFor(git)))
  expect(takenBy(complete, 'api')).toEqual(takenBy(full, 'api'))
})
