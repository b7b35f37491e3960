import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  FILE_COMMANDS,
  findDefinition,
  resolveInputs,
  runnerEnvironment,
  type FileCommand,
  type RunRepository,
  type StepFiles,
  type WorkflowEvent,
} from './run-action-environment.js'
import { parseCommands, parseKeyValues, parsePaths, type WorkflowCommand } from './run-action-output.js'
import { runCommand, type CommandResult, type SignalAfter } from './run-action-process.js'

export { runCommand } from './run-action-process.js'
export type { CommandOptions, CommandResult, SignalAfter, SignalStep } from './run-action-process.js'
export type { RunRepository, WorkflowEvent } from './run-action-environment.js'
export type { WorkflowCommand } from './run-action-output.js'

/** What both phases of a step share. */
export interface StepOptions {
  /** As under `with:`; names as written there. */
  readonly inputs?: Readonly<Record<string, string>>
  /** Unless said otherwise a push with an empty payload. */
  readonly event?: WorkflowEvent
  /** Unless said otherwise an empty folder that is not a git repository. */
  readonly repository?: RunRepository
  /** Set last, so it also overrides what the runner sets. */
  readonly env?: Readonly<Record<string, string>>
  /** The action's definition; unless said otherwise the nearest action.yml at or above the entry. */
  readonly definition?: string
  /** What `${{ github.token }}` in a default stands for. */
  readonly token?: string
  readonly nodeBinary?: string
  readonly deadlineMilliseconds?: number
}

export interface ActionOptions extends StepOptions {
  /** The absolute path of the JavaScript file. */
  readonly entry: string
  /** What the main phase saved; set as `STATE_<name>`. */
  readonly state?: Readonly<Record<string, string>>
  readonly signalAfter?: SignalAfter
}

export interface PhaseOptions extends StepOptions {
  readonly main: string
  readonly post: string
  /** Cancels the main phase. */
  readonly signalAfter?: SignalAfter
  /** What happens in the rest of the job; it may change what the post phase will find. */
  readonly between?: (main: ActionResult) => Promise<void> | void
}

export interface ActionResult extends CommandResult {
  readonly outputs: Readonly<Record<string, string>>
  readonly state: Readonly<Record<string, string>>
  /** Variables exported for later steps. */
  readonly environment: Readonly<Record<string, string>>
  /** Folders put in front of PATH for later steps, the first one in front. */
  readonly paths: readonly string[]
  readonly summary: string
  /** Of stdout, then of stderr: the runner obeys both. In front, its own warning about undeclared inputs. */
  readonly commands: readonly WorkflowCommand[]
}

/** A job's folder: RUNNER_TEMP and the workspace that is used if none is given. */
interface Job {
  readonly folder: string
  readonly temp: string
}

/**
 * Runs one phase of a JavaScript action as the GitHub runner would: a process of its own in the workspace, told
 * everything through its environment, answering through files.
 *
 * Checked against the runner's sources, not against a live runner. What differs: of the parent's variables only PATH
 * and HOME are passed on (the runner passes all of its own), and a malformed command file rejects (the runner fails
 * the step). What is left out: masking of secrets in logs, limits on sizes, `echo`, problem matchers.
 */
export async function runAction(options: ActionOptions): Promise<ActionResult> {
  return withJob((job) => runPhase(job, options))
}

/**
 * Runs main and then post in one job: with one RUNNER_TEMP, main's state, exported variables and PATH. Post runs
 * whatever became of main, as `post-if` defaults to `always()`.
 */
export async function runPhases(options: PhaseOptions): Promise<{ main: ActionResult; post: ActionResult }> {
  const { main: mainEntry, post: postEntry, between, signalAfter, ...step } = options
  return withJob(async (job) => {
    const main = await runPhase(job, { ...step, entry: mainEntry, ...(signalAfter && { signalAfter }) })
    await between?.(main)
    const post = await runPhase(job, { ...step, entry: postEntry, state: main.state }, main)
    return { main, post }
  })
}

