import type { Result } from '../model/failure.js'

/** Compose and bake files that are read as one, as with several `--file`. */
export interface DefinitionRequest {
  /** Folder that paths in the files are relative to; `''` is the root. */
  readonly folder: string
  /** In order: later files win. */
  readonly files: readonly string[]
  /** Groups, targets and patterns of targets; never empty. */
  readonly targets: readonly string[]
  /** Path → text of all that the files may name, themselves included: nothing else can be read. */
  readonly texts: ReadonlyMap<string, string>
  readonly signal: AbortSignal
}

/** What Docker makes of Compose and bake files. All paths are relative to the repository root. */
export interface DefinitionReader {
  /**
   * JSON text of groups and targets, with environment variables put in, but without secrets. `config-invalid` for files
   * that cannot be understood, `environment-missing` without Docker or buildx.
   */
  print(request: DefinitionRequest): Promise<Result<string>>
}
