import { describe, expect, test } from '@jest/globals'
import { parseConfig } from '../../src/config/parse.js'
import { draftServices, fillDrafts, type ResolvedServices } from '../../src/config/resolve.js'
import { ok, type Result } from '../../src/model/failure.js'
import { fullName } from '../../src/model/service.js'

interface Options {
  readonly registry?: string | undefined
  readonly variables?: Readonly<Record<string, string>>
}

function resolve(text: string, options: Options = {}): Result<ResolvedServices> {
  const config = parseConfig(text, 'images.yml')
  if (!config.ok) throw new Error(config.failures.map(({ message }) => message).join('\n'))
  const drafted = draftServices(config.value, options.registry)
  if (!drafted.ok) return drafted
  const services = fillDrafts(drafted.value.drafts, options.variables ?? {})
  return services.ok ? ok({ services: services.value, notices: drafted.value.notices }) : services
}

function services(text: string, options?: Options) {
  const result = resolve(text, options)
  if (!result.ok) throw new Error(result.failures.map(({ message }) => message).join('\n'))
  return result.value.services
}

function failures(text: string, options?: Options) {
  const result = resolve(text, options)
  return result.ok ? [] : result.failures
}

describe('a service', () => {
  test('that says only its context has the plain options', () => {
    expect(services('services: {api: {context: api}}')).toEqual([
      {
        kind: 'service',
        needs: [],
        name: 'api',
        context: 'api',
        file: 'api/Dockerfile',
        image: { repository: 'api' },
        tags: [],
        paths: [],
        ignore: [],
        generated: {},
        build: {
          ...{
            contexts: {},
            buildArgs: {},
            labels: {},
            annotations: [],
            secrets: [],
            secretIds: [],
            ssh: [],
            attests: [],
            addHosts: [],
            ulimit: [],
          },
          ...{ allow: [], volatileArgs: [], noCache: false, noCacheFilters: [], cacheFrom: [], cacheTo: [] },
        },
        trackUpstream: 'never',
        matrix: {},
        place: { file: 'images.yml', line: 1, column: 12 },
      },
    ])
  })

  test('takes what it does not say from defaults: maps by key, all else as a whole', () => {
    const [service] = services(`
defaults:
  target: runtime
  tags: [edge]
  platforms: [linux/amd64, linux/arm64]
  no-cache: true
  labels: {a: "1", b: "1"}
  build-args: {A: a, B: b}
  matrix: {x: {deep: 1}, y: 1}
  paths: [proto/**]
  ignore: ['**/*.md']
  volatile-args: [A]
  track-upstream: scheduled
  max-age: 30d
  generated: {a.jar: [a/**], b.jar: [b/**]}
  build-contexts: {alpine: a, assets: a}
services:
  api:
    context: api
    platforms: [linux/arm64]
    no-cache: false
    labels: b=2
    build-args: [B=c]
    matrix: {x: {other: 2}}
    ignore: []
    volatile-args: [B]
    max-age: 12h
    generated: {./b.jar: [c/**]}
    build-contexts: ["docker.io/library/alpine:latest=docker-image://alpine:3"]
`)
    expect(service).toMatchObject({
      tags: ['edge'],
      paths: ['proto/**'],
      ignore: [],
      trackUpstream: 'scheduled',
      maxAgeMs: 12 * 60 * 60 * 1000,
      build: { target: 'runtime', platforms: ['linux/arm64'], volatileArgs: ['B'], noCache: false },
    })
    expect(service?.build.labels).toEqual({ a: '1', b: '2' })
    expect(service?.build.buildArgs).toEqual({ A: 'a', B: 'c' })
    expect(service?.generated).toEqual({ 'a.jar': ['a/**'], 'b.jar': ['c/**'] })
    expect(service?.build.contexts).toEqual({
      alpine: { kind: 'reference', reference: 'docker-image://alpine:3' },
      assets: { kind: 'folder', folder: 'a' },
    })
    expect(service?.matrix).toEqual({ x: { other: 2 }, y: 1 })
  })

  test('may have keys named like parts of a prototype', () => {
    const [service] = services(
      'services: {constructor: {context: a, labels: {__proto__: x}, matrix: {__proto__: 1}}}',
    )
    expect(Object.keys(service!.build.labels)).toEqual(['__proto__'])
    expect(JSON.stringify(service!.matrix)).toBe('{"__proto__":1}')
  })
})

