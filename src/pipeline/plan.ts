import { select } from '../config/select.js'
import { compute } from '../fingerprint/compute.js'
import { gather } from '../fingerprint/gather.js'
import { isInput } from '../fingerprint/ignore-file.js'
import { ok, type Failure, type Result, unless } from '../model/failure.js'
import type { ImageFacts, Plan, PlannedImage } from '../model/plan.js'
import type { Force, RunRequest } from '../model/request.js'
import type { Service } from '../model/service.js'
import type { ObjectId, Snapshot } from '../model/snapshot.js'
import type { State } from '../model/state.js'
import { decide, type Delivery } from '../plan/decide.js'
import { probe, type Question } from '../plan/probe.js'
import { eventBase, explain } from '../plan/range.js'
import { decodeState } from '../state/decode.js'
import { recordsBefore } from '../state/merge.js'
import { type Comparison, withBaseline } from './baseline.js'
import { notify, type Run } from './job.js'

/** A plan with what it was made from. */
export interface Planned {
  readonly plan: Plan
  readonly snapshot: Snapshot
  /** What was stored before this run, with nothing in it when that is unknown. */
  readonly state: State
}

/** Decides for each service, in their order, without changing anything anywhere. */
export async function makePlan(services: readonly Service[], run: Run): Promise<Result<Planned>> {
  const { request, ports } = run
  const requested = select(services, request.services, 'services')
  if (!requested.ok) return requested
  const force = expandForce(services, request.force)
  if (!force.ok) return force
  const [snapshot, state] = await Promise.all([gather(services, ports.git), loadState(run)])
  if (!snapshot.ok) return snapshot
  const selection = { requested: requested.value, force: force.value, state }
  const questions = ask(services, { ...selection, run, snapshot: snapshot.value })
  if (!questions.ok) return questions
  const facts = await probe(questions.value, placesOf(run))
  if (!facts.ok) return facts
  reportUnknown(facts.value, run)
  const comparison = { run, snapshot: snapshot.value, base: eventBaseOnce(run) }
  const compared = await withBaseline(questions.value, comparison)
  const images = compared.map((question, index) => decide({ ...question, facts: facts.value[index] ?? {} }))
  const plan = await explained(images, comparison)
  return ok({ plan, snapshot: snapshot.value, state })
}

/** The same answer for all who ask, found when the first one does: finding it may take a fetch. */
function eventBaseOnce({ request, job, ports }: Run): () => Promise<ObjectId | undefined> {
  let base: Promise<ObjectId | undefined> | undefined
  return () => (base ??= eventBase(request, job.context, ports.git))
}

function expandForce(services: readonly Service[], force: Force): Result<Force> {
  if (force.kind !== 'names') return ok(force)
  const names = select(services, force.names, 'force')
  return names.ok ? ok({ kind: 'names', names: [...names.value] }) : names
}

interface Selection {
  readonly run: Run
  readonly snapshot: Snapshot
  readonly state: State
  readonly requested: ReadonlySet<string>
  readonly force: Force
}

/** One question per service; all failures of all services at once. */
function ask(services: readonly Service[], of: Selection): Result<Question[]> {
  const { context } = of.run.job
  const records = recordsBefore(of.state, context.runId)
  const failures: Failure[] = []
  const questions: Question[] = []
  for (const service of services) {
    const fingerprint = compute(service, of.snapshot, [context.defaultPlatform])
    if (!fingerprint.ok) {
      failures.push(...fingerprint.failures)
      continue
    }
    const record = records.get(service.name)
    questions.push({
      service,
      fingerprint: fingerprint.value,
      requested: of.requested.has(service.name),
      force: of.force,
      delivery: deliveryOf(of.run.request),
      ...(record && { record }),
    })
  }
  return unless(failures, questions)
}

function deliveryOf(request: RunRequest): Delivery {
  if (request.push) return 'push'
  return request.load ? 'load' : 'none'
}

function placesOf({ request, ports }: Run) {
  return {
    ...(!request.localOnly && { registry: ports.registry }),
    ...(request.load && { engine: ports.engine }),
  }
}

/** What cannot be read is no record: that costs time, and the notice says so. */
async function loadState(run: Run): Promise<State> {
  const scope = run.job.context.stateScope
  const none: State = { scope, records: [] }
  const stored = await run.ports.store.load(scope)
  switch (stored.kind) {
    case 'none':
      return none
    case 'unavailable':
      notify(run, { message: `Earlier records are not available: ${stored.problem}` })
      return none
    case 'found': {
      const decoded = decodeState(stored.text, scope)
      if ('state' in decoded) return decoded.state
      notify(run, { message: `The stored records are not used: ${decoded.problem}` })
      return none
    }
  }
}

function reportUnknown(facts: readonly ImageFacts[], run: Run): void {
  const problems = facts.flatMap((fact) => {
    const unknown = [fact.recorded, fact.tagged, fact.local].find((answer) => answer?.kind === 'unknown')
    return unknown === undefined ? [] : [unknown.problem]
  })
  const [first] = problems
  if (first === undefined) return
  const images = problems.length === 1 ? 'an image exists' : `${problems.length} images exist`
  notify(run, { message: `It is not known whether ${images}: ${first}` })
}

async function explained(images: readonly PlannedImage[], of: Comparison): Promise<Plan> {
  const { run, snapshot } = of
  const { git } = run.ports
  const isExplainable = ({ decision }: PlannedImage) =>
    decision.kind === 'rebuild' && decision.reasons.some((reason) => reason.kind === 'files')
  const { baseRef } = run.request
  const isNeeded = baseRef !== undefined || images.some(isExplainable)
  const base = isNeeded ? await of.base() : undefined
  if (baseRef !== undefined && base === undefined) {
    notify(run, {
      message: `Changes are not explained against \`${baseRef}\`: there is no such commit to compare with.`,
    })
  }
  const sources = {
    base,
    isAsked: baseRef !== undefined,
    git,
    takes: (service: Service, path: string) => isInput(service, path, snapshot.texts),
    uncommitted: snapshot.uncommitted,
  }
  const plan = { commit: snapshot.commit, images: await explain(images, sources) }
  return base === undefined ? plan : { ...plan, base }
}
