import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { HOSTILE_NAMES, jsonCopy } from '../rig/hostile-names.js'
import { command, documentOf, report } from '../rig/inputs.js'
import type { CommandResult } from '../rig/run-action.js'
import { Shop } from '../rig/shop.js'

let shop: Shop

beforeEach(async () => {
  shop = await Shop.open('nothing')
})

afterEach(async () => {
  await shop.close()
})

async function committed(files: Record<string, string>, message = 'Start'): Promise<void> {
  for (const [file, text] of Object.entries(files)) await shop.repository.write(file, text)
  await shop.repository.commit(message)
}

/** A service whose folder holds, and whose Dockerfile takes, every name. */
const inFolder = () => ({
  'api/Dockerfile': 'FROM scratch\nCOPY src/ /src/\n',
  ...Object.fromEntries(HOSTILE_NAMES.map((name) => [`api/src/${name}`, 'one'])),
})

const byName = () => ({
  'api/Dockerfile': `FROM scratch\n${HOSTILE_NAMES.map((name) => jsonCopy(name)).join('\n')}\n`,
  ...Object.fromEntries(HOSTILE_NAMES.map((name) => [`api/${name}`, 'one'])),
})

/** What a run says besides where its images come from. */
function linesOf(stderr: string): string[] {
  return stderr
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('no configuration: '))
}

/** No line is a workflow command, and no control or direction-changing character reaches the terminal. */
function expectHarmless({ stdout, stderr }: Pick<CommandResult, 'stdout' | 'stderr'>): void {
  const lines = `${stdout}\n${stderr}`.split('\n')
  expect(lines.filter((line) => /^\s*::/.test(line) || line.includes('##['))).toEqual([])
  expect(lines.filter((line) => /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u.test(line))).toEqual([])
}

const run = (...args: string[]) => command(shop.repository.folder, args)

interface Explained {
  readonly inputs: readonly { readonly path: string; readonly lines: readonly number[] }[]
}

describe('explain', () => {
  test.each([
    { how: 'within a copied folder', files: inFolder, folder: 'api/src', line: () => 2 },
    { how: 'named by COPY', files: byName, folder: 'api', line: (index: number) => index + 2 },
  ])('shows names $how as text, and exactly with --json', async ({ files, folder, line }) => {
    await committed(files())
    const shown = await run('explain', 'api')
    expect(shown.exitCode).toBe(0)
    expectHarmless(shown)
    expect(shown.stdout.split('\n').filter((text) => /^ {2}100644 /.test(text))).toHaveLength(
      HOSTILE_NAMES.length,
    )
    const { inputs } = documentOf(await run('explain', 'api', '--json')) as Explained
    const wanted = HOSTILE_NAMES.map((name, index) => ({ path: `${folder}/${name}`, lines: [line(index)] }))
    const found = inputs.map(({ path, lines }) => ({ path, lines }))
    expect(new Map(found.map((one) => [one.path, one]))).toEqual(
      new Map(wanted.map((one) => [one.path, one])),
    )
  })
})

