import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { PlanDocument } from '../src/report/document.js'
import { type Command, output, timed } from './bench-process.js'
import { recordAll } from './bench-records.js'
import { type BenchRepository, type Mark, moveBranch, moveTo } from './bench-repository.js'

/** A change between the commit whose images are recorded and the one that is planned. */
export interface Scenario {
  readonly name: string
  readonly title: string
  readonly recorded: Mark
  readonly planned: Mark
  /** How many of so many services are to be rebuilt. */
  readonly rebuilt: (services: number) => number
}

/** In the order of their commits. */
export const SCENARIOS: readonly Scenario[] = [
  { name: 'one', title: 'one changed', recorded: 'before', planned: 'one', rebuilt: () => 1 },
  { name: 'nothing', title: 'nothing changed', recorded: 'one', planned: 'docs', rebuilt: () => 0 },
  { name: 'all', title: 'all changed', recorded: 'docs', planned: 'all', rebuilt: (services) => services },
]

export const MODES = ['commit', 'worktree'] as const
export type Mode = (typeof MODES)[number]

/** How the command is told where its inputs come from. */
const INPUTS_FROM: Readonly<Record<Mode, readonly string[]>> = {
  commit: ['--inputs-from', 'commit'],
  worktree: ['--inputs-from', 'worktree'],
}

const CLI = join(import.meta.dirname, '../dist/cli/index.js')

/** One mode's repository at a scenario's commit, with its records and with what a plan of the recorded commit leaves behind. */
export class Bench {
  private readonly repository: BenchRepository
  private readonly mode: Mode

  constructor(repository: BenchRepository, mode: Mode) {
    this.repository = repository
    this.mode = mode
  }

  async prepare({ recorded, planned }: Scenario): Promise<void> {
    const { commits, folder: root } = this.repository
    await this.#move(commits[recorded])
    rmSync(this.#folder, { recursive: true, force: true })
    await recordAll({ root, folder: this.#folder, withDisk: this.mode === 'worktree' })
    this.plan()
    rmSync(this.#earlier, { recursive: true, force: true })
    cpSync(this.#folder, this.#earlier, { recursive: true })
    await this.#move(commits[planned])
  }

  plan(): PlanDocument {
    return JSON.parse(output(this.#command('--json'))) as PlanDocument
  }

  /** Milliseconds of a plan that finds records and nothing else of earlier plans. */
  cold(): number {
    this.#restore()
    for (const name of readdirSync(this.#folder))
      if (!name.startsWith('state-')) rmSync(join(this.#folder, name), { recursive: true })
    return timed(this.#command('--quiet'))
  }

  /** Milliseconds of a plan that finds all that a plan of the recorded commit left behind. */
  warm(): number {
    this.#restore()
    return timed(this.#command('--quiet'))
  }

  get #folder(): string {
    return join(this.repository.folder, '.git/smart-image-build')
  }

  get #earlier(): string {
    return join(this.repository.folder, '.git/bench-earlier')
  }

  #command(how: string): Command {
    const args = [CLI, 'plan', ...INPUTS_FROM[this.mode], '--local-only', how]
    return { program: process.execPath, args, folder: this.repository.folder }
  }

  #restore(): void {
    rmSync(this.#folder, { recursive: true, force: true })
    if (existsSync(this.#earlier)) cpSync(this.#earlier, this.#folder, { recursive: true })
  }

  async #move(commit: string): Promise<void> {
    if (this.mode === 'commit') moveBranch(this.repository, commit)
    else await moveTo(this.repository, commit)
  }
}
