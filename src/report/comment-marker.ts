import { createHash } from 'node:crypto'

/** What tells the comments apart that several configurations keep below one pull request. */
export interface CommentIdentity {
  /** Path of the workflow's file. */
  readonly workflow: string
  /** Path of the folder that plays the repository's root. */
  readonly folder: string
  /** Path of the configuration, empty for the usual places. */
  readonly config: string
  /** What the run was asked for, empty for all. */
  readonly services: readonly string[]
}

/** Which run wrote a comment. */
export interface CommentStamp {
  /** GitHub's ids of runs grow; a re-run keeps the id and has a higher attempt. */
  readonly run: number
  readonly attempt: number
  readonly commit: string
}

const STAMP =
  /^<!-- smart-image-build:[0-9a-f]{32} run=(\d{1,15}) attempt=(\d{1,9}) commit=([0-9a-f]{40,64}) -->/

/** What a comment of this identity begins with: nothing that only quotes the marker further down is taken for one. */
export function markerBeginning({ workflow, folder, config, services }: CommentIdentity): string {
  const identity = JSON.stringify([workflow, folder, config, ...services])
  const hash = createHash('sha256').update(identity, 'utf8').digest('hex').slice(0, 32)
  return `<!-- smart-image-build:${hash} `
}

/** The first line of a comment, which readers do not see. */
export function marker(identity: CommentIdentity, { run, attempt, commit }: CommentStamp): string {
  return `${markerBeginning(identity)}run=${run} attempt=${attempt} commit=${commit} -->`
}

/** `undefined` for a body whose first line was changed. */
export function stampOf(body: string): CommentStamp | undefined {
  const [, run, attempt, commit = ''] = STAMP.exec(body) ?? []
  return run === undefined ? undefined : { run: Number(run), attempt: Number(attempt), commit }
}

/** Below zero where the first was written by an older run; a stamp that cannot be read is older than any. */
export function compareStamps(a: CommentStamp | undefined, b: CommentStamp | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined)
  return a.run - b.run || a.attempt - b.attempt
}
