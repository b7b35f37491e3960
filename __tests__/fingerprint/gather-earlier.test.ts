import { describe, expect, test } from '@jest/globals'
import { gather, gatherEarlier } from '../../src/fingerprint/gather.js'
import { FakeGitTree, type FakeTree } from '../fakes/fake-git-tree.js'
import { service, valueOf } from '../fakes/images.js'

const BEFORE = '9'.repeat(40)
const FILES = { 'api/Dockerfile': 'FROM scratch', 'api/.dockerignore': '*.md', 'api/a': '1' }

async function earlier(then: Record<string, string>, now: FakeTree = { committed: FILES }) {
  const git = new FakeGitTree(now)
  git.earlier.set(BEFORE, { committed: then })
  const services = [service('api')]
  const snapshot = valueOf(await gather(services, git))
  const found = valueOf(await gatherEarlier(services, { git, commit: BEFORE, now: snapshot }))
  return {
    services: found.services.map(({ name }) => name),
    files: found.snapshot.contexts.get('api')?.map(({ path }) => path),
    hashed: git.asked,
  }
}

describe('an earlier commit', () => {
  test('is read from object ids, with the files it had', async () => {
    const found = await earlier({ ...FILES, 'api/b': '2' })
    expect(found).toEqual({ services: ['api'], files: ['.dockerignore', 'Dockerfile', 'a', 'b'], hashed: [] })
  })

  test.each<{ what: string; then: Record<string, string>; now?: FakeTree }>([
    { what: 'had another Dockerfile', then: { ...FILES, 'api/Dockerfile': 'FROM busybox' } },
    { what: 'had other ignore rules', then: { ...FILES, 'api/.dockerignore': '*.txt' } },
    { what: 'had none', then: { 'api/Dockerfile': 'FROM scratch', 'api/a': '1' } },
    { what: 'had ignore rules that win', then: { ...FILES, 'api/Dockerfile.dockerignore': '' } },
    {
      what: 'cannot know of a Dockerfile that is edited on the disk',
      then: FILES,
      now: { committed: FILES, disk: { 'api/Dockerfile': 'FROM busybox' } },
    },
  ])('says nothing of a service that $what', async ({ then, now }) => {
    expect((await earlier(then, now)).services).toEqual([])
  })
})
