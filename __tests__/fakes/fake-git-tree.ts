import { failed, ok, type Result } from '../../src/model/failure.js'
import type { ObjectId, TreeEntry } from '../../src/model/snapshot.js'
import type { GitTree, PathChange } from '../../src/ports/git-tree.js'
import { COMMIT, file } from './images.js'

export interface FakeTree {
  /** Path → text of HEAD. */
  readonly committed?: Readonly<Record<string, string>>
  /** Path → text that lies on the disk instead, `null` where nothing does. */
  readonly disk?: Readonly<Record<string, string | null>>
  readonly submodules?: readonly string[]
  /** Path → text that a link holds. */
  readonly links?: Readonly<Record<string, string>>
}

/** A repository in memory. What it was asked is kept in `asked`. */
export class FakeGitTree implements GitTree {
  readonly head: ObjectId = COMMIT
  readonly asked: string[] = []
  /** Commits that can be had, by each name they are asked for. */
  readonly commits = new Map<string, ObjectId>()
  readonly mergeBases = new Map<string, ObjectId>()
  /** Commit → what changed since. */
  readonly changed = new Map<ObjectId, readonly PathChange[]>()
  /** Commit → the tree of it, where it is another one. */
  readonly earlier = new Map<ObjectId, FakeTree>()
  mergeParent: ObjectId | undefined
  /** Name of the method that fails from now on. */
  broken: 'committed' | 'differing' | 'onDisk' | 'read' | 'files' | undefined
  private tree: FakeTree

  constructor(tree: FakeTree = {}) {
    this.tree = tree
  }

  /** Commits a new text of a file, or its removal. */
  commit(path: string, text: string | undefined): void {
    const others = Object.entries(this.tree.committed ?? {}).filter(([other]) => other !== path)
    const changed = text === undefined ? others : [...others, [path, text] as const]
    this.tree = { ...this.tree, committed: Object.fromEntries(changed) }
  }

  committed(folders: readonly string[], commit?: ObjectId): Promise<Result<readonly TreeEntry[]>> {
    const tree = commit === undefined ? this.tree : (this.earlier.get(commit) ?? this.tree)
    const { committed = {}, submodules = [], links = {} } = tree
    const entries = [
      ...Object.entries(committed).map(([path, text]) => file(path, text)),
      ...Object.entries(links).map(([path, target]) => file(path, target, '120000')),
      ...submodules.map((path) => file(path, 'pinned', '160000')),
    ].sort((a, b) => (a.path < b.path ? -1 : 1))
    return this.#answer(
      'committed',
      entries.filter(({ path }) => isBelow(path, folders)),
    )
  }

  differing(folders: readonly string[], submodules: readonly string[]): Promise<Result<readonly string[]>> {
    const { disk = {}, submodules: known = [] } = this.tree
    const walked = (path: string) => {
      const within = known.find((submodule) => isBelow(path, [submodule]))
      return within === undefined || submodules.includes(within)
    }
    return this.#answer(
      'differing',
      Object.keys(disk).filter((path) => isBelow(path, folders) && walked(path)),
    )
  }

  uncommitted(paths: readonly string[]): Promise<Result<readonly string[]>> {
    return Promise.resolve(ok(paths.filter((path) => this.tree.disk?.[path] !== undefined)))
  }

  onDisk(paths: readonly string[]): Promise<Result<readonly TreeEntry[]>> {
    this.asked.push(...paths.map((path) => `hash ${path}`))
    const found = paths.flatMap((path) => {
      const text = this.tree.disk?.[path]
      return typeof text === 'string' ? [file(path, text)] : []
    })
    return this.#answer('onDisk', found)
  }

  files(): Promise<Result<readonly string[]>> {
    return this.#answer('files', Object.keys({ ...this.tree.committed, ...this.tree.disk }))
  }

  read(path: string): Promise<Result<string | undefined>> {
    const onDisk = this.tree.disk?.[path]
    return this.#answer('read', onDisk === null ? undefined : (onDisk ?? this.tree.committed?.[path]))
  }

  obtain(commit: string): Promise<ObjectId | undefined> {
    this.asked.push(`obtain ${commit}`)
    return Promise.resolve(this.commits.get(commit))
  }

  mergeBase(other: string): Promise<ObjectId | undefined> {
    this.asked.push(`merge-base ${other}`)
    return Promise.resolve(this.mergeBases.get(other))
  }

  mergedInto(): Promise<ObjectId | undefined> {
    return Promise.resolve(this.mergeParent)
  }

  changes(from: ObjectId): Promise<Result<readonly PathChange[]>> {
    this.asked.push(`changes ${from}`)
    const changes = this.changed.get(from)
    return Promise.resolve(
      changes === undefined ? failed({ kind: 'git-failed', message: 'git diff failed' }) : ok(changes),
    )
  }

  #answer<T>(method: FakeGitTree['broken'], value: T): Promise<Result<T>> {
    const isBroken = this.broken === method
    return Promise.resolve(
      isBroken ? failed({ kind: 'git-failed', message: `git failed in ${method ?? ''}` }) : ok(value),
    )
  }
}

function isBelow(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => folder === '' || path === folder || path.startsWith(`${folder}/`))
}
