import { failed, ok, type Result } from '../model/failure.js'
import type { GitHeads } from '../ports/git-heads.js'
import { git } from './git-run.js'

/** Asks the git of the machine about the repository around a folder. */
export class GitHeadsCli implements GitHeads {
  private readonly folder: string
  private readonly environment: NodeJS.ProcessEnv

  constructor(folder: string, environment: NodeJS.ProcessEnv) {
    this.folder = folder
    this.environment = environment
  }

  async heads(): Promise<Result<readonly string[]>> {
    const branches = await this.#lines('\n', ['for-each-ref', '--format=%(refname)', 'refs/heads'])
    if (!branches.ok) return branches
    const trees = await this.#lines('\0', ['worktree', 'list', '--porcelain', '-z'])
    if (!trees.ok) return trees
    // A work tree's branch may have no commit yet, and so not be among the branches.
    const ofTrees = trees.value.flatMap((line) => /^(?:HEAD|branch) (.*)$/s.exec(line)?.[1] ?? [])
    return ok([...branches.value, ...ofTrees])
  }

  async #lines(separator: string, args: readonly string[]): Promise<Result<readonly string[]>> {
    const end = await git(this.folder, { environment: this.environment }, args)
    if (end.kind === 'exited' && end.exitCode === 0)
      return ok(end.stdout.toString('utf8').split(separator).filter(Boolean))
    const why = end.kind === 'missing' ? 'git is missing' : end.stderr.trim()
    return failed({ kind: 'git-failed', message: `git cannot list branches and work trees: ${why}` })
  }
}
