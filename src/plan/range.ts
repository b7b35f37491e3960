import type { RunContext, RunRequest, Trigger } from '../model/request.js'
import type { ObjectId } from '../model/snapshot.js'
import type { Ancestor, GitTree } from '../ports/git-tree.js'

/** Which commits an event is about. */
export type Range =
  /** Those after a commit, which is at hand and may be HEAD itself. */
  | { readonly kind: 'since'; readonly base: ObjectId }
  /** All of them: rightly, nothing comes before. */
  | { readonly kind: 'everything' }
  /** Something comes before, and it cannot be had: anything may have changed. */
  | { readonly kind: 'unknown'; readonly problem: string }

export interface Occasion {
  readonly request: Pick<RunRequest, 'baseRef'>
  readonly context: RunContext
  /** Commit of the last success; counts for events that tell of no commit before them. */
  readonly recorded?: ObjectId
}

const EVERYTHING: Range = { kind: 'everything' }

/** The range of an event, the same at any depth of the clone. */
export async function rangeOf({ request, context, recorded }: Occasion, git: GitTree): Promise<Range> {
  const { trigger } = context
  if (request.baseRef !== undefined) return since(request.baseRef, git)
  switch (trigger.kind) {
    case 'push':
      return ofPush(trigger, context, git)
    case 'pull-request':
      return ofPullRequest(trigger, git)
    case 'merge-group':
      return since(trigger.base, git)
    case 'tag':
    case 'release':
      return sinceAncestor(await git.previousTag(), git)
    case 'schedule':
    case 'dispatch':
    case 'other':
      return recorded === undefined ? EVERYTHING : since(recorded, git)
    case 'terminal':
      return recorded === undefined
        ? sinceAncestor(await branchPoint(context, git), git)
        : since(recorded, git)
  }
}

/**
 * The commit before the event, when it is at hand or can be fetched; `undefined` when it cannot be found. It only
 * explains: a decision never waits for it or depends on it.
 */
export async function eventBase(
  request: RunRequest,
  context: RunContext,
  git: GitTree,
): Promise<ObjectId | undefined> {
  const range = await rangeOf({ request, context }, git)
  // Nothing differs from itself.
  return range.kind === 'since' && range.base !== git.head ? range.base : undefined
}

/**
 * Where the run's branch left the one that it goes to; `undefined` for a run that is on no such branch, and where it
 * cannot be found. Pushes in between do not matter: what they changed may have been built by nobody.
 */
export async function branchBase(context: RunContext, git: GitTree): Promise<ObjectId | undefined> {
  const range = await branchRange(context, git)
  return range?.kind === 'since' && range.base !== git.head ? range.base : undefined
}

async function branchRange(context: RunContext, git: GitTree): Promise<Range | undefined> {
  const { trigger, ref, defaultBranch } = context
  switch (trigger.kind) {
    case 'pull-request':
      return ofPullRequest(trigger, git)
    case 'merge-group':
      return since(trigger.base, git)
    case 'terminal':
      return sinceAncestor(await branchPoint(context, git), git)
    case 'push': {
      const isBranch = defaultBranch !== undefined && ref !== `refs/heads/${defaultBranch}`
      return isBranch ? sinceBranched(await branchPoint(context, git), git) : undefined
    }
    case 'tag':
    case 'release':
    case 'schedule':
    case 'dispatch':
    case 'other':
      return undefined
  }
}

async function ofPush(
  { before }: Extract<Trigger, { kind: 'push' }>,
  context: RunContext,
  git: GitTree,
): Promise<Range> {
  const found = before === undefined ? undefined : await git.obtain(before)
  if (found !== undefined) return { kind: 'since', base: found }
  const { ref, defaultBranch } = context
  if (defaultBranch !== undefined && ref === `refs/heads/${defaultBranch}`) {
    return before === undefined ? EVERYTHING : gone(before)
  }
  return sinceBranched(await branchPoint(context, git), git)
}

/** The payload's base moves on with its branch, so it is only where to look for the common ancestor. */
async function ofPullRequest(
  { base, head }: Extract<Trigger, { kind: 'pull-request' }>,
  git: GitTree,
): Promise<Range> {
  const [into, merged] = await git.parents()
  // GitHub's own merge of the two; a merge that the pull request itself has as its head says nothing of its base.
  if (into !== undefined && merged === head) return since(into, git)
  return sinceBranched(await git.mergeBase(base), git)
}

/** Where HEAD left the default branch. */
async function branchPoint({ defaultBranch }: RunContext, git: GitTree): Promise<Ancestor> {
  const ref = defaultBranch === undefined ? 'HEAD' : `refs/heads/${defaultBranch}`
  const known = await git.obtain(`refs/remotes/origin/${defaultBranch ?? 'HEAD'}`)
  if (known !== undefined) return git.mergeBase(known)
  const tip = await git.remoteHead(ref)
  if (tip.kind === 'found') return git.mergeBase(tip.commit)
  return { kind: 'unknown', problem: `the remote repository tells no commit of ${ref}` }
}

/** What was merged by now has no range of its own any more. */
async function sinceBranched(point: Ancestor, git: GitTree): Promise<Range> {
  if (point.kind !== 'found' || point.commit !== git.head) return sinceAncestor(point, git)
  return { kind: 'unknown', problem: `${git.head} is part of the branch that it is compared with` }
}

async function sinceAncestor(ancestor: Ancestor, git: GitTree): Promise<Range> {
  switch (ancestor.kind) {
    case 'found':
      return since(ancestor.commit, git)
    case 'none':
      return EVERYTHING
    case 'unknown':
      return ancestor
  }
}

async function since(commit: string, git: GitTree): Promise<Range> {
  const base = await git.obtain(commit)
  return base === undefined ? gone(commit) : { kind: 'since', base }
}

function gone(commit: string): Range {
  return {
    kind: 'unknown',
    problem: `there is no commit ${commit} to compare with, and it cannot be fetched`,
  }
}
