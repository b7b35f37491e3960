import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { buildkitImage } from '../../scripts/services/buildkit-image.js'
import type { Driver } from './builders.js'

/** What a builder has on record of one build. */
export interface BuildRecord {
  readonly name: string
  /** Steps that took their result from a cache. */
  readonly cached: number
  readonly total: number
}

/** Those whose builders see no image of the engine. */
export type ColdDriver = Exclude<Driver, 'docker'>

/**
 * Builders that have built nothing yet, each as that of a new machine: on the host's network, where `localhost` is that
 * of the tests, and with nothing of the engine. They must be removed.
 */
export class ColdBuilders {
  readonly #names: string[] = []

  create(driver: ColdDriver = 'docker-container'): string {
    if (driver === 'remote') return this.#remote()
    const name = this.#name()
    const options = ['--driver', driver, '--driver-opt', `image=${buildkitImage},network=host`]
    docker('buildx', 'create', '--name', name, ...options, '--bootstrap')
    return name
  }

  /** One of driver `remote` that keeps everything in so much memory, as the disk of a small machine. */
  createSmall(mebibytes: number): string {
    return this.#remote('--tmpfs', `/var/lib/buildkit:rw,exec,size=${mebibytes}m`)
  }

  removeAll(): void {
    for (const name of this.#names.splice(0)) {
      docker('buildx', 'rm', '--force', name)
      // The daemon of a remote one has its name; no other has such a container.
      docker('rm', '--force', '--volumes', name)
    }
  }

  #remote(...options: readonly string[]): string {
    const name = this.#name()
    const usual = ['--detach', '--privileged', '--init', '--network', 'host']
    docker('run', '--name', name, ...usual, ...options, buildkitImage)
    const endpoint = `docker-container://${name}`
    docker('buildx', 'create', '--name', name, '--driver', 'remote', '--bootstrap', endpoint)
    return name
  }

  #name(): string {
    const name = `smart-image-build-cold-${randomBytes(6).toString('hex')}`
    this.#names.push(name)
    return name
  }
}

/** The newest first. */
export function buildsOf(builder: string): readonly BuildRecord[] {
  const listed = docker('buildx', 'history', 'ls', '--builder', builder, '--format', 'json')
  const records = listed
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  return records.map((record) => ({
    name: String(record['name']),
    cached: Number(record['cached_steps']),
    total: Number(record['total_steps']),
  }))
}

function docker(...args: readonly string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}
