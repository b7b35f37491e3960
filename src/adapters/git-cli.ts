import { readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { attempt, demand, Failed, failed, ok, type Failure, type Result } from '../model/failure.js'
import type { ObjectId, Order, TreeEntry } from '../model/snapshot.js'
import type { Ancestor, DiskNode, FolderEntry, GitTree } from '../ports/git-tree.js'
import { Apart } from './git-apart.js'
import { extentsAt, filesBelow, folderAt, lookAll, wayTo } from './git-disk.js'
import { hashFiles, sha256Of } from './git-hash.js'
import { History } from './git-history.js'
import { parseHidden, parsePaths, parseStatus, textOf } from './git-output.js'
import { encodePath } from './git-path.js'
import { GitProgram } from './git-program.js'
import { git, type GitOptions } from './git-run.js'
import { remoteHead } from './git-remote.js'
import { GitStore } from './git-store.js'

function behindLink(folder: string): Failure {
  const message = `${folder} is a link or lies behind one, where git sees no files; name the folder it leads to`
  return { kind: 'usage', message }
}

/** What the file system refused becomes a failure; anything else is one already, or a bug. */
function unreadable(error: unknown): never {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === undefined) throw error
  throw new Failed({ kind: 'git-failed', message: `an input cannot be read: ${message}` })
}

const STATUS_OPTIONS = [
  ...['--porcelain=v2', '-z', '--untracked-files=all', '--ignored=traditional'],
  ...['--no-renames', '--ignore-submodules=none'],
]

export interface Place {
  readonly folder: string
  /** Path of `folder` from the top of the work tree, with a trailing slash; empty at the top. */
  readonly prefix: string
  readonly options: GitOptions
}

/** A repository on the disk, through git's own program; see `GitTree` for what each answer means. */
export class GitCli implements GitTree {
  readonly head: ObjectId
  readonly branch?: string
  private readonly place: Place
  readonly #obtained = new Map<string, Promise<ObjectId | undefined>>()
  readonly #git: GitProgram
  readonly #store: GitStore
  readonly #apart: Apart | undefined
  readonly #history: History

  constructor(place: Place, at: { head: ObjectId; branch?: string }) {
    this.place = place
    this.head = at.head
    if (at.branch !== undefined) this.branch = at.branch
    const { folder, prefix, options } = place
    this.#git = new GitProgram(folder, options.environment)
    this.#apart = options.fetchFolder === undefined ? undefined : new Apart(this.#git, options.fetchFolder)
    this.#history = new History(this.#git, { head: at.head, fetchFolder: options.fetchFolder })
    this.#store = new GitStore(this.#git, { head: at.head, prefix, apart: this.#apart })
  }

  root(commit: ObjectId = this.head): Promise<ObjectId> {
    return this.#store.root(commit)
  }

  tree(id: ObjectId): Promise<readonly FolderEntry[]> {
    return this.#store.tree(id)
  }

  text(id: ObjectId): Promise<string> {
    return this.#store.text(id)
  }

  prefetch(blobs: readonly ObjectId[]): Promise<void> {
    return this.#store.prefetch(blobs)
  }

  async hasWorkTree(): Promise<boolean> {
    const answer = await this.#git.text(['rev-parse', '--is-inside-work-tree', '--git-path', 'index'])
    const [isInside, ...index] = (answer ?? '').split('\n')
    // Without an index nothing was ever checked out.
    return isInside === 'true' && (await exists(resolve(this.place.folder, index.join('\n'))))
  }

