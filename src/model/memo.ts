import type { Notice } from './failure.js'
import type { FingerprintDigest, FingerprintDocument } from './fingerprint.js'
import type { Draft } from './service.js'
import type { ImageInputs } from './snapshot.js'

/** Something in the repository that an answer rests on, as text; see `fingerprint/need.ts`. */
export type Need = string

/** What was found out about a service, and what that rests on. */
export interface Remembered {
  readonly inputs: ImageInputs
  /** The fingerprint, as far as it is not in the inputs. */
  readonly fingerprint: {
    readonly digest: FingerprintDigest
    readonly settings: Pick<FingerprintDocument, 'buildArgs' | 'options'>
  }
  readonly notices: readonly Notice[]
  /** The few folders that hold all that was looked at, and a digest of what they came to. */
  readonly roughly: readonly Need[]
  readonly roughValue: string
  /** A JSON list of needs, a text until it is looked at: thousands of them are not. */
  readonly exactly: string
  readonly exactValue: string
}

/** By what is asked about a service: the same question on the same files has the same answer. */
export type Answers = ReadonlyMap<string, Remembered>

/** A configuration that was understood. Values of environment variables are not in it. */
export interface RememberedConfig {
  /** Of its text and of all else that it was understood by; `''`: it is to be understood anew. */
  readonly key: string
  /** Paths of the files, besides its own, that it was understood by; absent: there are none. */
  readonly files?: readonly string[]
  readonly drafts: readonly Draft[]
  readonly reusePullRequests: boolean
  readonly notices: readonly Notice[]
}

/** What was found out about all services at once: as long as it holds, none of the answers need be looked at. */
export interface Whole {
  /** Of the services and of all else that was asked. */
  readonly key: string
  /** The few things at the top of the repository that hold all that was looked at, and what they came to. */
  readonly needs: readonly Need[]
  readonly value: string
  /** In the order of the services. */
  readonly fingerprints: readonly (readonly [digest: FingerprintDigest, fileCount: number])[]
  readonly notices: readonly Notice[]
}

/** What an earlier run found out and this one need not find out again. */
export interface Memo {
  readonly answers: Answers
  readonly config?: RememberedConfig
  readonly whole?: Whole
}
