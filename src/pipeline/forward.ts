import { listed } from '../fingerprint/notices.js'
import type { RunContext, Trigger } from '../model/request.js'
import type { PlannedImage } from '../model/plan.js'
import type { ObjectId } from '../model/snapshot.js'
import type { State } from '../model/state.js'
import type { GitTree } from '../ports/git-tree.js'
import { newestRecords } from '../state/merge.js'
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
  const records = newestRecords(state)
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
async function isSuperseded(recorded: ObjectId | undefined, { job, ports }: Run): Promise<boolean> {
  const { git } = ports
  const { trigger } = job.context
  if (trigger.kind === 'pull-request') return isOldHead(trigger, git)
  if (recorded !== undefined) {
    const isNext = trigger.kind === 'push' && trigger.before === recorded
    const order = isNext ? 'before' : await git.order(recorded)
    if (order === 'same' || order === 'before') return false
    if (order === 'after') return true
  }
  return isBehindRemote(job.context, git)
}

/** The merges that GitHub makes of a pull request are in no order; its heads are. */
async function isOldHead(
  { number, head }: Extract<Trigger, { kind: 'pull-request' }>,
  git: GitTree,
): Promise<boolean> {
  const now = await git.remoteHead(`refs/pull/${number}/head`)
  return now !== undefined && now !== head
}

async function isBehindRemote({ ref, trigger }: RunContext, git: GitTree): Promise<boolean> {
  if (ref?.startsWith('refs/heads/') !== true || trigger.kind === 'terminal') return false
  const now = await git.remoteHead(ref)
  // A repository that does not tell holds nobody up.
  return now !== undefined && now !== git.head && (await git.order(now)) !== 'before'
}