  async differing(
    folders: readonly string[],
    submodules: readonly string[],
  ): Promise<Result<readonly string[]>> {
    if (folders.length === 0) return ok([])
    return attempt(async () => demand(await this.#differing(folders, submodules).catch(unreadable)))
  }

  async look(paths: readonly string[]): Promise<ReadonlyMap<string, DiskNode>> {
    return lookAll(this.place.folder, paths).catch(unreadable)
  }

  async folderOnDisk(path: string): Promise<ReadonlyMap<string, DiskNode> | undefined> {
    return folderAt(this.place.folder, path).catch(unreadable)
  }

  async extentsOnDisk(paths: readonly string[]): ReturnType<GitTree['extentsOnDisk']> {
    return extentsAt(this.place.folder, paths).catch(unreadable)
  }

  async sha256OnDisk(path: string): Promise<string> {
    return sha256Of(this.place.folder, path).catch(unreadable)
  }

  async submodule(path: string): Promise<GitTree | undefined> {
    const folder = join(this.place.folder, path)
    const { environment } = this.place.options
    const end = await git(folder, { environment }, ['rev-parse', 'HEAD', '--show-prefix']).catch(
      () => undefined,
    )
    if (end?.kind !== 'exited' || end.exitCode !== 0) return undefined
    const [head = '', prefix] = textOf(end.stdout).split('\n')
    // With a prefix it is still our own repository that answers.
    return prefix === undefined || prefix === ''
      ? new GitCli({ folder, prefix: '', options: { environment } }, { head })
      : undefined
  }

  async textOnDisk(path: string): Promise<string> {
    return readFile(encodePath(join(this.place.folder, path)), 'utf8').catch(unreadable)
  }

  async onDisk(paths: readonly string[]): Promise<Result<readonly TreeEntry[]>> {
    const algorithm = this.head.length === 40 ? 'sha1' : 'sha256'
    return attempt(() => hashFiles(this.place.folder, paths, algorithm).catch(unreadable))
  }

  async files(): Promise<Result<readonly string[]>> {
    const listed = await this.#git.ask(['ls-files', '-z', '--cached', '--others', '--exclude-standard'])
    // A file in a conflict is listed once for each of its versions.
    return listed.ok ? ok([...new Set(parsePaths(listed.value))]) : listed
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

  async uncommitted(paths: readonly string[]): Promise<Result<readonly string[]>> {
    if (paths.length === 0) return ok([])
    const status = await this.#git.ask(['status', ...STATUS_OPTIONS, '--', ...paths])
    if (!status.ok) return status
    const { prefix } = this.place
    const inside = parseStatus(status.value).filter((path) => path.startsWith(prefix))
    return ok(inside.map((path) => path.slice(prefix.length)))
  }

  /** Asked for by several steps of a run, to which it must stay the same commit. */
  obtain(commit: string): Promise<ObjectId | undefined> {
    const known = this.#obtained.get(commit) ?? this.#obtain(commit)
    this.#obtained.set(commit, known)
    return known
  }

  async #obtain(commit: string): Promise<ObjectId | undefined> {
    const isId = /^[0-9a-f]{40,64}$/.test(commit)
    const present = isId ? await this.#present(commit) : await this.#commitId(commit)
    if (present !== undefined || this.#apart === undefined || !isId) return present
    await this.#apart.fetchCommit(commit)
    return this.#present(commit)
  }

  mergeBase(other: ObjectId): Promise<Ancestor> {
    return this.#history.mergeBase(other)
  }

  order(commit: ObjectId): Promise<Order> {
    return this.#history.order(commit)
  }

  previousTag(): Promise<Ancestor> {
    return this.#history.previousTag()
  }

  remoteHead(ref: string): Promise<Ancestor> {
    return remoteHead(ref, this.#git)
  }

  async parents(): Promise<readonly ObjectId[]> {
    // The commit's own text names its parents even where a shallow clone has cut them off.
    return [...(await this.#header()).matchAll(/^parent ([0-9a-f]+)$/gm)].flatMap(([, id = '']) => id)
  }

  async committedAt(): Promise<number> {
    const [, seconds] = /^committer .*> (\d+) [-+]\d{4}$/m.exec(await this.#header()) ?? []
    if (seconds !== undefined) return Number(seconds) * 1000
    throw new Failed({ kind: 'git-failed', message: `git does not tell when ${this.head} was committed` })
  }

  /** What a commit's text says before its message. */
  async #header(): Promise<string> {
    return /^[^]*?(?=\n\n)/.exec((await this.#git.text(['cat-file', 'commit', this.head])) ?? '')?.[0] ?? ''
  }

  /** The commit of this id. A clone without blobs would fetch one that is missing with all of its history. */
  async #present(id: string): Promise<ObjectId | undefined> {
    const options = ['--no-walk', '--ignore-missing', '--missing=allow-any', '--end-of-options']
    const found = await this.#git.text(['rev-list', ...options, id, '--'])
    return found === undefined || found === '' ? undefined : found
  }

  async #commitId(name: string): Promise<ObjectId | undefined> {
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options']
    return (await this.#git.text([...args, `${name}^{commit}`]))?.trim()
  }

  async #differing(
    folders: readonly string[],
    submodules: readonly string[],
  ): Promise<Result<readonly string[]>> {
    const walked = new Set(submodules)
    for (const folder of folders) {
      const way = await wayTo(this.place.folder, folder)
      if (way === 'link') return failed(behindLink(folder))
      if (way === 'nested') walked.add(folder)
    }
    const asked = folders.includes('') ? ['.'] : folders
    const [status, hidden] = await Promise.all([
      this.uncommitted(asked),
      this.#git.ask(['ls-files', '-z', '-v', '--cached', '--', ...asked]),
    ])
    if (!status.ok) return status
    if (!hidden.ok) return hidden
    const { assumed, skipped } = parseHidden(hidden.value)
    const paths = new Set<string>([...assumed, ...(await this.look(skipped)).keys()])
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
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined
}
