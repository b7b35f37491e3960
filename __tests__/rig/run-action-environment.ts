import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'

/** The workflow's event as it stands in `on:`, and the webhook's payload. */
export interface WorkflowEvent {
  readonly name: string
  readonly payload: Readonly<Record<string, unknown>>
}

/** The checkout a step runs in, and the run it belongs to. */
export interface RunRepository {
  /** GITHUB_WORKSPACE, and the working directory of the action. */
  readonly folder: string
  readonly sha: string
  readonly ref?: string
  readonly fullName?: string
  readonly runId?: string
  readonly runAttempt?: number
  readonly workflow?: string
  readonly job?: string
  readonly actor?: string
  readonly serverUrl?: string
  readonly apiUrl?: string
}

/** The files and folders that the runner makes for a step. */
export interface StepFiles {
  readonly temp: string
  readonly toolCache: string
  readonly event: string
  readonly commands: Readonly<Record<FileCommand, string>>
}

export const FILE_COMMANDS = ['output', 'state', 'env', 'path', 'step_summary'] as const
export type FileCommand = (typeof FILE_COMMANDS)[number]

/** Everything a step is told through its environment. */
export interface StepContext {
  readonly event: WorkflowEvent
  readonly repository: RunRepository
  readonly files: StepFiles
}

/**
 * GITHUB_* and RUNNER_* of a hosted Linux runner
 * (variables reference of the GitHub documentation; actions/runner: GitHubContext.cs, RunnerContext.cs).
 */
export function runnerEnvironment(context: StepContext): Record<string, string> {
  return {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    ...repositoryEnvironment(context.repository),
    ...eventEnvironment(context),
    ...machineEnvironment(context.files),
  }
}

function repositoryEnvironment(repository: RunRepository): Record<string, string> {
  const {
    ref = 'refs/heads/main',
    fullName = 'acme/shop',
    sha,
    workflow = 'ci',
    actor = 'octocat',
  } = repository
  const workflowRef = `${fullName}/.github/workflows/${workflow}.yml@${ref}`
  const apiUrl = repository.apiUrl ?? 'https://api.github.com'
  return {
    GITHUB_WORKSPACE: repository.folder,
    GITHUB_REPOSITORY: fullName,
    GITHUB_REPOSITORY_ID: '1296269',
    GITHUB_REPOSITORY_OWNER: fullName.split('/')[0] ?? '',
    GITHUB_REPOSITORY_OWNER_ID: '583231',
    GITHUB_REF: ref,
    GITHUB_REF_NAME: ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    GITHUB_REF_TYPE: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    GITHUB_REF_PROTECTED: 'false',
    GITHUB_SHA: sha,
    GITHUB_RUN_ID: repository.runId ?? '1',
    GITHUB_RUN_NUMBER: '1',
    GITHUB_RUN_ATTEMPT: String(repository.runAttempt ?? 1),
    GITHUB_WORKFLOW: workflow,
    GITHUB_WORKFLOW_REF: workflowRef,
    GITHUB_WORKFLOW_SHA: sha,
    GITHUB_JOB: repository.job ?? 'build',
    GITHUB_ACTOR: actor,
    GITHUB_ACTOR_ID: '583231',
    GITHUB_TRIGGERING_ACTOR: actor,
    GITHUB_SERVER_URL: repository.serverUrl ?? 'https://github.com',
    GITHUB_API_URL: apiUrl,
    GITHUB_GRAPHQL_URL: `${apiUrl}/graphql`,
  }
}

function eventEnvironment({ event, files }: StepContext): Record<string, string> {
  return {
    GITHUB_EVENT_NAME: event.name,
    GITHUB_EVENT_PATH: files.event,
    // Set for every event, but empty unless a pull request is what the run is about.
    GITHUB_HEAD_REF: pullRequestRef(event, 'head'),
    GITHUB_BASE_REF: pullRequestRef(event, 'base'),
  }
}

