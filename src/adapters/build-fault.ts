import type { BuildCause } from '../model/failure.js'

/** What is known of a build that ended with an error. */
export interface BuildError {
  /** All that buildx said from its last `ERROR:` on, and what BuildKit said of the step that failed. */
  readonly text: string
  /** Name of the step that failed; empty when none did. */
  readonly step: string
  /** The last lines that it printed. */
  readonly tail: readonly string[]
}

/** A command of the Dockerfile ran and failed; its text, which anything may stand in, is part of the error. */
const COMMAND_FAILED = /did not complete successfully/

const DISK = /no space left on device/i

/** BuildKit's names for its own steps around a layer cache; the second is that of `type=gha`. */
const EXPORT_STEP = /^exporting (?:cache|to GitHub Actions Cache)/
const EXPORT = /failed to (?:export|reserve|finalize) cache|error writing (?:layer blob|manifest blob|config)/
const IMPORT_STEP = /^importing cache manifest/
/**
 * A layer that the cache's index lists and its store has no more (moby/buildkit#2332, docker/buildx#3374), or does not
 * give out any longer (docker/bake-action#313); such layers are fetched late, also within a push.
 */
const IMPORT =
  /BlobNotFound|AuthenticationFailed|failed to configure \S+ cache importer|blob (?:sha256:[0-9a-f]+ )?not found|\/actions-cache\/[^]*RESPONSE 4\d\d/

/** The second is the step of the engine without the containerd image store. */
const PUSH = /failed to push/
const PUSH_STEP = /^pushing /
/** Go's words for a connection that broke, and those of RFC 9110 and the registries' own code for an answer. */
const TRANSIENT =
  /: (?:429|5\d\d) [A-Z]|toomanyrequests|connection re(?:set|fused)|broken pipe|use of closed network connection|\bEOF\b|i\/o timeout|TLS handshake timeout|connection timed out/

/** gRPC's words for a daemon that is gone, and buildx's for one that it cannot reach. */
const BUILDER =
  /code = Unavailable|failed to solve: Unavailable: |graceful_stop|transport is closing|failed to dial|client connection is closing|^ERROR: (?:failed to build: )?context deadline exceeded/

/** Doubt is `code`, which is never tried again. */
export function causeOf({ text, step, tail }: BuildError): BuildCause {
  if (COMMAND_FAILED.test(text)) return tail.some((line) => DISK.test(line)) ? 'disk' : 'code'
  if (DISK.test(text)) return 'disk'
  if (EXPORT_STEP.test(step) || EXPORT.test(text)) return 'cache-export'
  if (IMPORT_STEP.test(step) || IMPORT.test(text)) return 'cache-import'
  if ((PUSH.test(text) || PUSH_STEP.test(step)) && TRANSIENT.test(text)) return 'registry'
  return BUILDER.test(text) ? 'builder' : 'code'
}

const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 }

/** GitHub's registry says when to come again, as a duration of Go: `retry-after: 1m2.5s, allowed: 44000/minute`. */
export function retryAfterOf(text: string): number | undefined {
  const [, duration] = /retry-after: ((?:[\d.]+(?:h|ms|µs|m|s))+)/i.exec(text) ?? []
  if (duration === undefined) return undefined
  const parts = [...duration.matchAll(/([\d.]+)(h|ms|µs|m|s)/g)]
  return Math.ceil(
    parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (UNITS[unit] ?? 0.001), 0),
  )
}
