import { beforeEach, describe, expect, test } from '@jest/globals'
import { randomBytes } from 'node:crypto'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { buildsOf } from '../rig/cold-builders.js'
import { ColdShop, noticesOf, word } from '../rig/cold-shop.js'
import { RegistryGate } from '../rig/events-registry.js'
import { runCommand } from '../rig/run-action.js'
import { CLI } from '../rig/shop.js'

const cold = ColdShop.use()

const LAYERS = '.git/smart-image-build/layers'

let builder: string

beforeEach(() => {
  builder = cold.builders.create()
})

describe('at a terminal', () => {
  /** Bytes of all that is kept, and how many builds it is from. */
  async function kept(): Promise<{ bytes: number; builds: number }> {
    const folder = join(cold.shop.repository.folder, LAYERS)
    const paths = (await readdir(folder, { recursive: true })).map((path) => join(folder, path))
    const found = await Promise.all(paths.map((path) => stat(path)))
    return {
      bytes: found.reduce((sum, one) => sum + (one.isFile() ? one.size : 0), 0),
      builds: paths.filter((path) => path.endsWith('/oci-layout')).length,
    }
  }

  /** Whether the layers that are kept are used is told by a builder without any. */
  async function build(...flags: readonly string[]): Promise<void> {
    const options = ['--builder', builder, '--layer-cache', 'local', '--registry', cold.shop.prefix, '--push']
    const { exitCode, stderr } = await runCommand(CLI, ['build', ...options, ...flags], {
      cwd: cold.shop.repository.folder,
    })
    if (exitCode !== 0) throw new Error(stderr)
  }

  test('after five changes no more is kept than after the first build, and a new builder uses it', async () => {
    await cold.commit({
      'smart-image-build.yml': 'services:\n  api: {context: api}\n',
      'api/Dockerfile': `FROM ${cold.baseImage}\nRUN : ${word()}\nCOPY main /\nRUN cat main\n`,
      'api/main': randomBytes(100_000).toString('base64'),
    })
    await build()
    const first = await kept()
    expect(first.builds).toBe(1)
    expect(first.bytes).toBeGreaterThan(100_000)
    for (let change = 1; change <= 5; change += 1) {
      await cold.commit({ 'api/main': randomBytes(100_000).toString('base64') })
      await build()
      const now = await kept()
      expect(now.builds).toBe(1)
      // Times and names of a build differ by some bytes.
      expect(Math.abs(now.bytes - first.bytes)).toBeLessThan(10_000)
    }
    builder = cold.builders.create()
    await cold.commit({ 'api/main': 'changed' })
    await build()
    expect(buildsOf(builder)[0]?.cached).toBe(1)
  })

  test('the Actions cache is none, which one notice says', async () => {
    await cold.commit({
      'api/Dockerfile': 'FROM scratch\nCOPY main /\n',
      'api/main': word(),
    })
    const options = [
      'build',
      '--builder',
      builder,
      '--layer-cache',
      'gha',
      '--registry',
      cold.shop.prefix,
      '--push',
    ]
    const { exitCode, stderr } = await runCommand(CLI, options, { cwd: cold.shop.repository.folder })
    expect([exitCode, stderr.match(/a terminal has no Actions cache/g)?.length]).toEqual([0, 1])
  })
})

test('in a registry whose tags are immutable layers are left once, and then only read, with one notice', async () => {
  const gate = await RegistryGate.start(cold.shop.registry, { isImmutable: true })
  try {
    await cold.commit({
      'smart-image-build.yml': 'services:\n  api: {context: api}\n',
      'api/Dockerfile': `FROM ${cold.baseImage}\nRUN : ${word()}\nCOPY main /\n`,
      'api/main': '1',
    })
    const registry = `${gate.address}/${cold.shop.prefix.slice(cold.shop.registry.length + 1)}`
    const inputs = { registry, tags: 'type=sha', 'layer-cache': 'registry' }
    const first = await cold.shop.push({ inputs: { ...inputs, builder } })
    expect(first.main.exitCode).toBe(0)
    expect(gate.takePuts().filter(({ tag }) => tag === 'cache-main')).toEqual([
      { tag: 'cache-main', isRefused: false },
    ])

    builder = cold.builders.create()
    await cold.commit({ 'api/main': '2' })
    const second = await cold.shop.push({ inputs: { ...inputs, builder } })
    expect(noticesOf(second)).toEqual([expect.stringMatching(/immutable.*only read/)])
    expect(second.docker.filter((line) => line.includes('--cache-to'))).toEqual([])
    expect([second.main.exitCode, buildsOf(builder)[0]?.cached]).toEqual([0, 1])
  } finally {
    await gate.stop()
  }
})
