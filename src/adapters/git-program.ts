import { delimiter } from 'node:path'
import { failed, ok, type Result } from '../model/failure.js'
import { textOf } from './git-output.js'
import { git } from './git-run.js'

const ALTERNATES = 'GIT_ALTERNATE_OBJECT_DIRECTORIES'

/** Git's own program, in one folder of a repository. */
export class GitProgram {
  readonly folder: string
  /** Changes with `addObjects`. */
  environment: NodeJS.ProcessEnv

  constructor(folder: string, environment: NodeJS.ProcessEnv) {
    this.folder = folder
    this.environment = environment
  }

  /** From now on the objects in this folder count as the repository's own. */
  addObjects(folder: string): void {
    const before = this.environment[ALTERNATES] ?? ''
    const folders = before === '' ? folder : `${folder}${delimiter}${before}`
    this.environment = { ...this.environment, [ALTERNATES]: folders }
  }

  /** What git printed, or nothing when it failed. */
  async text(args: readonly string[], input?: string): Promise<string | undefined> {
    const end = await this.ask(args, input)
    return end.ok ? textOf(end.value) : undefined
  }

  /** What git printed; `git-failed` when it ended with another code than these, or did not look at everything. */
  async ask(args: readonly string[], input?: string, fine: readonly number[] = [0]): Promise<Result<Buffer>> {
    const options = { environment: this.environment, ...(input !== undefined && { input }) }
    const end = await git(this.folder, options, args)
    // A folder that git may not read is only warned of: what lies in it would be overlooked.
    const isBlind = end.kind === 'exited' && /could not open directory/.test(end.stderr)
    if (end.kind === 'exited' && fine.includes(end.exitCode) && !isBlind) return ok(end.stdout)
    const how =
      end.kind === 'exited' ? `exit code ${end.exitCode}` : end.kind === 'killed' ? end.signal : 'not found'
    const why = end.kind === 'missing' ? '' : `: ${end.stderr.trim()}`
    const command = args.find((arg) => !arg.startsWith('-')) ?? ''
    return failed({ kind: 'git-failed', message: `git ${command} failed (${how})${why}` })
  }
}
