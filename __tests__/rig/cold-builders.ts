import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { buildkitImage } from '../../scripts/services/buildkit-image.js'

/** What a builder has on record of one build. */
export interface BuildRecord {
  readonly name: string
  /** Steps that took their result from a cache. */
  readonly cached: number
  readonly total: number
}

/**
 * Builders that have built nothing yet, each as that of a new machine: on the host's network, where `localhost` is that
 * of the tests, and with nothing of the engine. They must be removed.
 */
export class ColdBuilders {
  readonly #names: string[] = []

  create(): string {
    const name = `smart-image-build-cold-${randomBytes(6).toString('hex')}`
    this.#names.push(name)
    const options = ['--driver', 'docker-container', '--driver-opt', `image=${buildkitImage},network=host`]
    docker('buildx', 'create', '--name', name, ...options, '--bootstrap')
    return name
  }

  removeAll(): void {
    for (const name of this.#names.splice(0)) docker('buildx', 'rm', '--force', name)
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
