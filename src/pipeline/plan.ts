import { select } from '../config/select.js'
import { inspected, type Known } from '../fingerprint/gather.js'
import type { Inspection } from '../fingerprint/inspect.js'
import { ok, type Result } from '../model/failure.js'
import { type RunFacts, volatileArgNotices } from '../fingerprint/volatile-notices.js'
import { type Audience, type Fingerprint, fingerprintTag } from '../model/fingerprint.js'
import type { ImageFacts, Plan, PlannedImage } from '../model/plan.js'
import { type Force, isUpkeep, type RunRequest } from '../model/request.js'
import type { Service } from '../model/service.js'
import type { ObjectId, Snapshot } from '../model/snapshot.js'
import type { State } from '../model/state.js'
import { decide, type Delivery } from '../plan/decide.js'
import { probe, type Question } from '../plan/probe.js'
import { eventBase } from '../plan/range.js'
import { recordsBefore } from '../state/merge.js'
import { type Comparison, withBaseline } from './baseline.js'
import { decideByCommits } from './by-commits.js'
import { explain, isExplainable } from './explain.js'
import { deviations, gatherInputs, readingOf } from './inputs.js'
import { notify, type Run } from './job.js'
import type { Loaded } from './load.js'
import { keepMemo, type Stored } from './stored.js'

/** A plan with what it was made from. */
export interface Planned {
  /** Whether other runs use again what pull requests built. */
  readonly isShared: boolean
  readonly plan: Plan
  readonly snapshot: Snapshot
  /** What was stored before this run, with nothing in it when that is unknown. */
  readonly state: State
}

/** Who may use again what this run builds: with `reuse-pull-requests: false` images of pull requests are kept apart. */
export function audienceOf({ job }: Run, isShared: boolean): Audience {
  return job.context.trigger.kind === 'pull-request' && !isShared ? 'pull-requests' : 'all'
}

function factsOf({ job, ports }: Run): RunFacts {
  return { ...job.context, commit: ports.git.head, startedAt: ports.clock.now() }
}

/** Decides for each service, in their order, without changing anything but memory of what was read. */
export async function makePlan(loaded: Loaded, stored: Stored, run: Run): Promise<Result<Planned>> {
  const { services } = loaded
  const requested = select(services, run.request.services, 'services')
  if (!requested.ok) return requested
  const force = expandForce(services, run.request.force)
  if (!force.ok) return force
  const { state, memo } = stored
  const gathered = await gatherInputs(loaded, stored, run)
  if (!gathered.ok) return gathered
  const { known } = gathered.value
  for (const notice of volatileArgNotices(services, known.snapshot.fingerprints, factsOf(run)))
    notify(run, notice)
  await keepMemo(gathered.value.memo, memo, run)
  const selection = {
    ...{ run, state, requested: requested.value, force: force.value, base: eventBaseOnce(run) },
    isShared: loaded.reusePullRequests,
  }
  const first = await decideAll(services, known.snapshot, selection)
  if (!first.ok) return first
  const seen = await withDisk(first.value, known, selection)
  if (!seen.ok) return seen
  const { images, snapshot, inspections } = seen.value
  reportMissing(images, snapshot, run)
  const plan = await explained(images, { run, base: selection.base, inspections, commit: snapshot.commit })
  return ok({ plan, snapshot, state, isShared: loaded.reusePullRequests })
}

interface Seen extends Pick<Known, 'snapshot' | 'inspections'> {
  readonly images: readonly PlannedImage[]
}

/**
 * Decides anew for what is to be rebuilt from other files than the commit has: its image may exist, too, and must not
 * be taken for the commit's.
 */
