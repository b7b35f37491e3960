import { context as event } from '@actions/github'
import type { RunContext, Trigger } from '../model/request.js'

type Payload = typeof event.payload

/** What started this run and what it may do, from the runner's environment and the event's file. */
export function actionsRun(environment: NodeJS.ProcessEnv, state: string): RunContext {
  const { payload } = event
  const attempt = Number(environment['GITHUB_RUN_ATTEMPT'] ?? 1)
  const defaultBranch = payload.repository?.['default_branch'] as string | undefined
  const repositoryUrl = payload.repository?.html_url ?? urlOf(environment)
  const forbidden = pushForbidden(payload, event.actor)
  const baseRef = pullRequestOf(event.eventName, payload)?.base?.ref
  return {
    trigger: triggerOf(event.eventName, payload, event.ref),
    ref: event.ref,
    runId: String(event.runId),
    attempt,
    workflow: workflowOf(environment),
    ...(attempt > 1 && { isRerun: true }),
    stateScope:
      state === '' ? `${workflowOf(environment)}@${scopeRef(event.eventName, payload, event.ref)}` : state,
    defaultPlatform: 'linux/amd64',
    variables: environment,
    ...(defaultBranch !== undefined && { defaultBranch }),
    ...(baseRef !== undefined && { baseRef }),
    ...(repositoryUrl !== undefined && { repositoryUrl }),
    ...(forbidden !== undefined && { pushForbidden: forbidden }),
  }
}

interface PullRequest {
  readonly number: number
  readonly merged?: boolean
  readonly base?: { readonly sha: string; readonly ref: string }
  readonly head?: { readonly sha: string }
}

/** Triggers that the event's name tells; any other event on a tag, as `create` is, is for that tag. */
const BY_NAME: Readonly<Record<string, Trigger>> = {
  release: { kind: 'release' },
  schedule: { kind: 'schedule' },
  workflow_dispatch: { kind: 'dispatch' },
  repository_dispatch: { kind: 'dispatch' },
}

/** Payloads as in "Webhook events and payloads" of GitHub's documentation. */
function triggerOf(name: string, payload: Payload, ref: string): Trigger {
  const { merge_group: group } = payload as Payload & { merge_group?: { base_sha: string } }
  if (name === 'merge_group' && group !== undefined) return { kind: 'merge-group', base: group.base_sha }
  const { number, base, head } = pullRequestOf(name, payload) ?? {}
  if (number !== undefined && base !== undefined && head !== undefined) {
    return { kind: 'pull-request', number, base: base.sha, head: head.sha }
  }
  const named = BY_NAME[name]
  if (named !== undefined) return named
  if (ref.startsWith('refs/tags/')) return { kind: 'tag' }
  if (name !== 'push') return { kind: 'other' }
  const before = payload['before'] as string | undefined
  return before === undefined || /^0+$/.test(before) ? { kind: 'push' } : { kind: 'push', before }
}

/** The pull request that the run is for. One that was merged has become part of its base, on whose ref the run is. */
function pullRequestOf(name: string, payload: Payload): PullRequest | undefined {
  const pullRequest = payload.pull_request as PullRequest | undefined
  return name.startsWith('pull_request') && pullRequest?.merged !== true ? pullRequest : undefined
}

/** A run for a pull request is on its base's ref with `pull_request_target`, whose records are not its to write. */
function scopeRef(name: string, payload: Payload, ref: string): string {
  const number = pullRequestOf(name, payload)?.number
  return name === 'pull_request_target' && number !== undefined ? `refs/pull/${number}/target` : ref
}

function pushForbidden(payload: Payload, actor: string): string | undefined {
  const { pull_request: pullRequest } = payload
  if (pullRequest === undefined) return undefined
  const head = pullRequest['head'] as { repo?: { full_name: string } | null } | undefined
  // A fork that was deleted since leaves no repository behind.
  if (head?.repo?.full_name !== payload.repository?.full_name) return 'the pull request comes from a fork'
  const author = (pullRequest['user'] as { login?: string } | undefined)?.login
  return author === 'dependabot[bot]' || actor === 'dependabot[bot]'
    ? 'the pull request is by Dependabot'
    : undefined
}

function urlOf(environment: NodeJS.ProcessEnv): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = environment
  return server === undefined || repository === undefined ? undefined : `${server}/${repository}`
}

/** The workflow's file, as its display name may be shared: `owner/repo/.github/workflows/x.yml@refs/…`. */
function workflowOf(environment: NodeJS.ProcessEnv): string {
  const { GITHUB_WORKFLOW_REF: reference, GITHUB_WORKFLOW: name } = environment
  return reference?.split('@', 1)[0] ?? name ?? 'workflow'
}