async function withJob<T>(use: (job: Job) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'run-action-'))
  try {
    for (const name of ['_temp', 'workspace', '_tool']) await mkdir(path.join(folder, name))
    return await use({ folder, temp: path.join(folder, '_temp') })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function runPhase(job: Job, options: ActionOptions, earlier?: ActionResult): Promise<ActionResult> {
  if (!path.isAbsolute(options.entry)) throw new Error(`the entry ${options.entry} must be an absolute path`)
  const event = options.event ?? { name: 'push', payload: {} }
  const repository = options.repository ?? { folder: path.join(job.folder, 'workspace'), sha: '0'.repeat(40) }
  const files = await createFiles(job, event)
  const runner = runnerEnvironment({ event, repository, files })
  const inputs = resolveInputs({
    given: options.inputs ?? {},
    definition: options.definition ?? findDefinition(options.entry),
    token: options.token ?? 'token-of-the-job',
    environment: runner,
  })
  // The runner's order: what earlier steps exported, the inputs, the state, then its own variables, which thus win.
  const env = {
    ...earlierEnvironment(earlier),
    ...inputs.environment,
    ...stateEnvironment(options.state ?? {}),
    ...runner,
    ...options.env,
  }
  const result = await runCommand(options.entry, [], {
    ...processOptions(options),
    cwd: repository.folder,
    env,
  })
  return {
    ...result,
    ...(await readFiles(files)),
    commands: [...warnings(inputs.unexpected), ...commandsOf(result)],
  }
}

function processOptions({ nodeBinary, signalAfter, deadlineMilliseconds }: ActionOptions) {
  return {
    ...(nodeBinary !== undefined && { nodeBinary }),
    ...(signalAfter && { signalAfter }),
    ...(deadlineMilliseconds !== undefined && { deadlineMilliseconds }),
  }
}

function earlierEnvironment(earlier: ActionResult | undefined): Record<string, string> {
  if (!earlier) return {}
  const searched = [...earlier.paths, earlier.environment['PATH'] ?? process.env['PATH'] ?? '']
  return { ...earlier.environment, ...(earlier.paths.length > 0 && { PATH: searched.join(path.delimiter) }) }
}

function stateEnvironment(state: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]))
}

function warnings(unexpected: readonly string[]): WorkflowCommand[] {
  if (unexpected.length === 0) return []
  return [{ name: 'warning', properties: {}, message: `Unexpected input(s) '${unexpected.join("', '")}'` }]
}

function commandsOf(result: CommandResult): WorkflowCommand[] {
  return [...parseCommands(result.stdout), ...parseCommands(result.stderr)]
}

/** The command files must exist before the step starts: @actions/core refuses to write to one that does not. */
async function createFiles(job: Job, event: WorkflowEvent): Promise<StepFiles> {
  const folder = await mkdtemp(path.join(job.temp, '_runner_file_commands-'))
  const files: StepFiles = {
    temp: job.temp,
    toolCache: path.join(job.folder, '_tool'),
    event: path.join(folder, 'event.json'),
    commands: Object.fromEntries(FILE_COMMANDS.map((name) => [name, path.join(folder, name)])) as Record<
      FileCommand,
      string
    >,
  }
  await writeFile(files.event, JSON.stringify(event.payload, null, 2))
  for (const name of FILE_COMMANDS) await writeFile(files.commands[name], '')
  return files
}

async function readFiles(files: StepFiles) {
  const read = (name: FileCommand) => readFile(files.commands[name], 'utf8')
  return {
    outputs: parseKeyValues(await read('output'), 'GITHUB_OUTPUT'),
    state: parseKeyValues(await read('state'), 'GITHUB_STATE'),
    environment: parseKeyValues(await read('env'), 'GITHUB_ENV'),
    paths: parsePaths(await read('path')),
    summary: await read('step_summary'),
  }
}
