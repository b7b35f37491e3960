import { describe, expect, test } from '@jest/globals'
import type { MatrixShard, Shards } from '../../src/model/shard.js'
import { shardsOf } from '../../src/plan/shards.js'
import { messagesOf, planned, valueOf } from '../fakes/images.js'
import { dependants, type Given, rebuild } from './rebuilds.js'

function shards(given: readonly Given[], maxJobs: number): Shards {
  return valueOf(shardsOf(given.map(rebuild), maxJobs))
}

function imagesIn(legs: readonly MatrixShard[]): (readonly string[])[] {
  return legs.map(({ images }) => images)
}

describe('legs', () => {
  test('are balanced by what the builds took, longest leg first', () => {
    const given = [3, 3, 2, 2, 2].map((minutes, at) => ({ name: `s${at}`, minutes }))
    expect(shards([...given, { name: 'late', minutes: 0.5 }], 2)).toEqual({
      bases: [],
      builds: [
        { shard: '1-of-2', images: expect.any(Array), minutes: 6.5 },
        { shard: '2-of-2', images: expect.any(Array), minutes: 6 },
      ],
    })
  })

  test('take a minute for a build that nobody recorded', () => {
    expect(shards([{ name: 'new' }], 8).builds).toEqual([{ shard: '1-of-1', images: ['new'], minutes: 1 }])
  })

  test('are none where nothing is to be rebuilt', () => {
    const reused = planned('a', { kind: 'reuse', found: 'record' })
    expect(shardsOf([reused, planned('b', { kind: 'skip' })], 8)).toEqual({
      ok: true,
      value: { bases: [], builds: [] },
    })
  })

  test('are not more than shorten the longest', () => {
    const given = [10, 2, 2, 2, 2, 2].map((minutes, at) => ({ name: `s${at}`, minutes }))
    expect(imagesIn(shards(given, 256).builds)).toEqual([['s0'], ['s1', 's2', 's3', 's4', 's5']])
  })

  test('have a chain of images together, each after what it is built from', () => {
    const chain = [
      { name: 'app', minutes: 5, from: ['lib'] },
      { name: 'other', minutes: 15 },
      { name: 'lib', minutes: 5, from: ['os'] },
      { name: 'os', minutes: 5 },
    ]
    expect(shards(chain, 4)).toMatchObject({
      bases: [],
      builds: [{ images: ['os', 'lib', 'app'] }, { images: ['other'] }],
    })
  })

  test('list bases first, then services in the order of the plan', () => {
    const given = [
      { name: 'z' },
      { name: 'a', from: ['base'] },
      { name: 'm', from: ['late'] },
      { name: 'base', kind: 'base' } as const,
      { name: 'late' },
    ]
    expect(imagesIn(shards(given, 1).builds)).toEqual([['base', 'z', 'a', 'late', 'm']])
  })
})

describe('a base', () => {
  const base = { name: 'base', minutes: 2, kind: 'base' } as const

  test('is built first where its dependants are worth several legs', () => {
    const { bases, builds } = shards([base, ...dependants('base', 12)], 4)
    expect(bases).toEqual([{ shard: 'bases-1-of-1', images: ['base'], minutes: 2 }])
    expect(builds.map(({ minutes }) => minutes)).toEqual([3, 3, 3, 3])
  })

  test('stays with its dependants where a second set-up takes longer than it saves', () => {
    const { bases, builds } = shards([base, ...dependants('base', 2, { minutes: 0.5 })], 4)
    expect(bases).toEqual([])
    expect(imagesIn(builds)).toEqual([['base', 'base-0', 'base-1']])
  })

  test('brings all that it is built from, and chains of bases stay in one leg', () => {
    const chain = [base, { name: 'deps', minutes: 1, from: ['base'] }, ...dependants('deps', 20)]
    const { bases, builds } = shards(chain, 5)
    expect(imagesIn(bases)).toEqual([['base', 'deps']])
    expect(builds).toHaveLength(5)
  })

  test('is built beside another that has nothing to do with it', () => {
    const other = { name: 'other', minutes: 2, kind: 'base' } as const
    const given = [base, other, ...dependants('base', 30), ...dependants('other', 30)]
    expect(imagesIn(shards(given, 20).bases)).toEqual([['base'], ['other']])
  })

  test('whose dependants came into one leg is built there, where that leg gets no longer than the longest', () => {
    const given = [
      { name: 'small', minutes: 0.8, kind: 'base' } as const,
      ...[8, 7, 7.2].map((minutes, at) => ({ name: `small-${at}`, minutes, from: ['small'] })),
      { name: 'large', minutes: 3, kind: 'base' } as const,
      ...[7, 0.8].map((minutes, at) => ({ name: `large-${at}`, minutes, from: ['large'] })),
      ...dependants('other', 2, { minutes: 29.2, from: [] }),
    ]
    const { bases, builds } = shards(given, 3)
    expect(imagesIn(bases)).toEqual([['large']])
    expect(builds[0]).toMatchObject({
      minutes: 30,
      images: ['small', 'small-0', 'small-1', 'small-2', 'large-0'],
    })
  })

  test('is followed in its leg by dependants while another takes longer, where all ends notably earlier', () => {
    const given = [
      { name: 'slow', minutes: 10, kind: 'base' } as const,
      { ...base, minutes: 1 },
      ...dependants('slow', 2, { minutes: 3 }),
      ...dependants('base', 3, { minutes: 9 }),
    ]
    const { bases, builds } = shards(given, 2)
    expect(imagesIn(bases)).toEqual([['slow'], ['base', 'base-0']])
    expect(builds.map(({ minutes }) => minutes)).toEqual([12, 12])
  })

  test('that is reused is no part of any leg', () => {
    const reused = planned('base', { kind: 'reuse', found: 'registry' })
    const images = [reused, ...dependants('base', 4).map(rebuild)]
    expect(valueOf(shardsOf(images, 4))).toMatchObject({ bases: [], builds: [{}, {}, {}, {}] })
  })
})

