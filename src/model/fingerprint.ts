/** sha256 of a fingerprint document's canonical bytes, 64 lower-case hex digits. */
export type FingerprintDigest = string

/**
 * What decides the content of an image, in sections that are compared one by one.
 * Every `…Digest` is a sha256 in hex. Values of build arguments appear only as digests.
 */
export interface FingerprintDocument {
  /** Version of this table and of its encoding, see `FORMAT_VERSION`. */
  readonly format: number
  /** The Dockerfile and the target in it. */
  readonly definition: string
  /** Every file of the context that the ignore rules leave: mode, path relative to the context, object id. */
  readonly files: string
  readonly buildArgs: Readonly<Record<string, string>>
  /** Options of the build that reach the image, as text; unset ones are absent. */
  readonly options: Readonly<Record<string, string>>
}

export interface Fingerprint {
  readonly document: FingerprintDocument
  readonly digest: FingerprintDigest
  /** How many files stand behind the section `files`. */
  readonly fileCount: number
}

/** The registry tag under which an image of this fingerprint is found. */
export function fingerprintTag(digest: FingerprintDigest): string {
  return `fp-${digest.slice(0, 32)}`
}
