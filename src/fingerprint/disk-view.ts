import { demand } from '../model/failure.js'
import type { DiskNode, GitTree } from '../ports/git-tree.js'
import { GitView, nodeOf } from './git-view.js'
import { FOLDER, type Folder, joined, type Node, parted, SUBMODULE, type View } from './view.js'

/**
 * The disk alone, as a build takes it: every file, whether git knows it or not, with its permissions. A submodule
 * counts by its commit as long as exactly the files of that commit lie in it.
 */
export class DiskView implements View {
  private readonly git: GitTree
  private readonly folderOfGit: string
  private readonly committed: GitView
  /** Submodules whose files count one by one. */
  readonly #opened: Set<string>
  readonly #folders = new Map<string, Promise<Folder>>()
  readonly #links = new Map<string, DiskNode>()
  readonly #states = new Map<string, Promise<State>>()

  /** `folder`: of the repository, for messages. */
  constructor(git: GitTree, given: { readonly opened?: Iterable<string>; readonly folder?: string } = {}) {
    this.git = git
    this.folderOfGit = given.folder ?? ''
    this.committed = new GitView(git, git.head, [])
    this.#opened = new Set(given.opened)
  }

  folder(path: string): Promise<Folder> {
    const known = this.#folders.get(path) ?? this.#read(path)
    this.#folders.set(path, known)
    return known
  }

  seen(): undefined {
    return undefined
  }

  async node(path: string): Promise<Node | undefined> {
    if (path === '') return { mode: FOLDER, id: '' }
    const { parent, name } = parted(path)
    const node = (await this.folder(parent))?.get(name)
    return node?.mode === SUBMODULE && this.#opened.has(path) ? this.#asFolder(path) : node
  }

  async submodule(path: string, submodule: Node): Promise<Node> {
    const known = this.#states.get(path) ?? this.#stateOf(path, submodule)
    this.#states.set(path, known)
    const state = await known
    if (state === 'same') return submodule
    if (state !== 'other') return { ...submodule, ...state }
    this.#opened.add(path)
    return this.#asFolder(path)
  }

  text(path: string): Promise<string> {
    return this.git.textOnDisk(path)
  }

  target(path: string): Promise<string> {
    return Promise.resolve(this.#links.get(path)?.target ?? '')
  }

  async #read(path: string): Promise<Folder> {
    const entries = await this.git.folderOnDisk(path)
    if (entries === undefined) return undefined
    const folder = new Map<string, Node>()
    for (const [name, entry] of entries) {
      const at = joined(path, name)
      if (entry.target !== undefined) this.#links.set(at, entry)
      const committed = entry.mode === FOLDER ? await this.committed.node(at) : undefined
      const isSubmodule = committed?.mode === SUBMODULE && !this.#opened.has(at)
      folder.set(name, isSubmodule ? committed : nodeOf(entry))
    }
    return folder
  }

  async #asFolder(path: string): Promise<Node> {
    const [found] = (await this.git.look([path])).values()
    return found === undefined ? { mode: FOLDER, id: '' } : nodeOf(found)
  }

  async #stateOf(path: string, { id }: Node): Promise<State> {
    const folder = joined(this.folderOfGit, path)
    const git = await this.git.submodule(path)
    if (git === undefined) return { absent: folder }
    // Where another commit is checked out this one may not be at hand.
    if (git.head !== id) return 'other'
    return compare('', new GitView(git, id, []), { git, view: new DiskView(git, { folder }) })
  }
}

/** Of a submodule, as it lies on the disk, beside its commit. */
type State = 'same' | 'other' | { readonly absent: string }

/** Compares the files, and their content, that lie in a folder of both. */
async function compare(
  folder: string,
  committed: View,
  disk: { readonly git: GitTree; readonly view: View },
): Promise<State> {
  const [wanted, found] = await Promise.all([committed.folder(folder), disk.view.folder(folder)])
  if (wanted?.size !== found?.size) return 'other'
  const files: { readonly path: string; readonly id: string }[] = []
  for (const [name, { mode, id }] of wanted ?? []) {
    const path = joined(folder, name)
    const node = found?.get(name)
    if (node?.mode !== mode || node.permissions !== undefined) return 'other'
    if (mode === FOLDER) {
      const state = await compare(path, committed, disk)
      if (state !== 'same') return state
    } else if (mode === SUBMODULE) {
      const inner = await disk.view.submodule(path, node)
      if (inner.absent !== undefined) return { absent: inner.absent }
      if (inner.mode !== mode || inner.id !== id) return 'other'
    } else files.push({ path, id })
  }
  const hashed = demand(await disk.git.onDisk(files.map(({ path }) => path)))
  const ids = new Map(hashed.map((entry) => [entry.path, entry.id]))
  return files.every(({ path, id }) => ids.get(path) === id) ? 'same' : 'other'
}
