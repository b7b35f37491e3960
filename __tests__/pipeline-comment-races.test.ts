import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { comment } from '../src/pipeline/comment.js'
import type { Run } from '../src/pipeline/job.js'
import { context, COMMIT, request } from './fakes/images.js'
import { MemoryThread } from './fakes/memory-thread.js'
import { RecordingHost } from './fakes/recording-host.js'
import { built, planned, runOf } from './report/planned.js'

/** A run that has ended but for its comment. */
function runNumber(id: number, thread: MemoryThread, pause: () => Promise<void>): Run {
  return {
    job: { context: context({ runId: String(id) }), signal: new AbortController().signal },
    request: request(),
    ports: {
      thread: thread.of(String(id)),
      host: new RecordingHost(),
      git: { head: COMMIT },
      clock: { now: () => 0, pause },
    },
    notices: [],
  } as unknown as Run
}

const runIn = (body?: string) => /run=(\d+)/.exec(body ?? '')?.[1]
const RESULT = runOf([built(planned('api'))])

/**
 * GitHub changes a comment whoever changed it meanwhile. So a run that looked before the newest one wrote, and writes when
 * that has looked for the last time, goes unnoticed: what pauses are for. Everything else is repaired.
 */
test('however runs overlap, one comment remains, and it is the newest run’s', async () => {
  let races = 0
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.shuffledSubarray([1, 2, 3], { minLength: 2 }),
      fc.boolean(),
      async (scheduler, ids, isThere) => {
        const turn = { next: () => Promise.resolve() }
        const thread = new MemoryThread(() => turn.next())
        const runs = [0, ...ids].map((id) => runNumber(id, thread, () => turn.next()))
        if (isThere) await comment(RESULT, runs[0]!)
        turn.next = () => scheduler.schedule(Promise.resolve())
        await scheduler.waitFor(Promise.all(runs.slice(1).map((run) => comment(RESULT, run))))
        expect(runs.flatMap(({ notices }) => notices)).toEqual([])
        expect(thread.comments).toHaveLength(1)
        const newest = String(Math.max(...ids))
        const lastLook = thread.log.findLastIndex(({ who, what }) => who === newest && what === 'look')
        const isUnnoticed = thread.log
          .slice(lastLook)
          .some(({ who, what }) => who !== newest && what === 'update')
        if (!isUnnoticed) expect(runIn(thread.comments[0]?.body)).toBe(newest)
        if (thread.log.some(({ what }) => what === 'remove')) races++
      },
    ),
    { numRuns: 300 },
  )
  expect(races).toBeGreaterThan(20)
})
