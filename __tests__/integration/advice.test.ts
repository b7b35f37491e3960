import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { BuildCounts } from '../../src/adapters/build-counts.js'
import { parseSolveStatus } from '../../src/adapters/solve-status.js'
import type { ContextAdvice } from '../../src/model/advice.js'
import { testBuilders } from '../rig/builders.js'
import { command, documentOf } from '../rig/inputs.js'
import { TempRepository } from '../rig/temp-repository.js'

jest.setTimeout(120_000)

const run = promisify(execFile)

const MB = 1_000_000

/** What BuildKit sends besides content: names and modes. */
const MOST_AROUND = 20_000

const NEEDLESS = ['node_modules/lib/index.js', 'target/app', 'target/deep/lib', 'odd [1] name!/file']

let repository: TempRepository

/** The root is copied, and of what git ignores `dist/app` alone is named. */
beforeEach(async () => {
  const source = randomBytes(MB)
  repository = await TempRepository.create({
    files: {
      'smart-image-build.yml': 'services:\n  api: {context: ., file: api.Dockerfile}\n',
      'api.Dockerfile': 'FROM scratch\nCOPY . /all/\nCOPY dist/app /\n',
      '.gitignore': 'node_modules\ntarget\ndist\nodd*\n',
      'src/main': source,
      'tests/shot': randomBytes(2 * MB),
    },
  })
  for (const path of [...NEEDLESS, 'dist/app']) await repository.write(path, randomBytes(MB))
})

afterEach(async () => {
  await repository.dispose()
})

async function advised(): Promise<ContextAdvice> {
  const ended = await command(repository.folder, ['plan', '--advise', '--local-only', '--json'])
  const { advice } = documentOf(ended) as { advice: readonly ContextAdvice[] }
  const [first, ...more] = advice
  if (first === undefined || more.length > 0) throw new Error(ended.stdout)
  return first
}

/** Paths of all that counts. */
async function counting(): Promise<readonly string[]> {
  const { inputs } = documentOf(await command(repository.folder, ['explain', 'api', '--json'])) as {
    inputs: readonly { path: string }[]
  }
  return inputs.map(({ path }) => path)
}

/** Bytes that a builder is sent which has nothing of the context yet: it knows contexts by their folders. */
async function sentBytes(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'advice-'))
  try {
    await cp(repository.folder, folder, { recursive: true })
    const options = [
      '--progress=rawjson',
      '--output=type=cacheonly',
      '--file',
      join(folder, 'api.Dockerfile'),
    ]
    const builder = testBuilders()['docker-container']
    const { stderr } = await run('docker', ['buildx', 'build', '--builder', builder, ...options, folder], {
      maxBuffer: 100 * MB,
    })
    const counts = new BuildCounts()
    for (const line of stderr.split('\n')) {
      const status = parseSolveStatus(line)
      counts.take(status?.vertexes ?? [], status?.statuses ?? [])
    }
    return counts.status.contextBytes
  } finally {
    await rm(folder, { recursive: true })
  }
}

test('the lines keep back exactly what was said, of what is sent and of what counts', async () => {
  const [before, sentBefore, countedBefore] = [await advised(), await sentBytes(), await counting()]
  expect(before.lines.map(({ line, kind }) => `${line} ${kind}`).sort()).toEqual([
    '.git repository',
    'node_modules ignored',
    'odd \\[1] name! ignored',
    'target ignored',
    'tests usual',
  ])
  expect(Math.abs(sentBefore - before.sent.bytes)).toBeLessThan(MOST_AROUND)

  await repository.write('.dockerignore', before.lines.map(({ line }) => `${line}\n`).join(''))
  const [after, sentAfter, countedAfter] = [await advised(), await sentBytes(), await counting()]
  expect(after.lines).toEqual([])
  expect(Math.abs(sentAfter - before.left.bytes)).toBeLessThan(MOST_AROUND)
  expect(countedBefore.filter((path) => !countedAfter.includes(path)).sort()).toEqual(
    [...NEEDLESS, 'tests/shot'].sort(),
  )
  expect(countedAfter.filter((path) => !countedBefore.includes(path))).toEqual(['.dockerignore'])
})

test.each([
  'COPY src /',
  'COPY --exclude=target . /',
  'COPY s*/m* target/deep /',
  'RUN --mount=type=bind,source=target,target=/x true',
  'COPY src /\nFROM scratch\nCOPY target/app /',
])('what is said to be sent is what BuildKit is sent: %s', async (instructions) => {
  const from = instructions.startsWith('RUN') ? 'busybox:1.37' : 'scratch'
  await repository.write('api.Dockerfile', `FROM ${from}\n${instructions}\n`)
  const { sent } = await advised()
  expect(sent.bytes).toBeGreaterThan(MB / 2)
  expect(Math.abs((await sentBytes()) - sent.bytes)).toBeLessThan(MOST_AROUND)
})

test('for people it says why, and what is left', async () => {
  const { stdout, exitCode } = await command(repository.folder, ['plan', '--advise', '--local-only'])
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(/^\.: [\d.]+ MB in \d+ files can be sent to the builder, for api$/m)
  expect(stdout).toMatch(/^ {4}target +2\.0 MB {2}git ignores it/m)
  expect(stdout).not.toMatch(/^ {4}dist/m)
})

test('a build that was sent more than 50 MB which git ignores says so once, and no other does', async () => {
  const build = ['build', '--local-only', '--builder', testBuilders()['docker-container'], '--json']
  const notices = async (...more: readonly string[]) => {
    const ended = await command(repository.folder, [...build, '--force', ...more])
    expect(ended.exitCode).toBe(0)
    const { notices: all } = documentOf(ended) as { notices: readonly { message: string }[] }
    return all.map(({ message }) => message).filter((message) => message.includes('--advise'))
  }
  expect(await notices()).toEqual([])
  await repository.write('target/large', randomBytes(50 * MB))
  expect(await notices()).toEqual([expect.stringMatching(/^`api` was sent 5\d\.\d MB .*`\.dockerignore`/)])
})
