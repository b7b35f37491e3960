import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BuildxCli } from '../../src/adapters/buildx-cli.js'
import { DockerCredentials } from '../../src/adapters/docker-credentials.js'
import { OciRegistry } from '../../src/adapters/oci-registry.js'
import { RegistryClient } from '../../src/adapters/registry-client.js'
import { kindsOf, Workshop } from '../execute/workshop.js'
import { planned, REBUILD, request, service } from '../fakes/images.js'
// Starts, with the builders, a registry that holds the base image.
import { testBuilders } from '../rig/builders.js'
import { ColdBuilders } from '../rig/cold-builders.js'
import { testRegistry } from '../rig/raw-repository.js'

testBuilders()

jest.setTimeout(120_000)

const DISK_MIB = 64
const TOO_MUCH = 2 * DISK_MIB * 1024 * 1024

const builders = new ColdBuilders()
let builder: string
let folder: string
let workshop: Workshop

beforeEach(async () => {
  builder = builders.createSmall(DISK_MIB)
  folder = await mkdtemp(join(tmpdir(), 'full-disk-'))
  workshop = new Workshop()
})

afterEach(async () => {
  builders.removeAll()
  await rm(folder, { recursive: true })
})

/** An image that needs little, unless its Dockerfile says more. */
async function image(name: string, ...instructions: readonly string[]) {
  await mkdir(join(folder, name), { recursive: true })
  await writeFile(join(folder, name, 'main'), randomBytes(8).toString('hex'))
  const steps = [`FROM ${testRegistry()}/library/busybox:1.37`, 'COPY main /', ...instructions, '']
  await writeFile(join(folder, name, 'Dockerfile'), steps.join('\n'))
  const repository = `full-disk-${randomBytes(6).toString('hex')}`
  return planned(name, REBUILD, {
    service: service(name, { image: { registry: testRegistry(), repository } }),
  })
}

test.each([
  ['a step writes', 'RUN dd if=/dev/zero of=/big'],
  ['is copied', 'COPY big /'],
])(
  'an image of which more %s than the disk holds fails alone, once, and one notice says why',
  async (_, step) => {
    const images = [await image('small'), await image('large', step)]
    await writeFile(join(folder, 'large', 'big'), Buffer.alloc(TOO_MUCH))
    const { signal } = workshop.stop
    const registry = new OciRegistry(new RegistryClient(new DockerCredentials(process.env), { signal }))
    const outcomes = await workshop.run(images, {
      request: request({ push: true, builder, maxParallel: 1 }),
      tags: new Map(),
      builder: new BuildxCli({ root: folder, environment: process.env, now: () => performance.now() }),
      registry,
    })
    expect(kindsOf(outcomes)).toEqual(['small built', 'large failed'])
    expect(outcomes[1]).toMatchObject({ failure: { kind: 'build-failed', cause: 'disk' } })
    expect(workshop.pauses).toEqual([])
    expect(workshop.notices).toEqual([
      expect.stringMatching(/^No space was left to build `large`.*buildx prune/),
    ])
    const [small] = outcomes
    if (small?.kind !== 'built') throw new Error('it was not built')
    const found = await registry.find(small.image.service.image, small.digest ?? '')
    expect(found).toEqual({ ok: true, value: { kind: 'exists', digest: small.digest } })
  },
)
