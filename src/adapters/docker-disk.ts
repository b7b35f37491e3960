import { statfs } from 'node:fs/promises'
import { hostname } from 'node:os'
import { run } from './process.js'

export interface FreeSpace {
  readonly folder: string
  readonly bytes: number
}

/**
 * What is left where Docker's engine keeps images and layers. `undefined` for an engine elsewhere, such as in the virtual
 * machine of Docker Desktop: a folder of the same name here would be another one.
 */
export async function freeSpace(environment: NodeJS.ProcessEnv): Promise<FreeSpace | undefined> {
  const end = await run('docker', ['info', '--format', '{{.Name}}\t{{.DockerRootDir}}'], { env: environment })
  if (end.kind !== 'exited' || end.exitCode !== 0) return undefined
  const [machine, folder = ''] = end.stdout.toString('utf8').trim().split('\t')
  if (machine !== hostname() || folder === '') return undefined
  const stats = await statfs(folder).catch(() => undefined)
  return stats && { folder, bytes: stats.bavail * stats.bsize }
}
