import { describe, expect, test } from '@jest/globals'
import { formatDate, parseDateFormat } from '../../../src/config/tags/date.js'

const MORNING = Date.UTC(2020, 0, 9, 4, 5, 6, 789)
const EVENING = Date.UTC(2020, 10, 19, 22, 15, 16)
const NOON = Date.UTC(2020, 5, 1, 12)
const MIDNIGHT = Date.UTC(2020, 5, 1)

function formatted(format: string, ms: number, zone = 'UTC'): string {
  const parsed = parseDateFormat(format, zone)
  if ('problem' in parsed) throw new Error(parsed.problem)
  return formatDate(parsed.value, ms)
}

test.each([
  ['YYYYMMDD-HHmmss', MORNING, '20200109-040506'],
  ['YYYYMMDD-HHmmss', EVENING, '20201119-221516'],
  ['YY.M.D-H', MORNING, '20.1.9-4'],
  ['YY.M.D-H', EVENING, '20.11.19-22'],
  ['hh', EVENING, '10'],
  ['hh', NOON, '12'],
  ['hh-HH', MIDNIGHT, '12-00'],
  ['X x', MORNING, '1578542706 1578542706789'],
  ['[week of] YYYY', MORNING, 'week of 2020'],
  ['[a]b]YYYY', MORNING, 'a]b2020'],
  ['YYYY[', MORNING, '2020['],
  ['', MORNING, ''],
])('as moment.js, `%s` of %i is `%s`', (format, ms, text) => {
  expect(formatted(format, ms)).toBe(text)
})

test.each([
  ['UTC', '2020-11-19 22'],
  ['Asia/Tokyo', '2020-11-20 07'],
  ['America/New_York', '2020-11-19 17'],
])('in the time zone %s', (zone, text) => {
  expect(formatted('YYYY-MM-DD HH', EVENING, zone)).toBe(text)
})

describe('what moment.js has beyond that is refused by name', () => {
  test.each([
    ['MMM', 'MMM'],
    ['DDDD', 'DDDD'],
    ['Do', 'o'],
    ['YYYYY', 'YYYYY'],
    ['HH A', 'A'],
    ['YYYY-MM-DDTHH', 'T'],
    ['SSS', 'SSS'],
    [String.raw`\YYYY`, '\\'],
  ])('%s: %s', (format, name) => {
    const problem = expect.stringContaining(`\`${name}\` is not supported in a date; use YYYY, `)
    expect(parseDateFormat(format, 'UTC')).toEqual({ problem })
  })
})
