/** A git object id in lower-case hex: 40 digits in a SHA-1 repository, 64 in a SHA-256 one. */
export type ObjectId = string

/** One file, link or submodule of a build context. */
export interface TreeEntry {
  /** git's mode: `100644`, `100755`, `120000` (link) or `160000` (submodule). */
  readonly mode: string
  /** Relative to the folder that was listed, `/` between its parts. */
  readonly path: string
  readonly id: ObjectId
}

/** All that fingerprints are computed from, read once; what is in it never changes. */
export interface Snapshot {
  readonly commit: ObjectId
  /** Context folder → its files as BuildKit would see them, sorted by path, before ignore rules. */
  readonly contexts: ReadonlyMap<string, readonly TreeEntry[]>
  /** Path of a Dockerfile or ignore file → its text; absent when there is no such file. */
  readonly texts: ReadonlyMap<string, string>
  /** Inputs of the images at which the disk differs from the commit, relative to the root. */
  readonly uncommitted: readonly string[]
}
