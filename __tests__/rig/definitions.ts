import { BakePrint, type BakePrintOptions } from '../../src/adapters/bake-print.js'
import type { Failure } from '../../src/model/failure.js'
import type { RunRequest } from '../../src/model/request.js'
import { fullName, type Service } from '../../src/model/service.js'
import type { Ports, Run } from '../../src/pipeline/job.js'
import { loadServices } from '../../src/pipeline/load.js'
import { context } from '../fakes/images.js'
import { RecordingHost } from '../fakes/recording-host.js'
import { openGit } from './open-git.js'

export interface Reading {
  readonly inputsFrom?: 'commit' | 'worktree'
  readonly variables?: Readonly<Record<string, string>>
  readonly bake?: Partial<BakePrintOptions>
  readonly signal?: AbortSignal
}

export interface Read {
  /** By name, in their order. */
  readonly services: Readonly<Record<string, Service>>
  readonly failures: readonly Failure[]
  readonly notices: readonly string[]
}

/** The services of a repository on the disk, with the real git and the real buildx. */
export async function servicesOf(folder: string, reading: Reading = {}): Promise<Read> {
  const { inputsFrom = 'worktree', variables = {}, bake, signal = new AbortController().signal } = reading
  const host = new RecordingHost()
  const environment = { ...process.env, ...variables }
  const ports: Pick<Ports, 'git' | 'definitions' | 'host'> = {
    ...{ git: await openGit(folder), host },
    definitions: new BakePrint({ environment, ...bake }),
  }
  const request: Pick<RunRequest, 'mode' | 'push'> = { mode: 'plan', push: false }
  const run = {
    ...{ ports, request, notices: [], withDisk: inputsFrom === 'worktree' },
    job: { context: context({ variables: environment }), rootName: 'shop', signal },
  }
  // Nothing else of a run has part in reading its services.
  const loaded = await loadServices(run as unknown as Run, undefined)
  return {
    services: Object.fromEntries((loaded.ok ? loaded.value.services : []).map((one) => [one.name, one])),
    failures: loaded.ok ? [] : loaded.failures,
    notices: host.notices.map(({ message }) => message),
  }
}

/** What a person would want to know of each service. */
export function brief({ services, failures }: Read): readonly (readonly string[])[] {
  if (failures.length > 0) throw new Error(JSON.stringify(failures))
  return Object.values(services).map(({ name, context, file, image, build }) => [
    ...[name, context, file, build.target ?? '', fullName(image)],
  ])
}
