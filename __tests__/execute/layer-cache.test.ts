import { describe, expect, test } from '@jest/globals'
import fc from '../fakes/seeded.js'
import { cacheTag, layerCacheOptions, type LayerPlace, scopeOf } from '../../src/execute/layer-cache.js'
import type { LayerCache } from '../../src/model/layer-cache.js'
import type { Service } from '../../src/model/service.js'
import { service } from '../fakes/images.js'

const API = service('api', { image: { registry: 'ghcr.io', repository: 'acme/api' } })
const BASE: Service = { ...API, kind: 'base' }

function options(cache: LayerCache, given: Partial<LayerPlace> = {}, of = API): string[] {
  return layerCacheOptions(of, { cache, platforms: ['linux/amd64'], branches: ['topic', 'main'], ...given })
}

const SCOPE = 'scope=smart-image-build/api/linux/amd64'
const READ = `type=gha,${SCOPE},timeout=5s`

describe('layers are read and written', () => {
  test.each<[string, LayerCache, Partial<LayerPlace>, string[]]>([
    ['nowhere', { kind: 'none', isWritten: true }, {}, []],
    [
      'in the Actions cache, never to the harm of the build',
      { kind: 'gha', isWritten: true },
      {},
      ['--cache-from', READ, '--cache-to', `type=gha,${SCOPE},mode=min,ignore-error=true,timeout=5s`],
    ],
    ['in the Actions cache, but not written', { kind: 'gha', isWritten: false }, {}, ['--cache-from', READ]],
    [
      'in the registry: of the branch, then of the default branch',
      { kind: 'registry', isWritten: true },
      {},
      [
        '--cache-from',
        'type=registry,ref=ghcr.io/acme/api:cache-topic',
        '--cache-from',
        'type=registry,ref=ghcr.io/acme/api:cache-main',
        '--cache-to',
        'type=registry,ref=ghcr.io/acme/api:cache-topic,mode=min,image-manifest=true,oci-mediatypes=true,ignore-error=true',
      ],
    ],
    [
      'in a folder, from one to another',
      { kind: 'local', isWritten: true },
      { folders: { from: '/a b', to: '/c,d' } },
      [
        '--cache-from',
        'type=local,src=/a b',
        '--cache-to',
        'type=local,"dest=/c,d",mode=min,ignore-error=true',
      ],
    ],
    [
      'in a folder that has none yet',
      { kind: 'local', isWritten: true },
      { folders: { to: '/c' } },
      ['--cache-to', 'type=local,dest=/c,mode=min,ignore-error=true'],
    ],
    [
      'in the image itself',
      { kind: 'inline', isWritten: true },
      { images: ['ghcr.io/acme/api@sha256:1', 'ghcr.io/acme/api:main'] },
      [
        ...['--cache-from', 'type=registry,ref=ghcr.io/acme/api@sha256:1'],
        ...['--cache-from', 'type=registry,ref=ghcr.io/acme/api:main', '--cache-to', 'type=inline'],
      ],
    ],
  ])('%s', (_description, cache, given, expected) => {
    expect(options(cache, given)).toEqual(expected)
  })

  test.each<[string, Service, LayerCache, string]>([
    ['of a base every stage', BASE, { kind: 'gha', isWritten: true }, 'mode=max'],
    ['of a base what is asked for', BASE, { kind: 'gha', mode: 'min', isWritten: true }, 'mode=min'],
    ['of a service what is asked for', API, { kind: 'gha', mode: 'max', isWritten: true }, 'mode=max'],
  ])('%s', (_description, of, cache, expected) => {
    expect(options(cache, {}, of).at(-1)).toContain(expected)
  })

  test('elsewhere, where the configuration says so', () => {
    const own = { ...API.build, cacheFrom: ['type=local,src=x'] }
    const cache: LayerCache = { kind: 'gha', isWritten: true }
    expect(options(cache, {}, { ...API, build: own })).toEqual(['--cache-to', expect.any(String)])
    expect(options(cache, {}, { ...API, build: { ...own, cacheTo: ['type=inline'] } })).toEqual([])
  })
})

describe('no two share', () => {
  const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,6}$/)
  const platform = fc.constantFrom('linux/amd64', 'linux/arm64', 'linux/arm/v7', 'linux/arm')
  const image = fc.record({ name, platforms: fc.uniqueArray(platform, { minLength: 1, maxLength: 3 }) })

  test('a scope', () => {
    fc.assert(
      fc.property(image, image, (a, b) => {
        const [one, other] = [a, b].map(({ name, platforms }) => scopeOf(service(name), { platforms }))
        expect(one === other).toBe(JSON.stringify(a) === JSON.stringify(b))
      }),
    )
  })

  test('a tag, whatever the branches are called', () => {
    const branch = fc.string({ minLength: 1, maxLength: 120 })
    fc.assert(
      fc.property(branch, branch, (a, b) => {
        expect(cacheTag(a) === cacheTag(b)).toBe(a === b)
        expect(cacheTag(a)).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/)
      }),
    )
  })
})
