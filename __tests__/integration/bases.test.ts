import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { DockerCredentials } from '../../src/adapters/docker-credentials.js'
import { OciRegistry } from '../../src/adapters/oci-registry.js'
import { RegistryClient } from '../../src/adapters/registry-client.js'
import { PARENTS } from '../../src/model/labels.js'
import type { ImageName } from '../../src/model/service.js'
import { valueOf } from '../fakes/images.js'
import { Shop, type ShopRun } from '../rig/shop.js'

const APPS = ['app-1', 'app-2', 'app-3', 'app-4', 'app-5']

/** Prints what its own text does not hold, a line of the log for each time that it runs, and leaves another word each time. */
const RUN = 'RUN echo "ran-$((40 + 2))" && head -c 8 /dev/urandom > /word'
const RAN = 'ran-42'
const BASE = `FROM busybox:1.37\nCOPY lock /\n${RUN}\n`

const registry = new OciRegistry(new RegistryClient(new DockerCredentials({})))

let shop: Shop

beforeEach(async () => {
  shop = await Shop.open('nothing')
})

afterEach(async () => {
  await shop.close()
})

/** Commits one base, five apps that start from it, and a service that does not. */
async function commitApps(settings = ''): Promise<void> {
  const services = APPS.map((app) => `  ${app}: {context: ${app}, bases: [deps]}\n`)
  await write({
    'smart-image-build.yml': `${settings}bases:\n  deps: {context: deps}\nservices:\n${services.join('')}  lone: {context: lone}\n`,
    'deps/Dockerfile': BASE,
    // In no layer cache yet.
    'deps/lock': shop.prefix,
    'lone/Dockerfile': 'FROM busybox:1.37\nCOPY main /\n',
    'lone/main': '1',
  })
  for (const app of APPS)
    await write({ [`${app}/Dockerfile`]: 'FROM deps\nCOPY main /\n', [`${app}/main`]: '1' })
  await shop.repository.commit('Apps on a base')
}

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) await shop.repository.write(path, text)
}

async function pushChange(files: Readonly<Record<string, string>>, inputs = {}): Promise<ShopRun> {
  await write(files)
  await shop.repository.commit('A change')
  return shop.push({ inputs })
}

/** Images in the order in which their builds were started. */
function builds({ docker }: ShopRun): string[] {
  const image = new RegExp(`(?:--tag |"tags":\\[")${shop.prefix}/([\\w-]+):(?:fp|lock)-`, 'g')
  return docker
    .filter((line) => /^buildx (?:build|bake) /.test(line))
    .flatMap((line) => [...line.matchAll(image)].map(([, name = line]) => name))
}

function timesRun({ main }: ShopRun): number {
  return main.stdout.split('\n').filter((line) => line.endsWith(RAN)).length
}

function digestsOf({ main }: ShopRun): Record<string, string> {
  return JSON.parse(main.outputs['digests'] ?? '{}') as Record<string, string>
}

/** Digests that each of the images of a run was built from, by the label that tells them. */
async function parentsOf(run: ShopRun, images: readonly string[]): Promise<unknown[]> {
  return Promise.all(
    images.map(async (image) => {
      const labels = await registry.labels(nameOf(image), digestsOf(run)[image] ?? '')
      return JSON.parse(valueOf(labels)[PARENTS] ?? 'null') as unknown
    }),
  )
}

/** Digest of the one image that was pushed of a base. */
async function digestOfBase(base: string): Promise<string> {
  const listed = await fetch(`${addressOf(base)}/tags/list`)
  const { tags } = (await listed.json()) as { tags: string[] }
  expect(tags).toEqual([expect.stringMatching(/^(?:fp|lock)-/)])
  const existence = valueOf(await registry.find(nameOf(base), tags[0] ?? ''))
  if (existence.kind !== 'exists') throw new Error(`${base} is ${existence.kind}`)
  return existence.digest
}

async function platformsOf(image: string, digest: string): Promise<string[]> {
  const headers = { accept: 'application/vnd.oci.image.index.v1+json' }
  const answer = await fetch(`${addressOf(image)}/manifests/${digest}`, { headers })
  const index = (await answer.json()) as { manifests: { platform: { os: string; architecture: string } }[] }
  const platforms = index.manifests.map(({ platform: { os, architecture } }) => `${os}/${architecture}`)
  // That of attestations.
  return platforms.filter((platform) => platform !== 'unknown/unknown').sort()
}

function nameOf(image: string): ImageName {
  return { registry: shop.registry, repository: `${shop.prefix.slice(shop.registry.length + 1)}/${image}` }
}

function addressOf(image: string): string {
  return `http://${shop.registry}/v2/${nameOf(image).repository}`
}

