import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { ACT, goTool, goToolTimeoutMs, hasGo } from '../../scripts/services/go-tools.js'
import type { ActJob, ActRun } from '../rig/act.js'
import { ActShop, deploysOf } from '../rig/act-shop.js'
import { SHOP_SERVICES } from '../rig/shop.js'

const WORKFLOW = `name: images
on: push
permissions: {}
jobs:
  images:
    uses: org/smart-image-build/.github/workflows/images.yml@v1
    permissions: { contents: read, packages: write, pull-requests: write }
    with:
      push: true
  deploy:
    needs: images
    if: \${{ !cancelled() && needs.images.outputs.any == 'true' }}
    runs-on: ubuntu-24.04
    strategy:
      fail-fast: false
      matrix: \${{ fromJSON(needs.images.outputs.matrix) }}
    steps:
      - env:
          SERVICE: \${{ matrix.service }}
          DIGEST: \${{ matrix.digest }}
        run: echo "deploy $SERVICE at $DIGEST"
`

if (!hasGo()) console.warn('Skipped: act is compiled by Go, which is not installed.')
const suite = hasGo() ? describe : describe.skip

/** One after the other, as each is a push after the one before. */
suite('the reusable workflow', () => {
  let shop: ActShop

  beforeAll(async () => {
    shop = await ActShop.open({ program: await goTool(ACT), example: 'shop', workflow: WORKFLOW })
    // In a job of its own, as no other service names a runner.
    await shop.change('.github/smart-image-build.yml', (text) =>
      text.replace('chart: auth,', 'chart: auth, runner: ubuntu-24.04,'),
    )
  }, goToolTimeoutMs)

  afterAll(async () => {
    await shop.close()
  })

  test('builds in several jobs what the plan deals out, each image once', async () => {
    const run = await shop.push()
    expect(run).toMatchObject({ exitCode: 0, errors: [] })
    const legs = legsOf(run)
    expect(legs.length).toBeGreaterThan(1)
    expect(legs.flatMap(imagesOf).sort()).toEqual([...SHOP_SERVICES].sort())
    const deploys = deploysOf(run)
    expect(Object.keys(deploys).sort()).toEqual([...SHOP_SERVICES].sort())
    for (const [service, digest] of Object.entries(deploys))
      expect(digest).toBe(await shop.digest(service, 'main'))
  })

  test('starts no build job when nothing changed', async () => {
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

  test('the push that mends it deploys what had failed', async () => {
    await shop.change('auth-handler/Dockerfile', (text) => text.replace('RUN exit 3\n', 'RUN true\n'))
    const run = await shop.push()
    expect(run).toMatchObject({ exitCode: 0, errors: [] })
    expect(Object.keys(deploysOf(run))).toEqual(['auth-handler'])
  })
})

suite('the reusable workflow with a base', () => {
  let shop: ActShop

  beforeAll(async () => {
    shop = await ActShop.open({ program: await goTool(ACT), example: 'layered', workflow: WORKFLOW })
  }, goToolTimeoutMs)

  afterAll(async () => {
    await shop.close()
  })

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
