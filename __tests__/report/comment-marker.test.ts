import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { compareStamps, marker, markerBeginning, stampOf } from '../../src/report/comment-marker.js'

const IDENTITY = { workflow: 'acme/shop/.github/workflows/ci.yml', folder: '', config: '', services: [] }
const COMMIT = 'c0ffee'.repeat(7).slice(0, 40)
const STAMP = { run: 7, attempt: 2, commit: COMMIT }

const stamps = fc.record({
  run: fc.integer({ min: 1, max: 999_999_999_999_999 }),
  attempt: fc.integer({ min: 1, max: 999 }),
  commit: fc.constantFrom(COMMIT, 'a'.repeat(64)),
})

test('a marker is read as it was written, whatever follows', () => {
  fc.assert(
    fc.property(stamps, fc.string(), (stamp, rest) => {
      const text = marker(IDENTITY, stamp)
      expect(stampOf(`${text}\n${rest}`)).toEqual(stamp)
      expect(text.startsWith(markerBeginning(IDENTITY))).toBe(true)
    }),
  )
})

test.each([
  { workflow: 'acme/shop/.github/workflows/other.yml' },
  { services: ['api'] },
  { folder: 'services' },
  { config: 'images.yml' },
  { folder: '', config: 'services' },
])('another configuration has another marker: %j', (given) => {
  expect(markerBeginning({ ...IDENTITY, ...given })).not.toBe(markerBeginning(IDENTITY))
})

test('names cannot end the marker', () => {
  const beginning = markerBeginning({ workflow: '--> @all', folder: '-->', config: '<!--', services: [] })
  expect(beginning).toMatch(/^<!-- smart-image-build:[0-9a-f]{32} $/)
})

test.each([
  '',
  'text',
  ` ${marker(IDENTITY, STAMP)}`,
  `> ${marker(IDENTITY, STAMP)}`,
  marker(IDENTITY, STAMP).replace('run=7', 'run=x'),
  marker(IDENTITY, STAMP).replace('run=7', 'run=9999999999999999'),
  marker(IDENTITY, STAMP).slice(0, -1),
])('no stamp is in %j', (body) => {
  expect(stampOf(body)).toBeUndefined()
})

describe('is older', () => {
  test.each([
    { what: 'an earlier run', a: { ...STAMP, run: 6, attempt: 9 }, b: STAMP },
    { what: 'an earlier attempt', a: { ...STAMP, attempt: 1 }, b: STAMP },
    { what: 'what cannot be read', a: undefined, b: STAMP },
  ])('$what', ({ a, b }) => {
    expect(compareStamps(a, b)).toBeLessThan(0)
    expect(compareStamps(b, a)).toBeGreaterThan(0)
  })

  test('no run than itself', () => {
    expect(compareStamps(STAMP, { ...STAMP, commit: 'a'.repeat(40) })).toBe(0)
    expect(compareStamps(undefined, undefined)).toBe(0)
  })
})
