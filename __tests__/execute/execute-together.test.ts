import { beforeEach, expect, test } from '@jest/globals'
import { planned, REBUILD, record, request } from '../fakes/images.js'
import { BROKEN, kindsOf, Workshop } from './workshop.js'

let workshop: Workshop
beforeEach(() => {
  workshop = new Workshop()
})

/** An image whose last build took so long. */
function image(name: string, durationMs: number, given: Parameters<typeof planned>[2] = {}) {
  return planned(name, REBUILD, { record: record(name, { durationMs }), ...given })
}

/** Names of images that are asked for in one turn of the event loop, and may share a process. */
function together(): string[][] {
  const turns: string[][] = []
  let now: string[] | undefined
  workshop.builder.onStart = (name) => {
    if (workshop.builder.requests.at(-1)?.mayShare !== true) return
    if (now === undefined) {
      turns.push((now = []))
      setImmediate(() => (now = undefined))
    }
    now.push(name)
  }
  return turns
}

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']

test('short builds are asked for together, in their place in the order, and each keeps its outcome', async () => {
  const turns = together()
  workshop.builder.failing.set('c', BROKEN)
  const outcomes = await workshop.run(
    NAMES.map((name) => image(name, 2000)),
    { request: request({ push: true, maxParallel: 4, maxShortParallel: 32 }) },
  )
  expect(turns).toEqual([NAMES])
  expect(kindsOf(outcomes)).toEqual(NAMES.map((name) => `${name} ${name === 'c' ? 'failed' : 'built'}`))
})

test('a bound that is set holds for them, too', async () => {
  const turns = together()
  await workshop.run(
    NAMES.map((name) => image(name, 2000)),
    { request: request({ push: true, maxParallel: 4, maxShortParallel: 4 }) },
  )
  expect(turns.flat()).toEqual(NAMES)
  for (const turn of turns) expect(turn.length).toBeLessThanOrEqual(4)
  expect(turns[0]).toEqual(NAMES.slice(0, 4))
})

test.each([
  ['takes a minute', image('x', 60_000)],
  ['was never built', planned('x', REBUILD)],
  ['is one that another is built from', image('x', 2000)],
])('one that %s has a process of its own', async (_, one) => {
  const turns = together()
  const isParent = _.startsWith('is one')
  const others = ['a', 'b'].map((name) => image(name, 2000, isParent ? { parents: { base: 'x' } } : {}))
  const outcomes = await workshop.run([one, ...others])
  expect(kindsOf(outcomes)).toEqual(['x built', 'a built', 'b built'])
  expect(turns).toEqual([['a', 'b']])
  expect(workshop.builder.requests.filter(({ service }) => service === 'x')).toMatchObject([
    { mayShare: false },
  ])
})

test('one that the registry has by now is not waited for', async () => {
  const turns = together()
  const images = ['a', 'b', 'c'].map((name) => image(name, 2000))
  const tag = `ghcr.io/acme/b:fp-${'1'.repeat(32)}`
  workshop.registry.push(tag, `sha256:${'b'.repeat(64)}`)
  expect(kindsOf(await workshop.run(images))).toEqual(['a built', 'b reused', 'c built'])
  expect(turns).toEqual([['a', 'c']])
})
