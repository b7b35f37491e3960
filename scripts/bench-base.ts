/*
 * What a base saves: `examples/layered` is built, the source of one program changes, and it is built again from the base
 * that is there; beside it, in the same run, the same change with one Dockerfile for everything, on a builder that has
 * none of its layers, as in CI. Each round has a repository and images of its own. Trust the ratio. A benchmark, no test:
 * it fails only when a run did something else than it should have.
 *
 *     npm run bench:base -- --rounds 5
 *
 * With `--prune` the builder is emptied (`docker buildx prune --all`) before both, so that the base has to be fetched, too;
 * this takes away everybody's layers. Without it, only the dependencies of the one Dockerfile are built without a cache.
 */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { TempRepository } from '../__tests__/rig/temp-repository.js'
import { type Command, median, output } from './bench-process.js'
import { EnvironmentMissing, environmentMissingExitCode } from './services/environment-missing.js'
import { startServices } from './services/services.js'

const EXAMPLE = join(import.meta.dirname, '../examples/layered')
const CLI = join(import.meta.dirname, '../dist/cli/index.js')

const BASE = 'rust-deps'
const CHANGED = 'api'
const OTHERS = ['gateway', 'worker']
const SOURCE = `src/bin/${CHANGED}.rs`

const FIRST = 'first build: the base and 3 services'
const WITH = `${SOURCE} changed, with the base`
const WITHOUT = `${SOURCE} changed, without a base`

/** One repository, and where its images are pushed to. */
interface Round {
  readonly repository: TempRepository
  readonly prefix: string
  readonly isPruned: boolean
}

interface Document {
  readonly images: readonly { readonly name: string; readonly decision: string; readonly outcome?: string }[]
}

async function measure(round: Round): Promise<ReadonlyMap<string, number>> {
  const { repository } = round
  await repository.copyFrom(EXAMPLE)
  // What nobody has built yet.
  const lock = readFileSync(join(EXAMPLE, 'Cargo.lock'), 'utf8')
  await repository.write('Cargo.lock', `${lock}# ${round.prefix}\n`)
  await repository.commit('The example')
  const first = build(round, [BASE, CHANGED, ...OTHERS])
  const source = readFileSync(join(EXAMPLE, SOURCE), 'utf8')
  await repository.write(SOURCE, source.replace('is up', 'is up again'))
  await repository.commit('A change of one program')
  if (round.isPruned) prune(round)
  const changed = build(round, [CHANGED])
  if (round.isPruned) prune(round)
  return new Map([
    [FIRST, first],
    [WITH, changed],
    [WITHOUT, buildWhole(round)],
  ])
}

/** Milliseconds of a pushing run, which has to build these images and no other. */
function build({ repository, prefix }: Round, expected: readonly string[]): number {
  const args = [CLI, 'build', '--push', '--json', '--registry', prefix]
  const { text, taken } = timed({ program: process.execPath, args, folder: repository.folder })
  const { images } = JSON.parse(text) as Document
  const built = images.filter(({ decision }) => decision === 'rebuild').map(({ name }) => name)
  if (built.join() !== expected.join())
    throw new Error(`WRONG: ${built.join(' ')} were built, not ${expected.join(' ')}`)
  return taken
}

/** Milliseconds of one build of the changed service, pushed, in a Dockerfile that has the base for its first stage. */
function buildWhole({ repository, prefix, isPruned }: Round): number {
  const read = (file: string) => readFileSync(join(EXAMPLE, file), 'utf8')
  const whole = `${read('Dockerfile.base').replace(/^FROM .*$/m, `$& AS ${BASE}`)}\n${read('Dockerfile.app')}`
  const folder = mkdtempSync(join(tmpdir(), 'bench-base-'))
  try {
    const file = join(folder, 'Dockerfile')
    writeFileSync(file, whole)
    const args = [
      ...['buildx', 'build', '--push', '--file', file, '--build-arg', `BIN=${CHANGED}`],
      ...['--tag', `${prefix}/whole:1`, ...(isPruned ? [] : ['--no-cache-filter', BASE]), '.'],
    ]
    return timed({ program: 'docker', args, folder: repository.folder }).taken
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function prune({ repository }: Round): void {
  output({
    program: 'docker',
    args: ['buildx', 'prune', '--all', '--force'],
    folder: repository.folder,
  })
}

function timed(command: Command): { readonly text: string; readonly taken: number } {
  const started = performance.now()
  const text = output(command)
  return { text, taken: performance.now() - started }
}

function show(rounds: readonly ReadonlyMap<string, number>[]): void {
  const of = (name: string) => median(rounds.map((times) => times.get(name) ?? 0))
  console.log(`\nmedians of ${rounds.length} in seconds (× ${WITH})\n`)
  for (const name of [FIRST, WITH, WITHOUT])
    console.log(
      `${name.padEnd(44)} ${(of(name) / 1000).toFixed(2).padStart(7)} (${(of(name) / of(WITH)).toFixed(1)})`,
    )
  console.log(`\nspeed-up by the base: ${(of(WITHOUT) / of(WITH)).toFixed(1)} ×`)
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { rounds: { type: 'string', default: '3' }, prune: { type: 'boolean', default: false } },
  })
  const count = Number(values.rounds)
  if (!Number.isInteger(count) || count < 1) throw new Error('--rounds must be a whole number from 1')
  const services = await startServices()
  try {
    const rounds: ReadonlyMap<string, number>[] = []
    while (rounds.length < count) {
      const repository = await TempRepository.create()
      const prefix = `${services.registry}/bench-base-${randomBytes(4).toString('hex')}`
      try {
        rounds.push(await measure({ repository, prefix, isPruned: values.prune }))
      } finally {
        await repository.dispose()
      }
    }
    show(rounds)
  } finally {
    await services.stop()
  }
}

try {
  await main()
} catch (error) {
  if (!(error instanceof EnvironmentMissing)) throw error
  console.error(`bench:base: ${error.message}`)
  process.exitCode = environmentMissingExitCode
}
