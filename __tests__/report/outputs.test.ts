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
  const all = outputs(result)
  if (!all.ok) throw new Error(all.failures.map((failure) => failure.message).join())
  return Object.fromEntries([...all.value].map(([name, text]) => [name, JSON.parse(text) as unknown]))
}

function problemOf(result: RunResult): string | undefined {
  const all = outputs(result)
  return all.ok ? undefined : `${all.failures[0]!.kind}: ${all.failures[0]!.message}`
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

  test('nothing to deploy is an empty matrix that `any` guards', () => {
    const empty = outputs(planOf([]))
    expect(empty.ok && [...empty.value]).toEqual([
      ['matrix', '{"include":[]}'],
      ['any', 'false'],
      ['changed', '[]'],
      ['rebuilt', '[]'],
      ['reused', '[]'],
      ['failed', '[]'],
      ['reasons', '{}'],
    ])
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
    const all = outputs(runOf(outcomes))
    expect(all.ok && `${all.value.get('matrix')}${all.value.get('digests')}`).not.toContain('ghcr.io')
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

describe('limits of GitHub', () => {
  const many = (count: number) => Array.from({ length: count }, (_, at) => planned(`service-${at}`))

  test('256 services are one matrix, 257 are a failure that says what to do', () => {
    expect(problemOf(planOf(many(256)))).toBeUndefined()
    expect(problemOf(planOf(many(257)))).toBe(
      'usage: 257 services want a deploy, but a GitHub matrix takes at most 256 entries; name fewer services with input `services`, in several jobs',
    )
  })

  test('500 services of which few changed are fine', () => {
    const images = Array.from({ length: 500 }, (_, at) => asReused(reused(`service-${at}`, at % 100 === 0)))
    const values = valuesOf(runOf(images))
    expect(values['changed']).toHaveLength(5)
    expect(Object.keys(values['digests'] as object)).toHaveLength(500)
  })

  test('reasons keep fewer paths and say how many were cut, when all of them are too large', () => {
    const paths = Array.from({ length: 20 }, (_, at) => `${'long/'.repeat(40)}${at}.rs`)
    const images = Array.from({ length: 200 }, (_, at) =>
      rebuilt(`service-${at}`, { kind: 'files', added: 20, paths }, { kind: 'build-args', names: paths }),
    )
    const values = valuesOf(planOf(images))
    expect((values['reasons'] as Record<string, unknown>)['service-7']).toEqual([
      { kind: 'files', added: 20, paths: paths.slice(0, 1), cut: 19 },
      { kind: 'build-args', names: paths.slice(0, 1), cut: 19 },
    ])
    expect((values['matrix'] as { include: unknown[] }).include).toHaveLength(200)
  })

  test('what may not be cut and does not fit is a failure that says what to do', () => {
    const large = planned('backend', { service: service('backend', { values: 'x'.repeat(600_000) }) })
    expect(problemOf(planOf([large]))).toBe(
      'usage: the outputs are larger than the 1 MB that GitHub allows a job; name fewer images with input `services`, in several jobs, or shorten their `matrix` keys',
    )
  })
})

test('whatever names and paths are, each output is one line of JSON', () => {
  const text = fc.string({ unit: CHARACTER, maxLength: 30 })
  fc.assert(
    fc.property(text, fc.array(text), (name, paths) => {
      const all = outputs(runOf([built(rebuilt(name, { kind: 'files', paths }))]))
      if (!all.ok) throw new Error('a single service always fits')
      for (const value of all.value.values()) {
        expect(value).not.toMatch(/[\r\n]/u)
        expect(() => JSON.parse(value) as unknown).not.toThrow()
      }
      const digests = JSON.parse(all.value.get('digests')!) as object
      expect(Object.entries(digests)).toEqual([[name, DIGEST]])
    }),
  )
})
