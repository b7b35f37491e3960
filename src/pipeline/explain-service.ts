import { parseRequest } from '../config/request.js'
import { select } from '../config/select.js'
import { gather, gatherEarlier } from '../fingerprint/gather.js'
import { pathOf, type Inspection, isFile } from '../fingerprint/inspect.js'
import { failed, ok, type Result } from '../model/failure.js'
import type { Comparison, Explanation, InputFile } from '../model/explanation.js'
import type { Fingerprint } from '../model/fingerprint.js'
import type { Service } from '../model/service.js'
import { ownRecord } from '../plan/decide.js'
import { diff } from '../plan/diff.js'
import { explanationDocument, explanationLines } from '../report/explanation.js'
import { ofOthers } from '../state/merge.js'
import { withNames } from './explain.js'
import { readingOf } from './inputs.js'
import { countsDisk, fail, type Job, type Ports, type Run } from './job.js'
import { loadServices } from './load.js'
import { loadStored } from './stored.js'

export interface Asked {
  readonly service: string
  /** Commit to compare with; absent: what was built last. */
  readonly against?: string
}

/** Shows what one service's fingerprint is made of. Returns the process's exit code; changes nothing. */
export async function explainService(job: Job, ports: Ports, asked: Asked): Promise<number> {
  const explained = await explanation(job, ports, asked)
  if (!explained.ok) return fail(explained.failures, ports)
  ports.host.document(() => explanationDocument(explained.value))
  ports.host.result(() => explanationLines(explained.value))
  return 0
}

async function explanation(job: Job, ports: Ports, asked: Asked): Promise<Result<Explanation>> {
  const request = parseRequest(job.inputs, job.defaults)
  if (!request.ok) return request
  const withDisk = await countsDisk(request.value, ports.git)
  const run: Run = { job, ports, request: request.value, notices: [], withDisk }
  const service = await theService(asked.service, run)
  if (!service.ok) return service
  const gathered = await gather([service.value], { ...readingOf(run), withDisk, memo: new Map() })
  if (!gathered.ok) return gathered
  for (const notice of gathered.value.notices) ports.host.notice(notice)
  const { name, file } = service.value
  const fingerprint = gathered.value.snapshot.fingerprints.get(name)
  const inspection = gathered.value.inspections.get(name)
  if (!fingerprint || !inspection) throw new Error(`nothing was gathered for ${name}`)
  const now = { fingerprint, inspection }
  const since = await comparison(service.value, now, { run, asked })
  if (!since.ok) return since
  return ok({
    ...{ service: name, file, fingerprint, inputs: inputFiles(inspection) },
    ...(since.value && { since: since.value }),
  })
}

async function theService(name: string, run: Run): Promise<Result<Service>> {
  const loaded = await loadServices(run, undefined)
  if (!loaded.ok) return loaded
  const { services } = loaded.value
  const selected = select(services, [name], 'explain')
  if (!selected.ok) return selected
  const [service, ...others] = services.filter((one) => selected.value.has(one.name))
  if (service !== undefined && others.length === 0) return ok(service)
  const message = `explain: \`${name}\` means several services; name one`
  return failed({ kind: 'usage', message })
}

interface Now {
  readonly fingerprint: Fingerprint
  readonly inspection: Inspection
}

async function comparison(
  service: Service,
  now: Now,
  { run, asked }: { readonly run: Run; readonly asked: Asked },
): Promise<Result<Comparison | undefined>> {
  const newest = ofOthers((await loadStored(run)).state.records).get(service.name)
  const record = newest && ownRecord({ service, record: newest })
  const name = asked.against ?? record?.commit
  if (name === undefined) return ok(undefined)
  const kind = asked.against === undefined ? 'record' : 'commit'
  const commit = await run.ports.git.obtain(name)
  const earlier = commit === undefined ? undefined : await gatherEarlier([service], commit, readingOf(run))
  if (earlier?.ok === false) return earlier
  const before = earlier?.value.inspections.get(service.name)
  const recorded = record && { document: record.document, digest: record.fingerprint }
  const then = kind === 'record' ? recorded : earlier?.value.fingerprints.get(service.name)
  if (then === undefined) return failed({ kind: 'usage', message: nothingAt(asked, service, commit) })
  const reasons = withNames(diff(then.document, now.fingerprint.document), before, now.inspection)
  return ok({ kind, commit: commit ?? name, fingerprint: then.digest, reasons })
}

function nothingAt({ against }: Asked, service: Service, commit: string | undefined): string {
  return commit === undefined
    ? `\`${against ?? ''}\` is no commit that is at hand or could be fetched; name one that is`
    : `\`${service.name}\` could not have been built at ${commit}, so there is nothing to compare with`
}

function inputFiles(inspection: Inspection): InputFile[] {
  const files = new Map<string, InputFile>()
  for (const taken of inspection.taken) {
    const { line, label } = taken.source
    for (const entry of taken.selection.entries.values()) {
      if (!isFile(entry)) continue
      const path = pathOf(taken, entry)
      const { lines = [], labels = [] } = files.get(path) ?? {}
      files.set(path, {
        ...{ path, mode: entry.mode, id: entry.id },
        lines: line === undefined ? lines : [...new Set([...lines, line])].sort((a, b) => a - b),
        labels: line === undefined ? [...new Set([...labels, label])] : labels,
        ...(entry.onDisk && { onDisk: true }),
      })
    }
  }
  return [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
}
