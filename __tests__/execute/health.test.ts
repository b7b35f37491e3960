import { beforeEach, describe, expect, test } from '@jest/globals'
import { failed, ok } from '../../src/model/failure.js'
import type { Outcome } from '../../src/model/outcome.js'
import { builtDigest } from '../fakes/fake-builder.js'
import { planned, REBUILD, request, service } from '../fakes/images.js'
import { API, kindsOf, TAG, Workshop } from './workshop.js'

const HEALTH = { port: 8080, path: '/health', timeoutMs: 30_000 }
const TRIAL = `ghcr.io/acme/api:try-${'1'.repeat(32)}`
const PINNED = `ghcr.io/acme/api@${builtDigest(TRIAL)}`
const LOG = ['listening', 'no database']

let workshop: Workshop
beforeEach(() => {
  workshop = new Workshop()
})

const healthy = planned('api', REBUILD, { service: service('api', { health: HEALTH }) })

function sick(): void {
  workshop.containers.verdict = () =>
    Promise.resolve(ok({ kind: 'silent', problem: 'it answered 500', log: LOG }))
}

function messageOf(outcome: Outcome | undefined): string {
  return outcome?.kind === 'failed' ? outcome.failure.message : ''
}

describe('an image with a health check that is pushed', () => {
  test('is tried before it gets any tag but that of its trial', async () => {
    const tags: string[][] = []
    workshop.containers.verdict = () => {
      tags.push([...workshop.registry.manifests.keys()].filter((name) => !name.includes('@')))
      return Promise.resolve(ok({ kind: 'answered' }))
    }
    const outcomes = await workshop.run([healthy])
    expect(tags).toEqual([[TRIAL]])
    expect(workshop.containers.trials).toEqual([{ image: PINNED, ...HEALTH }])
    expect(outcomes).toMatchObject([{ kind: 'built', digest: builtDigest(TRIAL) }])
    const digests = ['main', 'v1', TAG].map((tag) =>
      workshop.registry.manifests.get(`ghcr.io/acme/api:${tag}`),
    )
    expect(new Set(digests)).toEqual(new Set([builtDigest(TRIAL)]))
    // The engine had it for its trial alone.
    expect(workshop.engine.log).toEqual([`remove ${PINNED}`])
  })

  test('gets no other tag when it does not answer, and its log is the failure', async () => {
    sick()
    const outcomes = await workshop.run([healthy])
    expect(outcomes).toMatchObject([
      { kind: 'failed', failure: { kind: 'build-failed', log: LOG, tail: LOG } },
    ])
    expect(messageOf(outcomes[0])).toBe(
      '`api` was built, but does not work: /health at port 8080 did not answer within 30 s (it answered 500); it gets no tag',
    )
    expect(workshop.registry.puts).toEqual([])
    expect(workshop.registry.manifests.has(API)).toBe(false)
    expect(workshop.engine.log).toEqual([`remove ${PINNED}`])
  })

  test('is not built beside, where a forced one does not answer, and the image before stays', async () => {
    workshop.registry.push(API, builtDigest('before'))
    workshop.registry.immutable.add('ghcr.io/acme/api')
    sick()
    const forced = { ...healthy, decision: { kind: 'rebuild', reasons: [{ kind: 'forced' }] } } as const
    expect(kindsOf(await workshop.run([forced]))).toEqual(['api failed'])
    expect(workshop.builder.requests).toHaveLength(1)
    expect(workshop.registry.manifests.get(API)).toBe(builtDigest('before'))
  })

  test('that was pushed by another run meanwhile is not built', async () => {
    workshop.registry.push(API, builtDigest('other'))
    expect(await workshop.run([healthy])).toMatchObject([{ kind: 'reused', digest: builtDigest('other') }])
    expect(workshop.containers.trials).toEqual([])
  })

  test('blocks what starts from it when it does not answer, and nothing else', async () => {
    sick()
    const child = planned('web', REBUILD, { parents: { api: 'api' } })
    const outcomes = await workshop.run([healthy, child, planned('other', REBUILD)])
    expect(kindsOf(outcomes)).toEqual(['api failed', 'web blocked', 'other built'])
  })

  test('that cannot be started is a failure that says so', async () => {
    workshop.containers.verdict = () =>
      Promise.resolve(failed({ kind: 'engine-failed', message: 'docker run failed: exec format error' }))
    const outcomes = await workshop.run([healthy])
    expect(messageOf(outcomes[0])).toContain('exec format error')
    expect(workshop.registry.manifests.has(API)).toBe(false)
  })

  test('is neither failed nor tagged when the run is interrupted', async () => {
    workshop.containers.verdict = ({ signal }) => {
      workshop.stop.abort()
      expect(signal.aborted).toBe(true)
      return Promise.resolve(failed({ kind: 'interrupted', message: 'stopped' }))
    }
    expect(kindsOf(await workshop.run([healthy]))).toEqual(['api cancelled'])
    expect(workshop.registry.manifests.has(API)).toBe(false)
  })

  test('stays in the engine where it is to be loaded, too', async () => {
    await workshop.run([healthy], { request: request({ push: true, load: true }) })
    expect(workshop.engine.images.get(API)).toBe(builtDigest(TRIAL))
  })
})

describe('an image with a health check that is not pushed', () => {
  test.each([
    { load: false, kept: [] },
    { load: true, kept: ['main', 'v1', TAG].map((tag) => `ghcr.io/acme/api:${tag}`).sort() },
  ])('is built into the engine for its trial, and with load: $load keeps $kept', async ({ load, kept }) => {
    const outcomes = await workshop.run([healthy], { request: request({ load }) })
    expect(kindsOf(outcomes)).toEqual(['api built'])
    expect(workshop.containers.trials).toEqual([{ image: TRIAL, ...HEALTH }])
    expect([...workshop.engine.images.keys()].sort()).toEqual(kept)
  })

  test.each([false, true])('leaves nothing when it does not answer, with load: %s', async (load) => {
    sick()
    expect(kindsOf(await workshop.run([healthy], { request: request({ load }) }))).toEqual(['api failed'])
    expect([...workshop.engine.images.keys()]).toEqual([])
  })

  test('is not kept for others to start from when it does not answer', async () => {
    sick()
    const child = planned('web', REBUILD, { parents: { api: 'api' } })
    await workshop.run([healthy, child], { request: request() })
    expect(workshop.layouts.log.filter((line) => line.startsWith('keep'))).toEqual([])
  })
})

test('an image without a health check is never started', async () => {
  await workshop.run([planned('api', REBUILD)])
  expect(workshop.containers.trials).toEqual([])
  expect(workshop.registry.manifests.has(API)).toBe(true)
})
