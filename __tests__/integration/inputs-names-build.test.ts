import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { HOSTILE_NAMES, jsonCopy, NAMEABLE } from '../rig/hostile-names.js'
import { Room } from '../rig/inputs.js'
import type { ActionResult } from '../rig/run-action.js'
import { Shop, type ShopRun } from '../rig/shop.js'

const FOLDER = `-größe "it's" ::error::, ##[error] $(x) --`
/** BuildKit reads the Dockerfile's name as a pattern, so no bracket can be in it. */
const DOCKERFILE = `${FOLDER}/::error::größe "it's", ## $(x) --`

/** Everything at once: within a copied folder, named by COPY, and as Dockerfile and context of a second service. */
const FILES = {
  'smart-image-build.yml': JSON.stringify({
    services: { api: { context: 'api' }, odd: { context: FOLDER, file: DOCKERFILE } },
  }),
  'api/Dockerfile': `FROM scratch\n${NAMEABLE.map((name) => jsonCopy(name)).join('\n')}\nCOPY src/ /src/\n`,
  ...Object.fromEntries(NAMEABLE.map((name) => [`api/${name}`, 'one'])),
  ...Object.fromEntries(HOSTILE_NAMES.map((name) => [`api/src/${name}`, 'one'])),
  [DOCKERFILE]: 'FROM scratch\nCOPY main.txt *.log /\n',
  [`${DOCKERFILE}.dockerignore`]: 'left-out.log\n',
  [`${FOLDER}/main.txt`]: 'one',
  [`${FOLDER}/taken.log`]: 'one',
  [`${FOLDER}/left-out.log`]: 'one',
}

let shop: Shop
let room: Room

beforeEach(async () => {
  shop = await Shop.open('nothing')
  room = await Room.open()
  for (const [file, text] of Object.entries(FILES)) await shop.repository.write(file, text)
  await shop.repository.commit('Start')
})

afterEach(async () => {
  await room.remove()
  await shop.close()
})

/** What the runner would obey are the action's own words: nothing that a file name could have made. */
function expectHarmless({ main, post }: ShopRun): void {
  for (const { stdout, stderr, commands } of [main, post]) {
    const lines = `${stdout}\n${stderr}`.split(/\r\n|\r|\n/)
    expect(
      lines.filter((line) => /^\s*::(?:error|warning|set-output|stop-commands)\s*::/.test(line)),
    ).toEqual([])
    // The older form of commands is looked for only where the newer one is not found.
    expect(lines.filter((line) => line.includes('##[') && !line.startsWith('::'))).toEqual([])
    for (const { name, properties } of commands) {
      expect(['error', 'notice', 'group', 'endgroup', 'debug']).toContain(name)
      if (name === 'error' || name === 'notice') expect(properties['title']).toBe('smart-image-build')
    }
  }
  expectHarmlessFiles(main)
}

const action = parse(readFileSync(join(import.meta.dirname, '../../action.yml'), 'utf8')) as {
  readonly outputs: Readonly<Record<string, unknown>>
}

function expectHarmlessFiles({ outputs, environment, paths, summary }: ActionResult): void {
  expect(Object.keys(outputs).filter((name) => !(name in action.outputs))).toEqual([])
  expect({ environment, paths }).toEqual({ environment: {}, paths: [] })
  // Within a log's fence all is literal.
  expect(summary.replace(/^```\w*\n.*?^```$/gms, '')).not.toMatch(/<img|\*bold\*|^::/m)
  // eslint-disable-next-line no-control-regex -- finding them is its purpose
  expect(summary).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
}

function reasonsOf(run: ShopRun): Record<string, unknown> {
  return JSON.parse(run.main.outputs['reasons'] ?? '{}') as Record<string, unknown>
}

