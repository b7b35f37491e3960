import { describe, expect, test } from '@jest/globals'
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

/** The settings of one service that says `yaml` besides its context. */
function settings(yaml: string) {
  return parsed(`services: {api: {context: api, ${yaml}}}`).images[0]!.settings
}

/** The problems of such a service. */
function settingProblems(yaml: string): string[] {
  return problems(`services: {api: {context: api, ${yaml}}}`).map((problem) => problem.replace(/^\S+ /, ''))
}

describe('a key', () => {
  test.each(['context', 'file', 'image'])('%s does not belong in defaults', (key) => {
    expect(problems(`defaults: {${key}: x}\nservices: {a: {context: a}}`)).toEqual([
      `1:12 \`${key}\` cannot be the same for all services; say it in each service, not in \`defaults\``,
    ])
  })

  test.each([
    ['build_args', 'build-args'],
    ['buildArgs', 'build-args'],
    ['platform', 'platforms'],
    ['dockerfile', 'file'],
    ['args', 'build-args'],
  ])('%s suggests %s', (key, near) => {
    expect(settingProblems(`${key}: x`)).toEqual([`unknown key \`${key}\`; did you mean \`${near}\`?`])
  })

  test('like no other is answered with those that are allowed', () => {
    expect(problems('services: {a: {context: a}}\nnames: {}')).toEqual([
      '2:1 unknown key `names`; allowed here: registry, reuse-pull-requests, defaults, bases, services, from',
    ])
  })

  test.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    '%s is unknown as any other',
    (key) => {
      expect(problems(`services: {a: {context: a, ${key}: 1}}\n${key}: 1`)).toHaveLength(2)
      expect(settings(`matrix: {${key}: 1}`).matrix).toEqual(new Map([[key, 1]]))
      expect(settings(`labels: {${key}: x}`).labels).toEqual(new Map([[key, 'x']]))
      expect([...settings(`build-args: {${key}: x}`).buildArgs.keys()]).toEqual([key])
      expect(settingProblems(`labels: {${key}: [x]}`)).toHaveLength(1)
    },
  )
})

