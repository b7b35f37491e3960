import { describe, expect, test } from '@jest/globals'
import ignore from 'ignore'
import fc from '../fakes/seeded.js'
import { inFolders, matcher, placesOf } from '../../src/fingerprint/patterns.js'
import { isWithin } from '../../src/fingerprint/view.js'

describe('patterns match as in a .gitignore at the root', () => {
  test.each<[patterns: readonly string[], matches: readonly string[], others: readonly string[]]>([
    [[], [], ['a']],
    [['a'], ['a', 'x/a', 'a/b'], ['b', 'ab']],
    [['/a'], ['a', 'a/b'], ['x/a']],
    [['a/b'], ['a/b', 'a/b/c'], ['x/a/b', 'a/bc']],
    [['*.md'], ['x.md', 'a/x.md', '.md'], ['x.mdx']],
    [['docs/*'], ['docs/a', 'docs/a/b'], ['docs']],
    [['docs/**/*.md'], ['docs/a.md', 'docs/b/c/a.md'], ['a.md']],
    [['docs/'], ['docs/a'], ['docs']],
    [['*', '!a.md'], ['b', 'x/b'], ['a.md']],
    [['a', '!a/b'], ['a/b', 'a/c'], ['b']],
    [['a/*', '!a/b'], ['a/c'], ['a/b', 'a/b/d']],
    [['A'], ['A'], ['a']],
  ])('%j', (patterns, matches, others) => {
    const match = matcher(patterns)
    expect([...matches, ...others].filter(match)).toEqual(matches)
  })

  test('the root itself is never meant', () => {
    expect(matcher(['*', '**'])('')).toBe(false)
  })

  test('a slash at the end means folders and submodules', () => {
    const match = inFolders(matcher(['docs/']))
    expect(['040000', '160000', '100644', '120000'].filter((mode) => match('docs', mode))).toEqual([
      '040000',
      '160000',
    ])
  })
})

describe('all that patterns can mean lies at or below', () => {
  test.each<[patterns: readonly string[], places: readonly string[]]>([
    [['a'], ['']],
    [['a/'], ['']],
    [['*.md'], ['']],
    [['/a'], ['a']],
    [['/a/'], ['a']],
    [['a/b'], ['a/b']],
    [['a/b/'], ['a/b']],
    [['a/*.md', 'a/b*/c'], ['a']],
    [['a/**'], ['a']],
    [['**/a'], ['']],
    [['a/[b]/c'], ['a']],
    [['a/\\[b]'], ['a']],
    [['a/b  '], ['a/b']],
    [['a/b', '!a/b/c'], ['a/b']],
  ])('%j: %j', (patterns, places) => {
    expect(placesOf(patterns)).toEqual(places)
  })

  test('these places, for any patterns', () => {
    const part = fc.constantFrom('a', 'b', 'c', '*', '**', '?', 'a*', '[ab]', '[!a]', '\\a', 'a b', 'a ')
    const pattern = fc
      .tuple(
        fc.constantFrom('', '/', '!'),
        fc.array(part, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('', '/', ' '),
      )
      .map(([start, parts, end]) => start + parts.join('/') + end)
    const path = fc
      .array(fc.constantFrom('a', 'b', 'ab', 'a b', 'a '), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join('/'))
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 3 }), path, (patterns, at) => {
        const isMeant = ignore({ allowRelativePaths: true }).add(patterns).ignores(at)
        if (isMeant) expect(placesOf(patterns).some((place) => isWithin(at, place))).toBe(true)
      }),
      { numRuns: 5000 },
    )
  })
})
