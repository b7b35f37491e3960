import { parseRequest } from './config/request.js'
import { failed, ok, type Failure, type Result, unexpected } from './model/failure.js'
import type { Shard } from './model/leg.js'
import type { RunResult } from './model/outcome.js'
import { isBuilding } from './model/plan.js'
import type { RunRequest } from './model/request.js'
import { adviceOn } from './pipeline/advise.js'
import { buildPlan } from './pipeline/build.js'
import { cleanUp } from './pipeline/cleanup.js'
import { collect } from './pipeline/collect.js'
import { comment } from './pipeline/comment.js'
import { handedOut, publishImages, publishPlan } from './pipeline/hand-over.js'
import { countsDisk, fail, notify, type Job, type Ports, type Run } from './pipeline/job.js'
import { LegReport } from './pipeline/leg.js'
import { loadServices } from './pipeline/load.js'
import { makePlan } from './pipeline/plan.js'
import { Recorder } from './pipeline/record.js'
import { promote } from './pipeline/promote.js'
import { mask } from './pipeline/secrets.js'
import { loadStored } from './pipeline/stored.js'
import { resolveAll } from './pipeline/tags.js'
import { verify } from './pipeline/verify.js'
import { adviceLines } from './report/advice.js'
import { planDocument } from './report/document.js'
import { graphDiagram } from './report/graph.js'
import { graphLines } from './report/graph-tree.js'
import { summaryMarkdown } from './report/markdown.js'
import { outputs } from './report/outputs.js'
import { promotionDocument, promotionLines, promotionMarkdown, promotionOutputs } from './report/promotion.js'
import { planLines, resultLines } from './report/terminal.js'
import {
  staleFailures,
  verificationDocument,
  verificationLines,
  verificationMarkdown,
  verificationOutputs,
} from './report/verify.js'

/**
 * A whole run: inputs, configuration, snapshot, plan, builds, records, report. Returns the process's exit code. A
 * failure before the first build stops the run with nothing built and nothing written.
 */
export async function run(job: Job, ports: Ports): Promise<number> {
  const started = ports.clock.now()
  const request = parseRequest(job.inputs, job.defaults)
  if (!request.ok) return fail(request.failures, ports)
  const run: Run = {
    ...{ job, ports, request: request.value, notices: [] },
    withDisk: await countsDisk(request.value, ports.git),
  }
  for (const secret of run.request.secrets) mask(secret, run)
  const allowed = withoutForbiddenPush(run)
  try {
    if (request.value.mode === 'promote') return await promoteTags(allowed, started)
    if (request.value.mode === 'verify') return await verifyRunning(run)
    const { mode, shard } = allowed.request
    if (shard !== undefined) return await buildLeg(shard, allowed, started)
    const done = await (mode === 'collect' ? collect : carryOut)(allowed, started)
    if (done.ok) {
      const exitCode = await finish(done.value, allowed)
      await cleanUp(allowed)
      return exitCode
    }
    return job.signal.aborted ? fail([INTERRUPTED], ports) : fail(done.failures, ports)
  } catch (error) {
    return fail([job.signal.aborted ? INTERRUPTED : unexpected(error)], ports)
  }
}

const INTERRUPTED: Failure = {
  kind: 'interrupted',
  message: 'The run was interrupted; what had succeeded is recorded.',
}

/** One of several jobs that build: however it ends, what its images came to is left for the job that collects them. */
async function buildLeg(shard: Shard, run: Run, started: number): Promise<number> {
  const report = new LegReport(shard, run)
  const done = await carryOut(run, started, report).catch((error: unknown) => failed(unexpected(error)))
  const failures = done.ok ? [] : run.job.signal.aborted ? [INTERRUPTED] : done.failures
  const exitCode = done.ok ? await finish(done.value, run) : fail(failures, run.ports)
  const uploaded = await report.upload(failures)
  await cleanUp(run)
  return uploaded.ok ? exitCode : Math.max(exitCode, fail(uploaded.failures, run.ports))
}

/** A promotion is red when an image is not there, or a tag cannot be pointed at it. */
async function promoteTags(run: Run, started: number): Promise<number> {
  const { host } = run.ports
  if (run.job.context.pushForbidden !== undefined) return 0
  const promoted = await promote(run, started)
  if (!promoted.ok) return fail(run.job.signal.aborted ? [INTERRUPTED] : promoted.failures, run.ports)
  const { value } = promoted
  host.document(() => promotionDocument(value))
  host.result(() => promotionLines(value))
  if (host.takesOutputs) {
    for (const [name, text] of promotionOutputs(value)) host.output(name, text)
    await writeSummary(promotionMarkdown(value), run)
  }
  const failures = value.promotions.flatMap(({ failure }) => failure ?? [])
  return failures.length > 0 ? fail(failures, run.ports) : 0
}

