import type { IgnoreRules } from './ignore-rules.js'

/** What one instruction takes from one context, and what keeps files out of it. */
export interface Source {
  /** Folder of the context, relative to the root of the repository. */
  readonly context: string
  /** Relative to the context, cleaned; may hold wildcards, each of which `wildcard` understands. */
  readonly path: string
  /** Of the context: an entry that they drop is not sent to the builder. */
  readonly rules: IgnoreRules
  /** Of `--exclude`, for paths relative to a folder that is copied; with `parents` to one that is not known. */
  readonly exclude: IgnoreRules
  /** Only with `--parents`: the paths that it takes, relative to the context. */
  readonly parents?: (path: string) => boolean
  /** Whether what lies at a path relative to the root of the repository never counts. */
  readonly isNoInput: (path: string, mode: string) => boolean
}
