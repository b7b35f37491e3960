import type { FingerprintDigest, FingerprintDocument } from './fingerprint.js'
import type { ObjectId } from './snapshot.js'

/** What is known of an image's last success in a state scope. */
export interface StateRecord {
  readonly service: string
  /** Repository it was built for: another one says nothing about this one. */
  readonly image: string
  readonly fingerprint: FingerprintDigest
  readonly document: FingerprintDocument
  /** `sha256:…` in the registry; absent when the run did not push. */
  readonly digest?: string
  /**
   * What the scope's last run that came to its end offered for deployment: a run that was interrupted recorded what it
   * built, but nobody deploys it. `digest` is that of the last push.
   */
  readonly delivered?: { readonly fingerprint: FingerprintDigest; readonly digest?: string }
  readonly commit: ObjectId
  /** The run that wrote it; a re-run of the same run does not read it. */
  readonly runId: string
  /** Of the last real build, in milliseconds; absent when only reuse was ever seen. */
  readonly durationMs?: number
  /** When it was recorded, ISO 8601 in UTC. */
  readonly recordedAt: string
}

/** Everything recorded in one scope: per service the newest record and the newest one of another run before it. */
export interface State {
  readonly scope: string
  readonly records: readonly StateRecord[]
}
