import { expect, test } from '@jest/globals'
import { withoutOptions } from '../../src/model/buildx-options.js'

test.each([
  { names: ['--cache-from'], left: ['--no-cache', '--pull', '--cache-to', 'c', '--label', '--no-cache=x'] },
  {
    names: ['--no-cache'],
    left: ['--cache-from', 'a', '--cache-from', 'b', '--pull', '--cache-to', 'c', '--label', '--no-cache=x'],
  },
  { names: ['--no-cache', '--pull', '--cache-from', '--cache-to'], left: ['--label', '--no-cache=x'] },
  {
    names: [],
    left: [
      '--cache-from',
      'a',
      '--no-cache',
      '--cache-from',
      'b',
      '--pull',
      '--cache-to',
      'c',
      '--label',
      '--no-cache=x',
    ],
  },
])('without $names, values go with their options', ({ names, left }) => {
  const given = [
    '--cache-from',
    'a',
    '--no-cache',
    '--cache-from',
    'b',
    '--pull',
    '--cache-to',
    'c',
    '--label',
    '--no-cache=x',
  ]
  const expected = withoutOptions(given, names)
  expect([...expected].sort()).toEqual([...left].sort())
  expect(given.filter((option) => expected.includes(option))).toEqual(expected)
})
