import type { ChangeReason, PlannedImage } from '../model/plan.js'
import type { RunContext, RunRequest } from '../model/request.js'
import type { Service } from '../model/service.js'
import type { ObjectId } from '../model/snapshot.js'
import type { GitTree, PathChange } from '../ports/git-tree.js'

/** How many paths a reason names. */
const SHOWN = 20

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

/**
 * Names the files behind each reason `files`: between the record's commit, else the event's base, and HEAD. Reasons
 * whose commits are not at hand stay without paths.
 */
export async function explain(images: readonly PlannedImage[], sources: Sources): Promise<PlannedImage[]> {
  const known = new Map<ObjectId, readonly PathChange[] | undefined>()
  const explained: PlannedImage[] = []
  for (const image of images) explained.push(await explainOne(image, { ...sources, known }))
  return explained
}

export interface Sources {
  readonly base: ObjectId | undefined
  /** Whether the base was asked for by name; then it comes before the record's commit. */
  readonly isAsked: boolean
  readonly git: GitTree
  /** Whether a path of the repository is an input of the service. */
  readonly takes: (service: Service, path: string) => boolean
  /** Inputs at which the disk differs from HEAD; those that git ignores are in no comparison of commits. */
  readonly uncommitted: readonly string[]
}

interface KnownSources extends Sources {
  /** Commits that were compared already; `undefined` for one that could not be. */
  readonly known: Map<ObjectId, readonly PathChange[] | undefined>
}

async function explainOne(image: PlannedImage, sources: KnownSources): Promise<PlannedImage> {
  const { decision, record, service } = image
  if (decision.kind !== 'rebuild' || !decision.reasons.some((reason) => reason.kind === 'files')) return image
  const [first, second] = sources.isAsked ? [sources.base, record?.commit] : [record?.commit, sources.base]
  const changes = (await changesSince(first, sources)) ?? (await changesSince(second, sources))
  const unseen = sources.uncommitted.filter(
    (path) => changes?.every((change) => change.path !== path) ?? true,
  )
  const added = unseen.map((path): PathChange => ({ kind: 'added', path }))
  const within = [...(changes ?? []), ...added].filter((change) => sources.takes(service, change.path))
  if (within.length === 0) return image
  const reasons = decision.reasons.map((reason) => (reason.kind === 'files' ? filesReason(within) : reason))
  return { ...image, decision: { kind: 'rebuild', reasons } }
}

async function changesSince(
  commit: ObjectId | undefined,
  sources: KnownSources,
): Promise<readonly PathChange[] | undefined> {
  if (commit === undefined) return undefined
  if (!sources.known.has(commit)) {
    const changes =
      (await sources.git.obtain(commit)) === undefined ? undefined : await sources.git.changes(commit)
    sources.known.set(commit, changes?.ok === true ? changes.value : undefined)
  }
  return sources.known.get(commit)
}

function filesReason(changes: readonly PathChange[]): ChangeReason {
  const count = (kind: PathChange['kind']) => changes.filter((change) => change.kind === kind).length
  return {
    kind: 'files',
    added: count('added'),
    modified: count('modified'),
    removed: count('removed'),
    paths: changes.slice(0, SHOWN).map((change) => change.path),
  }
}
