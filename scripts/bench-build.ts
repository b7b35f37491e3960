/*
 * What a push costs that changes 20 services, beside one `docker buildx bake` of the same Dockerfiles on the same
 * content, in turn in the same run; and that of 20 of which one fails, the others are pushed all the same. Trust the
 * ratio. A benchmark, no test: it fails only when a run did something else than it should have.
 *
 *     npm run bench:build -- --rounds 5 [--max-parallel N]
 */
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { TempRepository } from '../__tests__/rig/temp-repository.js'
import { type Command, median, timed } from './bench-process.js'
import { EnvironmentMissing, environmentMissingExitCode } from './services/environment-missing.js'
import { startServices } from './services/services.js'

const SERVICES = Array.from({ length: 20 }, (_, index) => `svc-${String(index + 1).padStart(2, '0')}`)
const BROKEN = 'svc-07'
const CLI = join(import.meta.dirname, '../dist/cli/index.js')
const GOAL = 1.1

interface Bench {
  readonly repository: TempRepository
  /** Host and path of the images. */
  readonly prefix: string
  readonly folder: string
  readonly options: readonly string[]
}

interface Times {
  readonly ours: number[]
  readonly bake: number[]
}

/** New content for each command, so that none finds the layers of the other. */
async function change({ repository }: Bench): Promise<void> {
  for (const name of SERVICES)
    await repository.write(`${name}/src/main.txt`, `${name} ${randomBytes(8).toString('hex')}\n`)
  await repository.commit('All changed')
}

async function bench(of: Bench, rounds: number): Promise<Times> {
  const times: Times = { ours: [], bake: [] }
  // Round 0 warms up.
  for (let round = 0; round <= rounds; round += 1) {
    await change(of)
    const ours = timed(build(of))
    await change(of)
    const bake = timed(baking(of))
    if (round === 0) continue
    times.ours.push(ours)
    times.bake.push(bake)
  }
  return times
}

function build({ repository, prefix, options }: Bench): Command {
  const args = [CLI, 'build', '--push', '--quiet', '--registry', prefix, ...options]
  return { program: process.execPath, args, folder: repository.folder }
}

function baking({ repository, prefix, folder }: Bench): Command {
  const target = Object.fromEntries(
    SERVICES.map((name) => [
      name,
      { context: join(repository.folder, name), tags: [`${prefix}/${name}:bake`] },
    ]),
  )
  const file = join(folder, 'docker-bake.json')
  writeFileSync(file, JSON.stringify({ group: { default: { targets: SERVICES } }, target }))
  return { program: 'docker', args: ['buildx', 'bake', '--push', '--file', file], folder: repository.folder }
}

/** One that fails stops no other. */
async function checkIsolation(of: Bench): Promise<void> {
  await change(of)
  await of.repository.write(`${BROKEN}/Dockerfile`, 'FROM busybox:1.37\nRUN exit 3\n')
  await of.repository.commit('One is broken')
  const { program, args, folder } = build(of)
  const ended = spawnSync(program, [...args, '--json'], { cwd: folder, encoding: 'utf8' })
  const { images } = JSON.parse(ended.stdout) as { images: { name: string; outcome?: string }[] }
  const built = images.filter(({ outcome }) => outcome === 'built').map(({ name }) => name)
  if (ended.status !== 1 || built.length !== SERVICES.length - 1 || built.includes(BROKEN))
    throw new Error(`WRONG: ended with ${String(ended.status)}, built ${built.join(', ')}`)
  console.log(`one of ${SERVICES.length} fails: ${built.length} built and pushed, exit code 1`)
}

function filesOf(): Record<string, string> {
  const services = SERVICES.map((name) => `  ${name}: { context: ${name} }\n`)
  const files: Record<string, string> = { 'smart-image-build.yml': `services:\n${services.join('')}` }
  for (const name of SERVICES) {
    files[`${name}/Dockerfile`] = 'FROM busybox:1.37\nCOPY src /src\nRUN sha256sum /src/main.txt >/sum\n'
    files[`${name}/src/main.txt`] = `${name}\n`
  }
  return files
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { rounds: { type: 'string', default: '5' }, 'max-parallel': { type: 'string' } },
  })
  const rounds = Number(values.rounds)
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds must be a whole number from 1')
  const most = values['max-parallel']
  const services = await startServices()
  const of: Bench = {
    repository: await TempRepository.create({ files: filesOf() }),
    prefix: `${services.registry}/bench-build-${randomBytes(4).toString('hex')}`,
    folder: mkdtempSync(join(tmpdir(), 'bench-build-')),
    options: most === undefined ? [] : ['--max-parallel', most],
  }
  try {
    const times = await bench(of, rounds)
    const [ours, bake] = [median(times.ours), median(times.bake)]
    console.log(`${SERVICES.length} changed services, medians of ${rounds} rounds in ms\n`)
    console.log(`build --push              ${ours.toFixed(0)}\ndocker buildx bake --push ${bake.toFixed(0)}`)
    console.log(`${ours <= GOAL * bake ? 'met' : 'NOT MET'}: ${(ours / bake).toFixed(2)} x (goal ${GOAL})`)
    await checkIsolation(of)
  } finally {
    await of.repository.dispose()
    rmSync(of.folder, { recursive: true })
    await services.stop()
  }
}

try {
  await main()
} catch (error) {
  if (!(error instanceof EnvironmentMissing)) throw error
  console.error(`bench:build: ${error.message}`)
  process.exitCode = environmentMissingExitCode
}
