import { listed } from '../fingerprint/notices.js'
import type { Trigger } from '../model/request.js'
import type { PlannedImage } from '../model/plan.js'
import type { ObjectId } from '../model/snapshot.js'
import type { State } from '../model/state.js'
import type { GitTree } from '../ports/git-tree.js'
import { ofOthers } from '../state/merge.js'
import { orderOf } from './commits.js'
import { notify, type Run } from './job.js'

/**
 * Names of the services whose moving tags a newer commit has moved already: the order is that of the commits, not that in
 * which runs end. Where no record tells, the remote repository is asked what its branch is at.
 */
export async function heldBack(
  images: readonly PlannedImage[],
  state: State,
  run: Run,
): Promise<ReadonlySet<string>> {
  const records = ofOthers(state.records)
  const answers = new Map<ObjectId | undefined, Promise<boolean>>()
  const held: string[] = []
  for (const { service } of images) {
    const commit = records.get(service.name)?.commit
    const answer = answers.get(commit) ?? isSuperseded(commit, run)
    answers.set(commit, answer)
    if (await answer) held.push(service.name)
  }
  if (held.length > 0) {
    const names = listed(held.map((name) => `\`${name}\``))
    notify(run, { message: `Moving tags of ${names} stay where they are: a newer commit has moved them` })
  }
  return new Set(held)
}

/** `recorded`: the commit that the tags were moved for last; absent when that is not known. */
async function isSuperseded(recorded: ObjectId | undefined, run: Run): Promise<boolean> {
  const { git } = run.ports
  const { trigger } = run.job.context
  if (trigger.kind === 'pull-request') return isOldHead(trigger, git)
  const order = recorded === undefined ? 'unknown' : await orderOf(recorded, run)
  if ((order === 'same' || order === 'before') && !run.job.context.isRerun) return false
  // A branch that was set back to this commit has its tags here, and a repository that does not tell holds nobody up.
  const now = await branchHead(run)
  return order === 'after' ? now !== git.head : now !== undefined && now !== git.head
}

/** The merges that GitHub makes of a pull request are in no order; its heads are. */
async function isOldHead(
  { number, head }: Extract<Trigger, { kind: 'pull-request' }>,
  git: GitTree,
): Promise<boolean> {
  const now = await git.remoteHead(`refs/pull/${number}/head`)
  return now !== undefined && now !== head
}

/** What the remote repository has under the run's branch now; `undefined` for what is no branch there. */
async function branchHead({ job, ports }: Run): Promise<ObjectId | undefined> {
  const { ref, trigger } = job.context
  if (ref?.startsWith('refs/heads/') !== true || trigger.kind === 'terminal') return undefined
  return ports.git.remoteHead(ref)
}
