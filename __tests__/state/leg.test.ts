import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { ImageEnd, ImageResult, Leg } from '../../src/model/leg.js'
import type { ChangeReason, Decision } from '../../src/model/plan.js'
import { decodeLeg, encodeLeg } from '../../src/state/leg.js'
import { digest, document, fingerprint, STATUS } from '../fakes/images.js'

const PLACE = { file: 'api/Dockerfile', line: 3, column: 1 }

/** One of each kind, with all that it may hold: a kind that is added does not compile until it is here. */
const REASONS: { readonly [K in ChangeReason['kind']]: Extract<ChangeReason, { readonly kind: K }> } = {
  'no-record': { kind: 'no-record' },
  forced: { kind: 'forced' },
  files: { kind: 'files', added: 1, modified: 2, removed: 3, paths: ['a'] },
  lockfile: { kind: 'lockfile', path: 'Cargo.lock' },
  dockerfile: { kind: 'dockerfile', lines: [1, 2] },
  'untracked-input': { kind: 'untracked-input', paths: ['app.jar'] },
  'build-args': { kind: 'build-args', names: ['A'] },
  options: { kind: 'options', names: ['platforms'] },
  contexts: { kind: 'contexts', names: ['c'] },
  upstream: { kind: 'upstream', ref: 'alpine:3', from: digest('1'), to: digest('2') },
  format: { kind: 'format' },
  'image-missing': { kind: 'image-missing' },
  base: { kind: 'base', name: 'deps', isAnew: true },
  expired: { kind: 'expired', builtAt: '2026-01-01T00:00:00Z' },
  'unknown-range': { kind: 'unknown-range', problem: 'gone' },
}

const ENDS: { readonly [K in ImageEnd['kind']]: Extract<ImageEnd, { readonly kind: K }> } = {
  built: {
    ...{ kind: 'built', digest: digest('a'), startedAt: '2026-08-01T10:00:00.000Z', durationMs: 4200 },
    ...{ status: { ...STATUS, steps: 9 }, sizeBytes: 12_300, parents: { deps: digest('b') } },
  },
  reused: { kind: 'reused', digest: digest('a') },
  failed: {
    kind: 'failed',
    failure: {
      ...{ kind: 'build-failed', message: 'code 1', cause: 'disk', log: ['a'], tail: ['b'], place: PLACE },
      ...{ retryAfterMs: 1, free: { folder: '/', bytes: 7 } },
    },
    ...{ startedAt: '2026-08-01T10:00:00.000Z', durationMs: 7 },
  },
  blocked: { kind: 'blocked', by: 'deps' },
  cancelled: { kind: 'cancelled' },
}

function result(end: ImageEnd, decision: Decision = { kind: 'rebuild', reasons: [] }): ImageResult {
  return {
    ...{ name: 'api', repository: 'ghcr.io/acme/api', fingerprint: fingerprint().digest },
    ...{ document: document({ parents: { deps: 'x' }, upstream: { alpine: digest('c') } }), decision, end },
  }
}

const LEG: Leg = {
  ...{ shard: '1-of-3', attempt: 2, images: ['api', 'web'] },
  results: [
    ...Object.values(ENDS).map((end) => result(end, { kind: 'rebuild', reasons: Object.values(REASONS) })),
    result({ kind: 'reused' }, { kind: 'reuse', found: 'registry', digest: digest('d') }),
    result(
      { kind: 'failed', failure: { kind: 'config-invalid', message: 'no', place: PLACE } },
      { kind: 'skip', isUnneeded: true },
    ),
  ],
  problems: ['the run was interrupted'],
  notices: [{ message: 'one' }, { message: 'two', place: PLACE }],
}

describe('what a leg leaves', () => {
  test('is read as it was written, and is one JSON document', () => {
    expect(decodeLeg(encodeLeg(LEG))).toEqual({ leg: LEG })
    expect(JSON.parse(encodeLeg(LEG))).toMatchObject({ kind: 'smart-image-build-leg', version: 1 })
  })

  test('holds the end of a long log only', () => {
    const log = Array.from({ length: 10_000 }, (_, line) => `line ${line}`)
    const failure = { kind: 'build-failed', message: 'code 1', cause: 'code', log, tail: [] } as const
    const decoded = decodeLeg(encodeLeg({ ...LEG, results: [result({ kind: 'failed', failure })] }))
    const end = 'leg' in decoded ? decoded.leg.results[0]?.end : undefined
    expect(end).toEqual({ kind: 'failed', failure: { ...failure, log: log.slice(-200) } })
  })

  test.each([
    { text: '', problem: 'it is not JSON' },
    { text: 'null', problem: 'it is not what a leg leaves' },
    { text: '{"version":1,"commit":"c0ffee","images":[]}', problem: 'it is not what a leg leaves' },
    { text: encodeLeg(LEG).replace('"version":1', '"version":2'), problem: 'its version 2 is not 1' },
    { text: encodeLeg(LEG).slice(0, -1), problem: 'it is not JSON' },
    { text: encodeLeg(LEG).replace('"attempt":2', '"attempt":"2"'), problem: 'it is malformed' },
    { text: encodeLeg(LEG).replace('"attempt":2', '"attempt":2,"more":1'), problem: 'it is malformed' },
    { text: encodeLeg(LEG).replace('sha256:', 'sha512:'), problem: 'it is malformed' },
    { text: encodeLeg(LEG).replace('"no-record"', '"no-reason"'), problem: 'it is malformed' },
    { text: encodeLeg(LEG).replace('"kind":"blocked"', '"kind":"toString"'), problem: 'it is malformed' },
  ])('is nothing at all where $problem', ({ text, problem }) => {
    expect(decodeLeg(text)).toEqual({ problem })
  })

  test('is a problem and never a throw where anything in it is something else', () => {
    const paths = pathsOf(JSON.parse(encodeLeg(LEG)))
    expect(paths.length).toBeGreaterThan(100)
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
        const text = JSON.stringify(changedAt(JSON.parse(encodeLeg(LEG)), path, value))
        const decoded = decodeLeg(text)
        // What is read is exactly what was written: nothing is guessed, filled in or left out.
        if ('leg' in decoded) expect(JSON.parse(encodeLeg(decoded.leg))).toEqual(JSON.parse(text))
        else expect(decoded.problem).not.toBe('')
      }),
      { numRuns: 500 },
    )
  })
})

type Path = readonly (string | number)[]

function pathsOf(value: unknown, path: Path = []): Path[] {
  const below =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, one]) => pathsOf(one, [...path, key]))
      : []
  return [path, ...below]
}

function changedAt(value: unknown, [key, ...rest]: Path, to: unknown): unknown {
  if (key === undefined) return to
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<
    string,
    unknown
  >
  copy[String(key)] = changedAt(copy[String(key)], rest, to)
  return copy
}
