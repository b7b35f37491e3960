import { beforeEach, describe, expect, test } from '@jest/globals'
import type { RawInputs } from '../src/config/input-reader.js'
import { type Run, World } from './fakes/world.js'

const CONFIG = `registry: ghcr.io/acme
bases:
  deps: {context: deps}
  tools: {context: tools}
services:
  api: {context: api, bases: [deps]}
  web: {context: web, bases: [deps]}
`
const TREE = {
  '.github/smart-image-build.yml': CONFIG,
  'deps/Dockerfile': 'FROM scratch\nCOPY lock /\n',
  'deps/lock': '1',
  'tools/Dockerfile': 'FROM scratch\nCOPY x /\n',
  'tools/x': '1',
  'api/Dockerfile': 'FROM deps\nCOPY main.go /\n',
  'api/main.go': '1',
  'web/Dockerfile': 'FROM deps\nCOPY index.html /\n',
  'web/index.html': '1',
}
const DEPS = 'ghcr.io/acme/deps'
const WITHOUT_PUSH: readonly [string, RawInputs][] = [
  ['neither push nor load', {}],
  ['load', { load: 'true' }],
]

let world: World
beforeEach(() => {
  world = new World({ committed: TREE })
})

function builds({ builder }: Run): string[] {
  return builder.log.filter((line) => line.startsWith('build ')).map((line) => line.replace('build ', ''))
}

/** Another machine, for which nothing was recorded. */
function forget(): void {
  world.store.texts.clear()
  world.engine.images.clear()
}

describe.each(WITHOUT_PUSH)('with %s', (_, inputs) => {
  test('a base is built once, kept, and never in the engine', async () => {
    const first = await world.run(inputs)
    expect([first.code, builds(first).slice(1).sort()]).toEqual([0, ['api', 'tools', 'web']])
    expect(world.layouts.log.filter((line) => line.startsWith('keep'))).toEqual([`keep ${DEPS}`])
    expect([...world.engine.images.keys()].join()).not.toContain('deps')
    world.git.commit('api/main.go', '2')
    const second = await world.run(inputs)
    expect([second.code, builds(second)]).toEqual([0, ['api']])
    const [kept] = world.layouts.kept.values()
    expect(second.builder.requests[0]?.layouts).toEqual({ deps: kept })
    expect(second.host.json('reasons')).toMatchObject({ deps: [] })
  })

  test('a base that is only kept is used again, and asked for without being fetched', async () => {
    await world.run(inputs)
    forget()
    const run = await world.run(inputs)
    expect([run.code, builds(run).sort()]).toEqual([0, ['api', 'tools', 'web']])
    expect(world.layouts.log).toEqual([`has ${DEPS}`, `fetch ${DEPS}`])
    expect(run.host.lines.join('\n')).toContain('an image of this content is kept')
  })

  test('a base that is not kept any more is built for what needs it', async () => {
    await world.run(inputs)
    world.layouts.kept.clear()
    world.git.commit('web/index.html', '2')
    const run = await world.run(inputs)
    expect([run.code, builds(run)]).toEqual([0, ['deps', 'web']])
    expect(world.layouts.kept.size).toBe(1)
  })

  test('a base that is forced takes the place of the one that was kept', async () => {
    await world.run(inputs)
    const [before] = world.layouts.kept.values()
    const run = await world.run({ ...inputs, force: 'deps' })
    expect(builds(run)[0]).toBe('deps')
    const [after] = world.layouts.kept.values()
    expect(after).not.toEqual(before)
    expect(run.builder.requests[1]?.layouts).toEqual({ deps: after })
  })

  test('a service of layouts that does not answer costs a build and one notice', async () => {
    world.layouts.outage = 'HTTP 503'
    const run = await world.run(inputs)
    expect([run.code, builds(run)[0]]).toEqual([0, 'deps'])
    expect(run.host.notices.map(({ message }) => message)).toContain(
      'Images that others are built from may have to be built again: HTTP 503',
    )
  })
})

test('a plan asks without fetching', async () => {
  await world.run({})
  forget()
  const run = await world.run({ mode: 'plan' })
  expect(run.host.json('reasons')).toMatchObject({ deps: [], api: [{ kind: 'no-record' }] })
  expect(world.layouts.log).toEqual([`has ${DEPS}`])
})

describe('nobody asks for what is kept', () => {
  test('in a run that pushes', async () => {
    await world.run({})
    const run = await world.run({ push: 'true' })
    expect([run.code, builds(run)[0]]).toEqual([0, 'deps'])
    expect(world.layouts.log).toEqual([])
  })

  test('of what the registry has', async () => {
    await world.run({ push: 'true' })
    forget()
    await world.run({})
    expect(world.layouts.log).toEqual([])
  })

  test('of a base that is forced, or that nothing requested is built from', async () => {
    await world.run({ mode: 'plan', force: 'deps' })
    await world.run({ mode: 'plan', services: 'tools' })
    expect(world.layouts.log).toEqual([])
  })
})

test('a pull request of a fork uses what is kept, and pushes nothing', async () => {
  await world.run({})
  forget()
  const run = await world.run({ push: 'true' }, { pushForbidden: 'it comes from a fork' })
  expect([run.code, builds(run).includes('deps')]).toEqual([0, false])
  expect(world.registry.manifests.size).toBe(0)
})
