import { readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { failed, ok, type Failure, type Result } from '../model/failure.js'
import type { ObjectId, TreeEntry } from '../model/snapshot.js'
import type { GitTree, PathChange } from '../ports/git-tree.js'
import { parseHidden, parseNameStatus, parsePaths, parseStatus, parseTree } from './git-output.js'
import { filesBelow, hashFiles, leavesFolder, wayTo } from './git-disk.js'
import { fetchApart } from './git-fetch.js'
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
  const [head = '', reference = '', ...prefix] = textOf(end.stdout).split('\n')
  const branch = reference.startsWith('refs/heads/') ? { branch: reference.slice('refs/heads/'.length) } : {}
  const way = prefix.join('\n')
  const isBelow = options.atTop === true && way !== ''
  const root = isBelow
    ? resolve(
        folder,
        ...way
          .split('/')
          .filter(Boolean)
          .map(() => '..'),
      )
    : folder
  const place = { folder: root, prefix: isBelow ? '' : way, options }
  return ok({ git: new GitCli(place, { head, ...branch }), root, commonDirectory: textOf(common.stdout) })
}

async function isFolder(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined)
  return stats?.isDirectory() === true
}

/** What git printed, without the end of its last line. */
function textOf(stdout: Buffer): string {
  return stdout.toString('utf8').replace(/\n$/, '')
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

function behindLink(folder: string): Failure {
  const message = `${folder} is a link or lies behind one, where git sees no files; name the folder it leads to`
  return { kind: 'usage', message }
}

function leading(path: string, within: string): Failure {
  const message = `${path} is a link that leads out of ${within || 'the root'}, where Docker does not follow it; put the file there`
  return { kind: 'config-invalid', message }
}

const STATUS_OPTIONS = [
  ...['--porcelain=v2', '-z', '--untracked-files=all', '--ignored=traditional'],
  ...['--no-renames', '--ignore-submodules=none'],
]

interface Place {
  readonly folder: string
  /** Path of `folder` from the top of the work tree, with a trailing slash; empty at the top. */
  readonly prefix: string
  readonly options: GitOptions
}

class GitCli implements GitTree {
  readonly head: ObjectId
  readonly branch?: string
  private readonly place: Place
  /** Object folder of what was fetched last. */
  #objects: string | undefined

  constructor(place: Place, at: { head: ObjectId; branch?: string }) {
    this.place = place
    this.head = at.head
    if (at.branch !== undefined) this.branch = at.branch
  }

  async committed(
    folders: readonly string[],
    commit: ObjectId = this.head,
  ): Promise<Result<readonly TreeEntry[]>> {
    // Without a path git would list everything.
    if (folders.length === 0) return ok([])
    const listed = await this.#ask(['ls-tree', '-r', '-z', commit, '--', ...this.#paths(folders)])
    return listed.ok ? ok(parseTree(listed.value)) : listed
  }

  async differing(
    folders: readonly string[],
    submodules: readonly string[],
  ): Promise<Result<readonly string[]>> {
    if (folders.length === 0) return ok([])
    const walked = new Set(submodules)
    for (const folder of folders) {
      const way = await wayTo(this.place.folder, folder)
      if (way === 'link') return failed(behindLink(folder))
      if (way === 'nested') walked.add(folder)
    }
    const [status, hidden] = await Promise.all([
      this.uncommitted(this.#paths(folders)),
      this.#ask(['ls-files', '-z', '-v', '--cached', '--', ...this.#paths(folders)]),
    ])
    if (!status.ok) return status
    if (!hidden.ok) return hidden
    const paths = new Set<string>(parseHidden(hidden.value))
    for (const path of status.value) {
      // git does not look into nested repositories, and not file by file into submodules.
      if (path.endsWith('/')) walked.add(path.slice(0, -1))
      else paths.add(path)
    }
    for (const folder of walked) {
      for (const file of await filesBelow(this.place.folder, folder)) paths.add(file)
    }
    return ok([...paths])
  }

  async onDisk(paths: readonly string[]): Promise<Result<readonly TreeEntry[]>> {
    return hashFiles(this.place.folder, paths, this.head.length === 40 ? 'sha1' : 'sha256')
  }

  async files(): Promise<Result<readonly string[]>> {
    const listed = await this.#ask(['ls-files', '-z', '--cached', '--others', '--exclude-standard'])
    // A file in a conflict is listed once for each of its versions.
    return listed.ok ? ok([...new Set(parsePaths(listed.value))]) : listed
  }

  async read(path: string, within?: string): Promise<Result<string | undefined>> {
    const { folder } = this.place
    try {
      if (within !== undefined && (await leavesFolder(folder, { path, within })))
        return failed(leading(path, within))
      return ok(await readFile(join(folder, path), 'utf8'))
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return ok(undefined)
      return failed({ kind: 'usage', message: `${path} cannot be read: ${(error as Error).message}` })
    }
  }

  async uncommitted(paths: readonly string[]): Promise<Result<readonly string[]>> {
    if (paths.length === 0) return ok([])
    const status = await this.#ask(['status', ...STATUS_OPTIONS, '--', ...paths])
    if (!status.ok) return status
    const { prefix } = this.place
    const inside = parseStatus(status.value).filter((path) => path.startsWith(prefix))
    return ok(inside.map((path) => path.slice(prefix.length)))
  }

  async obtain(commit: string): Promise<ObjectId | undefined> {
    const present = await this.#commitId(commit)
    const folder = this.place.options.fetchFolder
    if (present !== undefined || folder === undefined || !/^[0-9a-f]{40,64}$/.test(commit)) return present
    const ask = async (args: readonly string[]) => {
      const end = await this.#ask(args)
      return end.ok ? textOf(end.value) : undefined
    }
    this.#objects = (await fetchApart(ask, { commit, folder })) ?? this.#objects
    return this.#commitId(commit)
  }

  async mergeBase(other: string): Promise<ObjectId | undefined> {
    const base = await this.#ask(['merge-base', '--end-of-options', this.head, other])
    return base.ok ? base.value.toString('utf8').trim() : undefined
  }

  async mergedInto(): Promise<ObjectId | undefined> {
    // The commit's own text names its parents even where a shallow clone has cut them off.
    const text = await this.#ask(['cat-file', 'commit', this.head])
    if (!text.ok) return undefined
    const [header = ''] = text.value.toString('utf8').split('\n\n', 1)
    const parents = [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map((match) => match[1])
    return parents.length > 1 ? parents[0] : undefined
  }

  async changes(from: ObjectId): Promise<Result<readonly PathChange[]>> {
    const [diff, untracked] = await Promise.all([
      this.#ask(['diff', '--name-status', '-z', '--no-renames', '--relative', from, '--']),
      this.#ask(['ls-files', '-z', '--others', '--exclude-standard']),
    ])
    if (!diff.ok) return diff
    if (!untracked.ok) return untracked
    const added = parsePaths(untracked.value).map((path) => ({ kind: 'added' as const, path }))
    return ok([...parseNameStatus(diff.value), ...added])
  }

  async #commitId(name: string): Promise<ObjectId | undefined> {
    const id = await this.#ask(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`])
    return id.ok ? id.value.toString('utf8').trim() : undefined
  }

  #paths(folders: readonly string[]): readonly string[] {
    return folders.includes('') ? ['.'] : folders
  }

  async #ask(args: readonly string[]): Promise<Result<Buffer>> {
    const { folder, options } = this.place
    const environment = { ...options.environment, GIT_ALTERNATE_OBJECT_DIRECTORIES: this.#objects }
    const end = await git(folder, { ...options, environment }, args)
    // A folder that git may not read is only warned of: what lies in it would be overlooked.
    const isBlind = end.kind === 'exited' && /could not open directory/.test(end.stderr)
    if (end.kind === 'exited' && end.exitCode === 0 && !isBlind) return ok(end.stdout)
    const how =
      end.kind === 'exited' ? `exit code ${end.exitCode}` : end.kind === 'killed' ? end.signal : 'not found'
    const why = end.kind === 'missing' ? '' : `: ${end.stderr.trim()}`
    return failed({ kind: 'git-failed', message: `git ${args[0] ?? ''} failed (${how})${why}` })
  }
}
