import { parseRequest } from './config/request.js'
import { ok, type Failure, type Result, unexpected } from './model/failure.js'
import type { RunResult } from './model/outcome.js'
import type { RunRequest } from './model/request.js'
import { buildPlan } from './pipeline/build.js'
import { countsDisk, fail, notify, type Job, type Ports, type Run } from './pipeline/job.js'
import { loadServices } from './pipeline/load.js'
import { makePlan } from './pipeline/plan.js'
import type { Recorder } from './pipeline/record.js'
import { promote } from './pipeline/promote.js'
import { mask } from './pipeline/secrets.js'
import { loadStored } from './pipeline/stored.js'
import { planDocument } from './report/document.js'
import { summaryMarkdown } from './report/markdown.js'
import { outputs } from './report/outputs.js'
import { promotionDocument, promotionLines, promotionMarkdown, promotionOutputs } from './report/promotion.js'
import { planLines, resultLines } from './report/terminal.js'

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
    const done = await carryOut(allowed, started)
    if (done.ok) return await finish(done.value, allowed)
    return job.signal.aborted ? fail([INTERRUPTED], ports) : fail(done.failures, ports)
  } catch (error) {
    return fail([job.signal.aborted ? INTERRUPTED : unexpected(error)], ports)
  }
}

const INTERRUPTED: Failure = {
  kind: 'interrupted',
  message: 'The run was interrupted; what had succeeded is recorded.',
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

function withoutForbiddenPush(run: Run): Run {
  const { pushForbidden } = run.job.context
  const { push, mode } = run.request
  if (pushForbidden === undefined || !(push || mode === 'promote')) return run
  notify(run, { message: `Nothing is pushed: ${pushForbidden}.` })
  return { ...run, request: { ...run.request, push: false } }
}

interface Done {
  readonly result: RunResult
  /** Absent in mode `plan`, which does nothing that could be recorded. */
  readonly recorder?: Recorder
}

async function carryOut(run: Run, started: number): Promise<Result<Done>> {
  // git starts while the records are read; who needs its answer asks again, and hears of a failure.
  run.ports.git.root().catch(() => undefined)
  const stored = await loadStored(run)
  const loaded = await loadServices(run, stored.memo.config)
  if (!loaded.ok) return loaded
  const planned = await makePlan(loaded.value, stored, run)
  if (!planned.ok) return planned
  const { plan } = planned.value
  const { host, clock } = run.ports
  const decided = { plan, notices: run.notices, durationMs: clock.now() - started }
  // Outputs that would not fit are known before anything is built.
  const fits = host.takesOutputs ? outputs(decided) : undefined
  if (fits?.ok === false) return fits
  if (run.request.mode === 'plan') return ok({ result: decided })
  for (const line of planLines(plan, { color: run.job.color })) host.progress(line)
  const built = await buildPlan(planned.value, run)
  if (!built.ok) return built
  const { outcomes, recorder } = built.value
  return ok({ result: { ...decided, outcomes, durationMs: clock.now() - started }, recorder })
}

/** What is reported is offered for deployment, which is recorded last: an interruption until then offers nothing. */
async function finish({ result, recorder }: Done, run: Run): Promise<number> {
  const { host } = run.ports
  host.document(() => planDocument(result))
  host.result(() => resultLines(result, { color: run.job.color }))
  const failures = host.takesOutputs ? await writeOutputs(result, run) : []
  await recorder?.complete()
  const exitCode = exitCodeOf(result, run)
  return failures.length === 0 ? exitCode : Math.max(exitCode, fail(failures, run.ports))
}

async function writeOutputs(result: RunResult, run: Run): Promise<readonly Failure[]> {
  const { host } = run.ports
  const values = outputs(result)
  if (values.ok) for (const [name, value] of values.value) host.output(name, value)
  await writeSummary(summaryMarkdown(result), run)
  return values.ok ? [] : values.failures
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
  return failures.length > 0 ? 1 : exitCodeOfPlan(result, run.request)
}

/** Code 10 tells a script that something is to be rebuilt, when it asked for that. */
function exitCodeOfPlan(result: RunResult, request: RunRequest): number {
  const isRebuild = result.plan.images.some((image) => image.decision.kind === 'rebuild')
  return request.mode === 'plan' && request.exitCode && isRebuild ? 10 : 0
}
