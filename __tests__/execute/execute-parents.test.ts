import { beforeEach, describe, expect, test } from '@jest/globals'
import { failed } from '../../src/model/failure.js'
import { fingerprintTag } from '../../src/model/fingerprint.js'
import type { Decision, Found, PlannedImage } from '../../src/model/plan.js'
import type { RunRequest } from '../../src/model/request.js'
import { builtDigest } from '../fakes/fake-builder.js'
import { planned, REBUILD, request, service } from '../fakes/images.js'
import { keyOf, layoutDigest } from '../fakes/memory-layouts.js'
import { A, API, BROKEN, kindsOf, REUSE, TAG, Workshop } from './workshop.js'

const SKIP: Decision = { kind: 'skip', isUnneeded: true }
const MISSING = { decision: { kind: 'rebuild', reasons: [{ kind: 'image-missing' }] } }

let workshop: Workshop
let registry: Workshop['registry']
let builder: Workshop['builder']
let layouts: Workshop['layouts']
let stop: Workshop['stop']
let run: (...of: Parameters<Workshop['run']>) => ReturnType<Workshop['run']>
beforeEach(() => {
  workshop = new Workshop()
  ;({ registry, builder, layouts, stop } = workshop)
  run = (...of) => workshop.run(...of)
})

describe('images that are built from others', () => {
  const base = planned('base', REBUILD)
  const app = planned('app', REBUILD, { parents: { deps: 'base' } })
  const BASE = 'ghcr.io/acme/base'

  test('come after them, and take them by their digests', async () => {
    const outcomes = await run([app, base])
    expect(kindsOf(outcomes)).toEqual(['app built', 'base built'])
    expect(builder.log).toEqual(['build base', 'build app'])
    const address = `deps=docker-image://${BASE}@${builtDigest(`${BASE}:${TAG}`)}`
    expect(builder.requests[1]?.options).toContain(address)
  })

  test('take what exists already', async () => {
    registry.push(`${BASE}:${TAG}`, A)
    await run([app, planned('base', REUSE)])
    expect(builder.requests[0]?.options).toContain(`deps=docker-image://${BASE}@${A}`)
    expect(builder.log).toEqual(['build app'])
  })

  test('are blocked by what fails, however far back, and the others go on', async () => {
    builder.failing.set('base', BROKEN)
    const top = planned('top', REBUILD, { parents: { x: 'app' } })
    const outcomes = await run([top, app, base, planned('other', REBUILD)])
    expect(kindsOf(outcomes)).toEqual(['top blocked', 'app blocked', 'base failed', 'other built'])
    expect(outcomes.slice(0, 2)).toMatchObject([{ by: 'app' }, { by: 'base' }])
  })

  test('are cancelled with what was stopped before it was there', async () => {
    builder.endless.add('base')
    builder.onStart = () => {
      stop.abort()
    }
    expect(kindsOf(await run([app, base]))).toEqual(['app cancelled', 'base cancelled'])
  })

  test('wait for what they only need, too', async () => {
    const web = planned('web', REBUILD, { service: service('web', { needs: ['base'] }) })
    await run([web, base])
    expect(builder.log).toEqual(['build base', 'build web'])
    expect(builder.requests[1]?.options.join()).not.toContain('base')
  })
})

