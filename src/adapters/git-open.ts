import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { failed, ok, type Failure, type Result } from '../model/failure.js'
import type { ObjectId } from '../model/snapshot.js'
import type { GitTree } from '../ports/git-tree.js'
import { GitCli } from './git-cli.js'
import { textOf } from './git-output.js'
import { decodePath } from './git-path.js'
import { git, type GitOptions } from './git-run.js'

/** The repository around a folder, with the folder in the role of the root. */
export interface OpenRepository {
  readonly git: GitTree
  /** The folder in the role of the root. */
  readonly root: string
  /** Absolute path of the git directory that all work trees share. */
  readonly commonDirectory: string
}

/** `environment-missing` without git, `usage` outside of a repository or before its first commit. */
export async function openRepository(folder: string, options: GitOptions): Promise<Result<OpenRepository>> {
  if (!(await isFolder(folder))) return failed({ kind: 'usage', message: `${folder} is not a folder` })
  // Apart, as each of the two paths may hold line breaks.
  const [end, common] = await Promise.all([
    git(folder, options, ['rev-parse', 'HEAD', '--symbolic-full-name', 'HEAD', '--show-prefix']),
    git(folder, options, ['rev-parse', '--path-format=absolute', '--git-common-dir']),
  ])
  if (end.kind === 'missing' || common.kind === 'missing') {
    return failed({
      kind: 'environment-missing',
      message: 'git is not installed or not on the PATH; install git',
    })
  }
  if (end.kind === 'killed' || end.exitCode !== 0) return failed(notARepository(folder, end.stderr))
  if (common.kind === 'killed' || common.exitCode !== 0) return failed(notARepository(folder, common.stderr))
  const { head, branch, prefix } = headOf(end.stdout)
  const isBelow = options.atTop === true && prefix !== ''
  const up = prefix.split('/').filter(Boolean)
  const root = isBelow ? resolve(folder, ...up.map(() => '..')) : folder
  const place = { folder: root, prefix: isBelow ? '' : prefix, options }
  return ok({
    git: new GitCli(place, { head, ...(branch !== undefined && { branch }) }),
    root,
    commonDirectory: textOf(common.stdout),
  })
}

/** Commit, full name of the branch or `HEAD`, and prefix, a line each; only the prefix may have line breaks. */
function headOf(stdout: Buffer): {
  readonly head: ObjectId
  readonly branch: string | undefined
  readonly prefix: string
} {
  const [head = '', reference = ''] = stdout.toString('utf8').split('\n', 2)
  const before = Buffer.byteLength(`${head}\n${reference}\n`)
  const prefix = decodePath(stdout.subarray(before, -1))
  return { head, branch: /^refs\/heads\/(.*)$/s.exec(reference)?.[1], prefix }
}

async function isFolder(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined)
  return stats?.isDirectory() === true
}

function notARepository(folder: string, stderr: string): Failure {
  if (/unknown revision|Needed a single revision|ambiguous argument/.test(stderr)) {
    return { kind: 'usage', message: `the repository at ${folder} has no commit yet; commit first` }
  }
  if (/not a git repository/.test(stderr)) {
    const message = `${folder} is not in a git repository; check the repository out first (in a workflow: actions/checkout)`
    return { kind: 'usage', message }
  }
  return { kind: 'git-failed', message: `git cannot read the repository at ${folder}: ${stderr.trim()}` }
}
