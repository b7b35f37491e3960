import { describe, expect, test } from '@jest/globals'
import { shortestCycle, withAllBefore } from '../../src/plan/parents.js'

function before(edges: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, readonly string[]> {
  return new Map(Object.entries(edges))
}

describe('the shortest circle', () => {
  test.each<[string, Readonly<Record<string, readonly string[]>>, readonly string[] | undefined]>([
    ['is none in a tree', { a: ['b', 'c'], b: ['c'], c: [] }, undefined],
    ['is none where one is named that is not there', { a: ['x'] }, undefined],
    ['may be of two', { a: ['b'], b: ['a'] }, ['a', 'b', 'a']],
    [
      'is shown in the order in which each needs the next',
      { a: ['b'], b: ['c'], c: ['a'] },
      ['a', 'b', 'c', 'a'],
    ],
    ['is the shorter of two', { a: ['b'], b: ['c'], c: ['a', 'd'], d: ['c'] }, ['c', 'd', 'c']],
    ['is found behind what is in none', { top: ['a'], a: ['b'], b: ['a'] }, ['a', 'b', 'a']],
  ])('%s', (_description, edges, expected) => {
    expect(shortestCycle(before(edges))).toEqual(expected)
  })
})

test('images come with all that they are built from, however far back', () => {
  const edges = before({ app: ['web', 'deps'], web: ['deps'], deps: ['os'], os: [], other: ['os'] })
  expect([...withAllBefore(['web'], edges)]).toEqual(['web', 'deps', 'os'])
  expect([...withAllBefore(['app'], edges)].sort()).toEqual(['app', 'deps', 'os', 'web'])
})
