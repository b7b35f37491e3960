import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

/** A release whose packages apt can install. */
export interface AptRelease {
  readonly distribution: 'debian' | 'ubuntu'
  readonly codename: string
}

/** Everything the services ask about the machine, read once so that each decision sees the same answers. */
export interface Host {
  readonly platform: NodeJS.Platform
  /** In the spelling of container platforms: `linux/amd64`. */
  readonly containerPlatform: string
  readonly isRoot: boolean
  readonly aptRelease: AptRelease | undefined
  /** Set when the user chose an engine; a dockerd of ours would then not be the one the client talks to. */
  readonly dockerHost: string | undefined
  /** PATH plus the sbin folders, which hold dockerd and iptables and which many PATHs lack. */
  readonly searchPath: string
  /** Holds logs, data and the state file; one per user, since a folder of another user is not to be trusted. */
  readonly folder: string
}

const architectures: Partial<Record<NodeJS.Architecture, string>> = {
  x64: 'amd64',
  arm: 'arm',
  arm64: 'arm64',
}

export function readHost(): Host {
  const uid = process.getuid?.()
  const user = uid === undefined ? 'user' : String(uid)
  const paths = [process.env['PATH'] ?? '', '/usr/local/sbin', '/usr/sbin', '/sbin']
  return {
    platform: process.platform,
    containerPlatform: `linux/${architectures[process.arch] ?? process.arch}`,
    isRoot: uid === 0,
    aptRelease: process.platform === 'linux' ? readAptRelease() : undefined,
    dockerHost: process.env['DOCKER_HOST'],
    searchPath: paths.join(delimiter),
    folder: join(tmpdir(), `smart-image-build-services-${user}`),
  }
}

function readAptRelease(): AptRelease | undefined {
  if (!existsSync('/etc/os-release')) return undefined
  const release = parseOsRelease(readFileSync('/etc/os-release', 'utf8'))
  const distribution = release.get('ID')
  const codename = release.get('VERSION_CODENAME')
  if (distribution !== 'debian' && distribution !== 'ubuntu') return undefined
  return codename === undefined ? undefined : { distribution, codename }
}

function parseOsRelease(text: string): Map<string, string> {
  const pairs = text.split('\n').map((line) => /^(\w+)="?(.*?)"?$/.exec(line))
  return new Map(pairs.flatMap((pair) => (pair ? [[pair[1]!, pair[2]!] as const] : [])))
}

export function findExecutable(host: Host, name: string): string | undefined {
  const candidates = host.searchPath.split(delimiter).filter(Boolean)
  return candidates.map((folder) => join(folder, name)).find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
