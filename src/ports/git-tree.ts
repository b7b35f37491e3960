import type { Result } from '../model/failure.js'
import type { ObjectId, TreeEntry } from '../model/snapshot.js'

/** How a path differs between two commits. */
export interface PathChange {
  readonly kind: 'added' | 'modified' | 'removed'
  readonly path: string
}

/**
 * A git repository and its work tree, seen from the folder that plays the repository root: every path is relative
 * to that folder, uses `/`, and nothing outside of it is reported.
 */
export interface GitTree {
  /** Commit that is checked out. */
  readonly head: ObjectId
  /** Name of the branch that is checked out; absent on a detached checkout. */
  readonly branch?: string
  /**
   * Files of HEAD, or of another commit that is at hand, below the folders (`''` is the root) or at the paths given,
   * submodules as one entry, sorted by path.
   */
  committed(folders: readonly string[], commit?: ObjectId): Promise<Result<readonly TreeEntry[]>>
  /**
   * Paths below the folders at which the disk may differ from HEAD: modified, deleted, untracked and git-ignored
   * files, and every file inside nested repositories and the given submodules. `.git` itself is never among them.
   */
  differing(folders: readonly string[], submodules: readonly string[]): Promise<Result<readonly string[]>>
  /** Those of these files at which the disk differs from HEAD. */
  uncommitted(paths: readonly string[]): Promise<Result<readonly string[]>>
  /** What lies on the disk at these paths, hashed as git would; a path where nothing lies is left out. */
  onDisk(paths: readonly string[]): Promise<Result<readonly TreeEntry[]>>
  /** Paths of all files that are tracked or could be: untracked ones that git does not ignore count. */
  files(): Promise<Result<readonly string[]>>
  /**
   * Text of a file on the disk; `undefined` when there is none. A link that leads out of the folder `within` is a
   * failure: BuildKit would not follow it.
   */
  read(path: string, within?: string): Promise<Result<string | undefined>>
  /**
   * Id of a commit that can be compared with HEAD, after an attempt to fetch just that commit when it is missing;
   * `undefined` when it cannot be had.
   */
  obtain(commit: string): Promise<ObjectId | undefined>
  /** Best common ancestor of HEAD and another commit or branch; `undefined` when git finds none. */
  mergeBase(other: string): Promise<ObjectId | undefined>
  /** First parent of HEAD when HEAD is a merge of two or more; else `undefined`. */
  mergedInto(): Promise<ObjectId | undefined>
  /** Paths that differ between a commit that is at hand and the work tree, a move as removal and addition. */
  changes(from: ObjectId): Promise<Result<readonly PathChange[]>>
}