function pullRequestRef(event: WorkflowEvent, side: 'head' | 'base'): string {
  if (!['pull_request', 'pull_request_target'].includes(event.name)) return ''
  const request = event.payload['pull_request'] as Partial<Record<string, { ref?: string }>> | undefined
  return request?.[side]?.ref ?? ''
}

function machineEnvironment(files: StepFiles): Record<string, string> {
  return {
    GITHUB_ACTION: '__self',
    GITHUB_ACTION_REPOSITORY: '',
    GITHUB_ACTION_REF: '',
    GITHUB_RETENTION_DAYS: '90',
    RUNNER_OS: 'Linux',
    RUNNER_ARCH: process.arch === 'arm64' ? 'ARM64' : 'X64',
    RUNNER_NAME: 'stand-in',
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_TEMP: files.temp,
    RUNNER_TOOL_CACHE: files.toolCache,
    ...Object.fromEntries(
      FILE_COMMANDS.map((name) => [`GITHUB_${name.toUpperCase()}`, files.commands[name]]),
    ),
  }
}

/** The nearest action.yml at or above the folder of the entry file. */
export function findDefinition(entry: string): string | undefined {
  for (let folder = path.dirname(entry); ; folder = path.dirname(folder)) {
    const found = ['action.yml', 'action.yaml']
      .map((name) => path.join(folder, name))
      .find((file) => existsSync(file))
    if (found !== undefined || folder === path.dirname(folder)) return found
  }
}

export interface InputRequest {
  readonly given: Readonly<Record<string, string>>
  readonly definition: string | undefined
  readonly token: string
  /** GITHUB_* values that `${{ github.<name> }}` in a default may name. */
  readonly environment: Readonly<Record<string, string>>
}

export interface ResolvedInputs {
  readonly environment: Readonly<Record<string, string>>
  /** Names that action.yml does not declare: the runner passes them on, with a warning. */
  readonly unexpected: readonly string[]
}

/**
 * INPUT_* variables. A declared input that is not given gets its default, without a default the empty string; one that
 * is given as an empty string stays empty (actions/runner: ActionRunner.cs, "Load the inputs").
 */
export function resolveInputs(request: InputRequest): ResolvedInputs {
  const declared = request.definition === undefined ? undefined : readDefaults(request.definition)
  const given = Object.entries(request.given)
  // Names are compared without regard to case, as in the runner's dictionary.
  const names = new Set(given.map(([name]) => name.toLowerCase()))
  const defaults = Object.entries(declared ?? {})
    .filter(([name]) => !names.has(name.toLowerCase()))
    .map(([name, value]): [string, string] => [name, evaluateDefault(value, request)])
  const known = new Set(Object.keys(declared ?? {}).map((name) => name.toLowerCase()))
  return {
    environment: Object.fromEntries(
      [...defaults, ...given].map(([name, value]) => [
        `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
        value,
      ]),
    ),
    unexpected: declared ? given.map(([name]) => name).filter((name) => !known.has(name.toLowerCase())) : [],
  }
}

function readDefaults(file: string): Record<string, string> {
  // `failsafe` keeps every scalar as it is written: the runner knows no numbers or booleans in a default.
  const document = parse(readFileSync(file, 'utf8'), { schema: 'failsafe' }) as {
    inputs?: Record<string, { default?: string } | null | ''>
  }
  return Object.fromEntries(
    Object.entries(document.inputs ?? {}).map(([name, input]) => [name, (input || {}).default ?? '']),
  )
}

function evaluateDefault(text: string, { token, environment }: InputRequest): string {
  return text.replaceAll(/\$\{\{(.*?)\}\}/g, (expression, inner: string) => {
    const name = /^\s*github\.(?<name>\w+)\s*$/.exec(inner)?.groups?.['name']
    const value = name === 'token' ? token : environment[`GITHUB_${(name ?? '').toUpperCase()}`]
    if (value === undefined)
      throw new Error(`the harness cannot evaluate ${expression} in a default of action.yml`)
    return value
  })
}
