import { beforeEach, describe, expect, test } from '@jest/globals'
import type { RawInputs } from '../src/config/input-reader.js'
import type { Failure } from '../src/model/failure.js'
import { World } from './fakes/world.js'

const CONFIG = '.github/smart-image-build.yml'

let world: World
beforeEach(() => {
  world = new World()
})

describe('nothing is built, and the code says why, for', () => {
  test.each<[string, RawInputs, number, Failure['kind'], string]>([
    ['a service that does not exist', { services: 'apii' }, 2, 'usage', 'did you mean `api`?'],
    [
      'a forced service that does not exist',
      { force: 'webs' },
      2,
      'usage',
      'force: there is no service `webs`',
    ],
    ['an input that cannot be understood', { push: 'yes' }, 2, 'usage', '`push` is `yes`'],
    [
      'a configuration that is not there',
      { config: 'x.yml' },
      2,
      'usage',
      'configuration `x.yml` does not exist',
    ],
    ['a registry that cannot be understood', { registry: 'acme' }, 2, 'usage', 'no registry host'],
    ['a tag that cannot be one', { tags: 'type=shaa' }, 2, 'usage', 'shaa'],
    ['a plan for legs with such a tag', { mode: 'plan', tags: 'type=shaa' }, 2, 'usage', 'shaa'],
  ])('%s', async (_description, inputs, ...[code, kind, message]) => {
    const run = await world.run({ push: 'true', ...inputs })
    expect([run.code, run.builder.log]).toEqual([code, []])
    expect(run.host.failures).toMatchObject([{ kind }])
    expect(run.host.failures[0]?.message).toContain(message)
    expect([run.host.outputs.size, world.store.saves]).toEqual([0, 0])
  })

  test.each<[string, string, string | undefined, string]>([
    ['a configuration with a mistake', CONFIG, 'services:\n  api: {contxt: api}\n', 'contxt'],
    ['a Dockerfile that is gone', 'api/Dockerfile', undefined, 'Dockerfile `api/Dockerfile` does not exist'],
    ['an ignore file with a mistake', 'api/.dockerignore', '[a', '`[a` is not a pattern'],
  ])('%s', async (_description, path, ...[text, message]) => {
    world.git.commit(path, text)
    const { code, host, builder } = await world.run()
    expect([code, builder.log]).toEqual([2, []])
    expect(host.failures.map(({ kind }) => kind)).toContain('config-invalid')
    expect(host.failures.map((failure) => failure.message).join('\n')).toContain(message)
  })

  test('git that fails', async () => {
    world.git.broken = 'differing'
    const { code, host, builder } = await world.run()
    expect([code, builder.log]).toEqual([1, []])
    expect(host.failures).toMatchObject([{ kind: 'git-failed' }])
  })

  test('a builder that is not there', async () => {
    world.prepare = ({ builder }) => (builder.isMissing = true)
    const { code, host, builder } = await world.run({ push: 'true', builder: 'remote' })
    expect([code, builder.log]).toEqual([3, ['available remote']])
    expect(host.failures).toMatchObject([{ kind: 'environment-missing' }])
  })
})

test('what is wrong with several services is said at once', async () => {
  world.git.commit('api/Dockerfile', undefined)
  world.git.commit('web/Dockerfile', undefined)
  expect((await world.run()).host.failures).toHaveLength(2)
})

describe('records that', () => {
  test('cannot be read are none, and that is said', async () => {
    await world.run()
    world.store.outage = 'HTTP 500'
    const { code, host, builder } = await world.run()
    expect([code, builder.log]).toEqual([0, []])
    expect(host.json('reused')).toEqual(['api', 'web'])
    expect(host.notices.map(({ message }) => message)).toEqual([
      'Earlier records are not available: HTTP 500',
      'What was built could not be recorded: HTTP 500',
    ])
  })

  test('cannot be written are not tried a second time', async () => {
    world.store.outage = 'HTTP 500'
    await world.run()
    expect(world.store.saves).toBe(1)
  })

  test.each([
    ['are damaged', (text: string) => text.slice(0, -1), 'it is damaged'],
    ['are of another version', (text: string) => text.replace(' 3 ', ' 9 '), 'its version 9 is not 3'],
  ])('%s are none, and that is said', async (_description, damage, problem) => {
    await world.run()
    for (const [scope, text] of world.store.texts) world.store.texts.set(scope, damage(text))
    const { code, host, builder } = await world.run()
    expect([code, builder.log]).toEqual([0, []])
    expect(host.notices).toEqual([{ message: `The stored records are not used: ${problem}` }])
  })
})

describe('a run that is interrupted', () => {
  test('records what had succeeded and ends with 130', async () => {
    world.prepare = ({ builder }) => {
      builder.endless.add('web')
      builder.onStart = (name) => {
        if (name === 'web') world.stop.abort()
      }
    }
    const { code, host } = await world.run({ push: 'true', 'max-parallel': '1' })
    expect(code).toBe(130)
    expect(host.json('rebuilt')).toEqual(['api'])
    expect(host.json('failed')).toEqual([])
    expect(world.recordOf('api')).toBeDefined()
    expect(world.recordOf('web')).toBeUndefined()
  })

  test('delivers nothing: the next run offers what it had built', async () => {
    await world.run()
    world.git.commit('api/main.ts', 'new')
    world.git.commit('web/main.ts', 'new')
    world.prepare = ({ builder }) => {
      builder.endless.add('web')
      builder.onStart = (name) => {
        if (name === 'web') world.stop.abort()
      }
    }
    expect((await world.run({ push: 'true', 'max-parallel': '1' })).code).toBe(130)

    const after = new World()
    Object.assign(after, { git: world.git, registry: world.registry, store: world.store })
    world.git.commit('web/main.ts', undefined)
    const next = await after.run({ push: 'true' }, { runId: '8' })
    expect(next.code).toBe(0)
    expect(next.host.json('reused')).toEqual(['api', 'web'])
    expect(next.host.json('changed')).toEqual(['api'])
    expect((await after.run({ push: 'true' }, { runId: '9' })).host.json('changed')).toEqual([])
  })
})

