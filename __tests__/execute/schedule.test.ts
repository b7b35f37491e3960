import { expect, test } from '@jest/globals'
import fc from '../fakes/seeded.js'
import { inParallel } from '../../src/execute/schedule.js'

const turn = () => new Promise(setImmediate)

test('results come in the order of the items, however long each takes', async () => {
  const ended: number[] = []
  const results = await inParallel([3, 1, 2], 3, async (turns) => {
    for (let left = turns; left > 0; left--) await turn()
    ended.push(turns)
    return turns * 10
  })
  expect(results).toEqual([30, 10, 20])
  expect(ended).toEqual([1, 2, 3])
})

test('never more than the bound are under way, and the bound is used', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(3), { maxLength: 12 }),
      fc.integer({ min: 1, max: 5 }),
      async (items, bound) => {
        let [now, most] = [0, 0]
        const started: number[] = []
        await inParallel([...items.entries()], bound, async ([index, turns]) => {
          started.push(index)
          most = Math.max(most, ++now)
          for (let left = turns; left >= 0; left--) await turn()
          now--
        })
        expect(most).toBe(Math.min(bound, items.length))
        expect(started).toEqual([...items.keys()])
      },
    ),
    { numRuns: 30 },
  )
})

test('a task that throws lets the others end first', async () => {
  const ended: string[] = []
  const all = inParallel(['bug', 'slow', 'later'], 2, async (name) => {
    if (name === 'bug') throw new Error('a bug')
    await turn()
    await turn()
    ended.push(name)
  })
  await expect(all).rejects.toThrow('a bug')
  expect(ended).toEqual(['slow', 'later'])
})

test('nothing to do is done at once', async () => {
  const none = await inParallel([], 4, () => Promise.reject(new Error('never called')))
  expect(none).toEqual([])
})
