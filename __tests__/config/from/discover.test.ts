import { expect, test } from '@jest/globals'
import { DEFINITION_FILES, definitionFiles } from '../../../src/config/from/discover.js'

const BUILDS = 'services: {a: {build: .}}'

test.each([
  ['bake before Compose', ['docker-bake.hcl', 'compose.yaml'], ['docker-bake.hcl']],
  [
    'all files of bake',
    ['docker-bake.override.hcl', 'docker-bake.hcl', 'docker-bake.json'],
    ['docker-bake.json', 'docker-bake.hcl', 'docker-bake.override.hcl'],
  ],
  ['no override of bake alone', ['docker-bake.override.hcl', 'compose.yml'], ['compose.yml']],
  ['one Compose file', ['docker-compose.yml', 'compose.yaml', 'compose.yml'], ['compose.yaml']],
  [
    'its override',
    ['docker-compose.yml', 'docker-compose.override.yml'],
    ['docker-compose.yml', 'docker-compose.override.yml'],
  ],
  ['no override alone', ['compose.override.yaml'], []],
  ['nothing where there is none', [], []],
])('discovery takes %s', (_case, there, files) => {
  for (const path of there) expect(DEFINITION_FILES).toContain(path)
  expect(definitionFiles(new Map(there.map((path) => [path, BUILDS])))).toEqual(files)
})

test.each([
  ['that only names images of others', 'services: {a: {image: redis}}', []],
  ['whose builds are in another file', 'include: [a.yaml]', ['compose.yaml']],
])('a Compose file %s', (_case, text, files) => {
  expect(definitionFiles(new Map([['compose.yaml', text]]))).toEqual(files)
})
