import { listed } from '../fingerprint/notices.js'
import { failed, ok, type Result } from '../model/failure.js'
import type { PlannedImage } from '../model/plan.js'
import type { ObjectId } from '../model/snapshot.js'
import type { State } from '../model/state.js'
import type { Ancestor } from '../ports/git-tree.js'
import { ofOthers } from '../state/merge.js'
import { orderOf } from './commits.js'
import { notify, type Run } from './job.js'

/**
 * Names of the services whose moving tags a newer commit has moved already: the order is that of the commits, not that in
 * which runs end. Where no record tells, the remote repository is asked what its branch is at; a re-run, which may be of
 * any age, fails without its answer.
 */
export async function heldBack(
  images: readonly PlannedImage[],
  state: State,
  run: Run,
): Promise<Result<ReadonlySet<string>>> {
  const records = ofOthers(state.records)
  const answers = new Map<ObjectId | undefined, Promise<Result<boolean>>>()
  const held: string[] = []
  for (const { service } of images) {
    const commit = records.get(service.name)?.commit
    const answer = answers.get(commit) ?? isSuperseded(commit, run)
    answers.set(commit, answer)
    const isHeld = await answer
    if (!isHeld.ok) return isHeld
    if (isHeld.value) held.push(service.name)
  }
  if (held.length > 0) {
    const names = listed(held.map((name) => `\`${name}\``))
    notify(run, { message: `Moving tags of ${names} stay where they are: a newer commit has moved them` })
  }
  return ok(new Set(held))
}

/**
 * `recorded`: the commit that the tags were moved for last; absent when that is not known. The merges that GitHub makes of
 * a pull request are in no order; its heads are.
 */
async function isSuperseded(recorded: ObjectId | undefined, run: Run): Promise<Result<boolean>> {
  const { git } = run.ports
  const { trigger, ref, isRerun } = run.job.context
  if (trigger.kind === 'pull-request') {
    const now = await git.remoteHead(`refs/pull/${trigger.number}/head`)
    return now.kind === 'found' ? ok(now.commit !== trigger.head) : withoutAnswer(now, run)
  }
  const order = recorded === undefined ? 'unknown' : await orderOf(recorded, run)
  if ((order === 'same' || order === 'before') && isRerun === undefined) return ok(false)
  const isBranch = ref?.startsWith('refs/heads/') === true && trigger.kind !== 'terminal'
  const now: Ancestor = isBranch ? await git.remoteHead(ref) : { kind: 'none' }
  // A branch that was set back to this commit has its tags here.
  if (now.kind === 'found') return ok(now.commit !== git.head)
  return order === 'after' ? ok(true) : withoutAnswer(now, run)
}

/** A repository that does not answer holds nobody up but a re-run. */
function withoutAnswer(now: Ancestor, { job }: Run): Result<boolean> {
  if (now.kind !== 'unknown' || job.context.isRerun === undefined) return ok(false)
  const message = `whether a newer commit has moved the tags that this re-run would move cannot be told: ${now.problem}; run it again, or leave out tags that move`
  return failed({ kind: 'git-failed', message })
}
