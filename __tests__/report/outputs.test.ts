import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { STATUS } from '../fakes/images.js'
import type { RunResult } from '../../src/model/outcome.js'
import { outputs } from '../../src/report/outputs.js'
import {
  DIGEST,
  asReused,
  built,
  failedBuild,
  planOf,
  planned,
  rebuilt,
  recordOf,
  reused,
  runOf,
  service,
  skipped,
  STARTED,
} from './planned.js'
import { CHARACTER } from '../fakes/characters.js'

/** The outputs with their JSON read. */
function valuesOf(result: RunResult): Record<string, unknown> {
  const { values, failures } = outputs(result)
  expect(failures).toEqual([])
  return Object.fromEntries([...values].map(([name, text]) => [name, JSON.parse(text) as unknown]))
}

describe('in mode plan', () => {
  test('decisions count as actions and digests are not there yet', () => {
    const backend = planned('backend', {
      service: service('backend', { chart: 'api' }),
      record: recordOf('b', 1),
    })
    expect(valuesOf(planOf([backend, reused('auth', true), reused('site'), skipped('worker')]))).toEqual({
      matrix: {
        include: [
          {
            service: 'backend',
            action: 'rebuilt',
            fingerprint: 'f'.repeat(64),
            reason: 'Dockerfile changed',
            chart: 'api',
          },
          {
            service: 'auth',
            action: 'reused',
            fingerprint: 'f'.repeat(64),
            reason: 'unchanged since its last build',
            digest: DIGEST,
          },
        ],
      },
      any: true,
      changed: ['backend', 'auth'],
      rebuilt: ['backend'],
      reused: ['auth', 'site'],
      failed: [],
      reasons: { backend: [{ kind: 'dockerfile' }], auth: [], site: [], worker: [] },
    })
  })

  test('nothing to deploy and nothing to build are empty matrices with flags that guard them', () => {
    const { values } = outputs({ ...planOf([]), shards: { bases: [], builds: [] } })
    expect(Object.fromEntries(values)).toEqual({
      matrix: '{"include":[]}',
      any: 'false',
      'base-matrix': '{"include":[]}',
      'bases-any': 'false',
      'build-matrix': '{"include":[]}',
      'build-any': 'false',
      ...{ changed: '[]', rebuilt: '[]', reused: '[]', failed: '[]', reasons: '{}' },
    })
  })

  test('legs are entries as they come', () => {
    const bases = [{ shard: 'bases-1-of-1', images: ['base'], minutes: 2 }]
    const builds = [{ shard: '1-of-1', images: ['a', 'b'], minutes: 0.4, runner: 'large' }]
    expect(valuesOf({ ...planOf([planned('a')]), shards: { bases, builds } })).toMatchObject({
      ...{ 'base-matrix': { include: bases }, 'bases-any': true },
      ...{ 'build-matrix': { include: builds }, 'build-any': true },
    })
  })
})

describe('in mode build', () => {
  const outcomes = [
    built(rebuilt('backend', { kind: 'forced' })),
    asReused(reused('auth')),
    failedBuild(planned('broken'), []),
    { kind: 'cancelled', image: planned('late') } as const,
    { kind: 'skipped', image: skipped('worker') } as const,
  ]

  test('a base is in none that deploys go by', () => {
    const base = built({ ...planned('deps'), service: { ...service('deps'), kind: 'base' } })
    expect(valuesOf(runOf([base, built(planned('backend'))]))).toMatchObject({
      digests: { backend: DIGEST },
      images: { backend: `ghcr.io/acme/backend@${DIGEST}` },
    })
    expect(valuesOf(runOf([base]))).toMatchObject({ digests: {}, images: {} })
  })

  test('only what ended well is deployed or has a digest', () => {
    const values = valuesOf(runOf(outcomes))
    expect(values).toMatchObject({
      any: true,
      changed: ['backend'],
      rebuilt: ['backend'],
      reused: ['auth'],
      failed: ['broken'],
      digests: { backend: DIGEST, auth: DIGEST },
      images: { backend: `ghcr.io/acme/backend@${DIGEST}`, auth: `ghcr.io/acme/auth@${DIGEST}` },
    })
    expect(values['matrix']).toEqual({
      include: [
        {
          service: 'backend',
          action: 'rebuilt',
          fingerprint: 'f'.repeat(64),
          reason: 'forced',
          digest: DIGEST,
        },
      ],
    })
  })

  test('no registry address is in what a secret could blank', () => {
    const { values } = outputs(runOf(outcomes))
    const texts = [values.get('matrix'), values.get('digests')]
    expect(texts).toEqual([expect.stringContaining(DIGEST), expect.stringContaining(DIGEST)])
    expect(texts.join()).not.toContain('ghcr.io')
  })

  test('an image without a digest is deployed by its tag', () => {
    const local = {
      kind: 'built',
      image: planned('backend'),
      startedAt: STARTED,
      durationMs: 1,
      status: STATUS,
      parents: {},
    } as const
    expect(valuesOf(runOf([local]))).toMatchObject({ changed: ['backend'], digests: {}, images: {} })
  })
})

test('whatever names and paths are, each output is one line of JSON', () => {
  const text = fc.string({ unit: CHARACTER, maxLength: 30 })
  fc.assert(
    fc.property(text, fc.array(text), (name, paths) => {
      const { values } = outputs(runOf([built(rebuilt(name, { kind: 'files', paths }))]))
      expect(values.size).toBe(9)
      for (const value of values.values()) {
        expect(value).not.toMatch(/[\r\n]/u)
        expect(() => JSON.parse(value) as unknown).not.toThrow()
      }
      const digests = JSON.parse(values.get('digests')!) as object
      expect(Object.entries(digests)).toEqual([[name, DIGEST]])
    }),
  )
})
