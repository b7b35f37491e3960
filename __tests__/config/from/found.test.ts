import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { fullName } from '../../../src/model/service.js'
import {
  found,
  type Json,
  messages,
  problems,
  type Read,
  service,
  services,
} from '../../fakes/found-images.js'

describe('a target', () => {
  test.each<[string, Json, object]>([
    ['a folder', { context: 'app' }, { context: 'app', file: 'app/Dockerfile' }],
    ['the root', {}, { context: '', file: 'Dockerfile' }],
    ['a folder written at length', { context: './app/' }, { context: 'app', file: 'app/Dockerfile' }],
    [
      'a Dockerfile beside its folder',
      { context: 'app', dockerfile: '../d/api.Dockerfile' },
      { context: 'app', file: 'd/api.Dockerfile' },
    ],
  ])('is built from %s', (_case, target, expected) => {
    expect(service(target)).toMatchObject(expected)
  })

  test('of a file in a folder is built from there', () => {
    const target = { context: '../api', contexts: { lib: './lib', top: '..' } }
    expect(service(target, { folder: 'deploy' })).toMatchObject({
      context: 'api',
      file: 'api/Dockerfile',
      build: {
        contexts: { lib: { kind: 'folder', folder: 'deploy/lib' }, top: { kind: 'folder', folder: '' } },
      },
    })
  })

  test.each<[Json, object]>([
    [{ target: 'run' }, { target: 'run' }],
    [{ args: { A: '$B ${C} $$', E: '' } }, { buildArgs: { A: '$B ${C} $$', E: '' } }],
    [{ labels: { 'org.x': 'y' } }, { labels: { 'org.x': 'y' } }],
    [{ annotations: ['index:a=b'] }, { annotations: ['index:a=b'] }],
    [{ platforms: ['linux/amd64', 'linux/arm64'] }, { platforms: ['linux/amd64', 'linux/arm64'] }],
    [
      { contexts: { alpine: 'docker-image://alpine:3' } },
      { contexts: { alpine: { kind: 'reference', reference: 'docker-image://alpine:3' } } },
    ],
    [
      { ssh: [{ id: 'default' }, { id: 'k', paths: ['a', 'b'] }, 'old'] },
      { ssh: ['default', 'k=a,b', 'old'] },
    ],
    [
      {
        attest: [
          { mode: 'max', type: 'provenance' },
          { type: 'sbom', generator: 'a,b' },
        ],
      },
      { attests: ['type=provenance,mode=max', 'type=sbom,"generator=a,b"'] },
    ],
    [{ network: 'host' }, { network: 'host' }],
    [{ 'shm-size': '128MiB' }, { shmSize: '128MiB' }],
    [{ ulimits: ['nofile=1:2'] }, { ulimit: ['nofile=1:2'] }],
    [{ 'extra-hosts': { db: '10.0.0.2' } }, { addHosts: ['db:10.0.0.2'] }],
    [{ entitlements: ['network.host'] }, { allow: ['network.host'] }],
    [{ 'no-cache': true }, { noCache: true }],
    [{ 'no-cache-filter': ['deps'] }, { noCacheFilters: ['deps'] }],
  ])('says %j', (target, build) => {
    expect(service(target).build).toMatchObject(build)
  })

  test('passes every build argument as it is', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[A-Z_]\w*$/), fc.string()), (args) => {
        expect({ ...service({ args }).build.buildArgs }).toEqual({ ...args })
      }),
    )
  })

  test.each<[string, Json, string]>([
    [
      'outside of the repository',
      { context: '../x' },
      '`services.a.context`: `../x` is outside the repository; paths are relative to the repository root',
    ],
    [
      'of another machine',
      { context: '/srv/x' },
      '`services.a.context`: `/srv/x` is outside the repository; write a path relative to the repository root',
    ],
  ])('%s is refused', (_case, target, problem) => {
    expect(problems(found({ a: target }))).toContain(problem)
  })

  test('whose Dockerfile stands in the file itself wants another one', () => {
    const inline = found({ a: { 'dockerfile-inline': 'FROM scratch' } })
    expect(problems(inline)).toEqual([
      'the Dockerfile of `a` stands in compose.yaml itself; write it to a file, and name that as `dockerfile`, or as `file` of `services.a`',
    ])
    expect(services(inline, 'services: {a: {file: a.Dockerfile}}')).toMatchObject([{ file: 'a.Dockerfile' }])
  })

  test.each([
    'https://github.com/a/b.git#main',
    'git@github.com:a/b.git',
    'github.com/a/b',
    'docker-image://x',
    'target:a',
  ])('built from %s is left out, aloud', (context) => {
    const read = found({ a: {}, far: { context } })
    expect(services(read).map(({ name }) => name)).toEqual(['a'])
    expect(messages(read)).toEqual([
      `\`far\` is left out: it is built from ${context}, no folder of this repository`,
    ])
  })

  test.each([
    ['with `_` in front', '_common', '`_common` is not a valid name of a service'],
    ['that is too long', 'a'.repeat(101), `\`${'a'.repeat(101)}\` is not a valid name of a service`],
  ])('that is needed and has a name %s is refused', (_case, name, problem) => {
    const read = found({ a: { contexts: { c: `target:${name}` } }, [name]: {} })
    expect(problems(read)).toContainEqual(expect.stringContaining(problem))
  })

  test('with `_` in front is for others to inherit from', () => {
    expect(services(found({ _common: {}, a: {} })).map(({ name }) => name)).toEqual(['a'])
  })
})

