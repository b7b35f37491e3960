import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type PushOptions, Shop, type ShopRun } from '../rig/shop.js'

const CONFIG = '.github/smart-image-build.yml'

let shop: Shop

beforeEach(async () => {
  shop = await Shop.open()
  await shop.repository.commit('The shop')
})

afterEach(async () => {
  await shop.close()
})

/** Nothing was built, recorded or told to later jobs. */
function expectNothingDone(run: ShopRun): void {
  expect(run.docker.filter((line) => line.startsWith('buildx build'))).toEqual([])
  expect(run.main.outputs).toEqual({})
  expect(run.main.state).not.toHaveProperty('state-scope')
  expect(shop.cache.entries()).toEqual([])
}

function errors(run: ShopRun): ShopRun['main']['commands'] {
  return run.main.commands.filter((command) => command.name === 'error')
}

interface BadConfig {
  readonly problem: string
  readonly config: (text: string) => string
  readonly message: string
  /** Text at which the problem is placed. */
  readonly at?: string
}

const BAD_CONFIGS: readonly BadConfig[] = [
  {
    problem: 'YAML that cannot be read',
    config: () => 'services:\n  api: {context: api\n',
    message: '}',
  },
  {
    problem: 'an unknown key',
    config: () =>
      'services:\n  api:\n    context: backend\n    dockerfile: backend/Dockerfile\n    buildargs: {A: 1}\n',
    message: 'did you mean `build-args`?',
    at: 'buildargs',
  },
  {
    problem: 'a context outside of the repository',
    config: (text) => text.replace('context: store-deployer', 'context: ../store-deployer'),
    message: 'outside',
    at: '../store-deployer',
  },
  {
    problem: 'a Dockerfile that is not there',
    config: (text) =>
      text.replace('file: backend/migrations.Dockerfile', 'file: backend/migration.Dockerfile'),
    message: 'Dockerfile `backend/migration.Dockerfile` does not exist',
    at: 'backend-migrations:',
  },
  {
    problem: 'a context that is not there',
    config: (text) => text.replace('context: store-deployer', 'context: store'),
    message: 'store',
  },
  {
    problem: 'a health check without a port',
    config: (text) => text.replace('context: store-deployer', '$&\n    health: {path: /}'),
    message: '`services.store-deployer.health.port` is missing',
  },
  {
    problem: 'a lockfile that is not there',
    config: (text) => `${text}\nbases:\n  deps: {context: backend, lockfiles: [Cargo.lock]}\n`,
    message: 'base `deps`: lockfile "Cargo.lock" does not exist',
    at: 'deps:',
  },
]

describe('a configuration with a mistake ends with 2 before anything is built', () => {
  test.each(BAD_CONFIGS)('$problem', async ({ config, message, at }) => {
    const text = await readFile(join(shop.repository.folder, CONFIG), 'utf8')
    const mistaken = config(text)
    await shop.repository.write(CONFIG, mistaken)
    await shop.repository.commit('A mistake')
    const run = await shop.push()
    expect(run.main.exitCode).toBe(2)
    expectNothingDone(run)
    const found = errors(run).find((error) => error.message.includes(message))
    expect(found).toBeDefined()
    expect(found?.properties['file']).toBe(CONFIG)
    if (at === undefined) return
    const before = mistaken.slice(0, mistaken.indexOf(at)).split('\n')
    const place = { line: String(before.length), col: String((before.at(-1) ?? '').length + 1) }
    expect(found?.properties).toMatchObject(place)
  })
})

