import { afterAll, beforeAll, expect } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { node24, testWhereNode24Is } from '../rig/node24.js'
import { Shop } from '../rig/shop.js'

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

testWhereNode24Is(
  'the action does on Node 24 what it does here',
  async () => {
    const nodeBinary = node24(folder)
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
