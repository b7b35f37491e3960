import type { Result } from '../model/failure.js'

/**
 * Texts that the jobs of one workflow run leave for each other and for people, each under a name that no other
 * attempt uses. None is ever replaced.
 */
export interface RunArtifacts {
  /** `artifact-failed` when the text is not there afterwards; where the name is taken, under one that begins with it. */
  upload(name: string, text: string): Promise<Result<void>>
  /**
   * Keeps the text where it outlives this process: what `upload` did not bring away is uploaded after a run that was
   * killed. Each call replaces what was kept before, whatever its name. Returns what went wrong, if anything.
   */
  keep(name: string, text: string): Promise<string | undefined>
  /** Those of this run, of all its attempts, whose names begin so. */
  read(prefix: string): Promise<ReadArtifacts>
}

export interface ReadArtifacts {
  /** By name; undecoded and untrusted. */
  readonly texts: ReadonlyMap<string, string>
  /** Why there may be more than these. */
  readonly problems: readonly string[]
}
