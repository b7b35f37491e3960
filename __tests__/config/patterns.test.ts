import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseConfig } from '../../src/config/parse.js'
import { pattern } from '../../src/config/patterns.js'
import { messagesOf, valueOf } from '../fakes/images.js'

/** The settings of one service that says `yaml` besides its context. */
function settings(yaml: string) {
  return valueOf(parseConfig(`services: {api: {context: api, ${yaml}}}`, 'images.yml')).images[0]!.settings
}

function problems(yaml: string): string[] {
  return messagesOf(parseConfig(`services: {api: {context: api, ${yaml}}}`, 'images.yml'))
}

/** The first place of what is wrong with a file. */
function place(text: string): string {
  const result = parseConfig(text, 'images.yml')
  const failure = result.ok ? undefined : result.failures[0]
  if (failure?.kind !== 'config-invalid' || !failure.place) throw new Error('no place')
  return `${failure.place.line}:${failure.place.column}`
}

describe('a pattern', () => {
  test.each([
    ...['proto/**', '/proto', 'proto/', '**/*.md', '**', '*', '!docs/**', '!!x', 'a/**/b', 'with space'],
    ...['..a', '...', 'a../b', '.env', '.*', '\\#x', '\\!x', 'a\\*', 'a\\\\b*\\\\', '\\[x', '\\{a,b\\}'],
    ...['[a-z].txt', '[!a]', '[]]', '[^]a]x', '[[:digit:]]', '[a\\]b]', '{x}', '{{name}}/**', 'a,b', 'ä/ü'],
  ])('may be %s', (text) => {
    expect(pattern(text)).toEqual({ value: text })
  })

  test.each([
    ['', /names nothing; write what to match/],
    ['!', /`!` alone takes back nothing; write `!` and what to take back/],
    ['# notes', /is a comment in an ignore file; write `\\#`/],
    ['a\u0000', /control character/],
    ['c1\u009b31m', /control character/],
    ['a\nb', /line break/],
    ['C:\\src', /outside the repository; write a pattern relative/],
    ['!c:/src', /outside the repository/],
    ['../proto/**', /holds `\.\.`.*write the pattern from the repository root/],
    ['!..', /holds `\.\.`/],
    ['a/../b', /holds `\.\.`/],
    ['a/..', /holds `\.\.`/],
    ['src\\main', /holds a backslash; write `\/` between folders/],
    ['a\\', /holds a backslash/],
    ['a\\\\\\', /holds a backslash/],
    ['*.{md,txt}', /holds a list in `\{\}`.*one pattern for each/],
    ['[abc', /opens a `\[` that nothing closes; write `\\\[`/],
    ['[]', /nothing closes/],
    ['[!]', /nothing closes/],
    ['./proto/**', /matches nothing; write `\/proto\/\*\*`/],
    ['!./a/', /matches nothing; write `!\/a\/`/],
    ['a//b', /matches nothing; write `a\/b`/],
    ['a/./b', /matches nothing; write `a\/b`/],
    ['a//', /matches nothing; write `a\/`/],
    ['//a', /matches nothing; write `\/a`/],
    ['.', /matches nothing; write `\*\*`/],
    ['/', /matches nothing; write `\*\*`/],
    ['!/', /matches nothing; write `!\*\*`/],
  ])('may not be %j', (text, problem) => {
    expect(pattern(text)).toEqual({ problem: expect.stringMatching(problem) })
  })

  test('that is the mend of another may be written', () => {
    const parts = fc.array(fc.constantFrom('a', '.', '', '*', '**', 'b'), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(parts, fc.constantFrom('', '!'), (parts, not) => {
        const checked = pattern(not + parts.join('/'))
        const mend = 'problem' in checked ? /; write `([^`]+)`$/.exec(checked.problem)?.[1] : undefined
        if (mend !== undefined) expect(pattern(mend)).toEqual({ value: mend })
      }),
    )
  })
})

describe.each(['paths', 'ignore'] as const)('%s', (key) => {
  test.each([
    ['a list', `${key}: [a/**, "!a/b", "x, y"]`, ['a/**', '!a/b', 'x, y']],
    ['lines', `${key}: "a/**\\n\\n!a/b\\n"`, ['a/**', '!a/b']],
    ['nothing', `${key}: []`, []],
  ])('takes %s', (_case, yaml, expected) => {
    expect(settings(yaml)[key]).toEqual(expected)
  })

  test.each([
    [
      `${key}: {a: b}`,
      `\`services.api.${key}\` must be a list, or text with one item per line, but is a map`,
    ],
    [`${key}: ["!"]`, `\`services.api.${key}\`: \`!\` alone takes back nothing`],
    [`${key}: [" "]`, `\`services.api.${key}\`: \`\` names nothing`],
  ])('%s is a failure', (yaml, expected) => {
    expect(problems(yaml)).toEqual([expect.stringContaining(expected)])
  })

  test('shows a pattern that is wrong at its line', () => {
    expect(place(`services:\n  a:\n    context: a\n    ${key}:\n      - x\n      - ../y\n`)).toBe('6:9')
  })
})

test('paths that only take back take in nothing', () => {
  expect(problems('paths: ["!a", "!b"]')).toEqual([
    '`services.api.paths` has only patterns with `!`, which take in nothing; name first what counts',
  ])
  expect(settings('ignore: ["!a"]').ignore).toEqual(['!a'])
})

describe('generated', () => {
  test('maps paths to patterns', () => {
    const { generated } = settings(
      'generated: {./api/target/app.jar: [api/src/**, "!**/*.md"], dist/: "web/**\\npackage.json"}',
    )
    expect([...generated]).toEqual([
      ['api/target/app.jar', ['api/src/**', '!**/*.md']],
      ['dist', ['web/**', 'package.json']],
    ])
  })

  test.each([
    ['generated: [a]', '`services.api.generated` must be a map, but is a list'],
    ['generated: {a: }', '`services.api.generated.a` must be a list, or text with one item per line'],
    ['generated: {a: [1]}', '`services.api.generated.a.0` must be text, but is 1; put it in quotes'],
    ['generated: {a: []}', '`services.api.generated.a` has no source; name at least one pattern'],
    ['generated: {a: " "}', '`services.api.generated.a` has no source'],
    ['generated: {a: ["!b"]}', '`services.api.generated.a` has only patterns with `!`'],
    ['generated: {a: [../b]}', '`services.api.generated.a`: `../b` holds `..`'],
    ['generated: {"*.jar": [b]}', '`services.api.generated.*.jar`: `*.jar` is a pattern; name the one file'],
    ['generated: {.: [b]}', '`services.api.generated..`: `.` is the whole repository; name the file'],
    ['generated: {../a: [b]}', '`services.api.generated.../a`: `../a` is outside the repository'],
    ['generated: {a: [b], ./a: [c]}', '`services.api.generated../a`: `a` is set twice'],
  ])('%s is a failure', (yaml, expected) => {
    expect(problems(yaml)).toEqual([expect.stringContaining(expected)])
  })

  test('shows a path at its line, and a source at its own', () => {
    const text = 'services:\n  a:\n    context: a\n    generated:\n'
    expect(place(`${text}      /out:\n        - x\n`)).toBe('5:7')
    expect(place(`${text}      out:\n        - x\n        - "!"\n`)).toBe('7:11')
  })
})
