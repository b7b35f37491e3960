import type { Layout } from './layout.js'

export interface BuildQuestion {
  readonly target?: string
  /** Build arguments that are passed. */
  readonly buildArgs: ReadonlyMap<string, string>
  /** Names of the build contexts in force, as the user wrote them. */
  readonly namedContexts: ReadonlySet<string>
  /** Such as `linux/amd64`; each is analysed, and the results are united. */
  readonly platforms: readonly string[]
  /** Build arguments whose value is not known when planning: what is expanded from them cannot be decided. */
  readonly volatileArgs: ReadonlySet<string>
}

export interface Taken {
  readonly kind: 'copy' | 'add' | 'bind'
  readonly line: number
  /** The named context, as the user wrote its name; not there for the main context. */
  readonly context?: string
  /**
   * Cleaned and relative to the context, `''` is the whole context; may hold wildcards, except in a bind: those of Go's
   * filepath.Match, with `parents` those of an ignore file.
   */
  readonly path: string
  /** Patterns as written; BuildKit expands no variables in them. */
  readonly exclude: readonly string[]
  readonly parents: boolean
}

export interface Analysis {
  readonly taken: readonly Taken[]
  /** Sources that cannot be decided: the whole context counts, the main one if none is named. */
  readonly undecided: readonly { readonly line: number; readonly context?: string; readonly why: string }[]
  /** All that defines the image; not comments, blank lines, unreachable stages. Each entry is a text of its own. */
  readonly definition: readonly string[]
  /** Names of build arguments that a reachable stage or a global ARG declares. */
  readonly declaredArgs: ReadonlySet<string>
  /** Ids of the secrets that reachable stages mount, sorted; absent when one cannot be told. */
  readonly secrets?: readonly string[]
  /** Images and named contexts that reachable stages refer to. */
  readonly references: readonly {
    readonly name: string
    readonly line: number
    readonly isNamedContext: boolean
  }[]
  /** One per platform. */
  readonly layouts: readonly Layout[]
  /** Whether an image that starts from this one runs instructions of it (ONBUILD). */
  readonly hasTriggers: boolean
  /** Of all stages, lower case: a build context of such a name replaces the stage. */
  readonly stageNames: ReadonlySet<string>
}
