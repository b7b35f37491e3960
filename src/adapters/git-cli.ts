import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { failed, ok, type Failure, type Result } from '../model/failure.js'
import type { ObjectId, TreeEntry } from '../model/snapshot.js'
import type { GitTree, PathChange } from '../ports/git-tree.js'
import { parseNameStatus, parsePaths, parseStatus, parseTree } from './git-output.js'
import { filesBelow, hashFiles } from './git-disk.js'
import { run, type ProcessEnd } from './process.js'

export interface GitOptions {
  /** Variables that git runs with, those that carry its credentials included. */
  readonly environment: NodeJS.ProcessEnv
  /** Whether a missing commit may be fetched from `origin`. */
  readonly mayFetch: boolean
}

/** The repository around a folder, with the folder in the role of the root. */
export interface OpenRepository {
  readonly git: GitTree
  /** Absolute path of the git directory that all work trees share. */
  readonly commonDirectory: string
}

/**
 * Environment in which git may fetch from a GitHub server with a token, without the token in an argument or in a
 * file. What `actions/checkout` left for the same server is put aside: two credentials in one request are refused.
 */
export function fetchEnvironment(
  environment: NodeJS.ProcessEnv,
  of: { readonly server: string | undefined; readonly token: string; readonly trusted: boolean },
): NodeJS.ProcessEnv {
  const settings: [string, string][] = of.trusted ? [['safe.directory', '*']] : []
  if (of.token !== '' && of.server !== undefined) {
    const header = `http.${of.server}/.extraheader`
    const basic = Buffer.from(`x-access-token:${of.token}`, 'utf8').toString('base64')
    settings.push([header, ''], [header, `AUTHORIZATION: basic ${basic}`])
  }
  const before = Number(environment['GIT_CONFIG_COUNT'] ?? 0)
  const entries = settings.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${before + index}`, key],
    [`GIT_CONFIG_VALUE_${before + index}`, value],
  ])
  const count = String(before + settings.length)
  return { ...environment, ...Object.fromEntries(entries), GIT_CONFIG_COUNT: count } as NodeJS.ProcessEnv
}

/** `environment-missing` without git, `usage` outside of a repository or before its first commit. */
export async function openRepository(folder: string, options: GitOptions): Promise<Result<OpenRepository>> {
  const question = ['--path-format=absolute', '--git-common-dir', '--show-prefix', 'HEAD']
  const end = await git(folder, options, ['rev-parse', ...question, '--symbolic-full-name', 'HEAD'])
  if (end.kind === 'missing') {
    return failed({
      kind: 'environment-missing',
      message: 'git is not installed or not on the PATH; install git',
    })
  }
  if (end.kind === 'killed' || end.exitCode !== 0) return failed(notARepository(folder, end.stderr))
  const lines = end.stdout.toString('utf8').split('\n')
  const [commonDirectory = '', prefix = '', head = '', reference = ''] = lines
  const branch = reference.startsWith('refs/heads/') ? { branch: reference.slice('refs/heads/'.length) } : {}
  return ok({ git: new GitCli({ folder, prefix, options }, { head, ...branch }), commonDirectory })
}

function notARepository(folder: string, stderr: string): Failure {
  if (/unknown revision|Needed a single revision|ambiguous argument/.test(stderr)) {
    return { kind: 'usage', message: `the repository at ${folder} has no commit yet; commit first` }
  }
  if (/not a git repository/.test(stderr)) {
    const message = `${folder} is not in a git repository; check the repository out first (actions/checkout)`
    return { kind: 'usage', message }
  }
  return { kind: 'git-failed', message: `git cannot read the repository at ${folder}: ${stderr.trim()}` }
}

interface Place {
  readonly folder: string
  /** Path of `folder` from the top of the work tree, with a trailing slash; empty at the top. */
  readonly prefix: string
  readonly options: GitOptions
}

function git(folder: string, options: GitOptions, args: readonly string[]): Promise<ProcessEnd> {
  const fixed = { LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_LITERAL_PATHSPECS: '1', GIT_TERMINAL_PROMPT: '0' }
  return run('git', args, { cwd: folder, env: { ...options.environment, ...fixed } })
}

class GitCli implements GitTree {
  readonly head: ObjectId
  readonly branch?: string
  private readonly place: Place

  constructor(place: Place, at: { head: ObjectId; branch?: string }) {
    this.place = place
    this.head = at.head
    if (at.branch !== undefined) this.branch = at.branch
  }

  async committed(folders: readonly string[]): Promise<Result<readonly TreeEntry[]>> {
    const listed = await this.#ask(['ls-tree', '-r', '-z', this.head, '--', ...this.#paths(folders)])
    return listed.ok ? ok(parseTree(listed.value)) : listed
  }

  async differing(
    folders: readonly string[],
    submodules: readonly string[],
  ): Promise<Result<readonly string[]>> {
    const options = [
      '--untracked-files=all',
      '--ignored=traditional',
      '--no-renames',
      '--ignore-submodules=none',
    ]
    const status = await this.#ask([
      'status',
      '--porcelain=v2',
      '-z',
      ...options,
      '--',
      ...this.#paths(folders),
    ])
    if (!status.ok) return status
    const paths = new Set<string>()
    const walked = [...submodules]
    for (const path of parseStatus(status.value)) {
      if (!path.startsWith(this.place.prefix)) continue
      const inner = path.slice(this.place.prefix.length)
      // git names a nested repository by its folder and does not look into it.
      if (inner.endsWith('/')) walked.push(inner.slice(0, -1))
      else if (!submodules.includes(inner)) paths.add(inner)
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
    return listed.ok ? ok(parsePaths(listed.value)) : listed
  }

  async read(path: string): Promise<Result<string | undefined>> {
    try {
      return ok(await readFile(join(this.place.folder, path), 'utf8'))
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return ok(undefined)
      return failed({ kind: 'usage', message: `${path} cannot be read: ${(error as Error).message}` })
    }
  }

  async obtain(commit: string): Promise<ObjectId | undefined> {
    const present = await this.#commitId(commit)
    if (present !== undefined || !this.place.options.mayFetch || !/^[0-9a-f]{40,64}$/.test(commit))
      return present
    const options = ['--depth=1', '--filter=blob:none', '--no-tags', '--no-recurse-submodules', '--quiet']
    const fetched = await this.#ask(['fetch', ...options, 'origin', commit])
    return fetched.ok ? this.#commitId(commit) : undefined
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
    const end = await git(this.place.folder, this.place.options, args)
    if (end.kind === 'exited' && end.exitCode === 0) return ok(end.stdout)
    const how =
      end.kind === 'exited' ? `exit code ${end.exitCode}` : end.kind === 'killed' ? end.signal : 'not found'
    const why = end.kind === 'missing' ? '' : `: ${end.stderr.trim()}`
    return failed({ kind: 'git-failed', message: `git ${args[0] ?? ''} failed (${how})${why}` })
  }
}
