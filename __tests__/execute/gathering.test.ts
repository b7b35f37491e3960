import { expect, test } from '@jest/globals'
import fc from '../fakes/seeded.js'
import { Gathering } from '../../src/execute/gathering.js'

const turn = () => new Promise(setImmediate)

async function turns(count: number): Promise<void> {
  for (let left = count; left > 0; left--) await turn()
}

/** Never passes, but when it is told to. */
class StillClock {
  readonly waiting: (() => void)[] = []
  readonly pause = (_milliseconds: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      this.waiting.push(resolve)
      signal.addEventListener('abort', () => {
        resolve()
      })
    })
}

/** How many turns of the event loop each image takes before it asks for its build, for that build, and after it. */
const image = fc.record({ before: fc.nat(4), build: fc.nat(4), after: fc.nat(4), isBuilt: fc.boolean() })

test('whoever begins together is built together, however long each takes to be ready', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(image, { maxLength: 8 }), async (images) => {
      const gathering = new Gathering(new StillClock())
      // How many builds were asked for in each turn of the event loop in which any was.
      const asked: number[] = []
      let inThisTurn = 0
      const ask = () => {
        if (inThisTurn++ === 0)
          setImmediate(() => {
            asked.push(inThisTurn)
            inThisTurn = 0
          })
      }
      const results = await Promise.all(
        images.map(({ before, build, after, isBuilt }, index) =>
          gathering.join(async (meet) => {
            await turns(before)
            const built = isBuilt
              ? await meet(async () => {
                  ask()
                  await turns(build)
                  return index
                })
              : index
            await turns(after)
            return built
          }),
        ),
      )
      await turn()
      expect(results).toEqual(images.map((_, index) => index))
      const count = images.filter(({ isBuilt }) => isBuilt).length
      expect(asked).toEqual(count === 0 ? [] : [count])
    }),
    { numRuns: 50 },
  )
})

test('one that begins later is not waited for by those that build, and waits for those that come to their end', async () => {
  const gathering = new Gathering(new StillClock())
  const log: string[] = []
  let endFirst = () => {}
  const first = gathering.join(async (meet) => {
    await meet(async () => {
      log.push('first')
      await new Promise<void>((resolve) => (endFirst = resolve))
    })
    await turns(3)
    log.push('first ended')
  })
  await turn()
  const second = gathering.join((meet) => meet(() => Promise.resolve(log.push('second'))))
  await turn()
  expect(log).toEqual(['first', 'second'])
  endFirst()
  await turn()
  const third = gathering.join((meet) => meet(() => Promise.resolve(log.push('third'))))
  await Promise.all([first, second, third])
  expect(log).toEqual(['first', 'second', 'first ended', 'third'])
})

test('nobody waits for ever', async () => {
  const clock = new StillClock()
  const gathering = new Gathering(clock)
  void gathering.join(() => new Promise(() => undefined))
  const built = gathering.join((meet) => meet(() => Promise.resolve('built')))
  await turn()
  expect(clock.waiting).toHaveLength(1)
  clock.waiting[0]?.()
  expect(await built).toBe('built')
})

test('work that throws holds nobody up', async () => {
  const gathering = new Gathering(new StillClock())
  const broken = gathering.join(async () => {
    await turns(2)
    throw new Error('a bug')
  })
  const built = gathering.join((meet) => meet(() => Promise.resolve('built')))
  await expect(broken).rejects.toThrow('a bug')
  expect(await built).toBe('built')
})
