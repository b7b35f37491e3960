import { beforeEach, describe, expect, test } from '@jest/globals'
import type { BuildCause, BuildFailed } from '../../src/model/failure.js'
import { planned, REBUILD, request, service } from '../fakes/images.js'
import { API, kindsOf, Workshop } from './workshop.js'

let workshop: Workshop
beforeEach(() => {
  workshop = new Workshop()
})

function failure(cause: BuildCause, given: Partial<BuildFailed> = {}): BuildFailed {
  return { kind: 'build-failed', message: `api: ${cause} failed`, cause, log: [], tail: [], ...given }
}

/** Lets the next builds of `api` fail one after the other, and those after them succeed. */
function failOnce(...failures: readonly BuildFailed[]): void {
  const left = [...failures]
  workshop.builder.onStart = (name) => {
    if (name !== 'api') return
    const next = left.shift()
    if (next === undefined) workshop.builder.failing.delete('api')
    else workshop.builder.failing.set('api', next)
  }
}

const API_WITH_CACHE = planned('api', REBUILD, {
  service: service('api', {
    build: {
      cacheFrom: ['type=gha', 'type=local,src=x'],
      cacheTo: ['type=gha,mode=max'],
      noCacheFilters: ['deps'],
    },
  }),
})

/** Of each build, those of the options that say what it reads, leaves and runs again. */
function options(): string[][] {
  const told = ['--cache-from', '--cache-to', '--no-cache', '--no-cache-filter', '--pull']
  return workshop.builder.requests.map((one) => one.options.filter((option) => told.includes(option)))
}

const ALL = ['--cache-from', '--cache-from', '--cache-to', '--no-cache', '--pull']
const AFRESH = request({ push: true, noCache: true, pull: true })

describe('once', () => {
  test('the registry failed, the same image is pushed again, with no step anew, and with a word', async () => {
    failOnce(failure('registry'))
    const [outcome] = await workshop.run([API_WITH_CACHE], { request: AFRESH })
    expect(outcome?.kind).toBe('built')
    expect(options()).toEqual([ALL, ['--cache-from', '--cache-from', '--cache-to']])
    expect(new Set(workshop.builder.requests.flatMap(({ tags }) => tags))).toEqual(new Set([API]))
    expect(workshop.pauses).toEqual([5000])
    expect(workshop.notices).toEqual([
      '`api`: the registry failed, the image is pushed again: api: registry failed',
    ])
  })

  test('the registry failed, stages that were to run anew are not run once more', async () => {
    failOnce(failure('registry'))
    expect(kindsOf(await workshop.run([API_WITH_CACHE]))).toEqual(['api built'])
    const CACHES = ['--cache-from', '--cache-from', '--cache-to']
    expect(options()).toEqual([[...CACHES, '--no-cache-filter'], CACHES])
  })

  test('the cache failed that it reads, it is built without reading, and still leaves layers', async () => {
    failOnce(failure('cache-import'))
    expect(kindsOf(await workshop.run([API_WITH_CACHE], { request: AFRESH }))).toEqual(['api built'])
    expect(options()).toEqual([ALL, ALL.filter((option) => option !== '--cache-from')])
    expect(workshop.notices).toHaveLength(1)
  })

  test('the cache failed that it writes, it is built without writing, and with no step anew', async () => {
    failOnce(failure('cache-export'))
    expect(kindsOf(await workshop.run([API_WITH_CACHE], { request: AFRESH }))).toEqual(['api built'])
    expect(options()).toEqual([ALL, ['--cache-from', '--cache-from']])
  })

  test('the builder was lost, it is asked whether it is there, and builds the same again', async () => {
    failOnce(failure('builder'))
    expect(kindsOf(await workshop.run([API_WITH_CACHE], { request: AFRESH }))).toEqual(['api built'])
    expect(workshop.builder.log).toEqual(['build api', 'available', 'build api'])
    expect(options()).toEqual([ALL, ALL])
  })
})