describe('targets that take others as build contexts', () => {
  const images = { api: { contexts: { base: 'target:base' }, context: 'api' }, base: { context: 'base' } }

  test('name images of this configuration', () => {
    const [api] = services(found(images))
    expect(api?.build.contexts).toEqual({ base: { kind: 'image', image: 'base' } })
  })

  test.each([
    ['a base when nobody asked for it', images, ['api'], 'base'],
    ['a service when somebody did', images, ['api', 'base'], 'service'],
    [
      'a service when it has a tag',
      { ...images, base: { context: 'base', tags: ['x/base:1'] } },
      ['api'],
      'service',
    ],
  ])('make of them %s', (_case, target, asked, kind) => {
    const all = services(found(target, { asked }))
    expect(all.find(({ name }) => name === 'base')).toMatchObject({ kind })
    expect(all).toHaveLength(2)
  })
})

describe('an image is named', () => {
  test.each<[string, Json, Read, string]>([
    ['by its first tag', { tags: ['ghcr.io/acme/api:1.2', 'x/y'] }, {}, 'ghcr.io/acme/api'],
    ['by a tag with a port', { tags: ['localhost:5000/api'] }, {}, 'localhost:5000/api'],
    ['by a tag without a registry, below ours', { tags: ['acme/api:1.2'] }, {}, 'ghcr.io/us/acme/api'],
    ['as bake names it', {}, {}, 'ghcr.io/us/a'],
    ['as Compose names it', {}, { project: 'shop' }, 'ghcr.io/us/shop-a'],
    ['by its tag in Compose, too', { tags: ['acme/api'] }, { project: 'shop' }, 'ghcr.io/us/acme/api'],
  ])('%s', (_case, target, read, name) => {
    const [a] = services(found({ a: target }, read), '{}', 'ghcr.io/us')
    expect(a && fullName(a.image)).toBe(name)
  })

  test.each<[string, string, string | undefined]>([
    ['as `latest`', 'shop-a', 'shop-a:latest'],
    ['with the tag that is said', 'ghcr.io/acme/a:1.0_B', 'ghcr.io/acme/a:1.0_B'],
    ['of a registry with a port', 'host:5000/a', 'host:5000/a:latest'],
    ['not at all where that is a digest', 'a@sha256:0', undefined],
    ['not at all where no engine takes it', 'Acme/a', undefined],
  ])('in the engine also as Compose names it, %s', (_case, composed, loadAs) => {
    const read = { project: 'shop', composed: { a: composed } }
    const [a] = services(found({ a: { tags: ['x/y'] } }, read), 'services: {a: {image: b}}', 'ghcr.io/us')
    expect([a?.loadAs, a && fullName(a.image)]).toEqual([loadAs, 'ghcr.io/us/b'])
  })

  test('in the engine by no other name where it is of a bake file', () => {
    expect(service({ tags: ['x/y'] })).not.toHaveProperty('loadAs')
  })

  test('apart from those that only its tag told it apart from', () => {
    const read = found({
      ad: { tags: ['x/demo:ad'] },
      cart: { context: 'cart', tags: ['x/demo:cart'] },
      web: { tags: ['x/web'] },
    })
    expect(services(read).map(({ image }) => fullName(image))).toEqual(['x/demo-ad', 'x/demo-cart', 'x/web'])
    expect(messages(read)[0]).toBe(
      '`ad`, `cart` are told apart in `x/demo` by their tags alone: each gets its own, such as `x/demo-ad`; `image` under `services:` names another',
    )
  })

  test('once for services that are one image', () => {
    const same = { context: 'app', tags: ['x/app:1'] }
    const read = found(
      { web: same, cron: same, other: { contexts: { app: 'target:cron' } } },
      { project: 'shop' },
    )
    expect(services(read)).toMatchObject([
      { name: 'web' },
      { name: 'other', build: { contexts: { app: { kind: 'image', image: 'web' } } } },
    ])
    expect(messages(read)).toEqual(['`cron` is not built apart: it is the same image as `web`'])
  })

  test('by one of two that are built otherwise, which is refused', () => {
    const read = found({ a: { tags: ['x/app:1'] }, b: { context: 'b', tags: ['x/app:1'] } })
    expect(() => services(read)).toThrow('duplicate images: `b` and `a`')
  })
})

describe('a notice says', () => {
  test('which keys are not used, and of which images', () => {
    const target = {
      tags: ['x/a:1'],
      'cache-to': [{ type: 'gha' }],
      output: ['type=docker'],
      pull: true,
      call: 'check',
    }
    const read = found({ a: target, b: { 'cache-from': ['x'], 'cache-to': ['x'] } })
    expect(messages(read)).toEqual([
      "`tags` of `a`, `cache-from` of `b`, `cache-to` of `a`, `b`, `output` of `a`, `pull` of `a`, `call` of `a`: not used, as tags, caches and outputs come from this run's inputs and configuration",
    ])
  })

  test('nothing of the tag of a Compose image, which only names it', () => {
    expect(messages(found({ a: { tags: ['x/a:1'] } }, { project: 'shop' }))).toEqual([])
  })

  test('that there is nothing to build', () => {
    expect(messages(found({}))).toEqual(['there is no image to build in it'])
  })
})
