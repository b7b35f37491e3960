import { describe, expect, test } from '@jest/globals'
import { spawnSync } from 'node:child_process'
import { shardsOf } from '../../src/plan/shards.js'
import type { RunResult } from '../../src/model/outcome.js'
import { outputs } from '../../src/report/outputs.js'
import { asReused, built, planOf, planned, rebuilt, reused, runOf, service } from './planned.js'

/** The outputs with their JSON read. */
function valuesOf(result: RunResult): Record<string, unknown> {
  const { values, failures } = outputs(result)
  expect(failures).toEqual([])
  return Object.fromEntries([...values].map(([name, text]) => [name, JSON.parse(text) as unknown]))
}

/** What is said of what does not fit. */
function saidOf(result: RunResult): { failures: string[]; notices: string[] } {
  const { failures, notices } = outputs(result)
  return {
    failures: failures.map(({ kind, message }) => `${kind}: ${message}`),
    notices: notices.map(({ message }) => message),
  }
}

describe('limits of GitHub', () => {
  const many = (count: number) => Array.from({ length: count }, (_, at) => planned(`service-${at}`))
  const LIMIT = 'GitHub allows 1 MB for all outputs of a job'
  const CROWD =
    '257 services want a deploy, but a GitHub matrix takes at most 256 entries, so that output `matrix` is left out; name fewer services with input `services`, in several jobs. What is built is not built again, and counts as changed until a run offers it'

  test('256 services are one matrix', () => {
    const result = runOf(many(256).map((image) => built(image)))
    expect((valuesOf(result)['matrix'] as { include: unknown[] }).include).toHaveLength(256)
  })

  test('257 are a failure of a run that has built them, which says all but the matrix', () => {
    const result = runOf(many(257).map((image) => built(image)))
    expect(saidOf(result)).toEqual({ failures: [`usage: ${CROWD}`], notices: [] })
    const { values } = outputs(result)
    expect(values.has('matrix')).toBe(false)
    expect(values.get('any')).toBe('true')
    expect(Object.keys(JSON.parse(values.get('digests')!) as object)).toHaveLength(257)
    expect(JSON.parse(values.get('changed')!)).toHaveLength(257)
  })

  test('257 are a notice of a plan, so that its legs can build them', () => {
    const builds = [{ shard: '1-of-1', images: many(257).map(({ service }) => service.name), minutes: 257 }]
    const result = { ...planOf(many(257)), shards: { bases: [], builds } }
    expect(saidOf(result)).toEqual({ failures: [], notices: [CROWD] })
    expect(valuesOf(result)).toMatchObject({
      any: true,
      'build-matrix': { include: builds },
      'build-any': true,
    })
    expect(valuesOf(result)).not.toHaveProperty('matrix')
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
    expect(saidOf(planOf(images)).notices).toEqual([
      `output \`reasons\` is without 7600 paths and names: ${LIMIT}`,
    ])
  })

  test('a matrix that does not fit is a failure that says what to do, and nothing else is lost', () => {
    const large = planned('backend', { service: service('backend', { values: 'x'.repeat(600_000) }) })
    const result = runOf([built(large), asReused(reused('auth'))])
    expect(saidOf(result)).toEqual({
      failures: [
        `usage: output \`matrix\` with 1 entries is left out: ${LIMIT}; name fewer images with input \`services\`, in several jobs, or shorten their \`matrix\` keys`,
      ],
      notices: [],
    })
    expect([...outputs(result).values.keys()].sort()).toEqual(
      ['any', 'changed', 'digests', 'failed', 'images', 'reasons', 'rebuilt', 'reused'].sort(),
    )
  })

  /** As GitHub measures, in UTF-16. */
  const size = (values: ReadonlyMap<string, string>) =>
    [...values].reduce((sum, [name, text]) => sum + 2 * (name.length + text.length), 0)

  test.each([0, 1, 5, 257, 5000])('a plan of %d services that all changed has its legs', (count) => {
    const images = many(count)
    const shards = shardsOf(images, 8)
    if (!shards.ok) throw new Error('no legs')
    const result = { ...planOf(images), shards: shards.value }
    const values = valuesOf(result)
    expect(size(outputs(result).values)).toBeLessThan(1_000_000)
    expect(values['build-any']).toBe(count > 0)
    const { include } = values['build-matrix'] as { include: { images: string[] }[] }
    expect(include.flatMap((leg) => leg.images)).toHaveLength(count)
    expect('matrix' in values).toBe(count <= 256)
    expect(values['any']).toBe(count > 0)
    expect(saidOf(result).notices).toHaveLength(count > 256 ? 1 : 0)
  })

  test.each([0, 1, 5, 257, 5000])(
    'a run of %d services of which five changed has its matrix and all digests',
    (count) => {
      const images = Array.from({ length: count }, (_, at) => asReused(reused(`service-${at}`, at < 5)))
      const values = valuesOf(runOf(images))
      expect(size(outputs(runOf(images)).values)).toBeLessThan(1_000_000)
      expect(values['changed']).toHaveLength(Math.min(5, count))
      expect((values['matrix'] as { include: unknown[] }).include).toHaveLength(Math.min(5, count))
      expect(Object.keys(values['digests'] as object)).toHaveLength(count)
      expect(saidOf(runOf(images)).notices).toEqual(
        count < 5000
          ? []
          : [
              `output \`reused\` with 5000 names is left out: ${LIMIT}`,
              `output \`images\` with 5000 entries is left out: ${LIMIT}`,
              `output \`reasons\` with those of 5000 images is left out: ${LIMIT}`,
            ],
      )
    },
  )

  test('digests that do not fit are a failure', () => {
    const images = Array.from({ length: 6000 }, (_, at) => asReused(reused(`a-service-of-a-long-name-${at}`)))
    expect(outputs(runOf(images)).values.has('digests')).toBe(false)
    expect(saidOf(runOf(images)).failures).toEqual([
      expect.stringMatching(/^usage: output `digests` with 6000 entries is left out: .*; name fewer images/),
    ])
  })
})

describe('limits of an input', () => {
  test.each([
    { bytes: 128 * 1024 - 1, description: 'fits', isHeld: true },
    { bytes: 128 * 1024, description: 'is too long', isHeld: false },
  ])('an entry that $description for an input is so for a process of Linux', ({ bytes, isHeld }) => {
    const entryOf = (name: string) => ({ shard: '1-of-1', images: [name], minutes: 1 })
    // As the function toJSON of workflows writes it.
    const variable = (name: string) => JSON.stringify(entryOf(name), null, 2)
    const name = 'x'.repeat(bytes - `INPUT_SHARD=${variable('')}`.length)
    const { values } = outputs({ ...planOf([]), shards: { bases: [], builds: [entryOf(name)] } })
    expect(values.has('build-matrix')).toBe(isHeld)
    if (process.platform !== 'linux') return
    const { status } = spawnSync('true', { env: { ...process.env, INPUT_SHARD: variable(name) } })
    expect(status === 0).toBe(isHeld)
  })

  test('a leg whose entry no input can hold is a failure that says what to do', () => {
    const images = Array.from({ length: 5000 }, (_, at) => `service-with-a-name-${at}`)
    const builds = [{ shard: '1-of-1', images, minutes: 4 }]
    const result = { ...planOf([]), shards: { bases: [], builds } }
    expect(outputs(result).values.has('build-matrix')).toBe(false)
    expect(saidOf(result).failures).toEqual([
      'usage: leg `1-of-1` has 5000 images, whose names are longer than an input can be (128 KiB); raise `max-jobs`, or name fewer images with input `services`',
    ])
  })
})
