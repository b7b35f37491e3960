import type { Fingerprint } from './fingerprint.js'

/** A git object id in lower-case hex: 40 digits in a SHA-1 repository, 64 in a SHA-256 one. */
export type ObjectId = string

/**
 * Where a commit stands to HEAD: the same, an ancestor of it, a descendant of it, or neither (rewritten since, or on
 * another branch). `unknown`: it is gone, or the history that would tell cannot be had.
 */
export type Order = 'same' | 'before' | 'after' | 'beside' | 'unknown'

/** One file, link or submodule. */
export interface TreeEntry {
  /** git's mode: `100644`, `100755`, `120000` (link) or `160000` (submodule). */
  readonly mode: string
  /** Relative to the folder that was listed, `/` between its parts. */
  readonly path: string
  readonly id: ObjectId
  /** Of a file of the disk: a pointer of Git LFS lies there instead of the file. */
  readonly isPointer?: true
}

/** What an image is made from, as far as it lies in the repository. Every digest is a sha256 in hex. */
export interface ImageInputs {
  /** Of the canonical text of the Dockerfile's reachable part. */
  readonly definition: string
  /** Of all files that are taken, each with mode, path and content. */
  readonly files: string
  readonly fileCount: number
  /** Build arguments that the reachable part declares, sorted. */
  readonly declaredArgs: readonly string[]
  /** Named contexts that it uses and that are no folders, as they are written. */
  readonly references: Readonly<Record<string, string>>
  /**
   * Images that it starts or copies from by a tag, which may move: as buildx shortens their names (`alpine`), sorted.
   * Named contexts are none of them.
   */
  readonly images: readonly string[]
  /** Ids of the secrets that the build mounts, sorted; absent where they cannot be told. */
  readonly secrets?: readonly string[]
  /** Sources at which nothing lies: what a build would find there is not known. */
  readonly missing: readonly MissingSource[]
  /** Files that lockfiles stand for, relative to the root: what is in them does not count. Absent: none. */
  readonly standIns?: readonly string[]
  /** Whether what starts from the image runs instructions of its Dockerfile (ONBUILD); absent: no. */
  readonly hasTriggers?: true
  /** Inputs at which the disk differs from the commit, relative to the root. */
  readonly uncommitted: readonly string[]
}

export interface MissingSource {
  /** Relative to the root. */
  readonly path: string
  /** Of the Dockerfile. */
  readonly line: number
}

/** All that fingerprints are computed from, read once; what is in it never changes. */
export interface Snapshot {
  readonly commit: ObjectId
  /** Service → its inputs; absent for one that was recalled with all others, of which nothing is missing or uncommitted. */
  readonly inputs: ReadonlyMap<string, ImageInputs>
  /** Service → what they come to. */
  readonly fingerprints: ReadonlyMap<string, Fingerprint>
}
