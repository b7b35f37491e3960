import type { RawInputs } from '../../src/config/input-reader.js'
import type { ObjectId } from '../../src/model/snapshot.js'
import type { RunContext } from '../../src/model/request.js'
import type { Delivery } from './deliveries.js'
import { ABILITIES } from './engine.js'
import { MAIN, type Repository } from './repository.js'
import type { Service, Sources } from './services.js'

export const BRANCHES = [MAIN, 'feature', 'fix'] as const
export type Branch = (typeof BRANCHES)[number]

export const MERGES = ['merge', 'squash', 'rebase'] as const

/** `deploy` reads the commit, `staging` the work tree; they share branches and registry, but no records. */
export const WORKFLOWS = ['deploy', 'staging'] as const
export type Workflow = (typeof WORKFLOWS)[number]

/** What changes the repository, or only starts a run. A branch that is not there yet begins at the head of `main`. */
export type Event =
  | {
      readonly kind: 'push'
      readonly branch: Branch
      readonly commits: readonly Edit[]
      readonly workflow: Workflow
    }
  | { readonly kind: 'revert'; readonly branch: Branch; readonly workflow: Workflow }
  | {
      readonly kind: 'merge'
      readonly branch: Branch
      readonly how: (typeof MERGES)[number]
      readonly workflow: Workflow
    }
  /** Back along first parents. */
  | {
      readonly kind: 'force-push'
      readonly branch: Branch
      readonly back: number
      readonly workflow: Workflow
    }
  | { readonly kind: 'pull-request'; readonly branch: Branch; readonly isFork: boolean }
  | { readonly kind: 'release' }
  | { readonly kind: 'schedule'; readonly workflow: Workflow }
  | { readonly kind: 'dispatch'; readonly workflow: Workflow; readonly inputs: Selection }
  /** Of the head of `main`, to the tag `stable`. */
  | { readonly kind: 'promote'; readonly inputs: Pick<Selection, 'services'> }
  /** One of the last runs once more, under its id. */
  | { readonly kind: 'rerun'; readonly back: number }

export type Edit = Partial<Sources>

export interface Selection {
  readonly services?: Service
  readonly force?: Service | 'all'
}

/** What GitHub starts for an event. */
export interface Run {
  readonly id: string
  readonly commit: ObjectId
  readonly scope: string
  readonly context: Pick<RunContext, 'trigger' | 'ref' | 'pushForbidden'>
  readonly inputs: RawInputs
  /** The tags that are this commit's for good, and the one that moves from commit to commit. */
  readonly tags: { readonly fixed: readonly string[]; readonly moving?: string }
  /** Commit that the scope starts from when the run does: what it takes over from there needs no deploy. */
  readonly baseline?: (repository: Repository) => ObjectId | undefined
  /** The tag that says what is deployed: the deploy job promotes to it. */
  readonly promotes?: string
  readonly isRerun: boolean
}

type Given = Omit<Run, 'id' | 'inputs' | 'isRerun'> & { readonly inputs?: RawInputs }

export interface History {
  readonly repository: Repository
  readonly runs: readonly Run[]
}

/** Lets the event happen to the repository; `undefined` when it cannot happen now, else the run that it starts. */
export function happen(event: Event, history: History): Run | undefined {
  const { repository, runs } = history
  if (event.kind === 'rerun') {
    const run = runs.at(-1 - event.back)
    return run && { ...run, isRerun: true }
  }
  const given = started(event, repository)
  return (
    given && {
      ...given,
      id: String(runs.length + 1),
      inputs: { push: 'true', ...given.inputs },
      isRerun: false,
    }
  )
}

function started(event: Exclude<Event, { kind: 'rerun' }>, repository: Repository): Given | undefined {
  const { branches } = repository
  switch (event.kind) {
    case 'push':
      return pushed(event.branch, event.workflow, { repository, head: committed(event, repository) })
    case 'revert': {
      const head = repository.headOf(event.branch)
      const [parent] = repository.at(head).parents
      if (parent === undefined || !branches.has(event.branch)) return undefined
      const reverted = repository.commit([head], repository.at(parent).sources)
      return pushed(event.branch, event.workflow, { repository, head: reverted })
    }
    case 'merge': {
      const head = event.branch === MAIN ? undefined : merged(event, repository)
      return head === undefined ? undefined : pushed(MAIN, event.workflow, { repository, head })
    }
    case 'force-push': {
      let head: ObjectId | undefined = branches.get(event.branch)
      for (let back = event.back; back > 0 && head !== undefined; back--) [head] = repository.at(head).parents
      return head === undefined ? undefined : pushed(event.branch, event.workflow, { repository, head })
    }
    case 'pull-request':
      return event.branch !== MAIN && branches.has(event.branch) ? pullRequest(event, repository) : undefined
    case 'release':
      return released(repository)
    case 'schedule':
      return onMain(event.workflow, repository)
    case 'promote':
      return promoted(event.inputs, repository)
    case 'dispatch':
      return {
        ...onMain(event.workflow, repository),
        inputs: { ...inputsOf(event.workflow, MAIN), ...event.inputs },
      }
  }
}

