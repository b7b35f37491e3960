import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { localActions } from './act-actions.js'
import type { WorkflowEvent } from './run-action.js'
import type { TempRepository } from './temp-repository.js'

export interface ActOptions {
  /** The program, see scripts/services/go-tools.ts. */
  readonly program: string
  /** Its HEAD is what the event is about; it has an `origin` that names it on GitHub. */
  readonly repository: TempRepository
  /** Path of the workflow in it. */
  readonly workflow: string
  readonly event: WorkflowEvent
  readonly runId: number
  readonly runAttempt?: number
  /** Of every step, besides what act sets. */
  readonly env?: Readonly<Record<string, string>>
}

export interface ActStep {
  readonly name: string
  readonly result: string
  readonly outputs: Readonly<Record<string, string>>
}

/** One job, or one leg of a matrix. */
export interface ActJob {
  readonly id: string
  readonly name: string
  readonly matrix: Readonly<Record<string, unknown>>
  /** act gives all legs of a matrix the worst result of any; what one leg came to stands in its steps. */
  readonly result: string
  /** Main stages, in their order. */
  readonly steps: readonly ActStep[]
  readonly log: string
}

export interface ActRun {
  readonly exitCode: number
  readonly jobs: readonly ActJob[]
  /** Errors that steps or act itself told of, in their order. */
  readonly errors: readonly string[]
}

/** With the time that a busy machine takes for some builds. */
const DEADLINE_MILLISECONDS = 300_000
/** In host mode: a job is a folder and processes of this machine, no container. */
const PLATFORM = 'ubuntu-24.04=-self-hosted'

/**
 * Runs a workflow with act: each job in a folder of its own, our action as it is in `dist`, stand-ins for the actions of
 * others. What act does not do: a job that calls a workflow which fails has no outputs, and the run ends there.
 */
export async function runWorkflow(options: ActOptions): Promise<ActRun> {
  const { repository, workflow, event } = options
  const folder = await mkdtemp(join(tmpdir(), 'act-'))
  try {
    const text = await readFile(join(repository.folder, workflow), 'utf8')
    const actions = await localActions(join(folder, 'actions'), [text])
    await writeFile(join(folder, 'event.json'), JSON.stringify(event.payload))
    await mkdir(join(folder, 'home'))
    const args = [
      ...[event.name, '--eventpath', join(folder, 'event.json'), '--workflows', workflow],
      ...['--platform', PLATFORM, '--no-skip-checkout', '--no-cache-server', '--pull=false', '--json'],
      ...['--action-cache-path', join(folder, 'cache'), '--env', `GITHUB_RUN_ID=${options.runId}`],
      ...['--env', `GITHUB_RUN_ATTEMPT=${options.runAttempt ?? 1}`],
      ...actions.flatMap((action) => ['--local-repository', action]),
    ]
    const { exitCode, log } = await run(options, args, join(folder, 'home'))
    return { exitCode, jobs: jobsOf(log), errors: errorsOf(log) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** In an environment of its own: variables of a runner that these tests may be run by would reach the steps. */
async function run(
  { program, repository, env }: ActOptions,
  args: readonly string[],
  home: string,
): Promise<{ readonly exitCode: number; readonly log: string }> {
  const docker = Object.entries(process.env).filter(([name]) => name.startsWith('DOCKER_'))
  const child = spawn(program, args, {
    cwd: repository.folder,
    env: {
      ...Object.fromEntries(docker),
      ...{ PATH: process.env['PATH'], HOME: home, ACT_ORIGIN: repository.url, ...env },
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: DEADLINE_MILLISECONDS,
  })
  let log = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8')
    stream.on('data', (text: string) => (log += text))
  }
  return await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      if (code === null) reject(new Error(`act was ended by ${String(signal)}:\n${log}`))
      else resolve({ exitCode: code, log })
    })
  })
}

/** One line of act's log (nektos/act, pkg/runner/logger.go and command.go). */
interface Line {
  readonly job?: string
  readonly jobID?: string
  readonly jobResult?: string
  readonly matrix?: Readonly<Record<string, unknown>>
  readonly step?: string
  readonly stepID?: readonly string[]
  readonly stepResult?: string
  readonly stage?: string
  readonly command?: string
  readonly name?: string
  readonly arg?: string
  readonly raw_output?: boolean
  readonly msg?: string
  readonly level?: string
}

function errorsOf(log: string): string[] {
  return log.split('\n').flatMap((text) => {
    const [line] = parseLine(text)
    if (line === undefined) return text.startsWith('Error:') ? [text] : []
    const isError = line.command === 'error' || line.level === 'error'
    return isError ? [`${line.job?.trim() ?? 'act'}: ${line.arg ?? line.msg ?? ''}`] : []
  })
}

function jobsOf(log: string): ActJob[] {
  const byJob = new Map<string, Line[]>()
  for (const line of log.split('\n').flatMap(parseLine)) {
    if (line.job === undefined) continue
    byJob.set(line.job, [...(byJob.get(line.job) ?? []), line])
  }
  return [...byJob.values()].flatMap((lines) => {
    const ended = lines.find(({ jobResult }) => jobResult !== undefined)
    if (ended === undefined) return [] // a job that only calls a workflow
    return {
      id: ended.jobID ?? '',
      name: ended.job?.trim() ?? '',
      matrix: ended.matrix ?? {},
      result: ended.jobResult ?? '',
      steps: stepsOf(lines),
      log: lines.map(({ raw_output: isOutput, msg = '' }) => (isOutput ? msg : '')).join(''),
    }
  })
}

/** Those of composite actions count for the step that uses the action. */
function stepsOf(lines: readonly Line[]): ActStep[] {
  const ended = lines.filter(
    ({ stage, stepID, stepResult }) => stage === 'Main' && stepID?.length === 1 && stepResult !== undefined,
  )
  return ended.map(({ step = '', stepID, stepResult = '' }) => {
    const set = lines.filter((line) => line.command === 'set-output' && line.stepID?.[0] === stepID?.[0])
    return {
      name: step,
      result: stepResult,
      outputs: Object.fromEntries(set.map(({ name = '', arg = '' }) => [name, arg])),
    }
  })
}

/** What act says before its logger is set up, and its last error, is plain text. */
function parseLine(text: string): Line[] {
  return text.startsWith('{') ? [JSON.parse(text) as Line] : []
}
