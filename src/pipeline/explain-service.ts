import { parseRequest } from '../config/request.js'
import { select } from '../config/select.js'
import { gather, type Gathered, gatherEarlier, inspected, type Known } from '../fingerprint/gather.js'
import { pathOf, type Inspection, isFile } from '../fingerprint/inspect.js'
import { untrackedNotices } from '../fingerprint/notices.js'
import { failed, ok, type Result } from '../model/failure.js'
import type { Comparison, Explanation, InputFile } from '../model/explanation.js'
import type { Fingerprint } from '../model/fingerprint.js'
import { imagesBefore } from '../model/plan.js'
import type { Service } from '../model/service.js'
import type { ObjectId } from '../model/snapshot.js'
import { ownRecord } from '../plan/decide.js'
import { diff } from '../plan/diff.js'
import { explanationDocument, explanationLines } from '../report/explanation.js'
import { ofOthers } from '../state/merge.js'
import { Completion, namesBeforeAll, parentsAmong } from './completion.js'
import { withNames } from './explain.js'
import { readingOf } from './inputs.js'
import { countsDisk, fail, type Job, type Ports, type Run } from './job.js'
import { loadServices } from './load.js'
import { loadStored, type Stored } from './stored.js'

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
  const loaded = await loadServices(run, undefined)
  if (!loaded.ok) return loaded
  const { services } = loaded.value
  const service = theService(asked.service, services)
  if (!service.ok) return service
  const stored = await loadStored(run)
  const now = await contentOf(service.value, { run, services, stored })
  if (!now.ok) return now
  const since = await comparison(now.value, { run, asked, stored })
  if (!since.ok) return since
  const { name, file } = service.value
  return ok({
    ...{ service: name, file, fingerprint: now.value.fingerprint, inputs: inputFiles(now.value) },
    ...(since.value && { since: since.value }),
  })
}

function theService(name: string, services: readonly Service[]): Result<Service> {
  const selected = select(services, [name], 'explain')
  if (!selected.ok) return selected
  const [service, ...others] = services.filter((one) => selected.value.has(one.name))
  if (service !== undefined && others.length === 0) return ok(service)
  const message = `explain: \`${name}\` means several services; name one`
  return failed({ kind: 'usage', message })
}

/** What one service takes now, and what that comes to at another commit. */
interface Content {
  readonly service: Service
  readonly fingerprint: Fingerprint
  readonly inspection: Inspection
  readonly standIns: readonly string[]
  readonly at: (commit: ObjectId) => Promise<Result<Earlier>>
}

interface Earlier {
  readonly fingerprint?: Fingerprint
  readonly inspection?: Inspection
}

interface Around {
  readonly run: Run
  readonly services: readonly Service[]
  readonly stored: Stored
}

/** With all that it is built from: their fingerprints are parts of its own. What else there is may be broken. */
async function contentOf(service: Service, { run, services: all, stored }: Around): Promise<Result<Content>> {
  const { name } = service
  const reading = { ...readingOf(run), all }
  const gathered = await gatherFamily(service, { run, services: all, stored })
  if (!gathered.ok) return gathered
  const { services, known, view } = gathered.value
  const seen = await inspected(known, [service], reading)
  if (!seen.ok) return seen
  const { snapshot, inspections } = seen.value
  const [inspection, inputs] = [inspections.get(name), snapshot.inputs.get(name)]
  if (!inspection || !inputs) throw new Error(`nothing was gathered for ${name}`)
  const untracked = await untrackedNotices(new Map([[name, inputs]]), view)
  for (const notice of [...inspection.recipe.notices, ...untracked]) run.ports.host.notice(notice)
  const before = namesBeforeAll(services, snapshot.inputs)
  if (!before.ok) return before
  const completion = new Completion(run)
  const complete = await completion.complete(snapshot, services, new Set(services.map((one) => one.name)))
  if (!complete.ok) return complete
  const fingerprint = complete.value.get(name)
  if (fingerprint === undefined) throw new Error(`no fingerprint of ${name}`)
  const at = async (commit: ObjectId): Promise<Result<Earlier>> => {
    const earlier = await gatherEarlier(services, commit, reading)
    if (!earlier.ok) return earlier
    const then = completion.known(earlier.value, services).get(name)
    const taken = earlier.value.inspections.get(name)
    return ok({ ...(then && { fingerprint: then }), ...(taken && { inspection: taken }) })
  }
  return ok({ service, fingerprint, inspection, standIns: inputs.standIns ?? [], at })
}

interface Family {
  readonly services: readonly Service[]
  readonly known: Known
  readonly view: Gathered['view']
}

/** A service with those that it is built from, however far back: each is known when what starts from it has been read. */
async function gatherFamily(
  service: Service,
  { run, services: all, stored }: Around,
): Promise<Result<Family>> {
  const options = { ...readingOf(run), withDisk: run.withDisk, memo: stored.memo.answers, all }
  let names = new Set([service.name])
  for (;;) {
    const services = all.filter(({ name }) => names.has(name))
    const gathered = await gather(services, options)
    if (!gathered.ok) return gathered
    const parentsOf = parentsAmong(all, gathered.value.snapshot.inputs)
    const before = services.flatMap((one) => imagesBefore({ service: one, parents: parentsOf(one) }))
    const more = new Set([...names, ...before])
    if (more.size === names.size) return ok({ services, known: gathered.value, view: gathered.value.view })
    names = more
  }
}

async function comparison(
  { service, fingerprint, inspection: now, standIns, at }: Content,
  { run, asked, stored }: { readonly run: Run; readonly asked: Asked; readonly stored: Stored },
): Promise<Result<Comparison | undefined>> {
  const newest = ofOthers(stored.state.records).get(service.name)
  const record = newest && ownRecord({ service, record: newest })
  const name = asked.against ?? record?.commit
  if (name === undefined) return ok(undefined)
  const kind = asked.against === undefined ? 'record' : 'commit'
  const commit = await run.ports.git.obtain(name)
  const earlier = commit === undefined ? undefined : await at(commit)
  if (earlier?.ok === false) return earlier
  const before = earlier?.value.inspection
  const recorded = record && { document: record.document, digest: record.fingerprint }
  const then = kind === 'record' ? recorded : earlier?.value.fingerprint
  if (then === undefined) return failed({ kind: 'usage', message: nothingAt(asked, service, commit) })
  const differences = diff(then.document, fingerprint.document)
  const reasons = before ? withNames(differences, { service, before, now, standIns }) : differences
  return ok({ kind, commit: commit ?? name, fingerprint: then.digest, reasons })
}

function nothingAt({ against }: Asked, service: Service, commit: string | undefined): string {
  return commit === undefined
    ? `\`${against ?? ''}\` is no commit that is at hand or could be fetched; name one that is`
    : `\`${service.name}\` could not have been built at ${commit}, so there is nothing to compare with`
}

function inputFiles({ inspection, standIns }: Content): InputFile[] {
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
        ...(line !== undefined && standIns.includes(path) && { isPinned: true }),
        ...(entry.onDisk && { onDisk: true }),
      })
    }
  }
  return [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
}
