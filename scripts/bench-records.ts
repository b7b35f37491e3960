import { join } from 'node:path'
import { FileStore } from '../src/adapters/file-store.js'
import { FolderLayers } from '../src/adapters/folder-layers.js'
import { FolderLayouts } from '../src/adapters/folder-layouts.js'
import { openRepository } from '../src/adapters/git-open.js'
import { machine } from '../src/adapters/machine.js'
import { NO_LAYER_SERVICE } from '../src/adapters/no-layer-service.js'
import { NO_RUN_ARTIFACTS } from '../src/adapters/no-run-artifacts.js'
import { TerminalHost } from '../src/adapters/terminal-host.js'
import { parseRequest } from '../src/config/request.js'
import type { Failure, Result } from '../src/model/failure.js'
import { fullName } from '../src/model/service.js'
import type { StateRecord } from '../src/model/state.js'
import type { Job, Run } from '../src/pipeline/job.js'
import { loadServices } from '../src/pipeline/load.js'
import { makePlan } from '../src/pipeline/plan.js'
import { encodeState } from '../src/state/decode.js'

const SCOPE = 'terminal@refs/heads/main'

export interface RecordOptions {
  /** Top of the repository. */
  readonly root: string
  /** Where the command keeps its state. */
  readonly folder: string
  readonly withDisk: boolean
}

/** Leaves the records that a build of every service at HEAD, without a push, would leave. */
export async function recordAll({ root, folder, withDisk }: RecordOptions): Promise<void> {
  const environment = process.env
  const { git } = valueOf(await openRepository(root, { environment, atTop: true }))
  const { signal } = new AbortController()
  const host = new TerminalHost(
    { out: process.stdout, error: process.stderr },
    { json: false, quiet: true, verbose: false, live: false },
  )
  const job: Job = {
    inputs: { mode: 'plan', 'local-only': 'true' },
    defaults: { maxParallel: 1, layerCache: 'none' },
    // The platform is configured.
    context: {
      ...{ trigger: { kind: 'terminal' }, runId: 'bench', stateScope: SCOPE },
      ...{ defaultPlatform: 'linux/amd64', variables: {} },
    },
    ...{ rootName: 'bench', version: 'bench', color: false, signal },
  }
  const store = new FileStore(folder)
  const layouts = new FolderLayouts(join(folder, 'layouts'))
  const layers = { layers: new FolderLayers(join(folder, 'layers')), layerService: NO_LAYER_SERVICE }
  const ports = {
    git,
    ...machine({ root, environment, signal }),
    store,
    host,
    layouts,
    ...layers,
    artifacts: NO_RUN_ARTIFACTS,
  }
  const run: Run = {
    ...{ job, ports, withDisk, notices: [] },
    request: valueOf(parseRequest(job.inputs, job.defaults)),
  }
  const stored = { state: { scope: SCOPE, records: [], deliveries: [] }, memo: { answers: new Map() } }
  const { plan } = valueOf(await makePlan(valueOf(await loadServices(run, undefined)), stored, run))
  const records = plan.images.map(({ service, fingerprint }): StateRecord => ({
    ...{ service: service.name, image: fullName(service.image), fingerprint: fingerprint.digest },
    document: fingerprint.document,
    ...{ commit: plan.commit, runId: 'bench', durationMs: 60_000, recordedAt: '2026-01-01T00:00:00.000Z' },
  }))
  const deliveries = records.map(({ service, image, fingerprint, runId, recordedAt: at }) => ({
    ...{ service, image, fingerprint, runId, at },
  }))
  const problem = await store.save(SCOPE, encodeState({ scope: SCOPE, records, deliveries }))
  if (problem !== undefined) throw new Error(problem)
}

function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new Error(result.failures.map((failure: Failure) => failure.message).join('; '))
}
