import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { ACT, goTool, goToolTimeoutMs, hasGo } from '../../scripts/services/go-tools.js'
import { ActShop, deploysOf } from '../rig/act-shop.js'
import { SHOP_SERVICES } from '../rig/shop.js'
import { snippet } from './texts.js'

const workflow = snippet('docs/deploy.md', 'one job')

if (!hasGo()) console.warn('Skipped: act is compiled by Go, which is not installed.')
const suite = hasGo() ? describe : describe.skip

/** One after the other, as each is a push after the one before. */
suite('the workflow of docs/deploy.md in one job', () => {
  let shop: ActShop

  beforeAll(async () => {
    shop = await ActShop.open({ program: await goTool(ACT), example: 'shop', workflow })
  }, goToolTimeoutMs)

  afterAll(async () => {
    await shop.close()
  })

  test('deploys every service of the first push, each with its digest', async () => {
    const run = await shop.push()
    expect(run).toMatchObject({ exitCode: 0, errors: [] })
    const deploys = deploysOf(run)
    expect(Object.keys(deploys).sort()).toEqual([...SHOP_SERVICES].sort())
    for (const [service, digest] of Object.entries(deploys))
      expect(digest).toBe(await shop.digest(service, 'main'))
  })

  test('deploys what the next push changed, and nothing else', async () => {
    await shop.change('auth-handler/cgi-bin/session', (text) => `${text}# changed\n`)
    expect(Object.keys(deploysOf(await shop.push()))).toEqual(['auth-handler'])
  })

  test('runs no deploy job when nothing changed', async () => {
    await shop.change('backend/README.md', (text) => `${text}changed\n`)
    const run = await shop.push()
    expect(run).toMatchObject({ exitCode: 0, errors: [] })
    expect(run.jobs.map(({ id }) => id)).toEqual(['images'])
  })

  test('deploys the others when one image fails, and the run is red', async () => {
    await shop.change('backend/bin/serve', (text) => `${text}# changed\n`)
    await shop.change('auth-handler/Dockerfile', (text) => `${text}RUN exit 3\n`)
    const run = await shop.push()
    expect(run.exitCode).not.toBe(0)
    expect(run.jobs.find(({ id }) => id === 'images')?.result).toBe('failure')
    expect(Object.keys(deploysOf(run))).toEqual(['backend'])
  })

  test('a re-run offers again what its first attempt offered', async () => {
    expect(Object.keys(deploysOf(await shop.rerun()))).toEqual(['backend'])
  })
})

suite('the smallest workflow of the README', () => {
  let shop: ActShop

  beforeAll(async () => {
    const workflow = snippet('README.md', 'images')
    shop = await ActShop.open({ program: await goTool(ACT), example: 'shop', workflow })
  }, goToolTimeoutMs)

  afterAll(() => shop.close())

  test('pushes and tags what a push changed', async () => {
    expect(await shop.push()).toMatchObject({ exitCode: 0, errors: [] })
    const first = await shop.digest('backend', 'main')
    expect(first).not.toBeNull()
    await shop.change('backend/bin/serve', (text) => `${text}# changed\n`)
    expect(await shop.push()).toMatchObject({ exitCode: 0, errors: [] })
    expect(await shop.digest('backend', 'main')).not.toBe(first)
  })
})
