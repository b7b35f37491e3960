import { mkdirSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PackageRequest } from './apt-plan.js'
import { probe, waitUntil } from './commands.js'
import { isAlive, launch, type ProcessRecord, terminate } from './daemon.js'
import { EnvironmentMissing } from './environment-missing.js'
import { findExecutable, type Host } from './host.js'
import type { Progress } from './progress.js'

/** What `docker` answers at this moment. */
export interface EngineReading {
  readonly server: { readonly version: string } | { readonly unreachable: string }
  readonly hasBuildx: boolean
}

/** Half a minute is for a first start on a slow disk; the daemon usually answers within two seconds. */
const startTimeoutMs = 30_000
/** dockerd itself waits up to 15 s for containers and for its containerd. */
const stopTimeoutMs = 20_000
const overlayFileSystem = 0x794c7630

/**
 * Least restricted first. Without usable iptables the second still builds, runs and pushes; containers only lack
 * a way out and published ports.
 */
const settings: readonly (readonly string[])[] = [[], ['--iptables=false', '--ip6tables=false']]

export async function readEngine(): Promise<EngineReading> {
  const [version, buildx] = await Promise.all([
    probe('docker', ['version', '--format', '{{.Server.Version}}']),
    probe('docker', ['buildx', 'version']),
  ])
  const isClientMissing = version.exitCode === 127
  const reason = isClientMissing ? 'there is no command docker' : version.stderr.trim().split('\n').at(-1)!
  return {
    server: version.exitCode === 0 ? { version: version.stdout.trim() } : { unreachable: reason },
    hasBuildx: buildx.exitCode === 0,
  }
}

export function isUsable(reading: EngineReading): boolean {
  return 'version' in reading.server && reading.hasBuildx
}

/** The client is asked for even when there is one: a release may ship it with the engine, and buildx needs it. */
export function enginePackages(host: Host, reading: EngineReading): PackageRequest[] {
  const needsEngine = !('version' in reading.server) && findExecutable(host, 'dockerd') === undefined
  return [
    ...(needsEngine ? [{ anyOf: ['docker.io'] }, { anyOf: ['docker-cli'], isOptional: true }] : []),
    ...(reading.hasBuildx ? [] : [{ anyOf: ['docker-buildx', 'docker-buildx-v2'] }]),
  ]
}

/** Throws when no dockerd of ours could be what `docker` talks to, before anything is installed for it. */
export function requireStartable(host: Host, reading: EngineReading): void {
  if ('version' in reading.server) return
  const missing = `the Docker engine does not answer (${reading.server.unreachable})`
  if (host.dockerHost !== undefined) {
    throw new EnvironmentMissing(
      missing,
      `start the engine at DOCKER_HOST=${host.dockerHost}, or unset DOCKER_HOST`,
    )
  }
  if (host.platform !== 'linux')
    throw new EnvironmentMissing(missing, 'start Docker Desktop or another Docker engine')
  if (!host.isRoot) {
    throw new EnvironmentMissing(missing, 'start it, let this user reach its socket, or run this as root')
  }
}

export interface EngineStart {
  readonly host: Host
  readonly progress: Progress
  /** Called for each process at once, long before it answers, so that an interruption can still end it. */
  readonly onLaunch: (engine: ProcessRecord) => void
}

/** Starts dockerd on the default socket; it starts and ends a containerd of its own. Answers the version. */
export async function startEngine({ host, progress, onLaunch }: EngineStart): Promise<string> {
  const executable = findExecutable(host, 'dockerd')
  if (executable === undefined) {
    throw new EnvironmentMissing(
      'dockerd is not installed',
      'install Docker with buildx, then run this again',
    )
  }
  const log = join(host.folder, 'dockerd.log')
  const base = ['--config-file', writeConfiguration(host)]
  for (const extra of settings) {
    const engine = await launch({ executable, args: [...base, ...extra], log, searchPath: host.searchPath })
    onLaunch(engine)
    const version = await waitForVersion(engine)
    if (version !== undefined) return version
    await terminate(engine, stopTimeoutMs)
    progress.note(`dockerd ${extra.join(' ') || 'with default settings'} did not start (log: ${log})`)
  }
  progress.tail(log)
  throw new EnvironmentMissing(
    `dockerd does not start on this machine (log: ${log})`,
    'provide a running Docker engine',
  )
}

/** Gives up early when the process ends, and does not take another engine's answer for this one's. */
async function waitForVersion(engine: ProcessRecord): Promise<string | undefined> {
  let version: string | undefined
  const isDecided = async (): Promise<boolean> => {
    const { server } = await readEngine()
    version = 'version' in server ? server.version : undefined
    return version !== undefined || !isAlive(engine)
  }
  await waitUntil(isDecided, startTimeoutMs)
  return isAlive(engine) ? version : undefined
}

export async function stopEngine(engine: ProcessRecord): Promise<void> {
  await terminate(engine, stopTimeoutMs)
}

/**
 * A configuration and a data folder of our own leave /etc/docker and /var/lib/docker to the machine's owner. The
 * containerd store keeps the digests of local images; overlay does not stack on overlay, so there files are copied.
 */
function writeConfiguration(host: Host): string {
  const data = join(host.folder, 'docker')
  mkdirSync(data, { recursive: true })
  const isOnOverlay = statfsSync(data).type === overlayFileSystem
  const configuration = {
    features: { 'containerd-snapshotter': true },
    'data-root': data,
    ...(isOnOverlay ? { 'storage-driver': 'native' } : {}),
  }
  const file = join(host.folder, 'dockerd.json')
  writeFileSync(file, JSON.stringify(configuration, undefined, 2))
  return file
}