describe('images that are built from others, in a run that does not push', () => {
  const base = planned('base', REBUILD, { service: service('base', { kind: 'base' }) })
  const app = planned('app', REBUILD, { parents: { deps: 'base' } })
  const found = (image: PlannedImage, how: Found) => ({
    ...image,
    decision: { kind: 'reuse', found: how } as const,
  })
  const BASE = { image: base.service.image, fingerprint: base.fingerprint.digest }
  const LAYOUT = { folder: '/kept/base', digest: A }
  const run = (images: readonly PlannedImage[], asked: Partial<RunRequest> = {}) =>
    workshop.run(images, { request: request(asked), hasLayouts: workshop.builder.hasLayouts })
  const requestOf = (name: string) => builder.requests.find((one) => one.service === name)

  beforeEach(() => {
    workshop.engine.images.set(API, A)
  })

  test.each([false, true])('take them as layouts, which are kept; load: %s', async (load) => {
    expect(kindsOf(await run([app, base], { load }))).toEqual(['app built', 'base built'])
    const { layout: place, load: isLoaded } = requestOf('base') ?? {}
    expect([place, isLoaded]).toEqual(['/layouts/1', false])
    const layout = { folder: '/layouts/1', digest: layoutDigest('/layouts/1') }
    expect(requestOf('app')).toMatchObject({ load, layouts: { deps: layout } })
    expect(requestOf('app')).not.toHaveProperty('layout')
    expect(layouts.log).toEqual(['keep ghcr.io/acme/base'])
  })

  test('take a service as a layout, too, which is loaded besides', async () => {
    const api = planned('api', REBUILD)
    await run([planned('web', REBUILD, { parents: { site: 'api' } }), api], { load: true })
    expect(requestOf('api')).toMatchObject({ load: true, layout: '/layouts/1' })
    expect(requestOf('web')?.layouts).toMatchObject({ site: { folder: '/layouts/1' } })
  })

  test('take what the registry has by its digest', async () => {
    await run([app, { ...base, decision: REUSE }])
    expect(requestOf('app')?.options).toContain(`deps=docker-image://ghcr.io/acme/base@${A}`)
    expect(layouts.log).toEqual([])
  })

  test.each(['record', 'engine', 'layout', 'range'] as const)(
    'take what is kept of an image that is there by its %s',
    async (how) => {
      layouts.kept.set(keyOf(BASE), LAYOUT)
      expect(kindsOf(await run([app, found(base, how)]))).toEqual(['app built', 'base reused'])
      expect(requestOf('app')?.layouts).toEqual({ deps: LAYOUT })
      expect(builder.log).toEqual(['build app'])
    },
  )

  test('have built again what is not kept any more, and all that this is built from', async () => {
    const [lost, first] = [found({ ...base, parents: { root: 'first' } }, 'record'), planned('first', SKIP)]
    const outcomes = await run([app, lost, first])
    expect(builder.log).toEqual(['build first', 'build base', 'build app'])
    expect(outcomes.slice(1)).toMatchObject([{ image: MISSING }, { image: MISSING }])
    expect(layouts.log.slice(0, 2)).toEqual(['fetch ghcr.io/acme/base', 'fetch ghcr.io/acme/first'])
  })

  test('ask for nothing that they are not built from anew', async () => {
    await run([found(app, 'record'), found(base, 'record'), planned('other', REBUILD)])
    expect([layouts.log, builder.log]).toEqual([[], ['build other']])
  })

  test('fail with what cannot be kept', async () => {
    layouts.keep = () => Promise.resolve(failed(BROKEN))
    const outcomes = await run([app, base])
    expect(outcomes).toMatchObject([
      { kind: 'blocked', by: 'base' },
      { kind: 'failed', failure: BROKEN },
    ])
  })

  describe('by a builder that has no layouts', () => {
    const TAGGED = `ghcr.io/acme/base:${fingerprintTag(BASE.fingerprint, 'all', 'base')}`
    beforeEach(() => {
      builder.hasLayouts = false
    })

    test('take them from this Docker by their tags, with a notice', async () => {
      expect(kindsOf(await run([app, base]))).toEqual(['app built', 'base built'])
      expect(requestOf('base')).toMatchObject({ load: true, layouts: {} })
      expect(requestOf('app')?.options).toContain(`deps=docker-image://${TAGGED}`)
      expect(workshop.notices).toEqual([expect.stringContaining('docker/setup-buildx-action')])
      expect(layouts.log).toEqual([])
    })

    test('have them built only where this Docker has lost them', async () => {
      workshop.engine.images.set(TAGGED, A)
      await run([app, found(base, 'record')])
      expect([builder.log, workshop.notices]).toEqual([['build app'], []])
      workshop.engine.images.delete(TAGGED)
      await run([app, found(base, 'record')])
      expect(builder.log.slice(1)).toEqual(['build base', 'build app'])
    })
  })
})

test('an image that no digest is known of is asked of the registry before others are pushed that are built from it', async () => {
  registry.push(`ghcr.io/acme/base:${TAG}`, A)
  const base = planned('base', { kind: 'reuse', found: 'range' })
  const outcomes = await run([planned('app', REBUILD, { parents: { deps: 'base' } }), base])
  expect(kindsOf(outcomes)).toEqual(['app built', 'base reused'])
  expect(builder.requests[0]?.options).toContain(`deps=docker-image://ghcr.io/acme/base@${A}`)
  expect(layouts.log).toEqual([])
})
