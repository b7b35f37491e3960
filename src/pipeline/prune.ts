import { parseRequest } from '../config/request.js'
import { ok, type Result } from '../model/failure.js'
import type { Superseded } from '../model/kept.js'
import { fullName } from '../model/service.js'
import type { GitHeads } from '../ports/git-heads.js'
import type { KeptFiles } from '../ports/kept-files.js'
import { pruneDocument, pruneLines } from '../report/prune.js'
import { imagesInUse, supersededLayouts, supersededStates } from '../state/superseded.js'
import { countsDisk, fail, type Job, type Ports, type Run } from './job.js'
import { loadServices } from './load.js'

export type PrunePorts = Ports & { readonly kept: KeptFiles; readonly heads: GitHeads }

/** Removes what is kept on this machine and nobody will use again. Returns the process's exit code. */
export async function prune(job: Job, ports: PrunePorts, isDryRun: boolean): Promise<number> {
  const superseded = await find(job, ports)
  if (!superseded.ok) return fail(superseded.failures, ports)
  const { value } = superseded
  const removed = isDryRun ? ok(undefined) : await ports.kept.remove(value.map(({ path }) => path))
  if (!removed.ok) return fail(removed.failures, ports)
  ports.host.document(() => pruneDocument(value, isDryRun))
  ports.host.result(() => pruneLines(value, isDryRun))
  return 0
}

async function find(job: Job, ports: PrunePorts): Promise<Result<readonly Superseded[]>> {
  const request = parseRequest(job.inputs, job.defaults)
  if (!request.ok) return request
  const { kept } = ports
  const withDisk = await countsDisk(request.value, ports.git)
  const run: Run = { job, ports, request: request.value, notices: [], withDisk }
  const loaded = await loadServices(run, undefined)
  if (!loaded.ok) return loaded
  const heads = await ports.heads.heads()
  if (!heads.ok) return heads
  const texts = await kept.texts()
  if (!texts.ok) return texts
  const { superseded, current } = supersededStates(texts.value, heads.value)
  const inUse = imagesInUse(
    current,
    loaded.value.services.map(({ image }) => fullName(image)),
  )
  const layouts = await kept.layouts([...inUse.fingerprints.keys()])
  if (!layouts.ok) return layouts
  const drafts = await kept.drafts()
  if (!drafts.ok) return drafts
  return ok([...superseded, ...supersededLayouts(layouts.value, inUse), ...drafts.value])
}