describe('a file of any name', () => {
  test('counts and is named in reasons, by a plan that shows nothing but text', async () => {
    await committed(inFolder())
    // Compared with the branch that a clone started from.
    const clone = await shop.repository.cloneShallow()
    for (const name of HOSTILE_NAMES) await clone.write(`api/src/${name}`, 'two')
    await clone.commit('Touched')
    const planned = await command(clone.folder, ['plan', '--local-only'])
    const { images, notices } = await report(clone.folder, ['plan', '--local-only'])
    await clone.dispose()
    expect(planned.exitCode).toBe(0)
    expectHarmless(planned)
    const paths = HOSTILE_NAMES.map((name) => `api/src/${name}`).sort()
    const count = { added: 0, modified: paths.length, removed: 0 }
    expect(images[0]?.reasons).toEqual([{ kind: 'files', ...count, paths: paths.slice(0, 20) }])
    expect(notices).toEqual([])
  })

  test.each(HOSTILE_NAMES.map((name) => ({ name })))('$name: its content is content', async ({ name }) => {
    await committed({ 'api/Dockerfile': `FROM scratch\n${jsonCopy(name)}\n`, [`api/${name}`]: 'one' })
    const planned = async () => (await report(shop.repository.folder, ['plan', '--local-only'])).images[0]
    const one = await planned()
    expect(one?.reasons).toEqual([{ kind: 'no-record' }])
    await shop.repository.write(`api/${name}`, 'two')
    const two = await planned()
    expect(two?.fingerprint).not.toBe(one?.fingerprint)
    await shop.repository.commit('Two')
    expect((await planned())?.fingerprint).toBe(two?.fingerprint)
  })

  test('untracked: a notice names it as text', async () => {
    await committed({ 'api/Dockerfile': 'FROM scratch\nCOPY src/ /src/\n', 'api/src/main.txt': 'main\n' })
    for (const name of HOSTILE_NAMES) {
      await shop.repository.write(`api/src/${name}`, 'one')
      const planned = await run('plan', '--local-only')
      expectHarmless(planned)
      expect(planned.stderr).toContain('notice: untracked files')
      expect(linesOf(planned.stderr)).toHaveLength(1)
      await shop.repository.remove(`api/src/${name}`)
    }
  })

  test('nowhere: reason and notice name it as text', async () => {
    await committed({ 'api/main.txt': 'main\n' })
    // A wildcard that matches nothing is no source that is missing.
    for (const name of HOSTILE_NAMES.filter((one) => !/[*?[]/.test(one))) {
      await shop.repository.write('api/Dockerfile', `FROM scratch\n${jsonCopy(name)}\n`)
      const planned = await run('plan', '--local-only')
      expectHarmless(planned)
      expect(planned.stdout).toContain('neither tracked nor on the disk')
      const { images } = await report(shop.repository.folder, ['plan', '--local-only'])
      expect(images[0]?.reasons).toEqual([{ kind: 'untracked-input', paths: [`api/${name}`] }])
    }
  })

  test('left out by a sparse checkout: the error names it as text', async () => {
    await committed(inFolder())
    for (const name of HOSTILE_NAMES) {
      const file = `api/src/${name}`
      await shop.repository.git('update-index', '--skip-worktree', '--', file)
      await rm(join(shop.repository.folder, file))
    }
    const built = await run('build', '--push', '--registry', shop.prefix)
    expect(built.exitCode).toBe(2)
    expectHarmless(built)
    const named = built.stderr.split('\n').filter((line) => line.startsWith('error: `api` takes "api/src/'))
    expect(named).toHaveLength(HOSTILE_NAMES.length)
    expect(linesOf(built.stderr)).toHaveLength(HOSTILE_NAMES.length)
  })
})

/** The configuration takes neither of these in a path. */
const REFUSED = /[\p{Cc}\\]/u
const CONFIGURABLE = HOSTILE_NAMES.filter((name) => !REFUSED.test(name))

describe('a Dockerfile and a context folder of any name that the configuration allows', () => {
  test.each(CONFIGURABLE.map((name) => ({ name })))('$name', async ({ name }) => {
    const service = { context: name, file: `${name}/${name}.Dockerfile`, paths: ['/*.proto'] }
    await committed({
      'smart-image-build.yml': JSON.stringify({ services: { api: service } }),
      [service.file]: 'FROM scratch\nCOPY main.txt /\n',
      [`${service.file}.dockerignore`]: '*.log\n',
      [`${name}/main.txt`]: 'one',
    })
    const shown = await run('explain', 'api')
    expect(shown.stdout).toContain('main.txt')
    expectHarmless(shown)
    const { inputs } = documentOf(await run('explain', 'api', '--json')) as Explained
    expect(inputs.map(({ path }) => path)).toEqual([`${name}/main.txt`])
    const mistaken = 'FROM scratch\nCOPPY main.txt /\n'
    await shop.repository.write(service.file, mistaken)
    const refused = await run('plan', '--local-only')
    expect(refused.exitCode).toBe(2)
    expectHarmless(refused)
    expect(refused.stderr).toContain('.Dockerfile:2')
  })
})

describe('the configuration refuses other names', () => {
  test.each(HOSTILE_NAMES.filter((name) => REFUSED.test(name)).map((name) => ({ name })))(
    '$name',
    async ({ name }) => {
      await committed({
        'smart-image-build.yml': JSON.stringify({ services: { api: { context: name } } }),
        [`${name}/Dockerfile`]: 'FROM scratch\nCOPY Dockerfile /\n',
      })
      const refused = await run('plan', '--local-only')
      expect(refused.exitCode).toBe(2)
      expect(refused.stderr).toMatch(/^error: smart-image-build\.yml:1:\d+: /)
      expectHarmless(refused)
    },
  )

  test('but finds such Dockerfiles without a configuration, and shows their services as text', async () => {
    await committed(
      Object.fromEntries(HOSTILE_NAMES.map((name) => [`${name}/Dockerfile`, 'FROM scratch\nCOPY . /\n'])),
    )
    const planned = await run('plan', '--local-only')
    expectHarmless(planned)
    expect([0, 2]).toContain(planned.exitCode)
  })
})
