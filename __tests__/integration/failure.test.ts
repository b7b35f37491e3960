import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
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
    // What is wrong lies outside of the repository: the image that it starts from is not there yet.
    const base = `${shop.prefix}/base:1`
    const text = await readFile(`${shop.repository.folder}/store-deployer/Dockerfile`, 'utf8')
    const waiting = text.replace('FROM busybox:1.37', `FROM ${base}`)
    expect(waiting).not.toBe(text)
    await shop.repository.write('store-deployer/Dockerfile', waiting)
    await shop.repository.commit('The shop, with one that fails')
    const first = await shop.push()
    expect(first.main.exitCode).toBe(1)
    expect(first.rebuilt).toEqual(others)
    expect(first.failed).toEqual(['store-deployer'])
    expect(first.matrix.map((entry) => entry.service).sort()).toEqual(others)
    expect(first.main.stdout).toContain(`${base}: not found`)
    expect(first.main.summary).toContain(`FROM ${base}`)
    expect(first.main.commands.filter((command) => command.name === 'error')).toHaveLength(1)
    for (const service of others) expect((await shop.manifest(service, 'main')).status).toBe(200)
    expect((await shop.manifest('store-deployer', 'main')).status).toBe(404)

    await shop.touch('README.md')
    const second = await shop.push()
    expect(second.main.exitCode).toBe(1)
    expect([second.failed, second.rebuilt, second.reused]).toEqual([['store-deployer'], [], others])

    execFileSync('docker', ['image', 'tag', 'busybox:1.37', base])
    execFileSync('docker', ['push', '--quiet', base])
    execFileSync('docker', ['image', 'rm', base])
    await shop.touch('README.md')
    const third = await shop.push()
    expect(third.main.exitCode).toBe(0)
    expect([third.rebuilt, third.reused]).toEqual([['store-deployer'], others])
    expect((await shop.manifest('store-deployer', 'main')).status).toBe(200)
    expect((await shop.push()).docker).toEqual([])
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

test('a post step that finds nothing left of the main step leaves the job green, and says so', async () => {
  await shop.repository.commit('The shop')
  const run = await shop.push({
    inputs: { services: 'auth-handler' },
    between: (main) => rm(main.state['state-folder'] ?? '', { recursive: true }),
  })
  expect([run.main.exitCode, run.post.exitCode]).toEqual([0, 0])
  const notices = run.post.commands.filter((command) => command.name === 'notice')
  expect(notices.map((notice) => notice.message).join()).toContain('were not saved')
})
