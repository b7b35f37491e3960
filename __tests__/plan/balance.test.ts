import { describe, expect, test } from '@jest/globals'
import { balanced, inFewer, largestOf, type Batch, type Load, weightOf } from '../../src/plan/balance.js'
import fc from '../fakes/seeded.js'

function loads(...weights: number[]): Load[] {
  return weights.map((weight) => ({ weight }))
}

function weightsOf(legs: readonly Batch<Load>[]): number[] {
  return legs.map(({ weight }) => weight).sort((a, b) => b - a)
}

/** What the longest leg has in the best division of all. */
function optimum(weights: readonly number[], legs: number): number {
  let best = Infinity
  const sums = Array.from({ length: legs }, () => 0)
  const place = (at: number): void => {
    const weight = weights[at]
    if (Math.max(...sums) >= best) return
    if (weight === undefined) best = Math.max(...sums)
    else
      for (let leg = 0; leg < legs; leg += 1) {
        sums[leg]! += weight
        place(at + 1)
        sums[leg]! -= weight
      }
  }
  place(0)
  return best
}

describe('balanced', () => {
  test.each([
    { description: 'nothing needs no leg', weights: [], legs: 4, expected: [] },
    { description: 'no leg is empty', weights: [3, 1], legs: 4, expected: [3, 1] },
    { description: 'one leg has everything', weights: [3, 1, 2], legs: 1, expected: [6] },
    { description: 'longest first is enough', weights: [4, 3, 2, 1], legs: 2, expected: [5, 5] },
    {
      description: 'longest first alone would give 7 and 5',
      weights: [3, 3, 2, 2, 2],
      legs: 2,
      expected: [6, 6],
    },
    {
      description: 'exchanges of two alone would give 28',
      weights: [9, 11, 20, 13, 8, 8, 12, 8, 2],
      legs: 4,
      expected: [24, 23, 22, 22],
    },
  ])('$description', ({ weights, legs, expected }) => {
    expect(weightsOf(balanced(loads(...weights), legs))).toEqual(expected)
  })

  const histories = fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 9 })

  test('is within 1 % of the best division of all', () => {
    fc.assert(
      fc.property(histories, fc.integer({ min: 1, max: 4 }), (weights, legs) => {
        const longest = largestOf(balanced(loads(...weights), legs))
        expect(longest).toBeLessThanOrEqual(optimum(weights, legs) * 1.01)
      }),
    )
  })

  test('is within 1 % of the least where longest first alone is 9 % above, of more than can be searched', () => {
    const legs = Array.from({ length: 30 }, (_, at) => [400 + 5 * at, Math.max(20, 350 - 11 * at)])
    const weights = legs.flatMap(([one = 0, two = 0]) => [one, two, 1000 - one - two])
    expect(largestOf(balanced(loads(...weights), 30))).toBeLessThanOrEqual(1010)
  })

  test('loses and doubles nothing, and adds up', () => {
    const many = fc.array(fc.integer({ min: 1, max: 100_000 }), { maxLength: 300 })
    fc.assert(
      fc.property(many, fc.integer({ min: 1, max: 64 }), (weights, legs) => {
        const items = loads(...weights)
        const found = balanced(items, legs)
        expect(found).toHaveLength(Math.min(legs, items.length))
        const placed = found.flatMap((leg) => leg.items)
        expect(new Set(placed)).toEqual(new Set(items))
        expect(placed).toHaveLength(items.length)
        for (const leg of found) expect(leg.weight).toBe(weightOf(leg.items))
      }),
    )
  })
})

describe('in fewer legs', () => {
  test.each([
    {
      description: 'beside one that is longer than all others',
      weights: [10, 1, 1, 1],
      most: 4,
      expected: [10, 3],
    },
    { description: 'never with a longer leg', weights: [5, 5, 5], most: 3, expected: [5, 5, 5] },
    { description: 'as few as there can be', weights: [6, 5, 4, 3, 2, 1], most: 6, expected: [6, 6, 5, 4] },
  ])('$description', ({ weights, most, expected }) => {
    const legs = balanced(loads(...weights), most)
    const fewer = weightsOf(inFewer(legs, largestOf(legs)))
    expect(fewer).toHaveLength(expected.length)
    expect(fewer[0]).toBe(expected[0])
  })
})
