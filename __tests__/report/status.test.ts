import { expect, test } from '@jest/globals'
import { byteText, statusText } from '../../src/report/status.js'

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
