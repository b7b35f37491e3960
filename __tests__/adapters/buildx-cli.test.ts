import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BuildxCli } from '../../src/adapters/buildx-cli.js'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'buildx-cli-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

/** A builder of which `docker buildx inspect` says this; features it only tells who debugs it. */
async function builder(listing: string): Promise<BuildxCli> {
  const script = `#!/bin/sh\ncat <<'END' | if [ -n "$DEBUG" ]; then cat; else grep -v 'exporter\\|export:'; fi\n${listing}\nEND\n`
  await writeFile(join(folder, 'docker'), script, { mode: 0o755 })
  const environment = { PATH: `${folder}:${process.env['PATH'] ?? ''}` }
  return new BuildxCli({ root: folder, environment, now: () => 0 })
}

function listing(driver: string, ...features: readonly string[]): string {
  const nodes = features.map((feature) => `Name: node\nStatus: running\n${feature}\nLabels:\n a: b`)
  return [`Name:   x`, `Driver:        ${driver}`, '', 'Nodes:', ...nodes].join('\n')
}

const CAN = 'Features:\n Docker exporter:      true\n OCI exporter:         true'
const CANNOT = 'Features:\n Docker exporter:      true\n OCI exporter:         false'

describe('whether a builder has layouts', () => {
  test.each([
    ['it says so', listing('docker', CAN), true],
    ['it says that it has not', listing('docker', CANNOT), false],
    ['one of its machines has not', listing('docker-container', CAN, CANNOT), false],
    ['buildx is too old to say, and it is the engine', listing('docker', ''), false],
    ['buildx is too old to say, and it is a container', listing('docker-container', ''), true],
    ['buildx is too old to say, and it is elsewhere', listing('remote', ''), true],
  ])('%s', async (_description, text, hasLayouts) => {
    expect(await (await builder(text)).available()).toMatchObject({ ok: true, value: { hasLayouts } })
  })
})

describe('whether a builder has layer caches', () => {
  const EXPORTS = 'Features:\n Cache export:      true'
  const KEEPS = 'Features:\n Cache export:      false'
  test.each([
    ['it says so', listing('docker', EXPORTS), true],
    ['it says that it has not', listing('docker', KEEPS), false],
    ['one of its machines has not', listing('docker-container', EXPORTS, KEEPS), false],
    ['buildx is too old to say, and it is the engine', listing('docker', ''), false],
    ['buildx is too old to say, and it is elsewhere', listing('kubernetes', ''), true],
  ])('%s', async (_description, text, hasLayerCaches) => {
    expect(await (await builder(text)).available()).toMatchObject({ ok: true, value: { hasLayerCaches } })
  })
})
