import type { RunResult } from '../model/outcome.js'
import type { CommentThread, ThreadAnswer, ThreadChange, ThreadComment } from '../ports/comment-thread.js'
import {
  type CommentIdentity,
  type CommentStamp,
  compareStamps,
  markerBeginning,
  stampOf,
} from '../report/comment-marker.js'
import { commentMarkdown } from '../report/comment.js'
import { notify, type Run } from './job.js'
import { revisionOf } from './tags.js'

/** What is to stand below the pull request. */
interface Draft {
  /** What a comment of this configuration begins with. */
  readonly beginning: string
  readonly body: string
  readonly stamp: CommentStamp
  /** Whether there is something to tell: else a comment is brought up to date, but none is made. */
  readonly isNews: boolean
}

/** Waits before another try, while the service fails. */
const TRIES_MS = [1000, 3000]
/** A service that wants to be left alone for longer is left alone. */
const LONGEST_WAIT_MS = 15_000
/** Longer than another run takes between its look and its write. */
const SETTLE_MS = 1000
/** Of looks: each but the last may find that another run wrote meanwhile. */
const MOST_LOOKS = 4

/**
 * Shows the result below the run's pull request, in one comment that is kept up to date. Called once, before the summary
 * is written: what goes wrong is a notice there, and never the run's failure.
 */
export async function comment(result: RunResult, run: Run): Promise<void> {
  const { request, ports } = run
  const { comment: wish, mode } = request
  const isAsked = mode === 'plan' ? wish === 'always' : wish !== 'never'
  if (!isAsked || isStopped(run)) return
  const { thread } = ports
  if (thread === undefined) {
    const message = 'There is no comment: this run is not for a pull request.'
    if (wish === 'always') notify(run, { message })
    return
  }
  const draft = draftOf(result, run)
  const written = await patiently(() => settle(thread, draft, run), run)
  if (written.kind === 'done' || isStopped(run)) return
  const mend = written.kind === 'denied' ? `; ${mendOf(run)}` : ''
  notify(run, { message: `The pull request's comment does not show this run: ${written.problem}${mend}` })
}

/** What brings the comments to where they ought to be; nothing when they are. `isWritten`: this run has written. */
function changesFor(
  found: readonly ThreadComment[],
  draft: Draft,
  isWritten: boolean,
): readonly ThreadChange[] {
  const [kept, ...surplus] = found
  // What this run wrote and does not find may not be listed yet.
  if (kept === undefined) return draft.isNews && !isWritten ? [{ kind: 'create', body: draft.body }] : []
  // Two runs may each have made one at the same time: the oldest keeps its place, and gets what the newest says.
  const newest = found.reduce((best, one) => (order(one, best) > 0 ? one : best))
  const behind = compareStamps(stampOf(newest.body), draft.stamp)
  const isOurs = behind < 0 || (behind === 0 && !isWritten)
  const body = isOurs ? draft.body : newest.body
  const removals = surplus.map(({ id }) => ({ kind: 'remove', id }) as const)
  return isOurs || newest !== kept ? [{ kind: 'update', id: kept.id, body }, ...removals] : removals
}

function order(a: ThreadComment, b: ThreadComment): number {
  return compareStamps(stampOf(a.body), stampOf(b.body))
}

/**
 * Looks, mends, and looks again until there is nothing to mend: a run that was slower may have written what it had
 * looked at before. Repeated as a whole after a fault, as only a look tells what became of a comment that was being made.
 */
async function settle(thread: CommentThread, draft: Draft, run: Run): Promise<ThreadAnswer<void>> {
  let isWritten = false
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    const found = await thread.own(draft.beginning)
    if (found.kind !== 'done') return found
    const changes = changesFor(found.value, draft, isWritten)
    if (changes.length === 0) break
    for (const change of changes) {
      const made = await thread.make(change)
      if (made.kind !== 'done') return made
      isWritten ||= change.kind !== 'remove'
    }
    await run.ports.clock.pause(SETTLE_MS, run.job.signal)
  }
  return { kind: 'done', value: undefined }
}

async function patiently(ask: () => Promise<ThreadAnswer<void>>, run: Run): Promise<ThreadAnswer<void>> {
  let answer = await ask()
  for (const pause of TRIES_MS) {
    if (answer.kind !== 'failed' || answer.retryAfterMs > LONGEST_WAIT_MS || isStopped(run)) break
    await run.ports.clock.pause(Math.max(pause, answer.retryAfterMs), run.job.signal)
    answer = await ask()
  }
  return answer
}

/** Nobody reads what an interrupted run has to say: its successor, if there is one, says more. */
function isStopped({ job }: Run): boolean {
  return job.signal.aborted
}

function draftOf(result: RunResult, run: Run): Draft {
  const { context, folder } = run.job
  const identity: CommentIdentity = {
    workflow: context.workflow ?? '',
    folder: folder ?? '',
    config: run.request.config ?? '',
    services: run.request.services,
  }
  const stamp = { run: Number(context.runId), attempt: context.attempt ?? 1, commit: revisionOf(run) }
  const { repositoryUrl } = context
  const runUrl = repositoryUrl && `${repositoryUrl}/actions/runs/${context.runId}/attempts/${stamp.attempt}`
  const body = commentMarkdown(result, { identity, stamp, ...(runUrl && { runUrl }) })
  const isNews = run.request.comment === 'always' || tellsSomething(result)
  return { beginning: markerBeginning(identity), body, stamp, isNews }
}

/** A pull request that touches no image gets no comment: whoever follows it would be told by mail that nothing happened. */
function tellsSomething({ plan, outcomes = [] }: RunResult): boolean {
  const isEventful = outcomes.some(({ kind }) => kind !== 'reused' && kind !== 'skipped')
  return isEventful || plan.images.some(({ changed, decision }) => changed && decision.kind !== 'skip')
}

function mendOf({ job }: Run): string {
  return job.context.pushForbidden === undefined
    ? 'give the job the permission `pull-requests: write`, or say `comment: never`'
    : `${job.context.pushForbidden}, so its token may only read`
}
