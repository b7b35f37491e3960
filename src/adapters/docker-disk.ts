import { statfs } from 'node:fs/promises'
import { hostname } from 'node:os'
import { run } from './process.js'

export interface FreeSpace {
  readonly folder: string
  readonly bytes: number
}

/** Drivers whose builders keep what they make where the engine does (docker/buildx, `driver/`). */
const WITH_ENGINE = /^Driver:\s*(?:docker|docker-container)\s*$/m

/**
 * What is left where the named or the current builder keeps images and layers. `undefined` for one elsewhere, such as in
 * the virtual machine of Docker Desktop: a folder of the same name here would be another one.
 */
export async function freeSpace(
  environment: NodeJS.ProcessEnv,
  builder: string | undefined,
): Promise<FreeSpace | undefined> {
  const inspect = ['buildx', 'inspect', ...(builder === undefined ? [] : [builder])]
  const inspected = await run('docker', inspect, { env: environment })
  if (inspected.kind !== 'exited' || !WITH_ENGINE.test(inspected.stdout.toString('utf8'))) return undefined
  const end = await run('docker', ['info', '--format', '{{.Name}}\t{{.DockerRootDir}}'], { env: environment })
  if (end.kind !== 'exited' || end.exitCode !== 0) return undefined
  const [machine, folder = ''] = end.stdout.toString('utf8').trim().split('\t')
  if (machine !== hostname() || folder === '') return undefined
  const stats = await statfs(folder).catch(() => undefined)
  return stats && { folder, bytes: stats.bavail * stats.bsize }
}
