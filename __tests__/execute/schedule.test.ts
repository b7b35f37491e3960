import { expect, test } from '@jest/globals'
import fc from '../fakes/seeded.js'
import { type Schedule, schedule } from '../../src/execute/schedule.js'

const turn = () => new Promise(setImmediate)

function plain<T>(given: Partial<Schedule<T>> = {}): Schedule<T> {
  return { bound: 3, before: () => [], weight: () => 1, share: () => 1, ...given }
}

test('results come in the order of the items, however long each takes', async () => {
  const ended: number[] = []
  const results = await schedule([3, 1, 2], plain(), async (turns) => {
    for (let left = turns; left > 0; left--) await turn()
    ended.push(turns)
    return turns * 10
  })
  expect(results).toEqual([30, 10, 20])
  expect(ended).toEqual([1, 2, 3])
})

interface Task {
  readonly turns: number
  readonly weight: number
  readonly isLight: boolean
  readonly before: readonly number[]
}

/** Tasks that wait for earlier ones only. */
const tasks = fc
  .array(fc.record({ turns: fc.nat(3), weight: fc.nat(5), isLight: fc.boolean(), seed: fc.nat() }), {
    maxLength: 12,
  })
  .map((all) =>
    all.map(({ seed, ...task }, index): Task => ({
      ...task,
      before: all.flatMap((_, earlier) => (earlier < index && (seed >> earlier) % 3 === 0 ? [earlier] : [])),
    })),
  )

test('a task starts when all that it waits for have ended, and no more than the bound are under way', async () => {
  await fc.assert(
    fc.asyncProperty(tasks, fc.integer({ min: 1, max: 4 }), async (all, bound) => {
      const ended = new Set<Task>()
      let now = 0
      const before = (task: Task) => task.before.flatMap((index) => all[index] ?? [])
      const how = plain<Task>({
        bound,
        before,
        weight: ({ weight }) => weight,
        share: ({ isLight }) => (isLight ? 0 : 1),
      })
      const results = await schedule(all, how, async (task) => {
        expect(before(task).every((one) => ended.has(one))).toBe(true)
        if (!task.isLight) expect(++now).toBeLessThanOrEqual(bound)
        for (let left = task.turns; left >= 0; left--) await turn()
        if (!task.isLight) now--
        ended.add(task)
        return task
      })
      expect(results).toEqual(all)
    }),
    { numRuns: 50 },
  )
})

async function startsOf(weights: Readonly<Record<string, number>>, before: Readonly<Record<string, string>>) {
  const started: string[] = []
  const how = plain<string>({
    bound: 1,
    weight: (name) => weights[name] ?? 0,
    before: (name) => (before[name] === undefined ? [] : [before[name]]),
  })
  await schedule(Object.keys(weights), how, (name) => Promise.resolve(started.push(name)))
  return started
}

test('what the longest chain waits for goes first, then what comes first', async () => {
  expect(await startsOf({ a: 5, base: 1, long: 9, b: 5 }, { long: 'base' })).toEqual([
    'base',
    'long',
    'a',
    'b',
  ])
})

test('tasks that take a part of a place share it', async () => {
  const started: string[] = []
  const how = plain<string>({ bound: 2, share: (name) => (name.startsWith('short') ? 0.5 : 1) })
  void schedule(['a', 'short1', 'short2', 'b', 'short3'], how, async (name) => {
    started.push(name)
    await new Promise(() => undefined)
  })
  await turn()
  expect(started).toEqual(['a', 'short1', 'short2'])
})

test('every place is used, and light tasks need none', async () => {
  const started: string[] = []
  const release: (() => void)[] = []
  const how = plain<string>({ bound: 2, share: (name) => (name.startsWith('light') ? 0 : 1) })
  const all = schedule(['a', 'b', 'c', 'light1', 'light2'], how, async (name) => {
    started.push(name)
    if (!name.startsWith('light')) await new Promise<void>((resolve) => release.push(resolve))
  })
  await turn()
  expect(started).toEqual(['a', 'b', 'light1', 'light2'])
  for (let left = 3; left > 0; left--) {
    release.shift()?.()
    await turn()
  }
  await all
  expect(started).toEqual(['a', 'b', 'light1', 'light2', 'c'])
})

test('a task that throws lets those under way end first, and starts no other', async () => {
  const ended: string[] = []
  const all = schedule(['bug', 'slow', 'later'], plain({ bound: 2 }), async (name) => {
    if (name === 'bug') throw new Error('a bug')
    await turn()
    await turn()
    ended.push(name)
  })
  await expect(all).rejects.toThrow('a bug')
  expect(ended).toEqual(['slow'])
})

test('nothing to do is done at once', async () => {
  expect(await schedule([], plain(), () => Promise.reject(new Error('never called')))).toEqual([])
})
