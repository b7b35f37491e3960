import { describe, expect, test } from '@jest/globals'
import { type Batch, largestOf } from '../../src/plan/balance.js'
import { filled, type Filled, type Way } from '../../src/plan/fill.js'
import { fewest, legsFor } from '../../src/plan/legs.js'
import { type Group, type Node, waysToBuild } from '../../src/plan/levels.js'
import fc from '../fakes/seeded.js'

interface Given {
  readonly weight: number
  /** Places. */
  readonly from?: readonly number[]
  readonly runner?: string
}

function nodesOf(given: readonly Given[]): Node[] {
  const nodes: Node[] = []
  for (const [place, { weight, from = [], runner }] of given.entries()) {
    const before = [...new Set(from)].map((at) => nodes[at]!)
    const node = {
      name: `i${place}`,
      place,
      weight,
      before,
      after: [],
      ...(runner !== undefined && { runner }),
    }
    for (const parent of before) parent.after.push(node)
    nodes.push(node)
  }
  return nodes
}

function waysOf(nodes: readonly Node[], maxJobs: number): { ways: Way[]; plain: number } {
  let plain = Infinity
  const ways = waysToBuild(nodes, 1).flatMap(({ bases, builds }): Way[] => {
    const [first, second] = [legsFor(bases, maxJobs), legsFor(builds, maxJobs)]
    if (!first.ok || !second.ok) return []
    plain = Math.min(plain, largestOf(first.value.flat()) + largestOf(second.value.flat()))
    return [{ bases: first.value, builds }]
  })
  return { ways, plain }
}

function filledOf(given: readonly Given[], maxJobs: number): Filled | undefined {
  const { ways, plain } = waysOf(nodesOf(given), maxJobs)
  return filled(ways, plain, maxJobs)
}

function placesIn(legs: readonly Batch<Group>[]): number[][] {
  const places = (leg: Batch<Group>) => leg.items.flatMap(({ nodes }) => nodes.map(({ place }) => place))
  return legs.map((leg) => places(leg).sort((a, b) => a - b))
}

function dependants(base: number, ...weights: number[]): Given[] {
  return weights.map((weight) => ({ weight, from: [base] }))
}

describe('while the longest base is built', () => {
  const bases = [{ weight: 10 }, { weight: 1 }]

  test('other legs build dependants of their own bases', () => {
    const found = filledOf([...bases, ...dependants(0, 3, 3), ...dependants(1, 9, 9, 9)], 2)!
    expect(placesIn(found.bases.flat())).toEqual([[0], [1, 4]])
    expect(found.weight).toBe(10 + 12)
  })

  test('legs without a base build what needs none', () => {
    const found = filledOf([{ weight: 10 }, ...dependants(0, 8, 8, 8, 8), { weight: 10 }, { weight: 10 }], 3)!
    expect(placesIn(found.bases.flat())).toEqual([[0], [5], [6]])
    expect(found.weight).toBe(10 + 16)
  })

  test('no leg builds what needs a base of another leg, too', () => {
    const both = [0, 1, 1].map((other): Given => ({ weight: 8, from: [other, 2] }))
    expect(filledOf([...bases, { weight: 1 }, ...both, ...dependants(0, 8, 8)], 3)).toBeUndefined()
  })

  test('no leg builds for another runner', () => {
    const given = [...bases, ...dependants(0, 3, 3), ...dependants(1, 9, 9, 9)]
    const onOther = given.map((one) => (one.weight === 9 ? { ...one, runner: 'gpu' } : one))
    expect(filledOf(onOther, 3)).toBeUndefined()
  })

  test('which is all there is, nothing changes', () => {
    expect(filledOf([{ weight: 10 }, ...dependants(0, 5, 5, 5, 5)], 4)).toBeUndefined()
  })
})

test('whatever the graph, it is shorter than without, and each image is after all that it needs', () => {
  const graphs = fc.array(
    fc.record({
      weight: fc.integer({ min: 1, max: 30 }),
      parents: fc.array(fc.nat(), { maxLength: 2 }),
      isRoot: fc.boolean(),
      isOnGpu: fc.integer({ min: 0, max: 9 }).map((digit) => digit === 0),
    }),
    { minLength: 20, maxLength: 60 },
  )
  let count = 0
  fc.assert(
    fc.property(graphs, fc.integer({ min: 2, max: 12 }), (graph, maxJobs) => {
      const nodes = nodesOf(
        graph.map(({ weight, parents, isRoot, isOnGpu }, at) => ({
          ...{ weight, from: isRoot || at === 0 ? [] : parents.map((parent) => parent % Math.min(at, 6)) },
          ...(isOnGpu && { runner: 'gpu' }),
        })),
      )
      const { ways, plain } = waysOf(nodes, maxJobs)
      const found = filled(ways, plain, maxJobs)
      if (found === undefined) return
      count += 1
      const levels = [fewest(found.bases), fewest(found.builds)]
      expect(found.weight).toBeLessThan(plain)
      expect(levels.reduce((sum, legs) => sum + largestOf(legs), 0)).toBeLessThanOrEqual(found.weight)
      expect(
        levels
          .flatMap(placesIn)
          .flat()
          .sort((a, b) => a - b),
      ).toEqual(nodes.map(({ place }) => place))
      const built = new Set<number>()
      for (const legs of levels) {
        expect(legs.length).toBeLessThanOrEqual(maxJobs)
        for (const places of placesIn(legs)) {
          const runners = new Set(places.flatMap((place) => nodes[place]!.runner ?? []))
          expect(runners.size).toBeLessThanOrEqual(1)
          for (const { place } of places.flatMap((at) => nodes[at]!.before))
            if (!places.includes(place)) expect(built).toContain(place)
        }
        for (const place of placesIn(legs).flat()) built.add(place)
      }
    }),
  )
  expect(count).toBeGreaterThan(10)
})
