import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { execFile, execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BuildxCli } from '../../src/adapters/buildx-cli.js'
import type { RunEvent } from '../../src/model/event.js'
import { planned, REBUILD, request } from '../fakes/images.js'
import { kindsOf, Workshop } from '../execute/workshop.js'
import { testBuilders } from '../rig/builders.js'
import { testRegistry } from '../rig/raw-repository.js'

/** One of its own, like those that are there, as it is ended in the middle of a build. */
const name = `gone-${randomBytes(6).toString('hex')}`
const container = `buildx_buildkit_${name}0`

let folder: string

beforeAll(async () => {
  const other = `buildx_buildkit_${testBuilders()['docker-container']}0`
  const image = docker('inspect', '--format', '{{.Config.Image}}', other).trim()
  const driver = ['--driver', 'docker-container', '--driver-opt', `image=${image},network=host`]
  docker('buildx', 'create', '--name', name, ...driver, '--bootstrap')
  folder = await mkdtemp(join(tmpdir(), 'builder-gone-'))
  await mkdir(join(folder, 'api'))
})

afterAll(async () => {
  docker('buildx', 'rm', '--force', name)
  await rm(folder, { recursive: true })
})

function docker(...args: readonly string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

async function build(workshop: Workshop, onBegun: () => void): Promise<string[]> {
  const steps = `FROM ${testRegistry()}/library/busybox:1.37\nRUN echo begun-${name} && sleep 3\n`
  await writeFile(join(folder, 'api', 'Dockerfile'), steps)
  const outcomes = await workshop.run([planned('api', REBUILD)], {
    request: request({ builder: name }),
    builder: new BuildxCli({ root: folder, environment: process.env, now: () => performance.now() }),
    on: (event: RunEvent) => {
      workshop.events.push(event)
      if (event.kind === 'build-progress' && event.isOutput && event.line.includes(`begun-${name}`)) onBegun()
    },
  })
  return kindsOf(outcomes)
}

test('a builder that ends in the middle of a build is started and builds once more', async () => {
  const workshop = new Workshop()
  let begun = 0
  const ended = await build(workshop, () => {
    if (++begun === 1) execFile('docker', ['kill', container])
  })
  expect([ended, begun, workshop.pauses]).toEqual([['api built'], 2, [5000]])
  expect(workshop.notices).toEqual([expect.stringContaining('the connection to the builder was lost')])
})

test('one that ends each time is given up', async () => {
  const workshop = new Workshop()
  docker('buildx', 'prune', '--builder', name, '--all', '--force')
  const ended = await build(workshop, () => execFile('docker', ['kill', container]))
  expect([ended, workshop.pauses]).toEqual([['api failed'], [5000]])
  const [outcome] = workshop.events.flatMap((event) => (event.kind === 'finished' ? [event.outcome] : []))
  expect(outcome).toMatchObject({ kind: 'failed', failure: { cause: 'builder' } })
})