async function withDisk(
  images: readonly PlannedImage[],
  gathered: Known,
  selection: Selection,
): Promise<Result<Seen>> {
  const rebuilds = images.filter(({ decision }) => decision.kind === 'rebuild').map(({ service }) => service)
  const complete = await inspected(gathered, rebuilds, readingOf(selection.run))
  if (!complete.ok) return complete
  const deviating = await deviations(rebuilds, complete.value, selection.run)
  if (!deviating.ok) return deviating
  const { snapshot, inspections } = complete.value
  if (deviating.value.length === 0) return ok({ images, snapshot, inspections })
  const onDisk = {
    commit: snapshot.commit,
    inputs: new Map(snapshot.inputs),
    fingerprints: new Map(snapshot.fingerprints),
  }
  for (const { service, inputs, fingerprint } of deviating.value) {
    onDisk.inputs.set(service.name, inputs)
    onDisk.fingerprints.set(service.name, fingerprint)
  }
  const again = await decideAll(
    deviating.value.map(({ service }) => service),
    onDisk,
    selection,
  )
  if (!again.ok) return again
  const byName = new Map(again.value.map((image) => [image.service.name, image]))
  return ok({
    images: images.map((image) => byName.get(image.service.name) ?? image),
    snapshot: onDisk,
    inspections: new Map([
      ...inspections,
      ...deviating.value.map(({ service, inspection }) => [service.name, inspection] as const),
    ]),
  })
}

async function decideAll(
  services: readonly Service[],
  snapshot: Snapshot,
  selection: Selection,
): Promise<Result<readonly PlannedImage[]>> {
  const { run, base } = selection
  const questions = ask(services, snapshot, selection)
  if (run.request.detect === 'commits') return ok(await decideByCommits(questions, run))
  const facts = await probe(questions, placesOf(run))
  if (!facts.ok) return facts
  reportUnknown(facts.value, run)
  const compared = await withBaseline(questions, { run, base })
  return ok(compared.map((question, index) => decide({ ...question, facts: facts.value[index] ?? {} })))
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

interface Selection extends Comparison {
  readonly state: State
  readonly isShared: boolean
  readonly requested: ReadonlySet<string>
  readonly force: Force
}

/** One question per service. */
function ask(services: readonly Service[], snapshot: Snapshot, of: Selection): Question[] {
  const { request, job, ports } = of.run
  const { context } = job
  const records = recordsBefore(of.state, context.runId)
  const audience = audienceOf(of.run, of.isShared)
  return services.map((service) => {
    const fingerprint = snapshot.fingerprints.get(service.name)
    if (fingerprint === undefined) throw new Error(`nothing was gathered for ${service.name}`)
    const record = records.get(service.name)
    return {
      service,
      fingerprint,
      requested: of.requested.has(service.name),
      force: of.force,
      delivery: deliveryOf(request),
      tags: tagsFor(fingerprint, audience),
      missing: snapshot.inputs.get(service.name)?.missing.map(({ path }) => path) ?? [],
      ...(record && { record }),
      ...(request.changedSince !== undefined && { changedSince: request.changedSince }),
      ...(service.maxAgeMs !== undefined &&
        isUpkeep(context) && { notBefore: new Date(ports.clock.now() - service.maxAgeMs).toISOString() }),
    }
  })
}

/** A pull request's own images are found by pull requests alone; all others are found by every run. */
function tagsFor({ digest }: Fingerprint, audience: Audience): [string, ...string[]] {
  const all = fingerprintTag(digest)
  return audience === 'all' ? [all] : [fingerprintTag(digest, audience), all]
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

/** A source that is nowhere makes each run a rebuild; its own sources could count in its place. */
function reportMissing(images: readonly PlannedImage[], snapshot: Snapshot, run: Run): void {
  for (const { service, decision } of images) {
    if (decision.kind !== 'rebuild') continue
    if (!decision.reasons.some(({ kind }) => kind === 'untracked-input')) continue
    for (const { path, line } of snapshot.inputs.get(service.name)?.missing ?? []) {
      const message = `\`${service.name}\` takes ${JSON.stringify(path)}, which is neither tracked nor on the disk; if an earlier step makes it, name its sources under \`generated\``
      notify(run, { message, place: { file: service.file, line, column: 1 } })
    }
  }
}

interface Explanation extends Comparison {
  readonly inspections: ReadonlyMap<string, Inspection>
  readonly commit: ObjectId
}

async function explained(images: readonly PlannedImage[], of: Explanation): Promise<Plan> {
  const { run, inspections, commit } = of
  const { baseRef } = run.request
  const isNeeded = baseRef !== undefined || images.some(isExplainable)
  const base = isNeeded ? await of.base() : undefined
  if (baseRef !== undefined && base === undefined) {
    notify(run, {
      message: `Changes are not explained against \`${baseRef}\`: there is no such commit to compare with.`,
    })
  }
  const plan = { commit, images: await explain(images, { run, base, inspections }) }
  return base === undefined ? plan : { ...plan, base }
}