describe('it stays failed when', () => {
  const ended = async () => kindsOf(await workshop.run([API_WITH_CACHE]))
  const builds = () => workshop.builder.log.filter((line) => line === 'build api').length

  test.each([
    { cause: 'code', builds: 1 },
    { cause: 'disk', builds: 1 },
    { cause: 'cache-import', builds: 2 },
    { cause: 'cache-export', builds: 2 },
    { cause: 'builder', builds: 2 },
    { cause: 'registry', builds: 4 },
  ] as const)('the $cause fails for ever, after $builds builds', async ({ cause, builds: most }) => {
    workshop.builder.failing.set('api', failure(cause))
    expect(await ended()).toEqual(['api failed'])
    expect(builds()).toBe(most)
  })

  test('one cause after the other comes up, each as often as it may alone', async () => {
    failOnce(failure('cache-import'), failure('builder'), failure('registry'), failure('cache-import'))
    expect(await ended()).toEqual(['api failed'])
    expect(builds()).toBe(4)
  })

  test('the builder is gone', async () => {
    workshop.builder.isMissing = true
    failOnce(failure('builder'))
    expect(await ended()).toEqual(['api failed'])
    expect(builds()).toBe(1)
  })

  test('no cache is read that could have failed', async () => {
    failOnce(failure('cache-import'))
    expect(kindsOf(await workshop.run([planned('api', REBUILD)]))).toEqual(['api failed'])
    expect(builds()).toBe(1)
  })

  test('the run is interrupted meanwhile', async () => {
    failOnce(failure('registry'))
    workshop.clock.pause = () => {
      workshop.stop.abort()
      return Promise.resolve()
    }
    await ended()
    expect(builds()).toBe(1)
  })

  test('another image failed, and fail-fast lets nothing further start', async () => {
    workshop.builder.failing.set('api', failure('registry'))
    workshop.builder.failing.set('web', failure('code'))
    const hasEnded = () => workshop.events.some(({ kind }) => kind === 'finished')
    workshop.clock.pause = async () => {
      while (!hasEnded()) await new Promise(setImmediate)
    }
    const images = [planned('web', REBUILD), API_WITH_CACHE]
    expect(kindsOf(await workshop.run(images, { request: request({ push: true, failFast: true }) }))).toEqual(
      ['web failed', 'api failed'],
    )
    expect(builds()).toBe(1)
  })
})

describe('the wait', () => {
  test('grows, and all of it is bounded', async () => {
    workshop.builder.failing.set('api', failure('registry'))
    await workshop.run([API_WITH_CACHE])
    expect(workshop.pauses).toEqual([5000, 20_000, 60_000])
  })

  test.each([
    { asked: 1, waited: 5000 },
    { asked: 12_000, waited: 12_000 },
    { asked: 3_600_000, waited: 60_000 },
  ])('is $waited ms where the registry asks for $asked', async ({ asked, waited }) => {
    failOnce(failure('registry', { retryAfterMs: asked }))
    await workshop.run([API_WITH_CACHE])
    expect(workshop.pauses).toEqual([waited])
  })

  test('is no part of what the build took', async () => {
    failOnce(failure('registry'))
    const { onStart } = workshop.builder
    workshop.builder.onStart = (name) => {
      workshop.now += 700
      onStart(name)
    }
    expect(await workshop.run([API_WITH_CACHE])).toMatchObject([{ kind: 'built', durationMs: 1400 }])
  })
})

test('a full disk is one notice, with what is left and what frees it', async () => {
  const free = { folder: '/var/lib/docker', bytes: 3 * 1024 * 1024 + 5 }
  for (const name of ['api', 'web']) workshop.builder.failing.set(name, failure('disk', { free }))
  await workshop.run([planned('api', REBUILD), planned('web', REBUILD)])
  expect(workshop.notices).toEqual([
    expect.stringMatching(
      /^No space was left to build `api`, `web` \(3 MiB are left in \/var\/lib\/docker\): .*prune/,
    ),
  ])
})
