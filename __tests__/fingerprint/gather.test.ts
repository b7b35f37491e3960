import { describe, expect, test } from '@jest/globals'
import { gather } from '../../src/fingerprint/gather.js'
import type { Service } from '../../src/model/service.js'
import type { Snapshot } from '../../src/model/snapshot.js'
import { FakeGitTree, type FakeTree } from '../fakes/fake-git-tree.js'
import { COMMIT, failuresOf, file, messagesOf, service, valueOf } from '../fakes/images.js'

const API = service('api')
const COMMITTED = { 'api/Dockerfile': 'FROM scratch', 'api/a.ts': 'a', 'web/b.ts': 'b' }

async function gathered(tree: FakeTree, services: readonly Service[] = [API]): Promise<Snapshot> {
  return valueOf(await gather(services, new FakeGitTree(tree)))
}

/** `path=content` of every file of a context. */
function filesOf(snapshot: Snapshot, context = 'api'): string[] | undefined {
  const texts = new Map<string, string>()
  for (const text of ['FROM scratch', 'a', 'b', 'new', 'pinned', 'inner']) texts.set(file('', text).id, text)
  return snapshot.contexts.get(context)?.map(({ path, id }) => `${path}=${texts.get(id) ?? id}`)
}

describe('the files of a context are', () => {
  test.each<[string, FakeTree['disk'], string[], string[]]>([
    ['those of HEAD when the disk is clean', {}, ['Dockerfile=FROM scratch', 'a.ts=a'], []],
    [
      'as they lie on the disk when modified',
      { 'api/a.ts': 'new' },
      ['Dockerfile=FROM scratch', 'a.ts=new'],
      ['api/a.ts'],
    ],
    ['without those that were deleted', { 'api/a.ts': null }, ['Dockerfile=FROM scratch'], ['api/a.ts']],
    [
      'with those that are not tracked',
      { 'api/0': 'new' },
      ['0=new', 'Dockerfile=FROM scratch', 'a.ts=a'],
      ['api/0'],
    ],
    [
      'with a folder in place of a file',
      { 'api/a.ts': null, 'api/a.ts/x': 'new' },
      ['Dockerfile=FROM scratch', 'a.ts/x=new'],
      ['api/a.ts', 'api/a.ts/x'],
    ],
    [
      'untouched by changes elsewhere',
      { 'web/b.ts': 'new', 'apix/a': 'new' },
      ['Dockerfile=FROM scratch', 'a.ts=a'],
      [],
    ],
  ])('%s', async (_description, ...[disk, files, uncommitted]) => {
    const snapshot = await gathered({ committed: COMMITTED, disk: disk ?? {} })
    expect(filesOf(snapshot)).toEqual(files)
    expect(snapshot.uncommitted).toEqual(uncommitted)
    expect(snapshot.commit).toBe(COMMIT)
  })
})

test('modes of files and links are kept', async () => {
  const snapshot = await gathered({ committed: COMMITTED, links: { 'api/link': 'a.ts' } })
  expect(snapshot.contexts.get('api')).toContainEqual(file('link', 'a.ts', '120000'))
})

test('what every ignore file drops is neither hashed nor called uncommitted', async () => {
  const disk = { 'api/node_modules/x': 'new', 'api/a.ts': 'new', 'api/.dockerignore': 'node_modules' }
  const git = new FakeGitTree({ committed: COMMITTED, disk })
  const snapshot = valueOf(await gather([API], git))
  expect(git.asked).toEqual(['hash api/a.ts', 'hash api/.dockerignore'])
  expect(snapshot.uncommitted).toEqual(['api/a.ts', 'api/.dockerignore'])
  expect(filesOf(snapshot)).not.toContainEqual(expect.stringContaining('node_modules'))
})

test('what one of two services takes is hashed for it', async () => {
  const worker = service('worker', { context: 'api', file: 'api/worker.Dockerfile' })
  const disk = { 'api/x.md': 'new', 'api/worker.Dockerfile.dockerignore': '**/*.md' }
  const git = new FakeGitTree({ committed: COMMITTED, disk })
  await gather([worker, API], git)
  expect(git.asked).toContain('hash api/x.md')
  const alone = new FakeGitTree({ committed: COMMITTED, disk })
  await gather([worker], alone)
  expect(alone.asked).not.toContain('hash api/x.md')
})

