import { parseRequest } from '../config/request.js'
import { failed, ok, type Result } from '../model/failure.js'
import type { NewFiles } from '../ports/new-files.js'
import { configurationText, workflowText } from '../report/init.js'
import { countsDisk, fail, type Job, type Ports, type Run } from './job.js'
import { CONFIG_PATHS, definitionFile, loadServices, readConfig } from './load.js'

const WORKFLOW_PATH = '.github/workflows/images.yml'

export interface InitOptions {
  /** A workflow is written, too. */
  readonly workflow: boolean
  /** Prints the files instead of writing them. */
  readonly stdout: boolean
}

/** Writes down as a configuration what a run without one finds. Returns the process's exit code. */
export async function init(
  job: Job,
  ports: Ports & { readonly files: NewFiles },
  { workflow, stdout }: InitOptions,
): Promise<number> {
  const written = await textsOf(job, ports, workflow)
  if (!written.ok) return fail(written.failures, ports)
  const texts = written.value
  if (stdout) {
    ports.host.result(() =>
      [...texts]
        .map(([path, text]) => `# ${path}\n${text}`)
        .join('---\n')
        .trimEnd()
        .split('\n'),
    )
    return 0
  }
  const created = await ports.files.create(texts)
  if (!created.ok) return fail(created.failures, ports)
  ports.host.result(() => [...texts.keys()].map((path) => `wrote ${path}`))
  return 0
}

async function textsOf(
  job: Job,
  ports: Ports,
  workflow: boolean,
): Promise<Result<ReadonlyMap<string, string>>> {
  const request = parseRequest(job.inputs, job.defaults)
  if (!request.ok) return request
  const run: Run = {
    ...{ job, ports, request: request.value, notices: [] },
    withDisk: await countsDisk(request.value, ports.git),
  }
  const existing = await readConfig(run)
  if (!existing.ok) return existing
  const branch = job.context.defaultBranch ?? (ports.git.branch === 'master' ? 'master' : 'main')
  if (existing.value !== undefined && workflow) return workflowFor(run, branch)
  if (existing.value !== undefined) {
    const message = `${existing.value.path} is there already; remove it to have it written anew`
    return failed({ kind: 'usage', message })
  }
  const loaded = await loadServices(run, undefined)
  if (!loaded.ok) return loaded
  const defined = await definitionFile(run)
  if (!defined.ok) return defined
  const { services } = loaded.value
  // Only what stands in such a file has a place.
  const from = services.some(({ place }) => place) ? (defined.value?.found ?? []) : []
  const registry = request.value.registry === undefined ? {} : { registry: request.value.registry }
  const [path = ''] = CONFIG_PATHS
  const config: [string, string] = [path, configurationText({ services, from, ...registry })]
  return ok(new Map(workflow ? [config, [WORKFLOW_PATH, workflowText({ branch, ...registry })]] : [config]))
}

/** The workflow alone, where there is a configuration already. */
async function workflowFor(run: Run, branch: string): Promise<Result<ReadonlyMap<string, string>>> {
  const loaded = await loadServices(run, undefined)
  if (!loaded.ok) return loaded
  const registries = loaded.value.services.map(({ image }) => image.registry)
  const [registry] = registries.includes(undefined) ? [] : registries
  return ok(new Map([[WORKFLOW_PATH, workflowText({ branch, ...(registry !== undefined && { registry }) })]]))
}
