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
  /** Bytes of the layers and the configuration of the image of `digest`; absent where that is not known. */
  readonly sizeBytes?: number
  /** Name of a build context → digest of the image of ours that it was; absent without such, and without a push. */
  readonly parents?: Readonly<Record<string, string>>
  readonly commit: ObjectId
  /** The run that wrote it; a re-run of the same run does not read it. */
  readonly runId: string
  /** Of the last real build, in milliseconds; absent when only reuse was ever seen. */
  readonly durationMs?: number
  /** When it was recorded, ISO 8601 in UTC. */
  readonly recordedAt: string
}

/** What a run that came to its end offered for deployment; one that was interrupted offers nothing to anybody. */
export interface DeliveredImage {
  readonly service: string
  /** Repository of the image, see `StateRecord`. */
  readonly image: string
  readonly fingerprint: FingerprintDigest
  /** In the registry, of the last run that pushed; absent when none did. */
  readonly digest?: string
  readonly runId: string
  /** ISO 8601 in UTC. */
  readonly at: string
}

/**
 * Everything recorded in one scope. Of each service both lists have the newest entry first, then the newest one of
 * another run, which a re-run of the first falls back to. Records are in the order of their commits, deliveries in that of
 * time: what was offered last is what runs.
 */
export interface State {
  readonly scope: string
  readonly records: readonly StateRecord[]
  readonly deliveries: readonly DeliveredImage[]
}
