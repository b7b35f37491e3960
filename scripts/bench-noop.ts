/*
 * What a push costs that changes nothing: 20 services, their images in the registry, a new commit whose tags are to be
 * set. Beside it, in turn in the same run, the least that it could cost (Node's start, 20 questions asked at once) and
 * what a fully cached bake of the same images takes. Trust the ratios. A benchmark, no test: it fails only when a run
 * did something else than it should have.
 *
 *     npm run bench:noop -- --rounds 15
 */
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { TempRepository } from '../__tests__/rig/temp-repository.js'
import { median } from './bench-process.js'
import { EnvironmentMissing, environmentMissingExitCode } from './services/environment-missing.js'
import { startServices } from './services/services.js'

const SERVICES = Array.from({ length: 20 }, (_, index) => `svc-${String(index + 1).padStart(2, '0')}`)
const CLI = join(import.meta.dirname, '../dist/cli/index.js')
const ACCEPT = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
].join()
const GOAL = 3

const PUSH = 'build --push, nothing changed'
const NODE = 'node -e 0'
const HEADS = 'node: 20 HEAD requests at once'
const BAKE = 'docker buildx bake --push, all cached'

/** The repository whose images are pushed, and where. */
interface Bench {
  readonly repository: TempRepository
  /** Host and path of the images. */
  readonly prefix: string
  /** Folder of a `docker` that only leaves a mark that it was called. */
  readonly tools: string
}

async function bench(registry: string, rounds: number): Promise<void> {
  const of: Bench = {
    repository: await TempRepository.create({ files: filesOf() }),
    prefix: `${registry}/bench-noop-${randomBytes(4).toString('hex')}`,
    tools: mkdtempSync(join(tmpdir(), 'bench-noop-')),
  }
  try {
    writeFileSync(join(of.tools, 'docker'), `#!/bin/sh\ntouch '${join(of.tools, 'called')}'\nexit 1\n`)
    chmodSync(join(of.tools, 'docker'), 0o755)
    timed(of, [process.execPath, CLI, ...pushing(of)])
    show(await inTurn(of, rounds))
  } finally {
    await of.repository.dispose()
    rmSync(of.tools, { recursive: true })
  }
}

function filesOf(): Record<string, string> {
  const services = SERVICES.map((name) => `  ${name}: { context: ${name} }\n`)
  const files: Record<string, string> = { 'smart-image-build.yml': `services:\n${services.join('')}` }
  for (const name of SERVICES) {
    files[`${name}/Dockerfile`] = 'FROM scratch\nCOPY src /src\n'
    for (const file of ['main.txt', 'lib/a.txt', 'lib/b.txt'])
      files[`${name}/src/${file}`] = `${name} ${file}\n`
  }
  return files
}

function pushing({ prefix }: Bench): string[] {
  return ['build', '--push', '--quiet', '--registry', prefix]
}

async function inTurn(of: Bench, rounds: number): Promise<ReadonlyMap<string, readonly number[]>> {
  const urls = SERVICES.map((name) => `http://${of.prefix.replace('/', '/v2/')}/${name}/manifests/main`)
  const heads = `await Promise.all(${JSON.stringify(urls)}.map(async (url) => {
    const { ok } = await fetch(url, { method: 'HEAD', headers: { accept: '${ACCEPT}' } })
    if (!ok) throw new Error(url)
  }))`
  const commands = new Map<string, () => number | Promise<number>>([
    [PUSH, () => push(of)],
    [NODE, () => timed(of, [process.execPath, '-e', '0'])],
    [HEADS, () => timed(of, [process.execPath, '--input-type=module', '-e', heads])],
    [BAKE, () => timed(of, ['docker', 'buildx', 'bake', '--push', '--file', bakeFile(of)])],
  ])
  const times = new Map<string, number[]>([...commands.keys()].map((name) => [name, []]))
  // Round 0 warms up.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, command] of commands) {
      const taken = await command()
      if (round > 0) times.get(name)?.push(taken)
    }
  }
  return times
}

/** The run that is measured: it has to set 20 tags and must not call Docker. */
async function push(of: Bench): Promise<number> {
  const { repository, tools, prefix } = of
  await repository.write('README.md', randomBytes(8).toString('hex'))
  const commit = await repository.commit('Nothing that an image takes')
  const taken = timed(of, [process.execPath, CLI, ...pushing(of)], `${tools}:${process.env['PATH'] ?? ''}`)
  if (existsSync(join(tools, 'called'))) throw new Error('WRONG: Docker was called')
  const urls = SERVICES.map(
    (name) => `http://${prefix.replace('/', '/v2/')}/${name}/manifests/sha-${commit.slice(0, 7)}`,
  )
  const tagged = await Promise.all(
    urls.map((url) => fetch(url, { method: 'HEAD', headers: { accept: ACCEPT } })),
  )
  const missing = tagged.filter(({ ok }) => !ok)
  if (missing.length > 0) throw new Error(`WRONG: ${missing.length} tags of ${commit} are missing`)
  return taken
}

function bakeFile({ repository, prefix, tools }: Bench): string {
  const target = Object.fromEntries(
    SERVICES.map((name) => [
      name,
      { context: join(repository.folder, name), tags: [`${prefix}/${name}:bake`] },
    ]),
  )
  const file = join(tools, 'docker-bake.json')
  writeFileSync(file, JSON.stringify({ group: { default: { targets: SERVICES } }, target }))
  return file
}

/** Wall time of the whole process in milliseconds. */
function timed(
  { repository }: Bench,
  [program = '', ...args]: readonly string[],
  path = process.env['PATH'],
): number {
  const started = performance.now()
  const { status, stderr, error } = spawnSync(program, args, {
    cwd: repository.folder,
    env: { ...process.env, PATH: path, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  })
  const taken = performance.now() - started
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? stderr}`)
  return taken
}

function show(times: ReadonlyMap<string, readonly number[]>): void {
  const of = (name: string) => median(times.get(name) ?? [])
  console.log(`\n${SERVICES.length} services; medians in ms (× ${HEADS})\n`)
  for (const name of times.keys())
    console.log(
      `${name.padEnd(40)} ${of(name).toFixed(0).padStart(6)} (${(of(name) / of(HEADS)).toFixed(2)})`,
    )
  console.log('')
  const goals = new Map([
    [`${GOAL} × (20 HEAD requests with the start of their Node)`, GOAL * of(HEADS)],
    [`${GOAL} × (20 HEAD requests alone) + the start of Node`, GOAL * (of(HEADS) - of(NODE)) + of(NODE)],
  ])
  for (const [title, most] of goals)
    console.log(
      `${of(PUSH) <= most ? 'met    ' : 'NOT MET'}  ${of(PUSH).toFixed(0)} ms (goal ${most.toFixed(0)})  ${title}`,
    )
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '9' } } })
  const rounds = Number(values.rounds)
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds must be a whole number from 1')
  const services = await startServices()
  try {
    await bench(services.registry, rounds)
  } finally {
    await services.stop()
  }
}

try {
  await main()
} catch (error) {
  if (!(error instanceof EnvironmentMissing)) throw error
  console.error(`bench:noop: ${error.message}`)
  process.exitCode = environmentMissingExitCode
}
