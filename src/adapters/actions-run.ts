import { context as event } from '@actions/github'
import type { RunContext, Trigger } from '../model/request.js'

type Payload = typeof event.payload

/** What started this run and what it may do, from the runner's environment and the event's file. */
export function actionsRun(environment: NodeJS.ProcessEnv, state: string): RunContext {
  const { payload } = event
  const defaultBranch = payload.repository?.['default_branch'] as string | undefined
  const repositoryUrl = payload.repository?.html_url ?? urlOf(environment)
  const forbidden = pushForbidden(payload, event.actor)
  return {
    trigger: triggerOf(event.eventName, payload, event.ref),
    ref: event.ref,
    runId: String(event.runId),
    stateScope:
      state === '' ? `${workflowOf(environment)}@${scopeRef(event.eventName, payload, event.ref)}` : state,
    defaultPlatform: 'linux/amd64',
    variables: environment,
    ...(defaultBranch !== undefined && { defaultBranch }),
    ...(repositoryUrl !== undefined && { repositoryUrl }),
    ...(forbidden !== undefined && { pushForbidden: forbidden }),
  }
}

/** Payloads as in "Webhook events and payloads" of GitHub's documentation. */
function triggerOf(name: string, payload: Payload, ref: string): Trigger {
  const { pull_request: pullRequest, merge_group: group } = payload as Payload & {
    merge_group?: { base_sha: string }
  }
  if (name === 'merge_group' && group !== undefined) return { kind: 'merge-group', base: group.base_sha }
  if (pullRequest !== undefined && name.startsWith('pull_request')) {
    const { base, head } = pullRequest as { base?: { sha: string }; head?: { sha: string } }
    if (base === undefined || head === undefined) return { kind: 'other' }
    return { kind: 'pull-request', number: pullRequest.number, base: base.sha, head: head.sha }
  }
  if (ref.startsWith('refs/tags/')) return { kind: 'tag' }
  if (name !== 'push') return { kind: 'other' }
  const before = payload['before'] as string | undefined
  return before === undefined || /^0+$/.test(before) ? { kind: 'push' } : { kind: 'push', before }
}

/** A run for a pull request is on its base's ref with `pull_request_target`, whose records are not its to write. */
function scopeRef(name: string, payload: Payload, ref: string): string {
  const { pull_request: pullRequest } = payload
  return name === 'pull_request_target' && pullRequest !== undefined
    ? `refs/pull/${pullRequest.number}/target`
    : ref
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