const BAD_RUNS: readonly { problem: string; options: PushOptions; message: string }[] = [
  {
    problem: 'a service that is not there',
    options: { inputs: { services: 'bakend' } },
    message: 'did you mean `backend`?',
  },
  { problem: 'a boolean that is none', options: { inputs: { load: 'yes' } }, message: '`load` is `yes`' },
  {
    problem: 'a mode with a slip',
    options: { inputs: { mode: 'collct' } },
    message: 'did you mean `collect`?',
  },
  {
    problem: 'an input without meaning in a plan',
    options: { inputs: { mode: 'plan', pull: 'true' } },
    message: '`pull`',
  },
  {
    problem: 'a configuration that is not there',
    options: { inputs: { config: 'x.yml' } },
    message: '`x.yml`',
  },
  { problem: 'a tag that no registry takes', options: { inputs: { tags: '-a' } }, message: '`-a`' },
]

describe('an input with a mistake ends with 2 before anything is built', () => {
  test.each(BAD_RUNS)('$problem', async ({ options, message }) => {
    const run = await shop.push(options)
    expect(run.main.exitCode).toBe(2)
    expect(
      errors(run)
        .map((error) => error.message)
        .join(),
    ).toContain(message)
    expectNothingDone(run)
  })

  test('push without a registry names the configuration', async () => {
    const text = await readFile(join(shop.repository.folder, CONFIG), 'utf8')
    await shop.repository.write(CONFIG, text.replace('registry: ghcr.io/acme', ''))
    await shop.repository.commit('No registry')
    const run = await shop.push({ inputs: { registry: '' } })
    expect(run.main.exitCode).toBe(2)
    expect(errors(run)[0]?.properties).toMatchObject({ file: CONFIG })
    expect(errors(run)[0]?.message).toContain('`registry:`')
    expectNothingDone(run)
  })
})

describe('a repository with nothing to build', () => {
  test('without configuration and Dockerfile says what to add', async () => {
    await shop.repository.git('rm', '-r', '--quiet', '.')
    await shop.repository.write('README.md', '# Nothing yet\n')
    await shop.repository.commit('Empty')
    const run = await shop.push()
    expect(run.main.exitCode).toBe(2)
    expect(errors(run)[0]?.message).toContain(CONFIG)
    expectNothingDone(run)
  })
})

describe('a machine that lacks something ends with 3', () => {
  let tools: string

  beforeEach(async () => {
    tools = await mkdtemp(join(tmpdir(), 'tools-'))
  })

  afterEach(async () => {
    await rm(tools, { recursive: true, force: true })
  })

  /** A PATH on which only these programs are. */
  async function pathWith(...programs: string[]): Promise<string> {
    for (const program of ['tar', 'zstd', 'unzstd', ...programs]) {
      const place = execFileSync('sh', ['-c', 'command -v "$1"', 'sh', program], { encoding: 'utf8' }).trim()
      await symlink(place, join(tools, program))
    }
    return tools
  }

  test('no git', async () => {
    const run = await shop.push({ env: { PATH: await pathWith('docker') } })
    expect(run.main.exitCode).toBe(3)
    expect(errors(run)[0]?.message).toContain('install git')
    expectNothingDone(run)
  })

  test('no Docker', async () => {
    const run = await shop.push({ env: { PATH: await pathWith('git') } })
    expect(run.main.exitCode).toBe(3)
    expect(errors(run)[0]?.message).toContain('install Docker')
    expectNothingDone(run)
  })

  test('an engine that does not answer', async () => {
    const run = await shop.push({ env: { DOCKER_HOST: 'unix:///nowhere/docker.sock' } })
    expect(run.main.exitCode).toBe(3)
    expect(errors(run)[0]?.message).toContain('unix:///nowhere/docker.sock')
    expectNothingDone(run)
  })

  test('a Docker without buildx', async () => {
    await writeFile(
      join(tools, 'docker'),
      '#!/bin/sh\necho "docker: unknown command: docker buildx" >&2\nexit 1\n',
      {
        mode: 0o755,
      },
    )
    const run = await shop.push({ env: { PATH: await pathWith('git', 'sh') } })
    expect(run.main.exitCode).toBe(3)
    expect(errors(run)[0]?.message).toContain('buildx')
    expectNothingDone(run)
  })
})
