import type { ObjectId } from '../model/snapshot.js'
import type { DiskNode, GitTree } from '../ports/git-tree.js'
import { type Folder, FOLDER, joined, type Node, parted, SUBMODULE, type View } from './view.js'

/** A commit, seen with what differs on the disk. Each folder is read once. */
export class GitView implements View {
  private readonly git: GitTree
  private readonly root: Promise<ObjectId>
  readonly #committed = new Map<string, Promise<Folder>>()
  readonly #folders = new Map<string, Promise<Folder>>()
  readonly #seen = new Map<string, { readonly entries: Folder }>()
  /** Folder → names in it at which, or below which, the disk differs. */
  readonly #differing = new Map<string, Set<string>>()
  readonly #onDisk = new Map<string, DiskNode>()

  /** `differing`: every path at which the disk counts in place of the commit. */
  constructor(git: GitTree, commit: ObjectId, differing: Iterable<string>) {
    this.git = git
    this.root = git.root(commit)
    // Whoever asks hears of it.
    this.root.catch(() => undefined)
    for (const path of differing) this.#mark(path)
  }

  folder(path: string): Promise<Folder> {
    return remembered(this.#folders, path, async () => {
      const entries = await this.#see(path)
      this.#seen.set(path, { entries })
      return entries
    })
  }

  seen(path: string): { readonly entries: Folder } | undefined {
    return this.#seen.get(path)
  }

  async node(path: string): Promise<Node | undefined> {
    if (path === '') return { mode: FOLDER, id: this.#differing.size === 0 ? await this.root : '' }
    const { parent, name } = parted(path)
    return (await this.folder(parent))?.get(name)
  }

  submodule(_path: string, submodule: Node): Promise<Node> {
    return Promise.resolve(submodule)
  }

  async text(path: string, file: Node): Promise<string> {
    if (file.id !== '') return this.git.text(file.id)
    return this.git.textOnDisk(path)
  }

  async target(path: string, link: Node): Promise<string> {
    return link.id === '' ? (this.#onDisk.get(path)?.target ?? '') : this.git.text(link.id)
  }

  /** Whether the commit has a file there, or a submodule in which it lies. */
  async isCommitted(path: string): Promise<boolean> {
    const { parent, name } = parted(path)
    const folder = await this.#committedFolder(parent)
    if (folder !== undefined) return folder.has(name)
    const above = parted(parent)
    const node = (await this.#committedFolder(above.parent))?.get(above.name)
    return node === undefined && parent !== '' ? this.isCommitted(parent) : node?.mode === SUBMODULE
  }

  #mark(path: string): void {
    const { parent, name } = parted(path)
    const names = this.#differing.get(parent)
    if (names !== undefined) {
      names.add(name)
      return
    }
    this.#differing.set(parent, new Set([name]))
    if (parent !== '') this.#mark(parent)
  }

  async #see(path: string): Promise<Folder> {
    const committed = await this.#committedFolder(path)
    const differing = this.#differing.get(path)
    if (differing === undefined) return committed
    const entries = new Map(committed)
    const paths = [...differing].map((name) => joined(path, name))
    const found = await this.git.look(paths)
    for (const at of paths) {
      const { name } = parted(at)
      const onDisk = found.get(at) ?? (await this.#leftOut(at))
      if (onDisk === undefined) entries.delete(name)
      else {
        this.#onDisk.set(at, onDisk)
        entries.set(name, nodeOf(onDisk))
      }
    }
    return entries
  }

  /** A folder that is not on the disk is still there if a sparse checkout left out what is in it. */
  async #leftOut(path: string): Promise<DiskNode | undefined> {
    if (!this.#differing.has(path)) return undefined
    const entries = await this.folder(path)
    return entries !== undefined && entries.size > 0 ? { mode: FOLDER } : undefined
  }

  #committedFolder(path: string): Promise<Folder> {
    return remembered(this.#committed, path, async () => {
      const id = path === '' ? await this.root : await this.#treeAt(path)
      if (id === undefined) return undefined
      return new Map((await this.git.tree(id)).map((entry) => [entry.name, entry]))
    })
  }

  async #treeAt(path: string): Promise<ObjectId | undefined> {
    const { parent, name } = parted(path)
    const node = (await this.#committedFolder(parent))?.get(name)
    return node?.mode === FOLDER ? node.id : undefined
  }
}

export function nodeOf({ mode, permissions }: DiskNode): Node {
  return { mode, id: '', ...(permissions !== undefined && { permissions }) }
}

function remembered(
  known: Map<string, Promise<Folder>>,
  path: string,
  read: () => Promise<Folder>,
): Promise<Folder> {
  const folder = known.get(path) ?? read()
  known.set(path, folder)
  return folder
}