describe('a build argument', () => {
  test.each([
    ['1.10', '1.10'],
    ['0x1F', '0x1F'],
    ['True', 'True'],
    ['"${NAME}-1"', 'api-1'],
    ['"${OTHER:-x}"', 'x'],
    ['"$$NAME"', '$NAME'],
    ['""', ''],
  ])('%s is passed as %j', (yaml, expected) => {
    const [service] = services(`services: {api: {context: api, build-args: {A: ${yaml}}}}`, {
      variables: { NAME: 'api' },
    })
    expect(service?.build.buildArgs).toEqual({ A: expected })
  })

  test.each(['{NAME: }', '[NAME]', 'NAME'])('without a value has that of the environment: %s', (yaml) => {
    const [service] = services(`services: {api: {context: api, build-args: ${yaml}}}`, {
      variables: { NAME: 'api' },
    })
    expect(service?.build.buildArgs).toEqual({ NAME: 'api' })
  })

  test('whose variables are missing is a failure at its value, once for all services that share it', () => {
    const text =
      'defaults:\n  build-args:\n    A: ${B}\nservices:\n  a: {context: a}\n  b: {context: b}\n  c: {context: c, build-args: {A: c, D: }}'
    expect(failures(text)).toEqual([
      {
        kind: 'config-invalid',
        message:
          'build argument `A` needs the environment variable `B`, which is not set; set it, or write `${B:-default}`',
        place: { file: 'images.yml', line: 3, column: 8 },
      },
      {
        kind: 'config-invalid',
        message:
          'build argument `D` needs the environment variable `D`, which is not set; set it, or write `${D:-default}`',
        place: { file: 'images.yml', line: 7, column: 41 },
      },
    ])
  })

  test('with a variable without braces gets a notice', () => {
    const result = resolve('services: {api: {context: api, build-args: {A: $B}}}')
    expect(result).toMatchObject({
      ok: true,
      value: {
        notices: [
          {
            message:
              'build argument `A` holds `$B`, which is passed as it stands; write `${B}` for the variable, or `$$B` to say so',
            place: { line: 1, column: 48 },
          },
        ],
      },
    })
  })
})

describe('an image', () => {
  const text =
    'registry: ghcr.io/acme\nservices: {api: {context: api}, web: {context: web, image: quay.io/x/web}}'

  test.each([
    ['configured', undefined, ['ghcr.io/acme/api', 'quay.io/x/web']],
    ['configured when the option is empty', '', ['ghcr.io/acme/api', 'quay.io/x/web']],
    ['of the option', 'Docker.io/Other/', ['docker.io/other/api', 'quay.io/x/web']],
  ])('gets the registry %s, unless it has its own', (_case, registry, expected) => {
    expect(services(text, { registry }).map(({ image }) => fullName(image))).toEqual(expected)
  })

  test('cannot go to a registry option that is none', () => {
    expect(failures(text, { registry: 'https://x.io' })).toEqual([
      { kind: 'usage', message: '`registry`: remove `https://`: write `x.io`' },
    ])
  })

  test('belongs to one service', () => {
    const twice =
      'registry: ghcr.io/acme\nservices:\n  API: {context: a}\n  b: {context: b, image: ghcr.io/acme/api}\n'
    expect(failures(twice)).toEqual([
      {
        kind: 'config-invalid',
        message:
          'duplicate images: `b` and `API` (images.yml:3:3) are both `ghcr.io/acme/api`; give one of them another `image`',
        place: { file: 'images.yml', line: 4, column: 3 },
      },
    ])
  })

  const names = ['x', 'library/x', 'docker.io/x', 'index.docker.io/library/x', 'Docker.io/Library/X']
  test.each(names.flatMap((one, index) => names.slice(index + 1).map((other) => [one, other])))(
    'is one on Docker Hub, be it %s or %s',
    (one, other) => {
      const twice = `services:\n  a: {context: a, image: ${one}}\n  b: {context: b, image: ${other}}\n`
      for (const registry of [undefined, 'docker.io', 'index.docker.io']) {
        expect(failures(twice, { registry })).toEqual([
          expect.objectContaining({ message: expect.stringMatching(/^duplicate images: `b` and `a`/) }),
        ])
      }
    },
  )

  test.each([
    ['x', 'acme/x'],
    ['docker.io/acme/x', 'docker.io/acme/library/x'],
    ['ghcr.io/x', 'ghcr.io/library/x'],
    ['docker.io/x', 'localhost/x'],
  ])('is another, with %s and %s', (one, other) => {
    const two = `services:\n  a: {context: a, image: ${one}}\n  b: {context: b, image: ${other}}\n`
    expect(failures(two)).toEqual([])
  })

  test('may be taken from pull requests unless the configuration says no', () => {
    const drafted = (text: string) => {
      const config = parseConfig(text, 'images.yml')
      const drafts = config.ok ? draftServices(config.value, undefined) : config
      return drafts.ok && drafts.value.reusePullRequests
    }
    expect(drafted('services: {a: {context: a}}')).toBe(true)
    expect(drafted('reuse-pull-requests: false\nservices: {a: {context: a}}')).toBe(false)
  })
})
