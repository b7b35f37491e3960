import { beforeEach, describe, expect, test } from '@jest/globals'
import type { RawInputs } from '../src/config/input-reader.js'
import type { PlanDocument } from '../src/report/document.js'
import fc from './fakes/seeded.js'
import { SHOP, World } from './fakes/world.js'

const PLAN: RawInputs = { mode: 'plan', 'inputs-from': 'commit', push: '' }
const BUILD: RawInputs = { 'inputs-from': 'commit' }
const CONFIG = '.github/smart-image-build.yml'

let world: World
beforeEach(async () => {
  world = new World()
  await world.run(BUILD)
  // The first finds records, and nothing in the memo that goes with them.
  await world.run(PLAN)
})

async function planned(of = world, inputs = PLAN): Promise<readonly (readonly [string, string, string])[]> {
  const { host } = await of.run(inputs)
  const { images } = host.documents[0] as PlanDocument
  return images.map(({ name, decision, fingerprint }) => [name, decision, fingerprint])
}

async function decisions(): Promise<string[]> {
  return (await planned()).map(([name, decision]) => `${name}: ${decision}`)
}

describe('with nothing changed', () => {
  test('only the root of the tree is looked at', async () => {
    world.git.commit('README.md', 'new')
    world.git.asked.length = 0
    expect(await decisions()).toEqual(['api: reuse', 'web: reuse'])
    // The root, and the folder of the configuration.
    expect(new Set(world.git.asked.filter((question) => question.startsWith('tree'))).size).toBe(2)
  })

  test('notices are said again', async () => {
    world.git.commit('web/Dockerfile', 'FROM alpine\nCOPY $SOURCE /\n')
    await world.run(BUILD)
    for (let run = 0; run < 2; run++) {
      const { host } = await world.run(PLAN)
      expect(host.notices.map(({ message }) => message).join()).toContain('`web`')
    }
  })
})

describe('what was found out of all together is of no use when', () => {
  test.each<[string, () => void, string[]]>([
    [
      'a file changed',
      () => {
        world.git.commit('api/main.go', 'x')
      },
      ['api: rebuild', 'web: reuse'],
    ],
    [
      'a file came',
      () => {
        world.git.commit('web/new', 'x')
      },
      ['api: reuse', 'web: rebuild'],
    ],
    [
      'a file went',
      () => {
        world.git.commit('api/main.go', undefined)
      },
      ['api: rebuild', 'web: reuse'],
    ],
    [
      'the configuration changed',
      () => {
        world.git.commit(CONFIG, (SHOP[CONFIG] ?? '').replace('{context: web}', '{context: api, image: w}'))
      },
      ['api: reuse', 'web: rebuild'],
    ],
    [
      'no records are left',
      () => {
        world.store.texts.clear()
      },
      ['api: rebuild', 'web: rebuild'],
    ],
  ])('%s', async (_description, change, expected) => {
    change()
    expect(await decisions()).toEqual(expected)
  })

  test('an environment variable of the configuration has another value', async () => {
    const text = (SHOP[CONFIG] ?? '').replace('{context: api}', '{context: api, build-args: {A: "${A:-1}"}}')
    world.git.commit(CONFIG, text)
    world.git.commit('api/Dockerfile', 'FROM scratch\nARG A\nCOPY . /\n')
    await world.run(BUILD)
    expect(await decisions()).toEqual(['api: reuse', 'web: reuse'])
    const { host } = await world.run(PLAN, { variables: { A: '2' } })
    expect(host.documents[0]).toMatchObject({ images: [{ decision: 'rebuild' }, { decision: 'reuse' }] })
  })
})

test('a plan with what earlier ones found out is the plan without it', async () => {
  const path = fc.constantFrom('api/main.go', 'web/index.html', 'README.md', 'api/.dockerignore', 'docs/x')
  const text = fc.option(fc.constantFrom('1', '2', '*.go'), { nil: undefined })
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(path, text, fc.boolean()), { maxLength: 6 }), async (steps) => {
      const lived = new World()
      for (const [at, content, isBuilt] of steps) {
        lived.git.commit(at, content)
        const warm = await planned(lived)
        const { memo } = lived.store
        lived.store.memo = undefined
        expect(warm).toEqual(await planned(lived))
        lived.store.memo = memo
        if (isBuilt) await lived.run(BUILD)
      }
    }),
    { numRuns: 20 },
  )
})
