import { beforeEach, describe, expect, test } from '@jest/globals'
import { builtDigest } from '../fakes/fake-builder.js'
import { digest, planned, REBUILD } from '../fakes/images.js'
import type { FakeRegistry } from '../fakes/fake-registry.js'
import { A, API, BROKEN, kindsOf, REUSE, Workshop } from './workshop.js'

let registry: Workshop['registry']
let builder: Workshop['builder']
let notices: Workshop['notices']
let run: (...of: Parameters<Workshop['run']>) => ReturnType<Workshop['run']>
beforeEach(() => {
  const workshop = new Workshop()
  ;({ registry, builder, notices } = workshop)
  run = (...of) => workshop.run(...of)
})

describe('an image of the same content that another run pushes meanwhile', () => {
  test('is used when it is there before the build', async () => {
    registry.push(API, A)
    const [outcome] = await run([planned('api', REBUILD)])
    expect(outcome).toMatchObject({ kind: 'reused', digest: A, image: { changed: true } })
    expect(builder.log).toEqual([])
    expect(registry.manifests.get('ghcr.io/acme/api:main')).toBe(A)
  })

  test('is used when it comes after this one', async () => {
    let finds = 0
    registry.fault = (operation) => {
      if (operation.startsWith('find') && ++finds === 2) registry.push(API, A)
      return undefined
    }
    expect(await run([planned('api', REBUILD)])).toMatchObject([{ kind: 'built', digest: A }])
    expect(registry.manifests.get('ghcr.io/acme/api:main')).toBe(A)
  })

  test('is used when it keeps this one from being pushed', async () => {
    registry.immutable.add('ghcr.io/acme/api')
    builder.onStart = () => {
      registry.push(API, A)
    }
    expect(await run([planned('api', REBUILD)])).toMatchObject([{ kind: 'reused', digest: A }])
  })

  test('does not stand in for one that is wanted anew', async () => {
    registry.push(API, A)
    const image = planned('api', { kind: 'rebuild', reasons: [{ kind: 'forced' }] })
    expect(await run([image])).toMatchObject([{ kind: 'built', digest: builtDigest(API) }])
  })
})

describe('a tag that the registry refuses', () => {
  const tag = 'ghcr.io/acme/api:v1'

  test('is a failure where it may point at another image', async () => {
    registry.push(API, A)
    registry.push(tag, digest('b'))
    registry.immutable.add('ghcr.io/acme/api')
    const [outcome] = await run([planned('api', REUSE)])
    expect(outcome).toMatchObject({ kind: 'failed', failure: { message: expect.stringContaining('v1') } })
  })

  test('is a notice where the image has as many as it may have', async () => {
    registry.push(API, A)
    const full: Pick<FakeRegistry, 'point'> = {
      point: (_image, _digest, [reference = '']) => {
        const failure = { kind: 'registry-failed', message: `${reference}: too many tags` } as const
        return Promise.resolve({ moved: [], refused: [{ kind: 'limit', reference, failure }] })
      },
    }
    registry.point = full.point
    expect(kindsOf(await run([planned('api', REUSE), planned('web', REBUILD)]))).toEqual([
      'api reused',
      'web failed',
    ])
    expect(notices).toEqual(['main: too many tags'])
  })

  test('that keeps its tag, as the repository keeps all, leaves the new one a tag of its own', async () => {
    registry.push(API, A)
    registry.immutable.add('ghcr.io/acme/api')
    const image = planned('api', { kind: 'rebuild', reasons: [{ kind: 'forced' }] })
    const beside = `${API}-100`
    expect(await run([image])).toMatchObject([{ kind: 'built', digest: builtDigest(beside) }])
    expect([registry.manifests.get(API), registry.manifests.get(beside)]).toEqual([A, builtDigest(beside)])
    expect(registry.manifests.get('ghcr.io/acme/api:main')).toBe(builtDigest(beside))
    expect(notices.join()).toContain('only records lead to it')
  })

  test('is not built again for a mistake in its Dockerfile', async () => {
    registry.push(API, A)
    builder.failing.set('api', BROKEN)
    const image = planned('api', { kind: 'rebuild', reasons: [{ kind: 'forced' }] })
    expect(await run([image])).toMatchObject([{ kind: 'failed', failure: BROKEN }])
    expect(builder.log).toEqual(['build api'])
  })
})
