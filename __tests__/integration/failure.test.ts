import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { readFile } from 'node:fs/promises'
import { Shop, SHOP_SERVICES } from '../rig/shop.js'

const ALL = [...SHOP_SERVICES].sort()

let shop: Shop

beforeEach(async () => {
  shop = await Shop.open()
})

afterEach(async () => {
  await shop.close()
})

async function breakBuild(service: string, command: string): Promise<void> {
  const file = `${service}/Dockerfile`
  const text = await readFile(`${shop.repository.folder}/${file}`, 'utf8')
  await shop.repository.write(file, `${text}\nRUN ${command}\n`)
}

describe('a service whose build fails', () => {
  test('leaves the others pushed and recorded, is red with its log, and comes back with the next push', async () => {
    const others = ALL.filter((service) => service !== 'store-deployer')
    // Fails until the file that it looks for is there: what was wrong outside of the repository is mended later.
    await breakBuild('store-deployer', 'echo "no luck: $((40 + 2))" && false')
    await shop.repository.commit('The shop, with one that fails')
    const first = await shop.push()
    expect(first.main.exitCode).toBe(1)
    expect(first.rebuilt).toEqual(others)
    expect(first.failed).toEqual(['store-deployer'])
    expect(first.matrix.map((entry) => entry.service).sort()).toEqual(others)
    expect(first.main.stdout).toContain('no luck: 42')
    expect(first.main.summary).toContain('no luck: 42')
    expect(first.main.commands.filter((command) => command.name === 'error')).toHaveLength(1)
    for (const service of others) expect((await shop.manifest(service, 'main')).status).toBe(200)
    expect((await shop.manifest('store-deployer', 'main')).status).toBe(404)

    await shop.touch('README.md')
    const second = await shop.push()
    expect(second.main.exitCode).toBe(1)
    expect(second.failed).toEqual(['store-deployer'])
    expect(second.rebuilt).toEqual([])
    expect(second.reused).toEqual(others)
  })

  test('starts no further build with fail-fast, and says which were not tried', async () => {
    await breakBuild('backend', 'false')
    await shop.repository.commit('The shop, with one that fails')
    const run = await shop.push({ inputs: { 'fail-fast': 'true', 'max-parallel': '1' } })
    expect(run.main.exitCode).toBe(1)
    expect(run.failed).toEqual(['backend'])
    expect(run.rebuilt).toEqual([])
    expect(run.main.stdout).toContain('cancelled')
  })
})

describe('a run that is cancelled', () => {
  test('ends with 130, keeps what had succeeded, and the next run builds the rest', async () => {
    await breakBuild('auth-handler', `sleep 30 # not in any layer cache: ${shop.prefix}`)
    await shop.repository.commit('The shop, with a slow one')
    const others = ALL.filter((service) => service !== 'auth-handler')
    const run = await shop.push({
      inputs: { services: 'backend,auth-handler', 'max-parallel': '2' },
      signalAfter: { output: '| built in' },
    })
    expect(run.main.exitCode).toBe(130)
    expect(run.rebuilt).toEqual(['backend'])
    expect(run.post.exitCode).toBe(0)

    await shop.touch('README.md')
    const next = await shop.push({ inputs: { services: others.join(',') } })
    expect(next.main.exitCode).toBe(0)
    expect(next.reused).toEqual(['backend'])
    expect(next.rebuilt).toEqual(others.filter((service) => service !== 'backend'))
  }, 60_000)
})