/** A verification is red when something runs that is not what the commit gives. */
async function verifyRunning(run: Run): Promise<number> {
  const { host } = run.ports
  const verified = await verify(run)
  if (!verified.ok) return fail(run.job.signal.aborted ? [INTERRUPTED] : verified.failures, run.ports)
  const { value } = verified
  host.document(() => verificationDocument(value))
  host.result(() => verificationLines(value))
  if (host.takesOutputs) {
    for (const [name, text] of verificationOutputs(value)) host.output(name, text)
    await writeSummary(verificationMarkdown(value), run)
  }
  const failures = staleFailures(value)
  return failures.length > 0 ? fail(failures, run.ports) : 0
}

function withoutForbiddenPush(run: Run): Run {
  const { pushForbidden } = run.job.context
  const { push, mode } = run.request
  if (pushForbidden === undefined || !(push || mode === 'promote')) return run
  notify(run, { message: `Nothing is pushed: ${pushForbidden}.` })
  return { ...run, request: { ...run.request, push: false } }
}

interface Done {
  readonly result: RunResult
  /** Absent in mode `plan`, which does nothing that could be recorded, and in a leg, which leaves that to others. */
  readonly recorder?: Recorder
}

async function carryOut(run: Run, started: number, leg?: LegReport): Promise<Result<Done>> {
  // git starts while the records are read; who needs its answer asks again, and hears of a failure.
  run.ports.git.root().catch(() => undefined)
  const stored = await loadStored(run)
  const loaded = await loadServices(run, stored.memo.config)
  if (!loaded.ok) return loaded
  const { services, found } = loaded.value
  if (found !== undefined)
    run.ports.host.progress(`no configuration: the images are those of ${found}; \`init\` writes them down`)
  // Legs build by the plan, and tags are pointed when all have ended: too late to hear of one that cannot be.
  const tags = resolveAll(services, run)
  if (!tags.ok) return tags
  const planned = await makePlan(loaded.value, stored, run)
  if (!planned.ok) return planned
  const { plan } = planned.value
  const { host, clock } = run.ports
  const decided = { plan, notices: run.notices, durationMs: clock.now() - started }
  if (run.request.mode === 'plan') {
    const shards = handedOut(plan, run)
    if (!shards.ok) return shards
    const advice = await adviceOn(planned.value, run)
    return advice.ok ? ok({ result: { ...decided, ...shards.value, ...advice.value } }) : advice
  }
  for (const line of planLines(plan, run.job)) host.progress(line)
  const recorder = new Recorder(planned.value.state, run)
  const built = await (leg?.build(planned.value) ?? buildPlan(planned.value, run, recorder))
  if (!built.ok) return built
  const result = { ...decided, outcomes: built.value, durationMs: clock.now() - started }
  return ok(leg === undefined ? { result, recorder } : { result })
}

/** What is reported is offered for deployment, which is recorded last: an interruption until then offers nothing. */
async function finish({ result, recorder }: Done, run: Run): Promise<number> {
  const { host } = run.ports
  host.document(() => planDocument(result))
  host.result(() => [...shown(result, run.job), ...adviceLines(result.advice ?? [])])
  const failures = host.takesOutputs ? await writeOutputs(result, run) : []
  // What a deploy cannot be told has not been offered.
  if (failures.length === 0) await recorder?.complete()
  const exitCode = exitCodeOf(result, run)
  return failures.length === 0 ? exitCode : Math.max(exitCode, fail(failures, run.ports))
}

/** The result for people. */
function shown(result: RunResult, job: Job): string[] {
  if (job.graph === undefined) return resultLines(result, job)
  return job.graph === 'text' ? graphLines(result.plan, job) : graphDiagram(result.plan).trimEnd().split('\n')
}

async function writeOutputs(result: RunResult, run: Run): Promise<readonly Failure[]> {
  const { host } = run.ports
  if (run.request.shard !== undefined) {
    // A leg knows of a part only, and of all legs of a matrix the outputs of one would count.
    await writeSummary(summaryMarkdown(result), run)
    return []
  }
  const { values, notices, failures } = outputs(result)
  for (const notice of notices) notify(run, notice)
  for (const [name, value] of values) host.output(name, value)
  await (result.outcomes === undefined ? publishPlan(result, run) : publishImages(result.outcomes, run))
  await comment(result, run)
  await writeSummary(summaryMarkdown(result), run)
  return failures
}

async function writeSummary(markdown: string, run: Run): Promise<void> {
  await run.ports.host.summary(markdown).catch((error: unknown) => {
    notify(run, { message: `The job summary could not be written: ${(error as Error).message}` })
  })
}

function exitCodeOf(result: RunResult, run: Run): number {
  const failures = (result.outcomes ?? []).flatMap((outcome) =>
    outcome.kind === 'failed' ? [outcome.failure] : [],
  )
  if (failures.length > 0) fail(failures, run.ports)
  if (run.job.signal.aborted) {
    return fail([INTERRUPTED], run.ports)
  }
  const isBlocked = result.outcomes?.some(({ kind }) => kind === 'blocked') === true
  return failures.length > 0 || isBlocked ? 1 : exitCodeOfPlan(result, run.request)
}

/** Code 10 tells a script that something is to be rebuilt, when it asked for that. */
function exitCodeOfPlan(result: RunResult, request: RunRequest): number {
  return request.mode === 'plan' && request.exitCode && isBuilding(result.plan.images) ? 10 : 0
}
