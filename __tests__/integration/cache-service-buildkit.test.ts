import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { startCacheService, type CacheScope, type CacheService } from '../rig/cache-service.js'

const run = promisify(execFile)
const BASE_IMAGE = 'busybox:1.37'
const main: CacheScope = { scope: 'refs/heads/main', permission: 3 }
const readMain: CacheScope = { ...main, permission: 1 }
const pull: CacheScope = { scope: 'refs/pull/7/merge', permission: 3 }

/**
 * Whether the engine can keep exported layers: only one with the containerd image store does. One that does not answer,
 * or has no base image, is an error: `npm test` provides both.
 */
async function keepsExportedLayers(): Promise<boolean> {
  await run('docker', ['image', 'inspect', BASE_IMAGE])
  const { stdout } = await run('docker', ['info', '--format', '{{json .DriverStatus}}'])
  return stdout.includes('io.containerd.snapshotter')
}

const withStore = (await keepsExportedLayers()) ? test : test.skip

let service: CacheService
let folder: string
/** Stands in the text of every step, so that a prune finds the cache of this test and of nothing else. */
let unique: string

beforeEach(async () => {
  service = await startCacheService()
  folder = await mkdtemp(path.join(tmpdir(), 'buildkit-cache-'))
  unique = path.basename(folder)
  await writeFile(path.join(folder, 'input'), unique)
  await writeFile(
    path.join(folder, 'Dockerfile'),
    `FROM ${BASE_IMAGE} AS made
COPY input /${unique}
RUN : ${unique} && head -c 16 /dev/urandom | md5sum > /stamp
FROM scratch
COPY --from=made /stamp /${unique}-stamp
`,
  )
})

afterEach(async () => {
  await service.close()
  await prune()
  await rm(folder, { recursive: true })
})

interface Build {
  readonly from?: readonly CacheScope[]
  readonly to?: readonly CacheScope[]
  readonly ignoreError?: boolean
}

/** Builds; what comes back differs whenever the RUN step really ran. */
async function build(options: Build): Promise<{ stamp: string; log: string }> {
  const cache = (scopes: readonly CacheScope[]) =>
    `type=gha,url_v2=${service.url},token=${service.token({ scopes })},scope=api`
  const args = [
    ...['buildx', 'build', '--progress=plain', `--output=type=local,dest=${path.join(folder, 'out')}`],
    ...(options.from ? [`--cache-from=${cache(options.from)}`] : []),
    ...(options.to
      ? [`--cache-to=${cache(options.to)},mode=max,ignore-error=${String(options.ignoreError ?? false)}`]
      : []),
    folder,
  ]
  const { stderr } = await run('docker', args)
  return { stamp: await readFile(path.join(folder, 'out', `${unique}-stamp`), 'utf8'), log: stderr }
}

/** Drops what the engine itself remembers of this test's steps. */
async function prune(): Promise<void> {
  await run('docker', ['buildx', 'prune', '--all', '--force', `--filter=description~=${unique}`])
}

withStore('what one build exports, another imports after the local cache is gone', async () => {
  const exported = await build({ to: [main] })
  expect(service.entries().map(({ key, state }) => [key.replace(/[0-9a-f]{8,}.*/, '…'), state])).toEqual(
    expect.arrayContaining([
      ['buildkit-blob-1-sha256:…', 'ready'],
      ['index-api-1-…', 'ready'],
    ]),
  )

  await prune()
  const without = await build({})
  expect(without.stamp).not.toBe(exported.stamp)

  await prune()
  const imported = await build({ from: [main] })
  expect(imported.stamp).toBe(exported.stamp)
  expect(imported.log).toMatch(/RUN : .*\n#\d+ CACHED/)
})

withStore('a pull request imports from the default branch and exports into its own scope', async () => {
  const exported = await build({ to: [main] })
  await prune()
  const imported = await build({ from: [pull, readMain], to: [pull, readMain] })
  expect(imported.stamp).toBe(exported.stamp)
  const scopes = service
    .entries()
    .filter(({ key }) => key.startsWith('index-'))
    .map(({ scope }) => scope)
  expect(scopes).toEqual(['refs/heads/main', 'refs/pull/7/merge'])
})

withStore('a token of another branch imports nothing', async () => {
  const exported = await build({ to: [main] })
  await prune()
  const imported = await build({ from: [{ ...main, scope: 'refs/heads/other' }] })
  expect(imported.stamp).not.toBe(exported.stamp)
})

withStore('a read-only token fails the build, unless errors of the export are ignored', async () => {
  await expect(build({ to: [readMain] })).rejects.toThrow('failed to reserve cache')
  expect((await build({ to: [readMain], ignoreError: true })).stamp).not.toBe('')
  expect(service.entries()).toEqual([])
})
