import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { baseImage } from './base-image.js'
import { buildkitImage } from './buildkit-image.js'
import { probe, run } from './commands.js'
import type { Host } from './host.js'

/** A buildx builder for each driver but that of the engine, and how to remove them from any process. */
export interface BuildersRecord {
  /** The one registry that they reach over HTTP, and find the base image in. */
  readonly registry: string
  /** Name of the builder of driver `docker-container`. */
  readonly container: string
  /** Name of the builder of driver `remote`. */
  readonly remote: string
  /** Name of the container that is the remote builder's daemon: buildx itself neither starts nor stops that. */
  readonly daemon: string
}

/** No two registries of a machine have the same port at a time. */
export function buildersOf(registry: string): BuildersRecord {
  const name = `smart-image-build-${registry.split(':').at(-1)!}`
  return { registry, container: `${name}-container`, remote: `${name}-remote`, daemon: `${name}-daemon` }
}

/** Needs the registry, the base image and BuildKit's image. What a crashed run left of the same names is replaced. */
export async function launchBuilders(host: Host, builders: BuildersRecord): Promise<void> {
  await stopBuilders(builders)
  const folder = mkdtempSync(join(host.folder, 'builders-'))
  try {
    const configuration = writeConfiguration(folder, builders.registry)
    await Promise.all([
      mirrorBaseImage(builders.registry),
      createContainerBuilder(builders, configuration),
      createRemoteBuilder(builders, configuration),
    ])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Whether there are builders, for this registry, that answer. buildx ends 0 for one that does not, and says so in its
 * listing only.
 */
export async function areBuilding(builders: BuildersRecord | undefined, registry: string): Promise<boolean> {
  if (builders?.registry !== registry) return false
  const listings = await Promise.all(
    [builders.container, builders.remote].map((name) => probe('docker', ['buildx', 'inspect', name])),
  )
  return listings.every(({ exitCode, stdout }) => exitCode === 0 && /^Status:\s*running$/m.test(stdout))
}

/** Removes their containers, caches and entries in buildx's list. Those that are not there are no error. */
export async function stopBuilders({ container, remote, daemon }: BuildersRecord): Promise<void> {
  await Promise.all([
    ...[container, remote].map(removeBuilder),
    run('docker', ['rm', '--force', '--volumes', daemon]),
  ])
}

async function removeBuilder(name: string): Promise<void> {
  const { exitCode } = await probe('docker', ['buildx', 'inspect', name])
  if (exitCode === 0) await run('docker', ['buildx', 'rm', '--force', name])
}

/** Neither driver sees the engine's images, and the base image is in no registry that every machine reaches. */
function writeConfiguration(folder: string, registry: string): string {
  const file = join(folder, 'buildkit', 'buildkitd.toml')
  mkdirSync(join(folder, 'buildkit'))
  const tables = [
    `[registry."docker.io"]\n  mirrors = ["${registry}"]\n`,
    `[registry."${registry}"]\n  http = true\n`,
  ]
  writeFileSync(file, tables.join('\n'))
  return file
}

async function mirrorBaseImage(registry: string): Promise<void> {
  const copy = `${registry}/library/${baseImage}`
  await run('docker', ['image', 'tag', baseImage, copy])
  await run('docker', ['push', '--quiet', copy])
  await run('docker', ['image', 'rm', copy])
}

/** On the host's network, where `localhost` is the registry's. */
async function createContainerBuilder(builders: BuildersRecord, configuration: string): Promise<void> {
  const driver = ['--driver', 'docker-container', '--driver-opt', `image=${buildkitImage},network=host`]
  const options = [...driver, '--buildkitd-config', configuration, '--bootstrap']
  await run('docker', ['buildx', 'create', '--name', builders.container, ...options])
}

async function createRemoteBuilder({ remote, daemon }: BuildersRecord, configuration: string): Promise<void> {
  const options = ['--privileged', '--init', '--network', 'host', '--volume', '/var/lib/buildkit']
  await run('docker', ['create', '--name', daemon, ...options, buildkitImage])
  await run('docker', ['cp', join(configuration, '..'), `${daemon}:/etc`])
  await run('docker', ['start', daemon])
  const endpoint = `docker-container://${daemon}`
  await run('docker', ['buildx', 'create', '--name', remote, '--driver', 'remote', '--bootstrap', endpoint])
}
