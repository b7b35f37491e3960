import { describe, expect, test } from '@jest/globals'
import type { Exported } from './oracle-export.js'
import { type Pair, verdictOf, Verdicts } from './oracle-judge.js'

const one: Exported = { kind: 'exported', listing: new Map([['a.txt', 'file 644 0:0 sha256:1']]) }
const executable: Exported = { kind: 'exported', listing: new Map([['a.txt', 'file 755 0:0 sha256:1']]) }
const empty: Exported = { kind: 'exported', listing: new Map() }
const broken: Exported = { kind: 'failed', message: 'ERROR: no such file\n' }

function pair(before: Exported, after: Exported, fingerprints: readonly (string | undefined)[]): Pair {
  return {
    service: 'api',
    mutation: 'A file changes',
    kind: 'content',
    before: { exported: before, fingerprint: fingerprints[0] },
    after: { exported: after, fingerprint: fingerprints[1] },
  }
}

describe('a verdict', () => {
  test.each([
    { description: 'both changed', of: pair(one, executable, ['1', '2']), verdict: 'changed' },
    { description: 'neither changed', of: pair(one, one, ['1', '1']), verdict: 'unchanged' },
    { description: 'only the image changed', of: pair(one, executable, ['1', '1']), verdict: 'missed' },
    { description: 'a file vanished from the image', of: pair(one, empty, ['1', '1']), verdict: 'missed' },
    { description: 'the build fails only now', of: pair(one, broken, ['1', '1']), verdict: 'missed' },
    { description: 'the build failed until now', of: pair(broken, one, ['1', '1']), verdict: 'missed' },
    { description: 'only the fingerprint changed', of: pair(one, one, ['1', '2']), verdict: 'needless' },
    {
      description: 'the build failed before and after',
      of: pair(broken, broken, ['1', '1']),
      verdict: 'free',
    },
    {
      description: 'there is no fingerprint',
      of: pair(one, one, [undefined, undefined]),
      verdict: 'needless',
    },
    {
      description: 'more counts than BuildKit takes',
      of: { ...pair(one, one, ['1', '2']), countsMore: true },
      verdict: 'configured',
    },
    {
      description: 'less counts than BuildKit takes',
      of: { ...pair(one, empty, ['1', '1']), countsLess: true },
      verdict: 'configured',
    },
  ])('when $description is: $verdict', ({ of, verdict }) => {
    expect(verdictOf(of)).toBe(verdict)
  })
})

test('a missed change names the service, the mutation and both exports', () => {
  const verdicts = new Verdicts()
  verdicts.add(pair(one, executable, ['1', '1']))
  expect(verdicts.missed).toEqual([
    [
      'UNSOUND: service api, mutation "A file changes"',
      "  BuildKit's export changed:",
      '    /a.txt: file 644 0:0 sha256:1 → file 755 0:0 sha256:1',
      '  the fingerprint is still 1',
    ].join('\n'),
  ])
})

test('the summary says how many of the builds that are asked for make another image', () => {
  const verdicts = new Verdicts()
  verdicts.add(pair(one, executable, ['1', '2']))
  verdicts.add(pair(one, one, ['1', '2']))
  verdicts.add(pair(one, one, ['1', '1']))
  expect(verdicts.summary().split('\n')).toEqual([
    'oracle: 3 pairs, 1 changed, 0 missed, 1 needless (50 % precise)',
    "  for the configuration's sake: 0; cannot be built at all: 0",
    '  needless 1: content',
  ])
})
