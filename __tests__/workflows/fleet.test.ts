import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ACT, goTool, goToolTimeoutMs, hasGo } from '../../scripts/services/go-tools.js'
import type { ActJob, ActRun } from '../rig/act.js'
import { ActShop, deploysOf } from '../rig/act-shop.js'
import { SHOP_SERVICES } from '../rig/shop.js'
import { snippet } from './texts.js'

const workflow = snippet('README.md', 'deploy')

/** The README leaves it to its readers: this one can be told to fail for a service. */
const DEPLOY = `#!/bin/sh
test "$1" != "$(cat "$CLUSTER/broken")" && echo "deploy $1 at $2"
`

if (!hasGo()) console.warn('Skipped: act is compiled by Go, which is not installed.')
const suite = hasGo() ? describe : describe.skip

let cluster: string

/** Which service's deploys fail from now on. */
async function breaks(service: string): Promise<void> {
  await writeFile(join(cluster, 'broken'), service)
}

async function open(example: string): Promise<ActShop> {
  cluster = await mkdtemp(join(tmpdir(), 'cluster-'))
  await breaks('none')
  const programs = { 'deploy.sh': DEPLOY }
  return ActShop.open({ program: await goTool(ACT), example, workflow, programs, env: { CLUSTER: cluster } })
}

async function close(shop: ActShop): Promise<void> {
  await shop.close()
  await rm(cluster, { recursive: true })
}

/** One after the other, as each is a push after the one before. */
suite('the workflow of the README in several jobs', () => {
  let shop: ActShop

  beforeAll(async () => {
    shop = await open('shop')
    // In a job of its own, as no other service names a runner.
    await shop.change('.github/smart-image-build.yml', (text) =>
      text.replace('chart: auth,', 'chart: auth, runner: ubuntu-24.04,'),
    )
  }, goToolTimeoutMs)

  afterAll(() => close(shop))

  test('builds what the plan deals out, each image once, and deploys all of the first push', async () => {
    const run = await shop.push()
    expect(run).toMatchObject({ exitCode: 0, errors: [] })
    const legs = legsOf(run)
    expect(legs.length).toBeGreaterThan(1)
    expect(legs.flatMap(imagesOf).sort()).toEqual([...SHOP_SERVICES].sort())
    const deploys = deploysOf(run)
    expect(Object.keys(deploys).sort()).toEqual([...SHOP_SERVICES].sort())
    for (const [service, digest] of Object.entries(deploys)) {
      expect(digest).toBe(await shop.digest(service, 'main'))
      expect(digest).toBe(await shop.digest(service, 'staging'))
    }
  })

  test('starts no job that builds or deploys when nothing changed', async () => {
    await shop.change('backend/README.md', (text) => `${text}changed\n`)
    const run = await shop.push()
    expect(run).toMatchObject({ exitCode: 0, errors: [] })
    expect(run.jobs.map(({ id }) => id)).toEqual(['plan', 'collect'])
  })

  test('when one job fails, the images of the others are pushed, tagged and offered, and the run is red', async () => {
    const before = await shop.digest('backend', 'main')
    await shop.change('backend/bin/serve', (text) => `${text}# changed\n`)
    await shop.change('auth-handler/Dockerfile', (text) => `${text}RUN exit 3\n`)
    const run = await shop.push()
    expect(run.exitCode).not.toBe(0)
    expect(legsOf(run).map(imagesOf)).toEqual(expect.arrayContaining([['backend'], ['auth-handler']]))
    const { matrix = '', failed } = collectedBy(run)
    const { include } = JSON.parse(matrix) as { include: { service: string; digest: string }[] }
    expect(include.map(({ service }) => service)).toEqual(['backend'])
    expect(JSON.parse(failed ?? '')).toEqual(['auth-handler'])
    const after = await shop.digest('backend', 'main')
    expect(after).toBe(include[0]?.digest)
    expect(after).not.toBe(before)
  })

  test('a re-run builds what failed, and offers again what the first attempt offered', async () => {
    const run = await shop.rerun()
    expect(legsOf(run).flatMap(imagesOf)).toEqual(['auth-handler'])
    expect(JSON.parse(collectedBy(run)['changed'] ?? '')).toEqual(['backend'])
  })

  test('the push that mends it deploys what had failed, and what was not deployed for that', async () => {
    await shop.change('auth-handler/Dockerfile', (text) => text.replace('RUN exit 3\n', 'RUN true\n'))
    const run = await shop.push()
    expect(run).toMatchObject({ exitCode: 0, errors: [] })
    expect(legsOf(run).flatMap(imagesOf)).toEqual(['auth-handler'])
    expect(Object.keys(deploysOf(run)).sort()).toEqual(['auth-handler', 'backend'])
  })

  test('a deploy that fails comes back with the next run, which builds nothing', async () => {
    const before = await shop.digest('backend', 'staging')
    await breaks('backend')
    await shop.change('backend/bin/serve', (text) => `${text}# changed again\n`)
    expect((await shop.push()).exitCode).not.toBe(0)
    expect(await shop.digest('backend', 'staging')).toBe(before)
    await breaks('none')
    await shop.change('backend/README.md', (text) => `${text}changed again\n`)
    const run = await shop.push()
    expect(run.jobs.map(({ id }) => id)).toEqual(['plan', 'collect', 'deploy'])
    expect(deploysOf(run)).toEqual({ backend: await shop.digest('backend', 'staging') })
  })

  test('the release workflow points the tags of a release at what main built, and builds nothing', async () => {
    const run = await shop.release('v1.2.3', snippet('README.md', 'release'))
    expect(run).toMatchObject({ exitCode: 0, errors: [] })
    for (const service of SHOP_SERVICES) {
      const digest = await shop.digest(service, 'main')
      expect(digest).not.toBeNull()
      for (const tag of ['1.2.3', '1.2']) expect(await shop.digest(service, tag)).toBe(digest)
    }
  })
})

suite('the same with a base', () => {
  let shop: ActShop

  beforeAll(async () => {
    shop = await open('layered')
  }, goToolTimeoutMs)

  afterAll(() => close(shop))

  test('builds the base once, before the jobs whose images start from it', async () => {
    const run = await shop.push()
    expect(run).toMatchObject({ exitCode: 0, errors: [] })
    expect(legsOf(run, 'bases').map(imagesOf)).toEqual([['rust-deps']])
    expect(legsOf(run).length).toBeGreaterThan(1)
    expect(legsOf(run).flatMap(imagesOf).sort()).toEqual(['api', 'gateway', 'worker'])
    expect(Object.keys(deploysOf(run)).sort()).toEqual(['api', 'gateway', 'worker'])
  })
})

function legsOf({ jobs }: ActRun, id: 'bases' | 'build' = 'build'): readonly ActJob[] {
  return jobs.filter((job) => job.id === id)
}

function imagesOf({ matrix }: ActJob): readonly string[] {
  return matrix['images'] as readonly string[]
}

/** The outputs of the job that collects. */
function collectedBy({ jobs, errors }: ActRun): Readonly<Record<string, string>> {
  const step = jobs.find(({ id }) => id === 'collect')?.steps.at(-1)
  if (step === undefined) throw new Error(`nothing was collected:\n${errors.join('\n')}`)
  return step.outputs
}
