import { type Audience, type FingerprintDigest, fingerprintTag } from '../model/fingerprint.js'
import { ok, type Result } from '../model/failure.js'
import type { ImageFacts, PlannedImage } from '../model/plan.js'
import { type Force, isUpkeep, type RunRequest } from '../model/request.js'
import type { Service } from '../model/service.js'
import type { Snapshot } from '../model/snapshot.js'
import type { State, StateRecord } from '../model/state.js'
import { decide, type Delivery } from '../plan/decide.js'
import { settled } from '../plan/parents.js'
import { probe, type Question } from '../plan/probe.js'
import { ofOthers } from '../state/merge.js'
import { type Baseline, withBaseline } from './baseline.js'
import { decideByCommits } from './by-commits.js'
import { parentsAmong } from './completion.js'
import { notify, reportLayouts, type Run } from './job.js'

/** What is asked for, and what it is decided by. */
export interface Selection extends Baseline {
  readonly state: State
  readonly isShared: boolean
  readonly requested: ReadonlySet<string>
  readonly force: Force
}

/** Decides for each service, in their order. */
export async function decideAll(
  services: readonly Service[],
  snapshot: Snapshot,
  selection: Selection,
): Promise<Result<readonly PlannedImage[]>> {
  const { run, completion } = selection
  const fingerprints = await completion.complete(snapshot, services, selection.requested)
  if (!fingerprints.ok) return fingerprints
  const questions = ask(services, { ...snapshot, fingerprints: fingerprints.value }, selection)
  // A base that a leg is told to build is for images that other legs build.
  const needed = new Set(run.request.shard?.images)
  if (run.request.detect === 'commits')
    return ok(settled(await decideByCommits(questions, run, completion), needed))
  const facts = await probe(questions, placesOf(run))
  if (!facts.ok) return facts
  reportUnknown(facts.value, run)
  await reportLayouts(run)
  const compared = await withBaseline(questions, selection)
  const decided = compared.map((question, index) => decide({ ...question, facts: facts.value[index] ?? {} }))
  return ok(settled(decided, needed))
}

/** One question per service. */
function ask(services: readonly Service[], snapshot: Snapshot, of: Selection): Question[] {
  const { request, job, ports } = of.run
  const { context } = job
  const records = ofOthers(of.state.records, context.runId)
  const deliveries = ofOthers(of.state.deliveries, context.runId)
  const audience = audienceOf(of.run, of.isShared)
  const parentsOf = parentsAmong(services, snapshot.inputs)
  const own = request.shard && new Set(request.shard.images)
  return services.map((service) => {
    const fingerprint = snapshot.fingerprints.get(service.name)
    if (fingerprint === undefined) throw new Error(`nothing was gathered for ${service.name}`)
    // A leg takes as it is what another one was to build, and builds it only where there is none.
    const isTaken = own?.has(service.name) === false
    const record = records.get(service.name)
    const delivered = deliveries.get(service.name)
    return {
      service,
      parents: parentsOf(service),
      fingerprint,
      requested: of.requested.has(service.name),
      force: isTaken ? { kind: 'none' } : of.force,
      delivery: deliveryOf(service, request),
      tags: tagsFor(service, { digest: fingerprint.digest, audience }),
      missing: isTaken ? [] : (snapshot.inputs.get(service.name)?.missing.map(({ path }) => path) ?? []),
      ...(record && { record: isTaken ? withoutDigest(record) : record }),
      ...(delivered && { delivered }),
      ...(request.changedSince !== undefined && { changedSince: request.changedSince }),
      ...(service.maxAgeMs !== undefined &&
        !isTaken &&
        // What has expired was handed out by the plan, which looked at the clock before.
        request.mode !== 'collect' &&
        isUpkeep(context) && { notBefore: new Date(ports.clock.now() - service.maxAgeMs).toISOString() }),
    }
  })
}

/** Another leg may have built it anew: then it is what its tag points at. */
function withoutDigest(record: StateRecord): StateRecord {
  const rest: { -readonly [Key in keyof StateRecord]: StateRecord[Key] } = { ...record }
  delete rest.digest
  return rest
}

/** A pull request's own images are found by pull requests alone; all others are found by every run. */
function tagsFor(
  { kind }: Service,
  { digest, audience }: { readonly digest: FingerprintDigest; readonly audience: Audience },
): [string, ...string[]] {
  const all = fingerprintTag(digest, 'all', kind)
  return audience === 'all' ? [all] : [fingerprintTag(digest, audience, kind), all]
}

/** A base is only there to be built from: nobody runs it. */
function deliveryOf({ kind }: Service, { push, load }: RunRequest): Delivery {
  if (push) return 'push'
  return load && kind === 'service' ? 'load' : 'none'
}

function placesOf({ request, ports }: Run) {
  return {
    ...(!request.localOnly && { registry: ports.registry }),
    ...(request.load && { engine: ports.engine }),
    ...(!request.push && { layouts: ports.layouts }),
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

/** Who may use again what this run builds: with `reuse-pull-requests: false` images of pull requests are kept apart. */
export function audienceOf({ job }: Run, isShared: boolean): Audience {
  return job.context.trigger.kind === 'pull-request' && !isShared ? 'pull-requests' : 'all'
}
