import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ACT, goTool, goToolTimeoutMs, hasGo } from '../../scripts/services/go-tools.js'
import type { ActRun } from '../rig/act.js'
import { ActShop } from '../rig/act-shop.js'
import { SHOP_SERVICES } from '../rig/shop.js'
import { snippet } from './texts.js'

const workflow = snippet('docs/deploy.md', 'kubectl')

/** Writes down what it is told to do, and cannot do it for the deployment that a file names. */
const KUBECTL = `#!/bin/sh
echo "$*" >> "$CLUSTER/calls"
case "$*" in *"deployment/$(cat "$CLUSTER/broken") "*) exit 1 ;; esac
`

if (!hasGo()) console.warn('Skipped: act is compiled by Go, which is not installed.')
const suite = hasGo() ? describe : describe.skip

/** One after the other, as each is a push after the one before. */
suite('the workflow of docs/deploy.md for kubectl', () => {
  let shop: ActShop
  let cluster: string

  beforeAll(async () => {
    cluster = await mkdtemp(join(tmpdir(), 'cluster-'))
    await writeFile(join(cluster, 'kubectl'), KUBECTL)
    await chmod(join(cluster, 'kubectl'), 0o755)
    await writeFile(join(cluster, 'broken'), 'none')
    const env = { PATH: `${cluster}:${process.env['PATH'] ?? ''}`, CLUSTER: cluster }
    shop = await ActShop.open({ program: await goTool(ACT), example: 'shop', workflow, env })
  }, goToolTimeoutMs)

  afterAll(async () => {
    await shop.close()
    await rm(cluster, { recursive: true })
  })

  test('rolls every service of the first push out by its digest, and points the tag at that', async () => {
    const run = await shop.push()
    expect(run).toMatchObject({ exitCode: 0, errors: [] })
    expect(deployed(run)).toEqual([...SHOP_SERVICES].sort())
    const calls = await readFile(join(cluster, 'calls'), 'utf8')
    for (const service of SHOP_SERVICES) {
      const digest = (await shop.digest(service, 'staging')) ?? 'none'
      expect(digest).toBe(await shop.digest(service, 'main'))
      const image = `${shop.prefix}/naytife/${service}@${digest}`
      expect(calls).toContain(`set image deployment/${service} ${service}=${image}\n`)
    }
  })

  test('leaves the tag of a service where it is when its deploy fails', async () => {
    const before = await shop.digest('backend', 'staging')
    await writeFile(join(cluster, 'broken'), 'backend')
    await shop.change('backend/bin/serve', (text) => `${text}# changed\n`)
    const run = await shop.push()
    expect(run.exitCode).not.toBe(0)
    expect(deployed(run)).toEqual(['backend'])
    expect(await shop.digest('backend', 'staging')).toBe(before)
    expect(await shop.digest('backend', 'main')).not.toBe(before)
  })

  test('deploys it in the next run, which changes nothing, and then no more', async () => {
    await writeFile(join(cluster, 'broken'), 'none')
    await shop.change('backend/README.md', (text) => `${text}changed\n`)
    const run = await shop.push()
    expect(run).toMatchObject({ exitCode: 0, errors: [] })
    expect(deployed(run)).toEqual(['backend'])
    expect(await shop.digest('backend', 'staging')).toBe(await shop.digest('backend', 'main'))
    await shop.change('backend/README.md', (text) => `${text}again\n`)
    expect(deployed(await shop.push())).toEqual([])
  })
})

/** Services that a job was started for. */
function deployed({ jobs }: ActRun): string[] {
  const legs = jobs.filter(({ id }) => id === 'deploy')
  return legs.map(({ matrix }) => String(matrix['service'])).sort()
}
