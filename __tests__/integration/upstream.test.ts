import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { DockerCredentials } from '../../src/adapters/docker-credentials.js'
import { OciRegistry } from '../../src/adapters/oci-registry.js'
import { RegistryClient } from '../../src/adapters/registry-client.js'
import { valueOf } from '../fakes/images.js'
import { Shop, type ShopRun } from '../rig/shop.js'

const SCHEDULE = {
  name: 'schedule',
  payload: { repository: { full_name: 'acme/shop', default_branch: 'main' }, schedule: '0 4 * * *' },
}

let shop: Shop
/** An image of others, of which all services start, and which says in a label which one it is. */
let base: string

beforeEach(async () => {
  shop = await Shop.open('nothing')
  base = `${shop.prefix}/base`
  publish('old')
  const config =
    'services:\n  tracking: {context: ., track-upstream: scheduled}\n  plain: {context: ., image: plain}\n'
  await shop.repository.write('.github/smart-image-build.yml', config)
  const dockerfile = [
    `FROM ${base}:1`,
    `COPY --from=${base}:1 /which /copied`,
    `RUN --mount=from=${base}:1,target=/base cmp /base/which /which && cmp /copied /which`,
  ]
  await shop.repository.write('Dockerfile', `${dockerfile.join('\n')}\n`)
  await shop.repository.commit('Two services')
})

afterEach(async () => {
  // Named to the engine, as to list all that other tests left takes long.
  const named = ['*', '*/*'].flatMap((names) => ['--filter', `reference=${shop.prefix}/${names}`])
  const made = docker('image', 'ls', ...named, '--format', '{{.Repository}}:{{.Tag}}')
    .split('\n')
    .filter(Boolean)
  if (made.length > 0) docker('image', 'rm', '--force', ...made)
  await shop.close()
})

function docker(...args: readonly string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Builds the image of others anew and pushes it; under its tag this engine keeps the old one. */
function publish(which: 'old' | 'new'): void {
  const text = `FROM busybox:1.37\nLABEL which=${which}\nRUN echo ${which} >/which\n`
  execFileSync('docker', ['build', '--quiet', '--tag', `${base}:${which}`, '-'], { input: text })
  docker('image', 'tag', `${base}:${which}`, `${base}:1`)
  docker('push', '--quiet', `${base}:1`)
  docker('image', 'tag', `${base}:old`, `${base}:1`)
}

/** Which image of others a service was built from. */
async function builtFrom(run: ShopRun, service: string): Promise<string | undefined> {
  const digests = JSON.parse(run.main.outputs['digests'] ?? '{}') as Record<string, string>
  const registry = new OciRegistry(new RegistryClient(new DockerCredentials({})))
  const repository = `${shop.prefix.slice(shop.registry.length + 1)}/${service}`
  const labels = await registry.labels({ registry: shop.registry, repository }, digests[service] ?? '')
  return valueOf(labels)['which']
}

test('an image of others that moved is built from by the next schedule, whatever Docker has under its tag', async () => {
  const first = await shop.push()
  expect(first.main.exitCode).toBe(0)
  expect(first.rebuilt).toEqual(['plain', 'tracking'])
  expect(await builtFrom(first, 'tracking')).toBe('old')

  publish('new')
  await shop.repository.write('README.md', 'new')
  await shop.repository.commit('Touch nothing that counts')
  const push = await shop.push()
  expect([push.rebuilt, push.reused]).toEqual([[], ['plain', 'tracking']])

  const schedule = await shop.push({ event: SCHEDULE, inputs: { force: 'plain' } })
  expect(schedule.main.exitCode).toBe(0)
  expect(schedule.rebuilt).toEqual(['plain', 'tracking'])
  expect(schedule.main.outputs['reasons']).toContain(`"kind":"upstream","ref":"${base}:1"`)
  expect(await builtFrom(schedule, 'tracking')).toBe('new')
  // So it would be without the pin.
  expect(await builtFrom(schedule, 'plain')).toBe('old')

  const after = await shop.push()
  expect([after.rebuilt, after.reused]).toEqual([[], ['plain', 'tracking']])
  expect(after.docker).toEqual([])
})
