import { describe, expect, test } from '@jest/globals'
import { parseConfig } from '../../src/config/parse.js'
import { draftServices } from '../../src/config/resolve.js'
import type { Failure, Result } from '../../src/model/failure.js'
import type { Service } from '../../src/model/service.js'
import { valueOf } from '../fakes/images.js'

function drafted(text: string): Result<readonly Service[]> {
  const config = parseConfig(text, 'images.yml')
  if (!config.ok) return config
  const drafts = draftServices(config.value, 'ghcr.io/acme')
  return drafts.ok ? { ok: true, value: drafts.value.drafts.map(({ service }) => service) } : drafts
}

function images(text: string): ReadonlyMap<string, Service> {
  return new Map(valueOf(drafted(text)).map((image) => [image.name, image]))
}

function problems(text: string): string[] {
  const result = drafted(text)
  return (result.ok ? [] : result.failures).map(located)
}

function located(failure: Failure): string {
  const { place } = failure as Extract<Failure, { kind: 'config-invalid' }>
  return `${place?.line ?? 0}:${place?.column ?? 0} ${failure.message}`
}

const BASE = 'bases:\n  deps: {context: ., file: Dockerfile.base}\n'

describe('a base', () => {
  test('comes before the services, under its own image', () => {
    const all = images(`${BASE}services:\n  api: {context: api}\n`)
    expect([...all.keys()]).toEqual(['deps', 'api'])
    expect(all.get('deps')).toMatchObject({
      ...{ kind: 'base', context: '', file: 'Dockerfile.base' },
      image: { registry: 'ghcr.io', repository: 'acme/deps' },
    })
    expect(all.get('api')).toMatchObject({ kind: 'service' })
  })

  test('has no tags and no matrix of defaults', () => {
    const all = images(`defaults: {tags: [latest], matrix: {a: 1}}\n${BASE}services: {api: {context: api}}\n`)
    expect(all.get('deps')).toMatchObject({ tags: [], matrix: {} })
    expect(all.get('api')).toMatchObject({ tags: ['latest'], matrix: { a: 1 } })
  })
})

describe('a service that starts from bases', () => {
  test.each([
    ['a list', '[deps]', { deps: { kind: 'image', image: 'deps' } }],
    ['a text', 'deps', { deps: { kind: 'image', image: 'deps' } }],
    [
      'a map by the names that FROM says',
      '{"docker.io/acme/base:latest": deps}',
      { 'acme/base': { kind: 'image', image: 'deps' } },
    ],
  ])('names them as %s', (_description, bases, contexts) => {
    const all = images(`${BASE}services:\n  api: {context: api, bases: ${bases}}\n`)
    expect(all.get('api')?.build.contexts).toEqual(contexts)
  })

  test('may take any image as a build context, and need others besides', () => {
    const text = `${BASE}services:\n  api: {context: api}\n  web:\n    context: web\n    build-contexts: {x: "service:api", y: "target:deps"}\n    needs: [api]\n`
    const web = images(text).get('web')
    expect(web?.build.contexts).toEqual({
      x: { kind: 'image', image: 'api' },
      y: { kind: 'image', image: 'deps' },
    })
    expect(web?.needs).toEqual(['api'])
  })
})

describe("a stage of a service's Dockerfile", () => {
  const text = [
    'bases:',
    '  deps: {stage-of: web, target: Deps}',
    '  built: {stage-of: web, target: builder, build-args: {MODE: ci}}',
    'services:',
    '  web: {context: web, file: web/Dockerfile.prod, build-args: {MODE: prod, NODE: 20}, needs: [api], matrix: {a: 1}}',
    '  api: {context: api}',
  ].join('\n')

  test('is built as the service is, up to that stage', () => {
    expect(images(text).get('deps')).toMatchObject({
      ...{ context: 'web', file: 'web/Dockerfile.prod', needs: [], matrix: {} },
      image: { repository: 'acme/deps' },
      build: { target: 'Deps', buildArgs: { MODE: 'prod', NODE: '20' }, contexts: {} },
    })
    expect(images(text).get('built')?.build.buildArgs).toEqual({ MODE: 'ci', NODE: '20' })
  })

  test('stands in for the stage in the service, and in the stages that come after it', () => {
    const deps = { kind: 'image', image: 'deps' }
    expect(images(text).get('web')?.build.contexts).toEqual({
      deps,
      builder: { kind: 'image', image: 'built' },
    })
    expect(images(text).get('built')?.build.contexts).toEqual({ deps })
    expect(images(text).get('api')?.build.contexts).toEqual({})
  })
})

describe('refused is', () => {
  test.each<[string, string, string[]]>([
    [
      'a base that is not there',
      `${BASE}services:\n  api: {context: api, bases: [dep]}`,
      ['4:31 there is no base `dep`; did you mean `deps`?'],
    ],
    [
      'a service in place of a base',
      `${BASE}services:\n  api: {context: api}\n  web: {context: web, bases: [api]}`,
      ['5:31 there is no base `api`; there are deps'],
    ],
    [
      'a context of an image that is not there',
      'services:\n  api: {context: api, build-contexts: {x: "service:web"}}',
      ['2:3 there is no image `web`; there are api'],
    ],
    [
      'an image that needs itself',
      'services:\n  api: {context: api, needs: [api]}',
      ['2:31 `api` cannot be built from itself'],
    ],
    [
      'a stage without a name',
      'bases:\n  deps: {stage-of: api}\nservices:\n  api: {context: api}',
      ['2:3 `bases.deps` has no `target`; name the stage that it is'],
    ],
    [
      'a stage with a folder of its own',
      'bases:\n  deps: {stage-of: api, target: x, context: y}\nservices:\n  api: {context: api}',
      ['2:36 `bases.deps.context` has no meaning beside `stage-of`: it is that of the service'],
    ],
    [
      'a stage of what is not there',
      'bases:\n  deps: {stage-of: ap, target: x}\nservices:\n  api: {context: api}',
      ['2:20 there is no service `ap`; did you mean `api`?'],
    ],
    [
      'one name for a base and a service',
      'bases:\n  api: {context: .}\nservices:\n  api: {context: api}',
      ['4:3 `api` is a base and a service; rename one of them'],
    ],
    [
      'a stage of a service that is none',
      'services:\n  api: {context: api, stage-of: web}',
      [expect.stringMatching(/^2:23 unknown key `stage-of`/) as never],
    ],
    [
      'a matrix of a base',
      'bases:\n  deps: {context: ., matrix: {}}\nservices:\n  api: {context: api}',
      [expect.stringMatching(/^2:22 unknown key `matrix`/) as never],
    ],
    [
      'bases that are no map',
      'bases: x\nservices: {a: {context: a}}',
      [expect.stringMatching(/^1:8 /) as never],
    ],
  ])('%s', (_description, text, expected) => {
    expect(problems(text)).toEqual(expected)
  })
})
