import type { FingerprintDigest } from '../model/fingerprint.js'
import type { Freshness, Running, Verification } from '../model/verification.js'

/** Compares all that runs of a service with what the commit gives. */
export function judge(
  service: string,
  fingerprint: FingerprintDigest,
  running: readonly Running[],
): Verification {
  const seen = running.map((one) => ({ ...one, freshness: freshnessOf(one, fingerprint) }))
  const isFresh = seen.every(({ freshness }) => freshness === 'fresh')
  return {
    service,
    fingerprint,
    state: seen.length === 0 ? 'not-running' : isFresh ? 'fresh' : 'stale',
    seen,
  }
}

/** The revision has no say: of two commits with the same content only one was built. */
function freshnessOf(running: Running, expected: FingerprintDigest): Freshness {
  if (running.fingerprint === undefined) return 'not-ours'
  return running.fingerprint === expected ? 'fresh' : 'other-content'
}
