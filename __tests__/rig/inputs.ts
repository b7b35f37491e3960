import { execFile, execFileSync } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { ChangeReason } from '../../src/model/plan.js'
import { type CommandOptions, type CommandResult, runCommand } from './run-action.js'
import { CLI } from './shop.js'
import type { TempRepository } from './temp-repository.js'

const run = promisify(execFile)

/** What the terminal command said of one image with `--json`. */
export interface ImageReport {
  readonly name: string
  readonly decision: string
  readonly fingerprint: string
  readonly reasons: readonly ChangeReason[]
  readonly outcome?: string
  readonly digest?: string | null
  readonly error?: string
}

export interface Report {
  readonly exitCode: number
  readonly images: readonly ImageReport[]
  readonly notices: readonly { readonly message: string }[]
  readonly stderr: string
}

/** Runs the terminal command in a folder. */
export function command(folder: string, args: readonly string[], options: CommandOptions = {}) {
  return runCommand(CLI, args, { cwd: folder, ...options })
}

/** The same with `--json`, understood; a command that prints no document rejects with what it said. */
export async function report(
  folder: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<Report> {
  const ended = await command(folder, [...args, '--json'], options)
  return { ...(documentOf(ended) as Omit<Report, 'exitCode' | 'stderr'>), ...ended }
}

/** The one document that a command printed. */
export function documentOf({ stdout, stderr, exitCode }: CommandResult): unknown {
  if (stdout === '') throw new Error(`no document, exit code ${exitCode}: ${stderr}`)
  return JSON.parse(stdout)
}

/** Service → fingerprint, by a plan that asks no registry. */
export async function fingerprints(
  folder: string,
  args: readonly string[] = [],
  options: CommandOptions = {},
): Promise<Record<string, string>> {
  const { images } = await report(folder, ['plan', '--local-only', ...args], options)
  return Object.fromEntries(images.map(({ name, fingerprint }) => [name, fingerprint]))
}

/** A folder for clones and whatever else a test needs; `remove` takes it away. */
export class Room {
  readonly folder: string
  #clones = 0

  private constructor(folder: string) {
    this.folder = folder
  }

  static async open(): Promise<Room> {
    return new Room(await mkdtemp(join(tmpdir(), 'inputs-')))
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true })
  }

  /** Clones over a URL under a umask, with options of `git clone`, and returns the clone's folder. */
  async clone(repository: TempRepository, options: readonly string[] = [], umask = '022'): Promise<string> {
    this.#clones += 1
    const folder = join(this.folder, `clone ${this.#clones}`)
    await this.git(umask, 'clone', '--quiet', ...options, repository.url, folder)
    return folder
  }

  /** Runs git under a umask, without any settings but the repository's; give it `-C`. */
  async git(umask: string, ...args: readonly string[]): Promise<string> {
    const settings = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0' }
    const env = { PATH: process.env['PATH'], ...settings }
    const script = 'umask "$0" && exec git "$@"'
    return (await run('sh', ['-c', script, umask, ...args], { cwd: this.folder, env })).stdout
  }

  /** A program first on the PATH, which writes down each call before it hands it on to the real one. */
  async counted(program: string): Promise<{ PATH: string; calls: () => Promise<string[]> }> {
    const tools = await mkdtemp(join(this.folder, 'tools-'))
    const log = join(tools, 'log')
    const real = execFileSync('sh', ['-c', 'command -v "$0"', program], { encoding: 'utf8' }).trim()
    await writeFile(log, '')
    await writeFile(join(tools, program), `#!/bin/sh\necho "$*" >>'${log}'\nexec '${real}' "$@"\n`)
    await chmod(join(tools, program), 0o755)
    return {
      PATH: `${tools}:${process.env['PATH'] ?? ''}`,
      calls: async () => {
        const calls = (await readFile(log, 'utf8')).split('\n').filter(Boolean)
        await writeFile(log, '')
        return calls
      },
    }
  }
}
