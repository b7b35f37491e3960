import { Failed, failed, ok, type Result } from '../../src/model/failure.js'
import type { Extent } from '../../src/model/advice.js'
import type { ObjectId, Order, TreeEntry } from '../../src/model/snapshot.js'
import type { Ancestor, DiskNode, FolderEntry, GitTree } from '../../src/ports/git-tree.js'
import { COMMIT, file } from './images.js'

export interface FakeTree {
  /** Path → text of HEAD. */
  readonly committed?: Readonly<Record<string, string>>
  /** Path → text that lies on the disk instead, `null` where nothing does. */
  readonly disk?: Readonly<Record<string, string | null>>
  readonly submodules?: readonly string[]
  /** Path → text that a link holds. */
  readonly links?: Readonly<Record<string, string>>
  /** Files and folders of the disk that git ignores. */
  readonly ignored?: readonly string[]
  /** Path → git's mode of what HEAD has there, where it is no plain file; the text of a submodule names its commit. */
  readonly modes?: Readonly<Record<string, string>>
}

/** A repository in memory. What it was asked is kept in `asked`. */
export class FakeGitTree implements GitTree {
  head: ObjectId = COMMIT
  readonly asked: string[] = []
  /** Commits that can be had, by each name they are asked for. */
  readonly commits = new Map<string, ObjectId>()
  readonly mergeBases = new Map<string, ObjectId>()
  /** Commit → the tree of it, where it is another one. */
  readonly earlier = new Map<ObjectId, FakeTree>()
  readonly remoteHeads = new Map<string, ObjectId>()
  isRemoteSilent = false
  /** Where commits stand to HEAD that `commit` has not made. */
  readonly orders = new Map<ObjectId, Order>()
  tagBefore: Ancestor = { kind: 'none' }
  /** Parents of HEAD. */
  headParents: readonly ObjectId[] = []
  /** Name of the method that fails from now on. */
  broken: 'root' | 'differing' | 'onDisk' | 'read' | 'files' | undefined
  isCheckedOut = true
  readonly #trees = new Map<ObjectId, readonly FolderEntry[]>()
  readonly #texts = new Map<ObjectId, string>()
  #now: FakeTree

  constructor(tree: FakeTree = {}) {
    this.#now = tree
  }

