import type { ObjectId } from '../model/snapshot.js'

export const FOLDER = '040000'
export const LINK = '120000'
export const SUBMODULE = '160000'

/** What lies at a path. `id` is empty for what is not hashed yet, and for a folder that no tree of git is equal to. */
export interface Node {
  readonly mode: string
  readonly id: ObjectId
  /** In octal, of what lies on the disk with others than git gives to a file or folder under umask 022. */
  readonly permissions?: string
  /** Of a submodule: it, or a submodule in it, is not checked out. */
  readonly absent?: string
}

export type Folder = ReadonlyMap<string, Node> | undefined

/** The files of a repository as a build would see them; paths are relative to its root. No link is followed. */
export interface View {
  /** Entries of a folder by name; `undefined` where no folder lies. */
  folder(path: string): Promise<Folder>
  /** The same without a wait, for a folder that was read already; `undefined` for one that was not. */
  seen(path: string): { readonly entries: Folder } | undefined
  /** What lies at a path; `undefined` for nothing, and for what lies behind a link or in a submodule. */
  node(path: string): Promise<Node | undefined>
  /** What counts of a submodule: the commit that it stands at, or a folder, where its files count one by one. */
  submodule(path: string, submodule: Node): Promise<Node>
  /** Text of a file. */
  text(path: string, file: Node): Promise<string>
  /** What a link holds. */
  target(path: string, link: Node): Promise<string>
}

export function parted(path: string): { readonly parent: string; readonly name: string } {
  const slash = path.lastIndexOf('/')
  return { parent: path.slice(0, Math.max(slash, 0)), name: path.slice(slash + 1) }
}

/** Path of what lies at a path below a folder; `''` is the root, and the folder itself. */
export function joined(folder: string, path: string): string {
  if (folder === '' || path === '') return folder + path
  return `${folder}/${path}`
}

/** `a`, `a/b`, `a/b/c` of `a/b/c`. */
export function pathsDownTo(path: string): string[] {
  const parts = path.split('/').filter(Boolean)
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
}

/** Whether a path is a folder or lies below it. */
export function isWithin(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`)
}
