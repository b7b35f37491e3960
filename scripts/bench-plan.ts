/*
 * What a plan costs, from 5 services to 1,000, beside the least that it could cost: the start of Node and one question
 * to git. Commands run in turn, so that a slow moment of the machine hits all of them; trust the ratios. The repositories
 * are generated. A benchmark, no test: it ends with 0 whatever it finds.
 *
 *     npm run bench:plan -- --sizes S,M --modes commit --scenarios nothing --rounds 7 --keep FOLDER
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { median, timed } from './bench-process.js'
import { type BenchRepository, makeRepository, type Size, withWorkTree } from './bench-repository.js'
import { Bench, type Mode, MODES, type Scenario, SCENARIOS } from './bench-scenario.js'

const SIZES: readonly Size[] = [
  { name: 'S', services: 5, files: 500 },
  { name: 'M', services: 50, files: 10_000 },
  { name: 'L', services: 500, files: 100_000 },
  { name: 'XL', services: 1000, files: 500_000 },
]

/** Command → its milliseconds, round by round. */
type Times = ReadonlyMap<string, readonly number[]>

/** All scenarios of a size, by their titles. */
interface Measured {
  readonly size: Size
  readonly times: ReadonlyMap<string, Times>
}

const NODE = 'node -e 0'
const LIST = 'git ls-tree -z HEAD services/'
const STATUS = 'git status --porcelain'
const COLD = (mode: Mode) => `plan --inputs-from ${mode}, cold`
const WARM = (mode: Mode) => `plan --inputs-from ${mode}`
const NOTHING = 'nothing changed'

interface Options {
  readonly sizes: readonly Size[]
  readonly modes: readonly Mode[]
  readonly scenarios: readonly Scenario[]
  readonly rounds: number
  readonly keep: string | undefined
}

function options(): Options {
  const { values } = parseArgs({
    options: {
      sizes: { type: 'string', default: 'S,M,L,XL' },
      modes: { type: 'string', default: MODES.join() },
      scenarios: { type: 'string', default: SCENARIOS.map(({ name }) => name).join() },
      rounds: { type: 'string', default: '7' },
      keep: { type: 'string' },
    },
  })
  const among = <T>(text: string, known: readonly T[], name: (item: T) => string) =>
    text.split(',').map((word) => {
      const found = known.find((item) => name(item) === word)
      if (found === undefined) throw new Error(`\`${word}\` is none of ${known.map(name).join(', ')}`)
      return found
    })
  const rounds = Number(values.rounds)
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds must be a whole number from 1')
  return {
    sizes: among(values.sizes, SIZES, ({ name }) => name),
    modes: among(values.modes, MODES, (mode) => mode),
    scenarios: among(values.scenarios, SCENARIOS, ({ name }) => name),
    rounds,
    keep: values.keep,
  }
}

async function bench({ sizes, keep, ...how }: Options): Promise<void> {
  const folder = keep === undefined ? mkdtempSync(join(tmpdir(), 'bench-plan-')) : resolve(keep)
  mkdirSync(folder, { recursive: true })
  try {
    const all: Measured[] = []
    for (const size of sizes) {
      const repository = await makeRepository(size, folder)
      const measured = { size, times: await measure(repository, how) }
      showTimes(measured)
      all.push(measured)
    }
    showGoals(all)
  } finally {
    if (keep === undefined) rmSync(folder, { recursive: true, force: true })
  }
}

async function measure(
  repository: BenchRepository,
  { modes, scenarios, rounds }: Pick<Options, 'modes' | 'scenarios' | 'rounds'>,
): Promise<Map<string, Times>> {
  const tree = modes.includes('worktree') ? withWorkTree(repository) : undefined
  const benches = new Map(
    modes.map((mode) => [mode, new Bench(mode === 'worktree' && tree ? tree : repository, mode)]),
  )
  const times = new Map<string, Times>()
  for (const scenario of scenarios) {
    try {
      for (const bench of benches.values()) await bench.prepare(scenario)
      verify(scenario, { size: repository.size, benches })
      const commands = commandsOf(benches, { repository, tree })
      times.set(scenario.title, inTurn(commands, rounds))
    } catch (error) {
      console.log(`${repository.size.name}, ${scenario.title}: ${(error as Error).message}`)
    }
  }
  return times
}