describe('asking for', () => {
  test('one service leaves the others alone', async () => {
    const { host, builder } = await world.run({ push: 'true', services: 'web' })
    expect(builder.log).toEqual(['available', 'build web'])
    expect(host.json('changed')).toEqual(['web'])
    expect(world.registry.log.filter((entry) => entry.includes('/api'))).toEqual([])
  })

  test('force rebuilds what did not change', async () => {
    await world.run()
    const { host, builder } = await world.run({ push: 'true', force: 'a*' })
    expect(builder.log).toEqual(['available', 'build api'])
    expect(host.json('reasons')).toEqual({ api: [{ kind: 'forced' }], web: [] })
  })

  test('no registry asks none', async () => {
    await world.run({ 'local-only': 'true' })
    expect(world.registry.log).toEqual([])
  })

  test('load pulls what only the registry has', async () => {
    await world.run()
    const { builder } = await world.run({ load: 'true' })
    expect(builder.log).toEqual([])
    expect(world.engine.log.filter((entry) => entry.startsWith('pull'))).toHaveLength(2)
  })

  test('fail-fast leaves the rest', async () => {
    world.prepare = ({ builder }) =>
      builder.failing.set('api', {
        kind: 'build-failed',
        message: 'code 1',
        log: [],
        cause: 'code',
        tail: [],
      })
    const { code, builder } = await world.run({ push: 'true', 'fail-fast': 'true', 'max-parallel': '1' })
    expect([code, builder.log]).toEqual([1, ['available', 'build api']])
  })
})

test('without a configuration the Dockerfiles are the services', async () => {
  world.git.commit(CONFIG, undefined)
  const { code, host } = await world.run({ push: 'true', registry: 'ghcr.io/acme' })
  expect(code).toBe(0)
  expect(host.json('rebuilt')).toEqual(['api', 'web'])
})

test('the registry of the input takes the place of the configured one', async () => {
  const { host } = await world.run({ push: 'true', registry: 'quay.io/x' })
  expect(Object.values(host.json('images') as object)).toEqual([
    expect.stringMatching(/^quay\.io\/x\/api@sha256:/),
    expect.stringMatching(/^quay\.io\/x\/web@sha256:/),
  ])
})

test('an image that went away from the registry is built again', async () => {
  await world.run()
  world.registry.manifests.clear()
  const { host } = await world.run()
  expect(host.json('reasons')).toEqual({ api: [{ kind: 'image-missing' }], web: [{ kind: 'image-missing' }] })
})

describe('the report', () => {
  test('comes once for each reader', async () => {
    const { host } = await world.run()
    expect([host.results, host.documents, host.summaries].map((told) => told.length)).toEqual([1, 1, 1])
    expect(host.documents[0]).toMatchObject({ version: 1, images: [{ name: 'api' }, { name: 'web' }] })
  })

  test('without a summary is no failure', async () => {
    world.prepare = ({ host }) => (host.summaryProblem = 'disk full')
    const { code, host } = await world.run()
    expect(code).toBe(0)
    expect(host.notices).toEqual([{ message: 'The job summary could not be written: disk full' }])
  })

  test('what steps print is a detail, that they begin is progress', async () => {
    world.prepare = ({ builder }) =>
      builder.lines.push({ text: 'RUN make', isOutput: false }, { text: 'made', isOutput: true })
    const { host } = await world.run({ services: 'api' })
    const told = (lines: readonly string[], text: string) =>
      lines.filter((line) => line.includes(text)).length
    expect([told(host.lines, 'RUN make'), told(host.details, 'made')]).toEqual([1, 1])
    expect([told(host.lines, 'made'), told(host.details, 'RUN make')]).toEqual([0, 0])
  })

  test('shows the log of each build as a whole where the host groups', async () => {
    world.prepare = ({ host, builder }) => {
      host.progressStyle = 'groups'
      builder.lines.push({ text: 'RUN make', isOutput: false }, { text: 'made', isOutput: true })
    }
    const { host } = await world.run({ push: 'true', 'max-parallel': '2' })
    expect(host.groups).toEqual(['Build of api', 'Build of web'])
    const lines = ['api', 'web'].flatMap((name) => [`${name}  | RUN make`, `${name}  | made`])
    expect(host.grouped).toEqual(lines)
    expect(host.lines.filter((line) => line.endsWith('RUN make'))).toHaveLength(2)
    expect(host.details).toEqual([])
  })

  test('draws what goes on where the host can, until nothing does', async () => {
    const drawn: string[] = []
    world.prepare = ({ host, builder }) => {
      host.progressStyle = 'live'
      builder.lines.push({ text: 'RUN make', isOutput: false })
      builder.onStart = () => drawn.push(...(host.drawn?.() ?? []))
    }
    const { host } = await world.run({ push: 'true', services: 'api' })
    expect(drawn).toEqual(['api  | 0.0 s'])
    expect([host.drawn, host.lines.filter((line) => line.includes('RUN make'))]).toEqual([undefined, []])
  })
})