test('the texts are the Dockerfiles and the ignore files that exist, as they lie on the disk', async () => {
  const committed = { ...COMMITTED, 'api/.dockerignore': 'x', 'api/Dockerfile.dockerignore': 'y' }
  const snapshot = await gathered({
    committed,
    disk: { 'api/Dockerfile': 'FROM other', 'api/.dockerignore': null },
  })
  expect(Object.fromEntries(snapshot.texts)).toEqual({
    'api/Dockerfile': 'FROM other',
    'api/Dockerfile.dockerignore': 'y',
  })
})

describe('a submodule', () => {
  const tree = { committed: COMMITTED, submodules: ['api/lib'] }

  test('gives way to the files that lie in it, which are not uncommitted', async () => {
    const snapshot = await gathered({ ...tree, disk: { 'api/lib/x': 'inner' } })
    expect(filesOf(snapshot)).toEqual(['Dockerfile=FROM scratch', 'a.ts=a', 'lib/x=inner'])
    expect(snapshot.uncommitted).toEqual([])
  })

  test('that was not checked out counts by its commit', async () => {
    expect(filesOf(await gathered(tree))).toEqual(['Dockerfile=FROM scratch', 'a.ts=a', 'lib=pinned'])
  })

  test('may be a context itself', async () => {
    const lib = service('lib', { context: 'api/lib' })
    const snapshot = await gathered({ ...tree, disk: { 'api/lib/x': 'inner' } }, [lib])
    expect(filesOf(snapshot, 'api/lib')).toEqual(['x=inner'])
  })

  test('whose name starts another name leaves that alone', async () => {
    const snapshot = await gathered({ ...tree, disk: { 'api/library': 'new', 'api/lib/x': 'inner' } })
    expect(snapshot.uncommitted).toEqual(['api/library'])
  })
})

describe('contexts', () => {
  const root = service('root', { context: '', file: 'Dockerfile' })
  const inner = service('inner', { context: 'api/src' })
  const committed = { ...COMMITTED, 'api/src/c': 'new', Dockerfile: 'FROM scratch' }

  test('may lie in one another, each with paths of its own', async () => {
    const snapshot = await gathered({ committed }, [root, API, inner])
    expect(filesOf(snapshot, '')).toEqual([
      'Dockerfile=FROM scratch',
      'api/Dockerfile=FROM scratch',
      'api/a.ts=a',
      'api/src/c=new',
      'web/b.ts=b',
    ])
    expect(filesOf(snapshot, 'api')).toEqual(['Dockerfile=FROM scratch', 'a.ts=a', 'src/c=new'])
    expect(filesOf(snapshot, 'api/src')).toEqual(['c=new'])
  })

  test('without files are empty', async () => {
    expect(filesOf(await gathered({}, [API]))).toEqual([])
  })

  test('that are links are refused', async () => {
    const tree = { committed: COMMITTED, links: { 'api/src': '../web' } }
    const place = { file: 'images.yml', line: 1, column: 1 }
    const result = await gather([API, { ...inner, place }], new FakeGitTree(tree))
    expect(failuresOf(result)).toEqual([
      {
        kind: 'config-invalid',
        message: 'service `inner`: context `api/src` is a link; name the folder it points to',
        place,
      },
    ])
  })
})

test.each(['committed', 'differing', 'onDisk', 'read'] as const)(
  'a failure of git in %s ends it',
  async (method) => {
    const git = new FakeGitTree({ committed: COMMITTED })
    git.broken = method
    expect(messagesOf(await gather([API], git))).toEqual([`git failed in ${method}`])
  },
)

test('an ignore file that cannot be understood ends it', async () => {
  const git = new FakeGitTree({ committed: { ...COMMITTED, 'api/.dockerignore': 'a\n[' } })
  expect(failuresOf(await gather([API], git))).toMatchObject([
    { place: { file: 'api/.dockerignore', line: 2 } },
  ])
})
