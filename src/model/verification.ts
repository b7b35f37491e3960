import type { Notice } from './failure.js'
import type { FingerprintDigest } from './fingerprint.js'

/** What runs somewhere, in its own words. */
export interface Running {
  /** Name of a container, or the address that was asked. */
  readonly where: string
  /** Absent where it names none: then it was not built by this software, or does not say so. */
  readonly fingerprint?: FingerprintDigest
  /** The commit that it was built from, for people: a reused image rightly names an older one. */
  readonly revision?: string
}

/** Whether what runs is what the commit gives; its fingerprint alone tells. */
export type Freshness = 'fresh' | 'other-content' | 'not-ours'

export interface Seen extends Running {
  readonly freshness: Freshness
}

export interface Verification {
  readonly service: string
  /** Of the service at the commit. */
  readonly fingerprint: FingerprintDigest
  /** `stale`: some of what runs is not fresh. */
  readonly state: 'fresh' | 'stale' | 'not-running'
  readonly seen: readonly Seen[]
}

export interface VerificationResult {
  readonly commit: string
  readonly verifications: readonly Verification[]
  readonly notices: readonly Notice[]
}
