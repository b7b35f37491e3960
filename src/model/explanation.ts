import type { Fingerprint } from './fingerprint.js'
import type { ChangeReason } from './plan.js'

/** What one service's fingerprint is made of, and what it differs from. */
export interface Explanation {
  readonly service: string
  /** The Dockerfile, relative to the root. */
  readonly file: string
  readonly fingerprint: Fingerprint
  /** Sorted by path. */
  readonly inputs: readonly InputFile[]
  /** Absent when there is nothing to compare with. */
  readonly since?: Comparison
}

/** A file, link or submodule that counts. */
export interface InputFile {
  /** Relative to the root. */
  readonly path: string
  /** git's mode, with the permissions on the disk where they are others than git would give. */
  readonly mode: string
  readonly id: string
  /** Lines of the Dockerfile that take it, in order. */
  readonly lines: readonly number[]
  /** What else counts it in: `paths`, `generated PATH`. */
  readonly labels: readonly string[]
  /** A lockfile stands for it: what is in it does not count. */
  readonly isPinned?: true
  /** The disk has it, the commit has something else or nothing. */
  readonly onDisk?: true
}

export interface Comparison {
  /** `record`: what was built last; `commit`: what was asked for. */
  readonly kind: 'record' | 'commit'
  readonly commit: string
  readonly fingerprint: string
  /** Empty when nothing differs. */
  readonly reasons: readonly ChangeReason[]
}
