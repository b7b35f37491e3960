import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { BuildxCli } from '../../src/adapters/buildx-cli.js'
import { DockerCredentials } from '../../src/adapters/docker-credentials.js'
import { OciRegistry } from '../../src/adapters/oci-registry.js'
import { RegistryClient } from '../../src/adapters/registry-client.js'
import type { Outcome } from '../../src/model/outcome.js'
import type { BuildOptions } from '../../src/model/service.js'
import { planned, REBUILD, request, service } from '../fakes/images.js'
import { TAG, Workshop } from '../execute/workshop.js'
import { startCacheService, WRITE, READ, type CacheScope, type CacheService } from '../rig/cache-service.js'
import { testBuilders } from '../rig/builders.js'
import { FaultyRegistry, type RegistryFault } from '../rig/faulty-registry.js'
import { DOCKER_MANIFEST, MANIFEST, testRegistry } from '../rig/raw-repository.js'

const run = promisify(execFile)

/** Stands in the text of every step, so that a prune finds the cache of these tests and of nothing else. */
const suite = `faults-${randomBytes(6).toString('hex')}`

let folder: string
let unique: string
let repository: string
let registry: FaultyRegistry
let workshop: Workshop
/** Absent: the one of the engine. */
let builder: string | undefined

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'build-faults-'))
  unique = `${suite}-${randomBytes(4).toString('hex')}`
  repository = unique
  registry = await FaultyRegistry.start(testRegistry())
  workshop = new Workshop()
  builder = undefined
  await dockerfile(`FROM busybox:1.37`, `RUN echo compiled-${unique} && head -c 300000 /dev/urandom >/made`)
})

afterEach(async () => {
  await registry.stop()
  await rm(folder, { recursive: true })
})

afterAll(async () => {
  // An engine that builds in its own image store keeps what it pushed.
  const { stdout } = await run('docker', ['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}'])
  const made = stdout.split('\n').filter((line) => line.includes(suite))
  if (made.length > 0) await run('docker', ['image', 'rm', '--force', ...made])
  for (const used of [undefined, testBuilders()['docker-container']]) await prune(used)
})

/** Of what a builder itself remembers. */
async function prune(of: string | undefined): Promise<void> {
  const by = of === undefined ? [] : ['--builder', of]
  await run('docker', ['buildx', 'prune', ...by, '--all', '--force', `--filter=description~=${suite}`])
}

async function dockerfile(...lines: readonly string[]): Promise<void> {
  await mkdir(join(folder, 'api'), { recursive: true })
  await writeFile(join(folder, 'api', 'Dockerfile'), [...lines, ''].join('\n'))
}

/** Builds and pushes for real; only the waits between tries take no time. */
async function build(options: Partial<BuildOptions> = {}): Promise<Outcome | undefined> {
  const { signal } = workshop.stop
  const image = { registry: registry.host, repository }
  const api = service('api', { image, build: { provenance: 'false', ...options } })
  const [outcome] = await workshop.run([planned('api', REBUILD, { service: api })], {
    request: request({ push: true, ...(builder !== undefined && { builder }) }),
    tags: new Map(),
    builder: new BuildxCli({ root: folder, environment: process.env, now: () => performance.now() }),
    registry: new OciRegistry(new RegistryClient(new DockerCredentials(process.env), { signal })),
  })
  return outcome
}

/** How often the step ran: it prints nothing when its result is there. */
function compiled(): number {
  const lines = workshop.events.flatMap((event) => (event.kind === 'build-progress' ? [event] : []))
  return lines.filter(({ isOutput, line }) => isOutput && line.trim() === `compiled-${unique}`).length
}

async function pushed(): Promise<string | null> {
  const headers = { accept: `${MANIFEST}, ${DOCKER_MANIFEST}` }
  const answer = await fetch(`http://${testRegistry()}/v2/${repository}/manifests/${TAG}`, {
    method: 'HEAD',
    headers,
  })
  return answer.status === 200 ? answer.headers.get('docker-content-digest') : null
}

/** Heals what is wrong as soon as a run waits. */
function untilPause(heal: () => void): void {
  const { clock } = workshop
  const pause = clock.pause.bind(clock)
  workshop.clock.pause = (milliseconds, signal) => {
    heal()
    return pause(milliseconds, signal)
  }
}

const manifest = (method: string, path: string) => method === 'PUT' && path.includes('/manifests/')
const blob = (method: string, path: string) => method === 'PUT' && path.includes('/blobs/uploads/')

