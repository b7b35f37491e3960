import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { report } from '../rig/inputs.js'
import { TempRepository } from '../rig/temp-repository.js'

/** In front of the names that are ours; nobody asks it. */
const PREFIX = 'registry.example.com/ours'
const EXAMPLE = join(import.meta.dirname, '../../examples/compose')

/** Of the project, so that its images in the engine are this test's own. */
let name: string
let repository: TempRepository

beforeEach(async () => {
  name = `forum-${randomBytes(4).toString('hex')}`
  repository = await TempRepository.create()
  await repository.copyFrom(EXAMPLE)
  const compose = await readFile(join(EXAMPLE, 'compose.yaml'), 'utf8')
  await repository.write(
    'compose.yaml',
    compose.replace('name: forum', `name: ${name}`).replace('forum/', `${name}/`),
  )
  await repository.commit('The forum')
})

afterEach(async () => {
  const images = [...inEngine(), ...inEngine(`${PREFIX}/`)]
  if (images.length > 0) docker('image', 'rm', '--force', ...images)
  await repository.dispose()
})

function docker(...args: string[]): string[] {
  return execFileSync('docker', args, { encoding: 'utf8' }).split('\n').filter(Boolean)
}

/** References of this test's images, below a prefix. */
function inEngine(prefix = ''): string[] {
  const filters = [`${prefix}${name}*`, `${prefix}${name}*/*`].flatMap((one) => [
    '--filter',
    `reference=${one}`,
  ])
  return docker('image', 'ls', ...filters, '--format', '{{.Repository}}:{{.Tag}}').sort()
}

/** What `docker compose up --no-build` looks for. */
const wanted = () => [`${name}-api:latest`, `${name}-base:latest`, `${name}-worker:latest`, `${name}/web:1.4`]

test('what a Compose file builds is in the engine under the names that Compose looks for, built or reused', async () => {
  // With a registry in front and another tag, none of the names that are looked for is ours.
  const options = ['--registry', PREFIX, '--tag', 'v1', '--local-only']
  const build = () => report(repository.folder, ['build', ...options])
  expect(await build()).toMatchObject({ exitCode: 0 })
  expect(inEngine()).toEqual(wanted())
  const [api = ''] = wanted()
  const idOf = (image: string) => docker('image', 'inspect', '--format', '{{.Id}}', image)
  expect(idOf(api)).toEqual(idOf(`${PREFIX}/${name}-api:v1`))

  docker('image', 'rm', ...wanted())
  const again = await build()
  expect(again.images.map(({ decision }) => decision)).toEqual(['reuse', 'reuse', 'reuse', 'reuse'])
  expect(inEngine()).toEqual(wanted())
})
