import { select } from '../config/select.js'
import { inspected, type Known } from '../fingerprint/gather.js'
import type { Inspection } from '../fingerprint/inspect.js'
import type { Deviation } from '../fingerprint/verify.js'
import { type RunFacts, volatileArgNotices } from '../fingerprint/volatile-notices.js'
import { type Failure, failed, ok, type Result } from '../model/failure.js'
import { isBuilding, type Plan, type PlannedImage } from '../model/plan.js'
import type { Force } from '../model/request.js'
import type { Service } from '../model/service.js'
import type { ObjectId, Snapshot } from '../model/snapshot.js'
import type { State } from '../model/state.js'
import type { Abilities } from '../ports/image-builder.js'
import { withAllBefore } from '../plan/parents.js'
import { eventBase } from '../plan/range.js'
import type { Comparison } from './baseline.js'
import { Completion, namesBeforeAll } from './completion.js'
import { decideAll, type Selection } from './decide-all.js'
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
  /** Submodules whose files count one by one. */
  readonly opened: Known['opened']
  /** Of the builder, where something is to be built. */
  readonly abilities?: Promise<Result<Abilities>>
}

function factsOf({ job, ports }: Run): RunFacts {
  return { ...job.context, commit: ports.git.head, startedAt: ports.clock.now() }
}

const BY_COMMITS =
  '`detect: commits`: the commit range alone decides; unchanged images get no tags, and what an earlier run failed to build is not built again'

/** Decides for each service, in their order, without changing anything but memory of what was read. */
export async function makePlan(loaded: Loaded, stored: Stored, run: Run): Promise<Result<Planned>> {
  const { services } = loaded
  const { shard } = run.request
  const requested = shard
    ? select(services, shard.images, 'shard')
    : select(services, run.request.services, 'services')
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
  if (run.request.detect === 'commits') notify(run, { message: BY_COMMITS })
  const before = namesBeforeAll(services, known.snapshot.inputs)
  if (!before.ok) return before
  const wanted = withAllBefore(requested.value, before.value)
  const selection = {
    ...{ run, state, requested: wanted, force: force.value, base: eventBaseOnce(run) },
    ...{ isShared: loaded.reusePullRequests, completion: new Completion(run) },
  }
  const first = await decideAll(services, known.snapshot, selection)
  if (!first.ok) return first
  const seen = await withDisk(first.value, known, selection)
  if (!seen.ok) return seen
  const { images, snapshot, inspections } = seen.value
  const abilities = abilitiesEarly(images, run)
  reportMissing(images, snapshot, run)
  const plan = await explained(images, { run, base: selection.base, inspections, snapshot })
  const { opened } = known
  return ok({
    ...{ plan, snapshot, state, opened, isShared: loaded.reusePullRequests },
    ...(abilities !== undefined && { abilities }),
  })
}

/** The builder answers while the plan is explained. */
function abilitiesEarly(
  images: readonly PlannedImage[],
  { request, ports }: Run,
): Promise<Result<Abilities>> | undefined {
  if (request.mode !== 'build' || !isBuilding(images)) return undefined
  const abilities = ports.builder.available(request.builder)
  // Who needs the answer hears of it, unless something else stops the run before.
  abilities.catch(() => undefined)
  return abilities
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
  known: Known,
  selection: Selection,
): Promise<Result<Seen>> {
  let [now, seen] = [images, known]
  const verified = new Set<string>()
  for (;;) {
    // What is decided anew may want further images built.
    const rebuilds = now
      .filter(({ decision, service }) => decision.kind === 'rebuild' && !verified.has(service.name))
      .map(({ service }) => service)
    for (const { name } of rebuilds) verified.add(name)
    const complete = await inspected(seen, rebuilds, readingOf(selection.run))
    if (!complete.ok) return complete
    const deviating = await deviations(rebuilds, complete.value, selection.run)
    if (!deviating.ok) return deviating
    seen = withDeviations(complete.value, deviating.value)
    if (deviating.value.length === 0)
      return ok({ images: now, snapshot: seen.snapshot, inspections: seen.inspections })
    const services = images.map(({ service }) => service)
    const again = await decideAll(services, seen.snapshot, selection)
    if (!again.ok) return again
    now = again.value
  }
}

function withDeviations(known: Known, deviating: readonly Deviation[]): Known {
  const { snapshot, inspections } = known
  const named = <T>(value: (deviation: Deviation) => T) =>
    deviating.map((deviation) => [deviation.service.name, value(deviation)] as const)
  return {
    ...known,
    snapshot: {
      commit: snapshot.commit,
      inputs: new Map([...snapshot.inputs, ...named(({ inputs }) => inputs)]),
      fingerprints: new Map([...snapshot.fingerprints, ...named(({ fingerprint }) => fingerprint)]),
    },
    inspections: new Map([...inspections, ...named(({ inspection }) => inspection)]),
  }
}

/** The same answer for all who ask, found when the first one does: finding it may take a fetch. */
function eventBaseOnce({ request, job, ports }: Run): () => Promise<ObjectId | undefined> {
  let base: Promise<ObjectId | undefined> | undefined
  return () => (base ??= eventBase(request, job.context, ports.git))
}

/** The word `bases` stands for all of them, even where a service is called so: a glob such as `base[s]` names that one. */
function expandForce(services: readonly Service[], force: Force): Result<Force> {
  if (force.kind !== 'names') return ok(force)
  const others = force.names.filter((name) => name !== BASES)
  const isForBases = others.length < force.names.length
  const bases = services.filter(({ kind }) => isForBases && kind === 'base')
  if (isForBases && bases.length === 0) return failed(NO_BASES)
  const named: Result<Iterable<string>> = others.length === 0 ? ok([]) : select(services, others, 'force')
  return named.ok ? ok({ kind: 'names', names: [...bases.map(({ name }) => name), ...named.value] }) : named
}

const BASES = 'bases'

const NO_BASES: Failure = {
  kind: 'usage',
  message: 'force: no base is configured that `bases` could stand for; name one under `bases:`, or services',
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
  readonly snapshot: Snapshot
}

async function explained(images: readonly PlannedImage[], of: Explanation): Promise<Plan> {
  const { run, inspections, snapshot } = of
  const { baseRef } = run.request
  const isNeeded = baseRef !== undefined || images.some(isExplainable)
  const base = isNeeded ? await of.base() : undefined
  if (baseRef !== undefined && base === undefined) {
    notify(run, {
      message: `Changes are not explained against \`${baseRef}\`: there is no such commit to compare with.`,
    })
  }
  const { commit } = snapshot
  const plan = { commit, images: await explain(images, { run, base, inspections, snapshot }) }
  return base === undefined ? plan : { ...plan, base }
}
