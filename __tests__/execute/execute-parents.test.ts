import { beforeEach, describe, expect, test } from '@jest/globals'
import { builtDigest } from '../fakes/fake-builder.js'
import { planned, REBUILD, request, service } from '../fakes/images.js'
import { A, BROKEN, kindsOf, REUSE, TAG, Workshop } from './workshop.js'

let registry: Workshop['registry']
let builder: Workshop['builder']
let stop: Workshop['stop']
let run: (...of: Parameters<Workshop['run']>) => ReturnType<Workshop['run']>
beforeEach(() => {
  const workshop = new Workshop()
  ;({ registry, builder, stop } = workshop)
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

  test('take from this Docker what is in no registry', async () => {
    await run([app, base], { request: request({ load: true }) })
    expect(builder.requests[1]?.options).toContain(`deps=docker-image://${BASE}:${TAG}`)
  })
})
