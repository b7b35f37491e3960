import type { Checked } from '../checked.js'

/** What tag rules are filled in from. */
export interface TagFacts {
  /** The commit that a person knows: in a pull request its head, not the merge that is checked out. */
  readonly commit: string
  /** When that commit was made, in milliseconds since 1970; absent where nobody asked git. */
  readonly commitDate?: number
  readonly now: number
  readonly ref?: string
  readonly pullRequest?: number
  /** Branch that the pull request is to be merged into, or that the event names beside a pushed tag. */
  readonly baseRef?: string
  readonly defaultBranch?: string
  /** Whether GitHub's event `schedule` started the run; its payload need not name the default branch. */
  readonly isScheduled: boolean
}

/** Name of the branch that the run is for; a pull request is for none, also on `pull_request_target`'s base ref. */
export function branchOf(facts: TagFacts): string | undefined {
  return nameOf(facts, 'refs/heads/')
}

export function gitTagOf(facts: TagFacts): string | undefined {
  return nameOf(facts, 'refs/tags/')
}

function nameOf({ ref, pullRequest }: TagFacts, prefix: string): string | undefined {
  return pullRequest === undefined && ref?.startsWith(prefix) ? ref.slice(prefix.length) : undefined
}

/** A schedule runs on the default branch only (GitHub's "Events that trigger workflows"). */
export function isDefaultBranch(facts: TagFacts): Checked<boolean> {
  const branch = branchOf(facts)
  if (facts.isScheduled || branch === undefined) return { value: facts.isScheduled }
  if (facts.defaultBranch === undefined)
    return { problem: 'the default branch is not known here; write `enable=true` or `enable=false`' }
  return { value: branch === facts.defaultBranch }
}

export function shortCommit({ commit }: TagFacts): string {
  return commit.slice(0, 7)
}
