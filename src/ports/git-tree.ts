import type { Result } from '../model/failure.js'
import type { Extent } from '../model/advice.js'
import type { ObjectId, Order, TreeEntry } from '../model/snapshot.js'

/** One entry of a folder as a commit has it. */
export interface FolderEntry {
  /** git's mode, six digits: `040000` is a folder. */
  readonly mode: string
  readonly name: string
  readonly id: ObjectId
}

/** What lies at a path of the disk. */
export interface DiskNode {
  /** As git would record it; `040000` is a folder. */
  readonly mode: string
  /** What a link holds. */
  readonly target?: string
  /** In octal, where they are others than git gives to such a file or folder under umask 022. */
  readonly permissions?: string
}

/** A commit before HEAD. */
export type Ancestor =
  | { readonly kind: 'found'; readonly commit: ObjectId }
  /** The whole history is known, and there is none. */
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly problem: string }

/**
 * A git repository and its work tree, seen from the folder that plays the repository root: every path is relative
 * to that folder, uses `/`, and nothing outside of it is reported.
 */
export interface GitTree {
  /** Commit that is checked out. */
  readonly head: ObjectId
  /** Name of the branch that is checked out; absent on a detached checkout. */
  readonly branch?: string
  /** Tree of the folder in the role of the root, at HEAD or another commit that is at hand. Throws `Failed`. */
  root(commit?: ObjectId): Promise<ObjectId>
  /** Entries of one folder, by the id of its tree. Throws `Failed`. */
  tree(id: ObjectId): Promise<readonly FolderEntry[]>
  /** Text of a file or link, by the id of its blob. Throws `Failed`. */
  text(id: ObjectId): Promise<string>
  /** Brings what a clone without blobs lacks of these, all at once; what cannot be had is left to `text`. */
  prefetch(blobs: readonly ObjectId[]): Promise<void>
  /** Whether files are checked out, so that the disk can be looked at. */
  hasWorkTree(): Promise<boolean>
  /**
   * Paths below the folders at which the disk may differ from HEAD: modified, deleted, untracked and git-ignored
   * files, and every file inside nested repositories, changed submodules and the given ones. `.git` itself is never
   * among them, nor is a file that a sparse checkout left out.
   */
  differing(folders: readonly string[], submodules: readonly string[]): Promise<Result<readonly string[]>>
  /** Those of these files at which the disk differs from HEAD. */
  uncommitted(paths: readonly string[]): Promise<Result<readonly string[]>>
  /** What lies on the disk at these paths, without following links; absent where nothing lies. Throws `Failed`. */
  look(paths: readonly string[]): Promise<ReadonlyMap<string, DiskNode>>
  /** Entries of a folder of the disk but `.git`, by name; `undefined` where no folder lies. Throws `Failed`. */
  folderOnDisk(path: string): Promise<ReadonlyMap<string, DiskNode> | undefined>
  /** The repository that is checked out as a submodule; `undefined` when there is none. */
  submodule(path: string): Promise<GitTree | undefined>
  /** How much lies on the disk at each path, with all that is in a folder. Throws `Failed`. */
  extentsOnDisk(paths: readonly string[]): Promise<ReadonlyMap<string, Extent>>
  /** Text of a file that lies on the disk. Throws `Failed`. */
  textOnDisk(path: string): Promise<string>
  /** sha256 in hex of a file that lies on the disk. Throws `Failed`. */
  sha256OnDisk(path: string): Promise<string>
  /** What lies on the disk at these paths, hashed as git would; a path where nothing lies is left out. */
  onDisk(paths: readonly string[]): Promise<Result<readonly TreeEntry[]>>
  /** Paths of all files that are tracked or could be: untracked ones that git does not ignore count. */
  files(): Promise<Result<readonly string[]>>
  /** Text of a file on the disk; `undefined` when there is none. */
  read(path: string): Promise<Result<string | undefined>>
  /**
   * Id of a commit that can be compared with HEAD, after an attempt to fetch just that commit when it is missing;
   * `undefined` when it cannot be had.
   */
  obtain(commit: string): Promise<ObjectId | undefined>
  /** Best common ancestor of HEAD and another commit: of several always the same, at any depth of the clone. */
  mergeBase(other: ObjectId): Promise<Ancestor>
  /** Where another commit stands to HEAD, at any depth of the clone. */
  order(commit: ObjectId): Promise<Order>
  /** The last commit before HEAD that has a tag in the remote repository. */
  previousTag(): Promise<Ancestor>
  /** Commit that the remote repository has under a full name now; `unknown` where it does not answer. */
  remoteHead(ref: string): Promise<Ancestor>
  /** When HEAD was committed, in milliseconds since 1970. Throws `Failed`. */
  committedAt(): Promise<number>
  /** Parents of HEAD in their order. */
  parents(): Promise<readonly ObjectId[]>
}