describe('a runner', () => {
  test('has legs of its own, and only what names it', () => {
    const given = [
      { name: 'a', minutes: 4 },
      { name: 'gpu', minutes: 1, runner: 'gpu' },
      { name: 'b', minutes: 4 },
    ]
    expect(shards(given, 3).builds).toEqual([
      { shard: '1-of-3', images: ['a'], minutes: 4 },
      { shard: '2-of-3', images: ['b'], minutes: 4 },
      { shard: '3-of-3', images: ['gpu'], minutes: 1, runner: 'gpu' },
    ])
  })

  test('gets as many legs as it has work', () => {
    const large = Array.from({ length: 6 }, (_, at) => ({ name: `l${at}`, minutes: 5, runner: 'large' }))
    const small = Array.from({ length: 6 }, (_, at) => ({ name: `s${at}`, minutes: 1 }))
    const { builds } = shards([...small, ...large], 4)
    expect(builds.map(({ runner, minutes }) => [runner, minutes])).toEqual([
      ['large', 10],
      ['large', 10],
      ['large', 10],
      [undefined, 6],
    ])
  })

  test('other than that of its dependants builds an image first, however short it is', () => {
    const given = [
      { name: 'model', minutes: 0.1, runner: 'gpu' },
      { name: 'app', minutes: 0.1, runner: 'small', from: ['model'] },
    ]
    expect(shards(given, 2)).toEqual({
      bases: [{ shard: 'bases-1-of-1', images: ['model'], minutes: 0.1, runner: 'gpu' }],
      builds: [{ shard: '1-of-1', images: ['app'], minutes: 0.1, runner: 'small' }],
    })
  })

  test('of its dependants builds a base that names none', () => {
    const given = [{ name: 'base', kind: 'base' } as const, { name: 'app', runner: 'gpu', from: ['base'] }]
    expect(shards(given, 2).builds).toMatchObject([{ images: ['base', 'app'], runner: 'gpu' }])
  })

  test('that changes twice on the way needs a third level, which there is not', () => {
    const given = [
      { name: 'a', runner: 'x' },
      { name: 'b', runner: 'y', from: ['a'] },
      { name: 'c', runner: 'x', from: ['b'] },
    ]
    expect(messagesOf(shardsOf(given.map(rebuild), 8))).toEqual([
      '`a` (x), `b` (y) are built from each other before other images are, but their `matrix` keys name 2 runners; name one for all of them, as legs build on two levels',
    ])
  })

  test('without a leg is an error', () => {
    const given = [{ name: 'a', runner: 'x' }, { name: 'b', runner: 'y' }, { name: 'c' }]
    expect(messagesOf(shardsOf(given.map(rebuild), 2))).toEqual([
      'the images to build want 3 runners (`x`, `y`, one without a name), but `max-jobs` is 2; each runner needs a leg of its own',
    ])
  })
})
