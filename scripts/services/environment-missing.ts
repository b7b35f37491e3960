/** The machine lacks something these scripts need and could not provide it themselves. */
export class EnvironmentMissing extends Error {
  override readonly name = 'EnvironmentMissing'

  /** Both parts are clauses of one sentence: what is missing, then how to get it. */
  constructor(missing: string, remedy: string) {
    super(`${missing}; ${remedy}.`)
  }
}

/** Distinguishes "this machine cannot run it" from "it ran and failed" (1) for whoever reads exit codes. */
export const environmentMissingExitCode = 3
