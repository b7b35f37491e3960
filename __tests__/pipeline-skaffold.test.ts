import { expect, test } from '@jest/globals'
import { World } from './fakes/world.js'

const TREE = {
  committed: {
    '.github/smart-image-build.yml':
      'registry: ghcr.io/acme\nservices:\n  api: {context: api}\n  web: {context: web}\n',
    'api/Dockerfile': 'FROM scratch\n',
    'web/Dockerfile': 'FROM scratch\nLABEL a=b\n',
  },
}

test('a run that pushes writes the images for Skaffold, and one that finds them writes the same', async () => {
  const world = new World(TREE)
  const built = await world.run({ push: 'true' })
  const { builds } = JSON.parse(built.host.files.get('images-file') ?? '') as {
    builds: { imageName: string; tag: string }[]
  }
  expect(builds.map(({ imageName }) => imageName)).toEqual(['ghcr.io/acme/api', 'ghcr.io/acme/web'])
  const images = built.host.json('images') as Record<string, string>
  expect(builds.map(({ tag }) => tag)).toEqual(Object.values(images))
  const found = await world.run({ push: 'true' })
  expect(found.host.json('reused')).toEqual(['api', 'web'])
  expect(found.host.files.get('images-file')).toBe(built.host.files.get('images-file'))
})

test('a plan names none', async () => {
  const { host } = await new World(TREE).run({ mode: 'plan', push: 'true' })
  expect([...host.files.keys()]).not.toContain('images-file')
})