function committed({ branch, commits }: Event & { kind: 'push' }, repository: Repository): ObjectId {
  return commits.reduce<ObjectId>(
    (head, edit) => repository.commit([head], { ...repository.at(head).sources, ...edit }),
    repository.headOf(branch),
  )
}

function merged({ branch, how }: Event & { kind: 'merge' }, repository: Repository): ObjectId | undefined {
  const [into, from] = [repository.headOf(MAIN), repository.headOf(branch)]
  if (repository.isBehind(from, into)) return undefined
  switch (how) {
    case 'merge':
      return repository.commit([into, from], repository.merged(into, from))
    case 'squash':
      return repository.commit([into], repository.merged(into, from))
    case 'rebase': {
      const own = repository.history(from).filter((id) => !repository.isBehind(id, into))
      return own.reduce((head, id) => repository.commit([head], repository.merged(into, id)), into)
    }
  }
}

/** Two workflows, two ways to read the repository, and two to know what is deployed. */
function inputsOf(workflow: Workflow, branch: Branch): RawInputs {
  const { promotes } = deployedBy(workflow, branch)
  return {
    'inputs-from': workflow === 'deploy' ? 'commit' : 'worktree',
    ...(promotes !== undefined && { 'changed-since': promotes }),
  }
}

function deployedBy(workflow: Workflow, branch: Branch): Pick<Run, 'promotes'> {
  const isPromoted = workflow === 'staging' && branch === MAIN && ABILITIES.has('changed-since')
  return isPromoted ? { promotes: 'staging' } : {}
}

/** The end of the job that deploys an image for a run. */
export function promotionOf(run: Run, { service, digest }: Delivery): Run {
  const inputs = { mode: 'promote', services: service, from: digest, tags: run.promotes ?? '' }
  return { ...run, inputs, tags: { fixed: [], moving: inputs.tags } }
}

interface Pushed {
  readonly repository: Repository
  readonly head: ObjectId
}

function pushed(branch: Branch, workflow: Workflow, { repository, head }: Pushed): Given {
  const before = repository.branches.get(branch)
  repository.branches.set(branch, head)
  return {
    commit: head,
    scope: `${workflow}@refs/heads/${branch}`,
    context: {
      trigger: { kind: 'push', ...(before !== undefined && { before }) },
      ref: `refs/heads/${branch}`,
    },
    inputs: inputsOf(workflow, branch),
    tags: { fixed: [shaTag(head)], moving: branch },
    ...(branch !== MAIN && { baseline: (now) => now.mergeBase(head, now.headOf(MAIN)) }),
    ...deployedBy(workflow, branch),
  }
}

/** GitHub checks out a merge that is on no branch. */
function pullRequest({ branch, isFork }: Event & { kind: 'pull-request' }, repository: Repository): Given {
  const [base, head] = [repository.headOf(MAIN), repository.headOf(branch)]
  const number = BRANCHES.indexOf(branch)
  return {
    commit: repository.commit([base, head], repository.merged(base, head)),
    scope: `images@refs/pull/${number}/merge`,
    context: {
      trigger: { kind: 'pull-request', number, base, head },
      ref: `refs/pull/${number}/merge`,
      ...(isFork && { pushForbidden: 'the pull request comes from a fork' }),
    },
    tags: { fixed: [shaTag(head), `pr-${number}`] },
    baseline: () => base,
  }
}

function released(repository: Repository): Given {
  const commit = repository.headOf(MAIN)
  const tag = `v${repository.tags.size + 1}`
  repository.tags.set(tag, commit)
  return {
    commit,
    scope: `deploy@refs/tags/${tag}`,
    context: { trigger: { kind: 'tag' }, ref: `refs/tags/${tag}` },
    tags: { fixed: [shaTag(commit), tag] },
  }
}

function onMain(workflow: Workflow, repository: Repository): Given {
  const commit = repository.headOf(MAIN)
  return {
    commit,
    scope: `${workflow}@refs/heads/${MAIN}`,
    context: { trigger: { kind: 'other' }, ref: `refs/heads/${MAIN}` },
    inputs: inputsOf(workflow, MAIN),
    tags: { fixed: [shaTag(commit)], moving: MAIN },
    ...deployedBy(workflow, MAIN),
  }
}

function promoted(inputs: RawInputs, repository: Repository): Given {
  const commit = repository.headOf(MAIN)
  return {
    commit,
    scope: 'promote@refs/heads/main',
    context: { trigger: { kind: 'other' }, ref: `refs/heads/${MAIN}` },
    inputs: { push: '', mode: 'promote', tags: 'stable', ...inputs },
    tags: { fixed: [], moving: 'stable' },
  }
}

function shaTag(commit: ObjectId): string {
  return `sha-${commit.slice(0, 7)}`
}