/** Of a pattern that matches nothing a build makes no failure. */
function isNoPattern(name: string): boolean {
  return !/[*?[]/.test(name)
}

/** The files of a pushed image, by a build that only exports them. */
function filesOf(service: string, digests: string): string {
  const digest = (JSON.parse(digests) as Record<string, string>)[service] ?? ''
  const folder = join(room.folder, service)
  const image = `${shop.prefix}/${service}@${digest}`
  const args = ['buildx', 'build', '--quiet', '--output', `type=local,dest=${folder}`, '-']
  execFileSync('docker', args, { input: `FROM ${image}\n`, stdio: ['pipe', 'ignore', 'ignore'] })
  return folder
}

test('files of any name are built as they are, and reused', async () => {
  const first = await shop.push()
  expect(first.main.exitCode).toBe(0)
  expect(first.rebuilt).toEqual(['api', 'odd'])
  expectHarmless(first)
  const api = filesOf('api', first.main.outputs['digests'] ?? '{}')
  expect((await readdir(join(api, 'src'))).sort()).toEqual([...HOSTILE_NAMES].sort())
  expect((await readdir(api)).filter((name) => name !== 'src').sort()).toEqual([...NAMEABLE].sort())
  const odd = filesOf('odd', first.main.outputs['digests'] ?? '{}')
  expect((await readdir(odd)).sort()).toEqual(['main.txt', 'taken.log'])
  expect(await readFile(join(odd, 'main.txt'), 'utf8')).toBe('one')
  const second = await shop.push()
  expect(second.reused).toEqual(['api', 'odd'])
  expect(second.docker).toEqual([])
})

describe('the action says of files of any name', () => {
  test('which ones changed, and of a Dockerfile which lines', async () => {
    await shop.push()
    for (const name of HOSTILE_NAMES.slice(0, 15)) await shop.repository.write(`api/src/${name}`, 'two')
    await shop.repository.write(DOCKERFILE, 'FROM scratch\nCOPY *.log /\n')
    await shop.repository.commit('Touched')
    const run = await shop.push()
    expect(run.rebuilt).toEqual(['api', 'odd'])
    expectHarmless(run)
    const paths = HOSTILE_NAMES.slice(0, 15).map((name) => `api/src/${name}`)
    expect(reasonsOf(run)).toEqual({
      api: [{ kind: 'files', added: 0, modified: 15, removed: 0, paths: paths.sort() }],
      odd: [
        { kind: 'dockerfile', lines: [2] },
        { kind: 'files', added: 0, modified: 0, removed: 1, paths: [`${FOLDER}/main.txt`] },
      ],
    })
  })

  test('which ones are untracked, and which hold credentials', async () => {
    for (const name of HOSTILE_NAMES) await shop.repository.write(`api/src/new/gha-creds-${name}.json`, 'new')
    const run = await shop.push({ inputs: { mode: 'plan', push: 'false' } })
    expect(run.main.exitCode).toBe(0)
    expectHarmless(run)
    const notices = run.main.commands.filter(({ name }) => name === 'notice').map(({ message }) => message)
    expect(notices.filter((message) => message.includes('holds credentials'))).toHaveLength(
      HOSTILE_NAMES.length,
    )
    expect(notices.join()).toContain('gha-creds-new\\n::error::line.json')
  })

  test('which ones are missing', async () => {
    for (const name of NAMEABLE) await shop.repository.remove(`api/${name}`)
    await shop.repository.commit('Gone')
    const run = await shop.push()
    expect(run.main.exitCode).toBe(1)
    expect(run.failed).toEqual(['api'])
    expectHarmless(run)
    expect(reasonsOf(run)['api']).toEqual([
      { kind: 'untracked-input', paths: NAMEABLE.filter(isNoPattern).map((name) => `api/${name}`) },
    ])
  })

  test('where a Dockerfile is wrong', async () => {
    await shop.repository.write(DOCKERFILE, `FROM scratch\nCOPPY ["::error::", "${FOLDER}"]\n`)
    await shop.repository.commit('Wrong')
    const run = await shop.push()
    expect(run.main.exitCode).toBe(2)
    const [error, ...more] = run.main.commands.filter(({ name }) => name === 'error')
    expect(error?.properties).toMatchObject({
      ...{ title: 'smart-image-build', file: DOCKERFILE, line: '2' },
    })
    expect(more).toEqual([])
    expectHarmless(run)
  })
})
