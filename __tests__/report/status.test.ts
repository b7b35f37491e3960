import { expect, test } from '@jest/globals'
import { byteText, sizeText, statusText } from '../../src/report/status.js'

const NOTHING = { steps: 0, done: 0, cached: 0, contextBytes: 0, pushedBytes: 0 }

test.each([
  { status: NOTHING, text: '' },
  { status: { ...NOTHING, steps: 3, done: 3, cached: 2 }, text: '3 steps, 2 cached' },
  { status: { ...NOTHING, contextBytes: 3_000_581 }, text: '3.0 MB sent' },
  {
    status: { steps: 1, done: 1, cached: 0, contextBytes: 29, pushedBytes: 5_100_000_000 },
    text: '1 step, 0 cached, 29 B sent, 5.1 GB pushed',
  },
])('a build reads "$text"', ({ status, text }) => {
  expect(statusText(status)).toBe(text)
})

test.each([
  [999, '999 B'],
  [1000, '1.0 kB'],
  [999_949, '999.9 kB'],
  [999_950, '1.0 MB'],
  [1e15, '1000.0 TB'],
])('%d bytes read %j', (bytes, text) => {
  expect(byteText(bytes)).toBe(text)
})

test.each([
  { bytes: undefined, before: undefined, text: '' },
  { bytes: undefined, before: 100, text: '' },
  { bytes: 12_300_000, before: undefined, text: '12.3 MB' },
  { bytes: 12_300_000, before: 11_100_000, text: '12.3 MB (+1.2 MB)' },
  { bytes: 12_000_000, before: 12_300_000, text: '12.0 MB (−300.0 kB)' },
  { bytes: 12_000_000, before: 12_000_000, text: '12.0 MB (+0 B)' },
  { bytes: 900, before: 0, text: '900 B (+900 B)' },
])('a size of $bytes after $before reads "$text"', ({ bytes, before, text }) => {
  expect(sizeText(bytes, before)).toBe(text)
})
