import { describe, expect, test } from '@jest/globals'
import { leastOfTwoLevels } from '../../scripts/shard-bound.js'
import { history } from '../../scripts/shard-history.js'
import type { PlannedImage } from '../../src/model/plan.js'
import type { MatrixShard } from '../../src/model/shard.js'
import { SET_UP_MS, shardsOf } from '../../src/plan/shards.js'
import { valueOf } from '../fakes/images.js'
import fc from '../fakes/seeded.js'
import { dependants, type Given, rebuild } from './rebuilds.js'

/** Images of which each is built from some of those before it. */
const graphs = fc
  .array(
    fc.record({
      minutes: fc.integer({ min: 1, max: 30 }),
      parents: fc.array(fc.nat(), { maxLength: 2 }),
      isBase: fc.boolean(),
      isRebuilt: fc.integer({ min: 0, max: 9 }).map((digit) => digit > 0),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((nodes) =>
    nodes.map(({ minutes, parents, isBase, isRebuilt }, at): PlannedImage => {
      const from = at === 0 ? [] : parents.map((parent) => `i${parent % at}`)
      const one = rebuild({ name: `i${at}`, minutes, from, kind: isBase ? 'base' : 'service' })
      return isRebuilt ? one : { ...one, decision: { kind: 'reuse', found: 'record' } }
    }),
  )

describe('whatever the graph', () => {
  const legsAtMost = fc.integer({ min: 1, max: 256 })

  test('each rebuild is in one leg, after all that it is built from, and no matrix is too long', () => {
    fc.assert(
      fc.property(graphs, legsAtMost, (images, maxJobs) => {
        const { bases, builds } = valueOf(shardsOf(images, maxJobs))
        expect(bases.length).toBeLessThanOrEqual(maxJobs)
        expect(builds.length).toBeLessThanOrEqual(maxJobs)
        const rebuilds = images.filter(({ decision }) => decision.kind === 'rebuild')
        const names = rebuilds.map((one) => one.service.name)
        expect([...bases, ...builds].flatMap((leg) => leg.images).sort()).toEqual([...names].sort())
        const isRebuilt = new Set(names)
        const built = new Set(bases.flatMap((leg) => leg.images))
        const parentsOf = new Map(images.map((one) => [one.service.name, Object.keys(one.parents)]))
        for (const level of [bases, builds]) {
          for (const leg of level) {
            const before = new Set(level === builds ? built : [])
            for (const name of leg.images) {
              for (const parent of parentsOf.get(name)!)
                if (isRebuilt.has(parent)) expect(before).toContain(parent)
              before.add(name)
            }
          }
        }
      }),
    )
  })

  test('two levels are never slower than everything in legs without bases', () => {
    fc.assert(
      fc.property(graphs, legsAtMost, (images, maxJobs) => {
        const { bases, builds } = valueOf(shardsOf(images, maxJobs))
        const level = (legs: readonly MatrixShard[]) =>
          legs.length === 0 ? 0 : SET_UP_MS / 60_000 + Math.max(...legs.map(({ minutes }) => minutes))
        const inOne = valueOf(shardsOf(images, 1))
        expect(level(bases) + level(builds)).toBeLessThanOrEqual(level(inOne.builds) + 0.1)
      }),
    )
  })

  test('the same plan gives the same legs', () => {
    fc.assert(
      fc.property(graphs, legsAtMost, (images, maxJobs) => {
        expect(shardsOf(images, maxJobs)).toEqual(shardsOf(structuredClone(images), maxJobs))
      }),
    )
  })
})

describe('recorded histories', () => {
  const cases = [10, 100, 1000].flatMap((count) => [1, 2, 4, 8, 16, 64, 256].map((most) => ({ count, most })))

  test.each([...cases, { count: 10_000, most: 16 }, { count: 10_000, most: 256 }])(
    'of $count services on at most $most legs are within 5 % of the least that it can take',
    ({ count, most }) => {
      const images = history(count, false)
      const durations = new Map(images.map((one) => [one.service.name, one.record!.durationMs!]))
      const taken = (names: readonly string[]) => names.reduce((sum, name) => sum + durations.get(name)!, 0)
      const { bases, builds } = valueOf(shardsOf(images, most))
      const least = Math.max(...durations.values(), taken([...durations.keys()]) / most)
      expect(bases).toEqual([])
      expect(builds.length).toBeLessThanOrEqual(most)
      expect(Math.max(...builds.map((leg) => taken(leg.images)))).toBeLessThanOrEqual(least * 1.05)
    },
  )

  test.each([...cases, { count: 10_000, most: 16 }, { count: 10_000, most: 256 }])(
    'of $count services with bases on at most $most legs are within 5 % of the least of two levels',
    ({ count, most }) => {
      const images = history(count, true)
      const durations = new Map(images.map((one) => [one.service.name, one.record!.durationMs!]))
      const taken = ({ images: names }: MatrixShard) =>
        names.reduce((sum, name) => sum + durations.get(name)!, 0)
      const { bases, builds } = valueOf(shardsOf(images, most))
      const both = [bases, builds].reduce((sum, legs) => sum + Math.max(0, ...legs.map(taken)), 0)
      const least = leastOfTwoLevels(images, most)
      expect(both / least).toBeGreaterThan(0.9999)
      expect(both / least).toBeLessThanOrEqual(1.05)
    },
  )

  test('a long line of bases does not take long to divide', () => {
    const line = Array.from({ length: 100 }, (_, at): Given[] => [
      { name: `b${at}`, minutes: 1, kind: 'base', ...(at > 0 && { from: [`b${at - 1}`] }) },
      ...dependants(`b${at}`, 99),
    ]).flat()
    const started = performance.now()
    expect(valueOf(shardsOf(line.map(rebuild), 256)).bases).toHaveLength(1)
    // Ten times of what it takes: only a step that each image takes for each other one could reach it.
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})