describe.each(['docker', 'docker-container'] as const)(
  'a registry that fails during a push of a builder of driver %s',
  (driver) => {
    beforeEach(() => {
      if (driver !== 'docker') builder = testBuilders()[driver]
    })

    const faults: readonly [string, typeof manifest, RegistryFault][] = [
      ['502 for the manifest', manifest, { status: 502 }],
      ['429 with Retry-After', manifest, { status: 429, headers: { 'retry-after': '2' } }],
      ['a reset in the middle of a blob', blob, 'reset'],
    ]

    test.each(faults)('once, with %s, is overcome by the builder itself', async (_, fits, fault) => {
      registry.fault = (method, path) =>
        registry.faulted.length === 0 && fits(method, path) ? fault : undefined
      const outcome = await build()
      expect(outcome).toMatchObject({ kind: 'built', digest: await pushed() })
      expect([registry.faulted.length, compiled(), workshop.pauses]).toEqual([1, 1, []])
    })

    test.each(faults)(
      'for longer, with %s, is pushed to again, and nothing is compiled twice',
      async (_, fits, fault) => {
        registry.fault = (method, path) => (fits(method, path) ? fault : undefined)
        untilPause(() => (registry.fault = () => undefined))
        const outcome = await build()
        expect(outcome).toMatchObject({ kind: 'built', digest: await pushed() })
        expect([compiled(), workshop.pauses]).toEqual([1, [5000]])
        expect(workshop.notices).toEqual([expect.stringContaining('the image is pushed again')])
      },
    )

    test('by a refusal is not asked again', async () => {
      registry.fault = (method, path) =>
        manifest(method, path)
          ? { status: 403, body: '{"errors":[{"code":"DENIED","message":"no"}]}' }
          : undefined
      expect(await build()).toMatchObject({ kind: 'failed', failure: { cause: 'code' } })
      expect([compiled(), workshop.pauses, await pushed()]).toEqual([1, [], null])
    })
  },
)

describe('a layer cache that fails', () => {
  let cache: CacheService
  beforeEach(async () => {
    cache = await startCacheService()
    // The engine's own finds the layers of what it pushed in its image store.
    builder = testBuilders()['docker-container']
  })
  afterEach(() => cache.close())

  const gha = (permission: CacheScope['permission']) =>
    `type=gha,url_v2=${cache.url},token=${cache.token({ scopes: [{ scope: 'refs/heads/main', permission }] })},scope=api`

  test.each([404, 403])(
    'with %d for a layer that its index names, is not read the second time',
    async (status) => {
      await build({ cacheTo: [`${gha(READ | WRITE)},mode=max`] })
      await prune(builder)
      // Where the image is not yet.
      repository = `${unique}/again`
      workshop = new Workshop()
      // The index comes as it is, which is the first download.
      cache.fail({ operation: 'download', delayMs: 1, times: 1 })
      cache.fail({ operation: 'download', status })
      expect(await build({ cacheFrom: [gha(READ)] })).toMatchObject({ kind: 'built', digest: await pushed() })
      expect([compiled(), workshop.notices]).toEqual([
        1,
        [expect.stringContaining('built without reading it')],
      ])
    },
  )

  test('as it may not be written, is not written the second time', async () => {
    const outcome = await build({ cacheTo: [`${gha(READ)},mode=max`] })
    expect(outcome).toMatchObject({ kind: 'built', digest: await pushed() })
    expect(compiled()).toBe(1)
    expect(workshop.notices).toEqual([expect.stringContaining('could not be written')])
  })
})

test('a compile error is built once, and ends with what the step printed', async () => {
  await dockerfile('FROM busybox:1.37', `RUN echo compiled-${unique}; echo 502 Bad Gateway; exit 3`)
  expect(await build()).toMatchObject({
    kind: 'failed',
    failure: { cause: 'code', tail: [`compiled-${unique}`, '502 Bad Gateway'] },
  })
  expect([compiled(), workshop.pauses, workshop.notices]).toEqual([1, [], []])
})

test('a build tells what it sent and what the cache had', async () => {
  await dockerfile('FROM busybox:1.37', 'COPY file /', `RUN echo compiled-${unique}`)
  await writeFile(join(folder, 'api', 'file'), randomBytes(200_000))
  expect(await build()).toMatchObject({ kind: 'built', status: { steps: 2, done: 2, cached: 0 } })
  const told = workshop.events.flatMap((event) => (event.kind === 'build-status' ? [event.status] : []))
  expect(told.at(-1)?.contextBytes).toBeGreaterThan(200_000)
})
