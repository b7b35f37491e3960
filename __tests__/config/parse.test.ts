import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Config, parseConfig } from '../../src/config/parse.js'

function parsed(text: string): Config {
  const result = parseConfig(text, 'images.yml')
  if (!result.ok) throw new Error(result.failures.map(({ message }) => message).join('\n'))
  return result.value
}

/** `line:column message` of every failure. */
function problems(text: string): string[] {
  const result = parseConfig(text, 'images.yml')
  if (result.ok) return []
  return result.failures.map((failure) => {
    if (failure.kind !== 'config-invalid') throw new Error(failure.kind)
    expect(failure.place?.file).toBe('images.yml')
    return `${failure.place!.line}:${failure.place!.column} ${failure.message}`
  })
}

describe('a configuration', () => {
  test('is read in the order of the file, each service with its place', () => {
    const config = parsed(`
registry: GHCR.io/Acme/
services:
  web:
    context: ./web/
  API:
    context: .
    file: docker/api.Dockerfile
    image: Naytife/API
`)
    expect(config.registry).toEqual({ host: 'ghcr.io', path: 'acme' })
    expect(config.images).toMatchObject([
      {
        name: 'web',
        place: { line: 4, column: 3 },
        image: { repository: 'web' },
        settings: { context: 'web' },
      },
      {
        name: 'API',
        image: { repository: 'naytife/api' },
        settings: { context: '', file: 'docker/api.Dockerfile' },
      },
    ])
  })

  test('lists every problem at once, in the order of the file', () => {
    const text = `
registry: https://ghcr.io
bases: []
services:
  api:
    contxt: api
    no-cache: yes
  b!:
    context: ../b
`
    expect(problems(text)).toEqual([
      '2:11 `registry`: remove `https://`: write `ghcr.io`',
      '3:8 `bases` must be a map of names to bases, but is a list',
      '5:3 `services.api` has no `context`; say which folder it is built from, such as `context: api`, or `context: .` for the root',
      '6:5 unknown key `contxt`; did you mean `context`?',
      '7:15 `services.api.no-cache` must be true or false, but is the text "yes"',
      '8:3 `b!` is not a valid name of a service: letters, digits, `.`, `_` and `-`, a letter or digit first, at most 100 characters',
      '9:14 `services.b!.context`: `../b` is outside the repository; paths are relative to the repository root',
    ])
  })

  test.each([
    ['empty', '', /^1:1 the configuration is empty; it needs at least `services:`/],
    ['only a comment', '# nothing\n', /^1:1 the configuration is empty/],
    ['a list', '- api', /^1:1 the configuration must be a map, but is a list/],
    ['text', 'api', /^1:1 the configuration must be a map, but is the text "api"/],
    ['without services', 'registry: ghcr.io/acme', /^1:1 `services` is missing; name at least one service$/],
    ['with empty services', 'services:', /^1:1 `services` must be a map of names to services, but is empty/],
    ['with services as a list', 'services: [api]', /^1:1 `services` must be a map .* but is a list/],
    [
      'with a service as text',
      'services: {api: ./api}',
      /^1:17 `services.api` must be a map .* the text "\.\/api"/,
    ],
    ['with a service that says nothing', 'services: {api: }', /^1:12 `services.api` has no `context`/],
    [
      'with defaults as a list',
      'defaults: []\nservices: {a: {context: a}}',
      /^1:11 `defaults` must be a map, but is a list/,
    ],
    [
      'with a registry as a number',
      'registry: 1\nservices: {a: {context: a}}',
      /^1:11 `registry` must be text .* is 1/,
    ],
    ['with an unfinished text', 'services: "x', /^1:13 not valid YAML: Missing closing "quote/],
    ['indented by tabs', 'services:\n\tapi: {}', /^2:1 this line is indented by a tab/],
    ['of two documents', 'services: {}\n---\nservices: {}', /^2:1 the file holds several YAML documents/],
    ['nested without end', '['.repeat(5000), /^1:\d+ the YAML is nested too deeply$/],
    ['with a tag', 'services: !include x', /^1:11 Unresolved tag: !include/],
    ['in YAML 1.1', '%YAML 1.1\n---\nservices: {}', /^1:1 only YAML 1.2 is understood/],
    ['with an alias of nothing', 'services: *all', /^1:11 there is no anchor `&all` before this alias$/],
    [
      'with an alias within itself',
      'services: &all {api: *all}',
      /^1:22 `\*all` stands inside of what it names$/,
    ],
    [
      'with a key that is a list',
      'services: {a: {context: a}, [b]: {}}',
      /^1:29 a key must be text that is not empty$/,
    ],
    ['that merges text', 'services: {<<: x, a: {context: a}}', /^1:16 `<<` takes a map, or a list of maps$/],
  ])('%s is a failure that says so', (_case, text, expected) => {
    expect(problems(text)).toEqual([expect.stringMatching(expected)])
  })

  test('sets no key twice, however it is written', () => {
    const text = 'services:\n  a: {context: x}\n  1: {context: x}\n  "1": {context: y}\n  a: {context: z}\n'
    expect(problems(text)).toEqual([
      '4:3 `1` is set twice, first on line 3',
      '5:3 `a` is set twice, first on line 2',
    ])
  })

  test('may use anchors and merge keys, where what a service says itself wins', () => {
    const { images: services } = parsed(`
defaults:
  labels: &labels {team: a}
services:
  api: &api {context: apps, target: api, labels: *labels}
  web:
    <<: [{target: web}, *api]
    network: none
`)
    expect(services[1]).toMatchObject({
      settings: { context: 'apps', build: { target: 'web', network: 'none' } },
    })
    expect(services[1]?.settings.labels).toEqual(new Map([['team', 'a']]))
  })

  test('gives up on aliases that multiply', () => {
    const lines = Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}]`)
    expect(problems(['a0: &a0 x', ...lines].join('\n'))).toEqual([
      expect.stringMatching(/more than 100000 values, aliases included$/),
    ])
  })

  test('has a value for every text, or failures', () => {
    const piece = fc.constantFrom(
      ...[
        'services',
        'api',
        'context',
        ': ',
        '\n',
        '  ',
        '{',
        '}',
        '[',
        ']',
        '&a ',
        '*a',
        '<<',
        "'",
        '- ',
        '\t',
        '!',
        '1.10',
        '$',
        '~',
      ],
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const result = parseConfig(pieces.join(''), 'images.yml')
        expect(result.ok ? result.value.images.length : result.failures.length).toBeGreaterThan(0)
      }),
    )
  })
})

describe('a name of a service', () => {
  test.each(['a', 'API', 'a.b_c-d', '0', 'constructor', 'a'.repeat(100)])('may be %s', (name) => {
    expect(parsed(`services: {${name}: {context: .}}`).images[0]?.name).toBe(name)
  })

  test.each(['-a', '.a', '__proto__', 'a b', 'a/b', 'ä', 'a'.repeat(101)])('may not be %s', (name) => {
    expect(problems(`services: {${name}: {context: .}}`)).toEqual([
      expect.stringMatching(/^1:12 `.+` is not a valid name of a service/),
    ])
  })

  test('that no image can have wants an image', () => {
    expect(problems('services: {a..b: {context: .}}')).toEqual([
      expect.stringMatching(/^1:12 `a\.\.b` is not a valid image name.*; rename it or give it an `image`$/),
    ])
    expect(problems('services: {a..b: {context: ., image: b}}')).toEqual([])
  })
})