/** A quick answer that is wrong is worth nothing. */
function verify(
  scenario: Scenario,
  { size, benches }: { size: Size; benches: ReadonlyMap<Mode, Bench> },
): void {
  const plans = [...benches].map(([mode, bench]) => ({ mode, images: bench.plan().images }))
  for (const { mode, images } of plans) {
    const rebuilt = images.filter(({ decision }) => decision === 'rebuild')
    const expected = scenario.rebuilt(size.services)
    if (rebuilt.length !== expected || images.length !== size.services)
      throw new Error(`WRONG: inputs from ${mode}: ${rebuilt.length} to rebuild, not ${expected}`)
    if (expected === 1 && rebuilt[0]?.name !== 'svc-0001')
      throw new Error(`WRONG: inputs from ${mode}: ${String(rebuilt[0]?.name)} to rebuild, not svc-0001`)
  }
  const fingerprints = plans.map(({ images }) => images.map(({ fingerprint }) => fingerprint).join())
  if (new Set(fingerprints).size > 1) throw new Error('WRONG: commit and work tree differ in a fingerprint')
}

function commandsOf(
  benches: ReadonlyMap<Mode, Bench>,
  { repository, tree }: { repository: BenchRepository; tree: BenchRepository | undefined },
): Map<string, () => number> {
  const { folder } = repository
  const commands = new Map([
    [NODE, () => timed({ program: process.execPath, args: ['-e', '0'], folder })],
    [LIST, () => timed({ program: 'git', args: ['ls-tree', '-z', 'HEAD', 'services/'], folder })],
  ])
  if (tree !== undefined)
    commands.set(STATUS, () =>
      timed({ program: 'git', args: ['status', '--porcelain'], folder: tree.folder }),
    )
  for (const [mode, bench] of benches) {
    commands.set(COLD(mode), () => bench.cold())
    commands.set(WARM(mode), () => bench.warm())
  }
  return commands
}

function inTurn(commands: ReadonlyMap<string, () => number>, rounds: number): Map<string, number[]> {
  const times = new Map<string, number[]>([...commands.keys()].map((name) => [name, []]))
  // Round 0 warms up.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, command] of commands) {
      const taken = command()
      if (round > 0) times.get(name)?.push(taken)
    }
  }
  return times
}

function showTimes({ size, times }: Measured): void {
  const titles = [...times.keys()]
  console.log(`\n${size.name}: ${size.services} services, ${size.files} files; medians in ms (× ${NODE})\n`)
  const names = new Set([...times.values()].flatMap((scenario) => [...scenario.keys()]))
  const rows = [...names].map((name) => [name, ...titles.map((title) => cell(times.get(title), name))])
  const widths = ['', ...titles].map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  for (const row of [['', ...titles], ...rows]) {
    const cells = row.map((text, column) =>
      column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0),
    )
    console.log(cells.join('  ').trimEnd())
  }
}

function cell(times: Times | undefined, name: string): string {
  const own = times?.get(name)
  if (own === undefined) return '–'
  const ratio = ratioOf(times, [name], [NODE])
  return `${median(own).toFixed(1)} (${ratio?.toFixed(2) ?? '–'})`
}

/** Median over the rounds of the quotient of two sums of commands. */
function ratioOf(
  times: Times | undefined,
  above: readonly string[],
  below: readonly string[],
): number | undefined {
  const sum = (names: readonly string[], round: number) =>
    names.reduce((total, name) => total + (times?.get(name)?.[round] ?? NaN), 0)
  const rounds = times?.get(NODE)?.length ?? 0
  const ratios = Array.from({ length: rounds }, (_, round) => sum(above, round) / sum(below, round))
  return ratios.length === 0 || ratios.some(Number.isNaN) ? undefined : median(ratios)
}

function showGoals(all: readonly Measured[]): void {
  console.log('\nGoals, with nothing changed\n')
  for (const { size, times } of all) {
    const nothing = times.get(NOTHING)
    showGoal(`${size.name}: plan / ${NODE}`, { ratio: ratioOf(nothing, [WARM('commit')], [NODE]), most: 2.5 })
    const ratio = ratioOf(nothing, [WARM('worktree')], [STATUS, WARM('commit')])
    showGoal(`${size.name}: plan of the work tree / (git status + plan of the commit)`, { ratio, most: 1.3 })
  }
  const [first, last] = [all[0], all.at(-1)]
  if (first === undefined || last === undefined || first === last) return
  const middle = ({ times }: Measured) => median(times.get(NOTHING)?.get(WARM('commit')) ?? [])
  const ratio = middle(first) > 0 && middle(last) > 0 ? middle(last) / middle(first) : undefined
  showGoal(`${last.size.name} / ${first.size.name}: plan`, { ratio, most: 1.3 })
}

function showGoal(title: string, { ratio, most }: { ratio: number | undefined; most: number }): void {
  const verdict = ratio === undefined ? 'not measured' : ratio <= most ? 'met' : 'NOT MET'
  console.log(`${verdict.padEnd(12)}  ${ratio?.toFixed(2) ?? '–'} (goal ${most})  ${title}`)
}

await bench(options())
