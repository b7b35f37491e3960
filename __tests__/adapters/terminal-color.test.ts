import { expect, test } from '@jest/globals'
import { wantsColor } from '../../src/adapters/terminal-color.js'

test.each([
  { environment: {}, atTerminal: true, elsewhere: false },
  { environment: { NO_COLOR: '1' }, atTerminal: false, elsewhere: false },
  { environment: { NO_COLOR: '' }, atTerminal: true, elsewhere: false },
  { environment: { TERM: 'dumb' }, atTerminal: false, elsewhere: false },
  { environment: { FORCE_COLOR: '1' }, atTerminal: true, elsewhere: true },
  { environment: { FORCE_COLOR: '1', NO_COLOR: '1', TERM: 'dumb' }, atTerminal: true, elsewhere: true },
  { environment: { FORCE_COLOR: '' }, atTerminal: true, elsewhere: false },
  { environment: { FORCE_COLOR: '0' }, atTerminal: false, elsewhere: false },
  { environment: { FORCE_COLOR: 'false' }, atTerminal: false, elsewhere: false },
])('with $environment colours are at a terminal: $atTerminal, elsewhere: $elsewhere', (row) => {
  expect(wantsColor(row.environment, true)).toBe(row.atTerminal)
  expect(wantsColor(row.environment, false)).toBe(row.elsewhere)
})