describe('a setting', () => {
  test.each([
    [
      'a list',
      'platforms: [linux/amd64, linux/arm64/v8, linux/amd64]',
      { platforms: ['linux/amd64', 'linux/arm64/v8'] },
    ],
    [
      'text with commas',
      'platforms: "linux/amd64, linux/arm64"',
      { platforms: ['linux/amd64', 'linux/arm64'] },
    ],
    ['lines', 'add-hosts: "a:1\\n\\nb:2\\n"', { addHosts: ['a:1', 'b:2'] }],
    ['a cache with commas', 'cache-from: "type=gha,scope=a"', { cacheFrom: ['type=gha,scope=a'] }],
    [
      'attestations with commas',
      'attests: ["type=sbom,generator=x"]',
      { attests: ['type=sbom,generator=x'] },
    ],
    ['an annotation with a comma', 'annotations: "a=b,c"', { annotations: ['a=b,c'] }],
    ['a quoted line', `cache-to: '"type=local,dest=x"'`, { cacheTo: ['type=local,dest=x'] }],
    ['an empty list', 'cache-from: []', { cacheFrom: [] }],
    ['provenance: true', 'provenance: true', { provenance: 'true' }],
    ['provenance: mode=max', 'provenance: mode=max', { provenance: 'mode=max' }],
    ['sbom: false', 'sbom: false', { sbom: 'false' }],
    ['a size in bytes', 'shm-size: 67108864', { shmSize: '67108864' }],
    ['no-cache', 'no-cache: true', { noCache: true }],
    ['volatile arguments', 'volatile-args: "A, B\\nC"', { volatileArgs: ['A', 'B', 'C'] }],
  ])('takes %s', (_case, yaml, expected) => {
    expect(settings(yaml).build).toEqual(expected)
  })

  test.each([
    ['30d', 30 * 24 * 60 * 60 * 1000],
    ['12h', 12 * 60 * 60 * 1000],
    ['90m', 90 * 60 * 1000],
  ])('max-age takes %s', (text, milliseconds) => {
    expect(settings(`max-age: ${text}`).maxAgeMs).toBe(milliseconds)
  })

  test.each([
    ['true', 'always'],
    ['false', 'never'],
    ['scheduled', 'scheduled'],
  ])('track-upstream takes %s', (text, expected) => {
    expect(settings(`track-upstream: ${text}`).trackUpstream).toBe(expected)
  })

  test.each([
    ['', true],
    ['reuse-pull-requests: true\n', true],
    ['reuse-pull-requests: false\n', false],
  ])('at the top: %j', (line, expected) => {
    expect(parsed(`${line}services: {a: {context: a}}`).reusePullRequests).toBe(expected)
  })

  test('tags keeps the commas within a rule', () => {
    expect(settings('tags: "type=ref,event=branch\\nlatest,edge"').tags).toEqual([
      'type=ref,event=branch',
      'latest,edge',
    ])
  })

  test.each([
    [
      'labels as a map',
      'labels: {version: 1.10, on: True, empty: ""}',
      { version: '1.10', on: 'True', empty: '' },
    ],
    ['labels as lines', 'labels: "a=1=2\\nb"', { a: '1=2', b: '' }],
    ['labels as a list', 'labels: ["a=x, y"]', { a: 'x, y' }],
  ])('takes %s, values as they are written', (_case, yaml, expected) => {
    expect(Object.fromEntries(settings(yaml).labels)).toEqual(expected)
  })

  test('matrix takes JSON values', () => {
    const { matrix } = settings(
      'matrix: {runner: [self-hosted, 2], chart: {name: api}, on: true, none: null}',
    )
    expect(JSON.stringify(Object.fromEntries(matrix))).toBe(
      '{"runner":["self-hosted",2],"chart":{"name":"api"},"on":true,"none":null}',
    )
  })

  test.each([
    ['target: 1', '`services.api.target` must be text, but is 1; put it in quotes'],
    ['target: ""', '`services.api.target` must be text that is not empty, but is empty'],
    ['target:', '`services.api.target` must be text, but is empty'],
    ['tags: [1.10]', '`services.api.tags.0` must be text, but is 1.10; put it in quotes'],
    ['tags: {a: b}', '`services.api.tags` must be a list, or text with one item per line, but is a map'],
    ['no-cache: "true"', '`services.api.no-cache` must be true or false, but is the text "true"'],
    ['sbom: [a]', '`services.api.sbom` must be true, false or text such as generator=image, but is a list'],
    ['labels: {a: }', '`services.api.labels.a` must be text, a number, true or false, but is empty'],
    ['labels: {a: [b]}', '`services.api.labels.a` must be text, a number, true or false, but is a list'],
    [
      'labels: {a b: c}',
      '`services.api.labels`: `a b` is not a name: it must not be empty or hold spaces, quotes or `=`',
    ],
    ['build-args: "A=1\\nA=2"', '`services.api.build-args` sets `A` twice'],
    [
      'build-args: ["=x"]',
      '`services.api.build-args`: `` is not a name: it must not be empty or hold spaces, quotes or `=`',
    ],
    [
      'build-args: {A: "${B"}',
      '`services.api.build-args.A`: write ${NAME} or ${NAME:-default}, or $${ where `${` itself is meant',
    ],
    [
      'platforms: []',
      '`services.api.platforms` must name at least one platform; remove the key for the default',
    ],
    [
      'platforms: [arm64]',
      '`services.api.platforms`: `arm64` is not os/arch or os/arch/variant in small letters; write `linux/arm64`',
    ],
    [
      'platforms: [Linux/amd64]',
      '`services.api.platforms`: `Linux/amd64` is not os/arch or os/arch/variant in small letters',
    ],
    ...['1.5d', '0d', '30', '1w', '-1d', '123456d', '1d12h'].map((text) => [
      `max-age: "${text}"`,
      `\`services.api.max-age\` must be a duration such as 30d, 12h or 90m, but is the text "${text}"`,
    ]),
    ['max-age: 30', '`services.api.max-age` must be a duration such as 30d, 12h or 90m, but is 30'],
    [
      'track-upstream: always',
      '`services.api.track-upstream` must be true, false or scheduled, but is the text "always"',
    ],
    [
      'volatile-args: ["A=1"]',
      '`services.api.volatile-args`: `A=1` is not a name: it must not be empty or hold spaces, quotes or `=`',
    ],
    ['matrix: [a]', '`services.api.matrix` must be a map, but is a list'],
    ['matrix: {v: 1.10}', '`services.api.matrix.v`: `1.10` would become the number 1.1; put it in quotes'],
    [
      'matrix: {id: [{a: 012}]}',
      '`services.api.matrix.id.0.a`: `012` would become the number 12; put it in quotes',
    ],
    ['image: "a:1"', '`services.api.image`: remove `:1`: tags are said by `tags`, not in the name'],
  ])('%s is a failure', (yaml, expected) => {
    expect(settingProblems(yaml)).toEqual([expected])
  })

  test.each(['service', 'action', 'fingerprint', 'reason', 'digest'])(
    'matrix has no place for %s',
    (field) => {
      expect(settingProblems(`matrix: {${field}: x}`)).toEqual([
        expect.stringContaining('choose another name'),
      ])
    },
  )

  test('labels of this action are reserved', () => {
    expect(settingProblems('labels: {smart-image-build.fingerprint: x}')).toEqual([
      expect.stringContaining('are reserved'),
    ])
  })

  test('of the top that is wrong is shown at its value', () => {
    expect(problems('services: {a: {context: a}}\nreuse-pull-requests: "false"')).toEqual([
      '2:22 `reuse-pull-requests` must be true or false, but is the text "false"',
    ])
  })

  test('that is wrong in a list is shown at its line', () => {
    expect(
      problems('services:\n  a:\n    context: a\n    platforms:\n      - linux/amd64\n      - arm64\n'),
    ).toEqual([expect.stringMatching(/^6:9 /)])
  })
})
