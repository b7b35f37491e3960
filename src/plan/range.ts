import type { RunContext, RunRequest } from '../model/request.js'
import type { ObjectId } from '../model/snapshot.js'
import type { GitTree } from '../ports/git-tree.js'

/**
 * The commit before the event, when it is at hand or can be fetched; `undefined` when it cannot be found. It only
 * explains: a decision never waits for it or depends on it.
 */
export async function eventBase(
  request: RunRequest,
  context: RunContext,
  git: GitTree,
): Promise<ObjectId | undefined> {
  const base = request.baseRef ?? (await fromTrigger(context, git))
  const commit = base === undefined ? undefined : await git.obtain(base)
  // Nothing differs from itself: on the default branch the merge-base says nothing.
  return commit === git.head ? undefined : commit
}

async function fromTrigger(context: RunContext, git: GitTree): Promise<ObjectId | undefined> {
  const { trigger, defaultBranch } = context
  switch (trigger.kind) {
    case 'push':
      return (trigger.before && (await git.obtain(trigger.before))) ?? branchPoint(defaultBranch, git)
    case 'pull-request':
      return (await git.mergedInto()) ?? (await git.mergeBase(trigger.base))
    case 'merge-group':
      return trigger.base
    case 'terminal':
      return branchPoint(defaultBranch, git)
    case 'tag':
    case 'other':
      return undefined
  }
}

async function branchPoint(defaultBranch: string | undefined, git: GitTree): Promise<ObjectId | undefined> {
  return git.mergeBase(`origin/${defaultBranch ?? 'HEAD'}`)
}
