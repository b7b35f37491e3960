import { beforeEach, describe, expect, test } from '@jest/globals'
import { SHOP, World } from './fakes/world.js'

const CONFIG = '.github/smart-image-build.yml'

let world: World
beforeEach(async () => {
  world = new World()
  await world.run()
})

/** Reasons of the next run, by service. */
async function reasons(inputs: Record<string, string> = {}): Promise<Record<string, unknown>> {
  const { host } = await world.run({ push: 'true', ...inputs })
  return host.json('reasons') as Record<string, unknown>
}

describe('a reason `files`', () => {
  test('names what was added, modified and removed since the record, in what the service takes', async () => {
    world.git.commit('api/main.go', 'package other')
    world.git.commit('api/a.go', 'package a')
    world.git.commit('web/index.html', undefined)
    world.git.commit('web/page.html', '<p>')
    expect(await reasons()).toEqual({
      api: [{ kind: 'files', added: 1, modified: 1, removed: 0, paths: ['api/a.go', 'api/main.go'] }],
      web: [{ kind: 'files', added: 1, modified: 0, removed: 1, paths: ['web/index.html', 'web/page.html'] }],
    })
  })

  test('names twenty paths and counts all', async () => {
    for (let index = 10; index < 35; index++) world.git.commit(`api/f${index}`, 'x')
    const paths = Array.from({ length: 20 }, (_, index) => `api/f${10 + index}`)
    expect(await reasons()).toMatchObject({ api: [{ added: 25, paths }] })
  })

  test('names what only lies on the disk', async () => {
    world.git.lay('api/new.go', 'package new')
    expect(await reasons()).toMatchObject({ api: [{ added: 1, paths: ['api/new.go'] }] })
  })

  test('stays without paths when the commit of the record is out of reach', async () => {
    world.git.commit('api/main.go', 'package other')
    world.git.commits.clear()
    expect(await reasons()).toMatchObject({ api: [{ kind: 'files' }], web: [] })
  })

  test('is told against the commit that was asked for', async () => {
    const before = world.git.head
    world.git.commit('api/main.go', 'package second')
    await world.run()
    world.git.commit('api/a.go', 'package a')
    expect(await reasons({ 'base-ref': before })).toMatchObject({
      api: [{ added: 1, modified: 1, paths: ['api/a.go', 'api/main.go'] }],
    })
  })
})

describe('a reason `dockerfile`', () => {
  test('names the lines that were not there before', async () => {
    world.git.commit('api/Dockerfile', 'FROM scratch\nCOPY main.go /\n')
    await world.run()
    world.git.commit('api/Dockerfile', 'FROM scratch\n# why\nCOPY main.go /\nENV A=1 \\\n  B=2\n')
    expect(await reasons()).toMatchObject({ api: [{ kind: 'dockerfile', lines: [4] }] })
  })

  test('is not given for comments, blank lines and stages that nothing reaches', async () => {
    world.git.commit('api/Dockerfile', 'FROM scratch AS unused\n\n# why\nFROM scratch\nCOPY main.go /\n')
    await world.run()
    world.git.commit(
      'api/Dockerfile',
      'FROM scratch AS unused\nENV A=1\nFROM scratch\n# not\nCOPY main.go /\n',
    )
    expect(await reasons()).toMatchObject({ api: [] })
  })
})

test('a README that no COPY takes rebuilds nothing, and one that is taken does', async () => {
  world.git.commit('api/Dockerfile', 'FROM scratch\nCOPY main.go /\n')
  await world.run()
  world.git.commit('api/README.md', 'Read me')
  world.git.commit('web/README.md', 'Read me')
  expect(await reasons()).toMatchObject({ api: [], web: [{ kind: 'files', paths: ['web/README.md'] }] })
})

test('a source that is nowhere rebuilds in every run', async () => {
  const dockerfile = 'FROM scratch\nCOPY app.jar /\n'
  world.git.commit('api/Dockerfile', dockerfile)
  const missing = [{ kind: 'untracked-input', paths: ['api/app.jar'] }]
  expect(await reasons()).toMatchObject({ api: missing })
  expect(await reasons()).toMatchObject({ api: missing })
})

test('sources of what an earlier step makes count in its place', async () => {
  world.git.commit('api/Dockerfile', 'FROM scratch\nCOPY app.jar /\n')
  const config = SHOP[CONFIG]?.replace(
    '{context: api}',
    '{context: api, generated: {api/app.jar: [api/*.go]}}',
  )
  world.git.commit(CONFIG, config)
  await world.run()
  expect(await reasons()).toMatchObject({ api: [] })
  world.git.lay('api/app.jar', 'made')
  expect(await reasons()).toMatchObject({ api: [] })
  world.git.commit('api/main.go', 'package other')
  expect(await reasons()).toMatchObject({ api: [{ kind: 'files', paths: ['api/main.go'] }] })
})