  /** Commits a new text of a file, or its removal; the commit before stays at hand. */
  commit(path: string, text: string | undefined): void {
    const others = Object.entries(this.#now.committed ?? {}).filter(([other]) => other !== path)
    const changed = text === undefined ? others : [...others, [path, text] as const]
    this.earlier.set(this.head, this.#now)
    this.commits.set(this.head, this.head)
    this.head = file('', `${this.head} ${path} ${text ?? ''}`).id
    this.#now = { ...this.#now, committed: Object.fromEntries(changed) }
  }

  /** Puts a file on the disk without a commit. */
  lay(path: string, text: string): void {
    this.#now = { ...this.#now, disk: { ...this.#now.disk, [path]: text } }
  }

  async root(commit?: ObjectId): Promise<ObjectId> {
    const tree = commit === undefined || commit === this.head ? this.#now : this.earlier.get(commit)
    if (this.broken === 'root' || tree === undefined)
      throw new Failed({ kind: 'git-failed', message: 'git failed in root' })
    const { committed = {}, submodules = [], links = {}, modes = {} } = tree
    const entries = [
      ...Object.entries(committed).map(([path, text]) => this.#blob(path, text, modes[path])),
      ...Object.entries(links).map(([path, target]) => this.#blob(path, target, '120000')),
      ...submodules.map((path) => file(path, 'pinned', '160000')),
    ]
    return Promise.resolve(this.#store(entries))
  }

  tree(id: ObjectId): Promise<readonly FolderEntry[]> {
    this.asked.push(`tree ${id}`)
    return Promise.resolve(this.#trees.get(id) ?? [])
  }

  text(id: ObjectId): Promise<string> {
    const text = this.#texts.get(id)
    if (text === undefined) throw new Failed({ kind: 'git-failed', message: `git has no object ${id}` })
    return Promise.resolve(text)
  }

  prefetch(): Promise<void> {
    return Promise.resolve()
  }

  hasWorkTree(): Promise<boolean> {
    return Promise.resolve(this.isCheckedOut)
  }

  submodule(): Promise<GitTree | undefined> {
    return Promise.resolve(undefined)
  }

  look(paths: readonly string[]): Promise<ReadonlyMap<string, DiskNode>> {
    const all = this.#disk()
    const found = paths.flatMap((path): [string, DiskNode][] => {
      if (all.has(path)) return [[path, all.get(path) as DiskNode]]
      return [...all.keys()].some((one) => one.startsWith(`${path}/`)) ? [[path, { mode: '040000' }]] : []
    })
    return Promise.resolve(new Map(found))
  }

  async folderOnDisk(folder: string): Promise<ReadonlyMap<string, DiskNode> | undefined> {
    const below = [...this.#disk().keys()].filter((path) => isBelow(path, [folder]))
    const names = new Set(
      below.map((path) => path.slice(folder === '' ? 0 : folder.length + 1).split('/')[0] ?? ''),
    )
    names.delete('.git')
    const paths = [...names].map((name) => (folder === '' ? name : `${folder}/${name}`))
    const nodes = await this.look(paths)
    return new Map(
      [...names].map((name, index) => [name, nodes.get(paths[index] ?? '') ?? { mode: '100644' }]),
    )
  }

  textOnDisk(path: string): Promise<string> {
    return Promise.resolve(this.#now.disk?.[path] ?? this.#now.committed?.[path] ?? '')
  }

  extentsOnDisk(paths: readonly string[]): Promise<ReadonlyMap<string, Extent>> {
    const lying = Object.entries({ ...this.#now.committed, ...this.#now.disk })
    const extents = paths.map((path): [string, Extent] => {
      const within = lying.filter(([other, text]) => text !== null && isBelow(other, [path]))
      return [
        path,
        { bytes: within.reduce((sum, [, text]) => sum + (text?.length ?? 0), 0), files: within.length },
      ]
    })
    return Promise.resolve(new Map(extents))
  }

  sha256OnDisk(path: string): Promise<string> {
    return Promise.resolve(`sha256 of ${path}`)
  }

  /** Everything that lies on the disk. */
  #disk(): Map<string, DiskNode> {
    const { committed = {}, disk = {}, links = {} } = this.#now
    const nodes = new Map<string, DiskNode>()
    for (const path of Object.keys(committed)) nodes.set(path, { mode: '100644' })
    for (const [path, target] of Object.entries(links)) nodes.set(path, { mode: '120000', target })
    for (const [path, text] of Object.entries(disk)) {
      if (text === null) nodes.delete(path)
      else nodes.set(path, { mode: '100644' })
    }
    return nodes
  }

  #blob(path: string, text: string, mode?: string): TreeEntry {
    const entry = file(path, text, mode)
    this.#texts.set(entry.id, text)
    return entry
  }

  /** Makes trees of entries whose paths are relative to one folder. */
  #store(entries: readonly TreeEntry[]): ObjectId {
    const children = new Map<string, TreeEntry[]>()
    const files: FolderEntry[] = []
    for (const { path, mode, id } of entries) {
      const [name = '', ...rest] = path.split('/')
      if (rest.length === 0) files.push({ mode, name, id })
      else children.set(name, [...(children.get(name) ?? []), { path: rest.join('/'), mode, id }])
    }
    const folders = [...children].map(([name, below]) => ({ mode: '040000', name, id: this.#store(below) }))
    const all = [...files, ...folders].sort((a, b) => (a.name < b.name ? -1 : 1))
    const id = file('tree', JSON.stringify(all)).id
    this.#trees.set(id, all)
    return id
  }

  differing(folders: readonly string[], submodules: readonly string[]): Promise<Result<readonly string[]>> {
    const { disk = {}, submodules: known = [] } = this.#now
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
    return Promise.resolve(ok(paths.filter((path) => this.#now.disk?.[path] !== undefined)))
  }

  onDisk(paths: readonly string[]): Promise<Result<readonly TreeEntry[]>> {
    this.asked.push(...paths.map((path) => `hash ${path}`))
    const { committed = {}, links = {} } = this.#now
    const found = paths.flatMap((path) => {
      const text = this.#now.disk?.[path]
      const lying = text === undefined ? (committed[path] ?? links[path]) : text
      const mode = text === undefined && links[path] !== undefined ? '120000' : '100644'
      return typeof lying === 'string' ? [file(path, lying, mode)] : []
    })
    return this.#answer('onDisk', found)
  }

  files(): Promise<Result<readonly string[]>> {
    const { committed, disk, links, ignored = [] } = this.#now
    const paths = Object.keys({ ...committed, ...disk, ...links }).filter((path) => !isBelow(path, ignored))
    return this.#answer('files', paths)
  }

  read(path: string): Promise<Result<string | undefined>> {
    const onDisk = this.#now.disk?.[path]
    return this.#answer('read', onDisk === null ? undefined : (onDisk ?? this.#now.committed?.[path]))
  }

  obtain(commit: string): Promise<ObjectId | undefined> {
    this.asked.push(`obtain ${commit}`)
    return Promise.resolve(commit === this.head ? commit : this.commits.get(commit))
  }

  mergeBase(other: ObjectId): Promise<Ancestor> {
    this.asked.push(`merge-base ${other}`)
    const commit = this.mergeBases.get(other)
    return Promise.resolve(
      commit === undefined ? { kind: 'unknown', problem: 'too shallow' } : { kind: 'found', commit },
    )
  }

  order(commit: ObjectId): Promise<Order> {
    if (commit === this.head) return Promise.resolve('same')
    return Promise.resolve(this.orders.get(commit) ?? (this.earlier.has(commit) ? 'before' : 'unknown'))
  }

  previousTag(): Promise<Ancestor> {
    return Promise.resolve(this.tagBefore)
  }

  remoteHead(ref: string): Promise<Ancestor> {
    this.asked.push(`remote ${ref}`)
    const commit = this.remoteHeads.get(ref)
    if (this.isRemoteSilent) return Promise.resolve({ kind: 'unknown', problem: 'nobody answers' })
    return Promise.resolve(commit === undefined ? { kind: 'none' } : { kind: 'found', commit })
  }

  committedAt(): Promise<number> {
    return Promise.resolve(Date.parse('2026-07-31T12:00:00Z'))
  }

  parents(): Promise<readonly ObjectId[]> {
    return Promise.resolve(this.headParents)
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
