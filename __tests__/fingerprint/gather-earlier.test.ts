import { describe, expect, test } from '@jest/globals'
import { gather, gatherEarlier } from '../../src/fingerprint/gather.js'
import { FakeGitTree } from '../fakes/fake-git-tree.js'
import { messagesOf, service, valueOf } from '../fakes/images.js'
import { optionsFor, takenBy } from './repository.js'

const BEFORE = '9'.repeat(40)
const FILES = { 'api/Dockerfile': 'FROM scratch\nCOPY . /', 'api/.dockerignore': '*.md', 'api/a': '1' }
const API = service('api')

function repository(then: Readonly<Record<string, string>>): FakeGitTree {
  const git = new FakeGitTree({ committed: FILES, disk: { 'api/a': 'dirty', 'api/new': '1' } })
  git.earlier.set(BEFORE, { committed: then })
  return git
}

describe('an earlier commit', () => {
  test('is read from object ids, with the files it had, whatever lies on the disk', async () => {
    const git = repository({ ...FILES, 'api/b': '2', 'api/c.md': '' })
    const found = valueOf(await gatherEarlier([API], BEFORE, optionsFor(git)))
    expect(takenBy(found, 'api')).toEqual(['api/.dockerignore', 'api/Dockerfile', 'api/a', 'api/b'])
    expect(found.inputs.get('api')?.uncommitted).toEqual([])
    expect(git.asked.filter((what) => what.startsWith('hash'))).toEqual([])
  })

  test('is read by its own Dockerfile and ignore rules', async () => {
    const then = { 'api/Dockerfile': 'FROM scratch\nCOPY *.md /', 'api/a': '1', 'api/b.md': '' }
    const found = valueOf(await gatherEarlier([API], BEFORE, optionsFor(repository(then))))
    expect(takenBy(found, 'api')).toEqual(['api/b.md'])
  })

  test('has the inputs that were gathered then', async () => {
    const now = valueOf(await gather([API], optionsFor(new FakeGitTree({ committed: FILES }))))
    const then = valueOf(await gatherEarlier([API], BEFORE, optionsFor(repository(FILES))))
    expect(then.inputs).toEqual(now.snapshot.inputs)
  })

  test.each<[string, Readonly<Record<string, string>>]>([
    ['was not there', { 'web/Dockerfile': 'FROM scratch', 'api/x': '' }],
    ['had no context', { 'web/Dockerfile': 'FROM scratch' }],
    ['could not have been built', { 'api/Dockerfile': 'COPY . /', 'api/a': '1' }],
  ])('says nothing of a service that %s then', async (_description, then) => {
    const found = valueOf(await gatherEarlier([API], BEFORE, optionsFor(repository(then))))
    expect([...found.inputs.keys()]).toEqual([])
    expect(found.failures).toHaveLength(1)
  })

  test('that is not at hand is a failure', async () => {
    expect(messagesOf(await gatherEarlier([API], '8'.repeat(40), optionsFor(repository(FILES))))).toEqual([
      'git failed in root',
    ])
  })
})