describe('five apps on one base', () => {
  test.each(['1', '2', '8'])('build it once, and start from that one, with max-parallel %s', async (most) => {
    await commitApps()
    const run = await shop.push({ inputs: { 'max-parallel': most } })
    expect(run.main.exitCode).toBe(0)
    expect(builds(run).toSorted()).toEqual([...APPS, 'deps', 'lone'])
    expect(timesRun(run)).toBe(1)
    const deps = await digestOfBase('deps')
    expect(await parentsOf(run, APPS)).toEqual(APPS.map(() => ({ deps })))
  })

  test('leave it alone when the source of one changes, and do not even pull it when nothing does', async () => {
    await commitApps()
    await shop.push()
    // Without a layer cache, as on a machine that has none: no step of the base may run for all that.
    const one = await pushChange({ 'app-2/main': '2' }, { 'no-cache': 'true' })
    expect([one.main.exitCode, builds(one), timesRun(one)]).toEqual([0, ['app-2'], 0])
    const none = await pushChange({ 'README.md': 'Read me' })
    expect([none.main.exitCode, none.docker]).toEqual([0, []])
    expect(none.reused).toEqual([...APPS, 'deps', 'lone'])
  })

  test('are all built anew, in the same run, after it, when a file of it changes', async () => {
    await commitApps()
    await shop.push()
    const run = await pushChange({ 'deps/Dockerfile': `${BASE}RUN true\n` }, { 'no-cache': 'true' })
    expect(run.main.exitCode).toBe(0)
    const [first, ...others] = builds(run)
    expect([first, others.toSorted()]).toEqual(['deps', APPS])
    expect(timesRun(run)).toBe(1)
  })

  test('are blocked by its name when it fails; a service beside them is pushed and recorded', async () => {
    await commitApps()
    await shop.push()
    await write({ 'lone/main': '2' })
    const run = await pushChange({ 'deps/Dockerfile': `${BASE}RUN echo "bad day" && false\n` })
    expect(run.main.exitCode).toBe(1)
    expect(builds(run).toSorted()).toEqual(['deps', 'lone'])
    expect(run.failed).toEqual([...APPS, 'deps'])
    expect(run.rebuilt).toEqual(['lone'])
    for (const app of APPS) expect(run.main.stdout).toMatch(new RegExp(`${app} +blocked.*deps`))
    const next = await pushChange({ 'deps/Dockerfile': `${BASE}RUN true\n` })
    expect(next.main.exitCode).toBe(0)
    expect(builds(next).toSorted()).toEqual([...APPS, 'deps'])
    expect(next.reused).toEqual(['lone'])
  })

  test('are taken up by the next run when one that was forced is cancelled after the base', async () => {
    await commitApps()
    const first = await shop.push()
    const earlier = await digestOfBase('deps')
    for (const app of APPS) await write({ [`${app}/Dockerfile`]: 'FROM deps\nCOPY main /\nRUN sleep 20\n' })
    const forced = { force: 'bases', 'no-cache': 'true' }
    await shop.repository.commit('Apps that are slow to build')
    const run = await shop.push({ inputs: forced, signalAfter: { output: 'deps   | built in' } })
    expect([run.main.exitCode, run.rebuilt]).toEqual([130, ['deps']])
    const deps = await digestOfBase('deps')
    expect(deps).not.toBe(earlier)

    // As they were: images of their fingerprints exist, made from the earlier base.
    await shop.repository.git('revert', '--no-edit', 'HEAD')
    const next = await shop.push()
    expect([next.main.exitCode, builds(next).toSorted(), timesRun(next)]).toEqual([0, APPS, 0])
    expect(await parentsOf(first, APPS)).toEqual(APPS.map(() => ({ deps: earlier })))
    expect(await parentsOf(next, APPS)).toEqual(APPS.map(() => ({ deps })))
    expect((await pushChange({ 'README.md': 'Read me' })).docker).toEqual([])
  })
})

describe('a base that is a stage of a service', () => {
  const FRONT = [
    'FROM busybox:1.37 AS deps',
    'COPY lock /',
    RUN,
    'FROM busybox:1.37',
    'COPY --from=deps /word /',
    'COPY main /',
    '',
  ].join('\n')

  test('stands in for that stage, whose steps run once, in a Dockerfile that knows nothing of it', async () => {
    await write({
      'smart-image-build.yml':
        'bases:\n  front-deps: {stage-of: front, target: deps}\nservices:\n  front: {context: front}\n',
      ...{ 'front/Dockerfile': FRONT, 'front/lock': shop.prefix, 'front/main': '1' },
    })
    await shop.repository.commit('A service with a stage')
    const first = await shop.push()
    expect([first.main.exitCode, builds(first), timesRun(first)]).toEqual([0, ['front-deps', 'front'], 1])
    const base = await digestOfBase('front-deps')
    expect(await parentsOf(first, ['front'])).toEqual([{ deps: base }])

    const source = await pushChange({ 'front/main': '2' }, { 'no-cache': 'true' })
    expect([source.main.exitCode, builds(source), timesRun(source)]).toEqual([0, ['front'], 0])
    expect(await parentsOf(source, ['front'])).toEqual([{ deps: base }])

    const lock = await pushChange({ 'front/lock': `${shop.prefix} 2` })
    expect([lock.main.exitCode, builds(lock), timesRun(lock)]).toEqual([0, ['front-deps', 'front'], 1])
  })
})

test('a base of two platforms is built once, for both, and so is what starts from it', async () => {
  // No RUN, as this machine need not be able to run what is for another one.
  await commitApps('defaults: {platforms: [linux/amd64, linux/arm64]}\n')
  await write({
    'deps/Dockerfile': 'FROM scratch\nCOPY lock /\n',
    'lone/Dockerfile': 'FROM scratch\nCOPY main /\n',
  })
  await shop.repository.commit('Of nothing but files')
  const run = await shop.push()
  expect(run.main.exitCode).toBe(0)
  expect(builds(run).filter((image) => image === 'deps')).toHaveLength(1)
  const deps = await digestOfBase('deps')
  expect(await parentsOf(run, APPS)).toEqual(APPS.map(() => ({ deps })))
  const digests: Record<string, string> = { ...digestsOf(run), deps }
  for (const image of ['deps', ...APPS])
    expect(await platformsOf(image, digests[image] ?? '')).toEqual(['linux/amd64', 'linux/arm64'])
})
