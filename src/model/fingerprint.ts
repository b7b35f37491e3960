import type { Service } from './service.js'

/** sha256 of a fingerprint document's canonical bytes, 64 lower-case hex digits. */
export type FingerprintDigest = string

/**
 * What decides the content of an image, in sections that are compared one by one.
 * Every `…Digest` is a sha256 in hex. Values of build arguments appear only as digests.
 */
export interface FingerprintDocument {
  /** Version of this table and of its encoding, see `FORMAT_VERSION`. */
  readonly format: number
  /** The Dockerfile as far as the target reaches, in canonical form, and the target. */
  readonly definition: string
  /**
   * Per source of the Dockerfile every file that it takes: mode, path relative to its context, object id; and those of
   * `paths` and `generated`.
   */
  readonly files: string
  /** Those that the Dockerfile declares. */
  readonly buildArgs: Readonly<Record<string, string>>
  /** Options of the build that reach the image, as text; unset ones are absent. */
  readonly options: Readonly<Record<string, string>>
  /** Named contexts that are no folders, as they are written. */
  readonly contexts: Readonly<Record<string, string>>
  /** Image of others that it starts or copies from -> `sha256:…`; absent unless they are tracked and there are any. */
  readonly upstream?: Readonly<Record<string, string>>
  /** Name of an image of ours that it is built from -> its fingerprint; absent unless there are any. */
  readonly parents?: Readonly<Record<string, string>>
}

export interface Fingerprint {
  readonly document: FingerprintDocument
  readonly digest: FingerprintDigest
  /** How many files stand behind the section `files`. */
  readonly fileCount: number
}

/** Who uses an image again: every run, or only those of pull requests. */
export type Audience = 'all' | 'pull-requests'

/** The registry tag under which an image of this fingerprint is found. */
export function fingerprintTag(
  digest: FingerprintDigest,
  audience: Audience = 'all',
  kind: Service['kind'] = 'service',
): string {
  const prefix = kind === 'base' ? 'lock' : 'fp'
  return `${audience === 'all' ? '' : 'pr-'}${prefix}-${digest.slice(0, 32)}`
}
