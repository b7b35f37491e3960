import type { Fingerprint } from './fingerprint.js'
import type { Service } from './service.js'
import type { StateRecord } from './state.js'

/** Why an image is rebuilt. */
export type ChangeReason =
  | { readonly kind: 'no-record' }
  | { readonly kind: 'forced' }
  | {
      readonly kind: 'files'
      /** Counts and the first paths; all absent when the commits to compare are not at hand. */
      readonly added?: number
      readonly modified?: number
      readonly removed?: number
      readonly paths?: readonly string[]
    }
  | { readonly kind: 'lockfile'; readonly path: string }
  /** Lines whose instructions were not there before; absent when the commit to compare is not at hand. */
  | { readonly kind: 'dockerfile'; readonly lines?: readonly number[] }
  /** Sources that are neither tracked nor on the disk: what a build would find there is not known. */
  | { readonly kind: 'untracked-input'; readonly paths: readonly string[] }
  | { readonly kind: 'build-args'; readonly names: readonly string[] }
  | { readonly kind: 'options'; readonly names: readonly string[] }
  | { readonly kind: 'contexts'; readonly names: readonly string[] }
  /** An image of others that it starts or copies from has another digest, counts only now, or counts no more. */
  | { readonly kind: 'upstream'; readonly ref: string; readonly from?: string; readonly to?: string }
  | { readonly kind: 'format' }
  | { readonly kind: 'image-missing' }
  /** An image of ours that it is built from is another one; `isAnew`: of the same content, but built again. */
  | { readonly kind: 'base'; readonly name: string; readonly isAnew?: true }
  /** Built longer ago than it may be; the time is as the image's label has it. */
  | { readonly kind: 'expired'; readonly builtAt?: string }
  /** With `detect: commits`: what changed since cannot be told. */
  | { readonly kind: 'unknown-range'; readonly problem: string }

export type Decision =
  | { readonly kind: 'rebuild'; readonly reasons: readonly ChangeReason[] }
  /** An image of this fingerprint exists: `digest` in the registry, absent where no registry was asked. */
  | { readonly kind: 'reuse'; readonly digest?: string; readonly found: Found }
  /** Not asked for; or, `isUnneeded`, a base that no image needs which is built. */
  | { readonly kind: 'skip'; readonly isUnneeded?: true }

/** What tells that an image of a fingerprint exists; `layout`: it is kept outside of registries; `range`: nothing but the commits. */
export type Found = 'record' | 'registry' | 'engine' | 'layout' | 'range'

export interface PlannedImage {
  readonly service: Service
  /** Name of a build context that its Dockerfile uses → name of the image of ours that it is. */
  readonly parents: Readonly<Record<string, string>>
  readonly fingerprint: Fingerprint
  readonly decision: Decision
  /** What the image that exists was built from, see `StateRecord.parents`; absent where that is not known. */
  readonly builtFrom?: Readonly<Record<string, string>>
  /** Whether this service wants a deploy: the digest is not, or may not be, the one delivered last. */
  readonly changed: boolean
  /** The scope's record, whatever its fingerprint. */
  readonly record?: StateRecord
}

export interface Plan {
  readonly commit: string
  /** The commit that changes are explained against; absent when unknown. */
  readonly base?: string
  readonly images: readonly PlannedImage[]
}

/** What one look at the registry or the engine told about an image. */
export type Existence =
  | { readonly kind: 'exists'; readonly digest: string }
  | { readonly kind: 'missing' }
  /** The question was not answered: neither `exists` nor `missing` may be concluded. */
  | { readonly kind: 'unknown'; readonly problem: string }

export interface ImageFacts {
  /** The digest of the matching record; absent when there is none to ask for. */
  readonly recorded?: Existence
  /** The fingerprint's tag in the registry; absent when the registry was not asked. */
  readonly tagged?: Existence
  /** The fingerprint's tag in the local engine; absent when the engine was not asked. */
  readonly local?: Existence
  /** Whether it is kept for others to be built from; absent when that was not asked. */
  readonly isKept?: boolean
  /** What the tag points at that stands for the last delivery; absent when there is no such tag to ask for. */
  readonly deployed?: Existence
  /** What it was built from, see `StateRecord.parents`; absent where that is no matter, or not known. */
  readonly parents?: Readonly<Record<string, string>>
  /** When the image that exists was built, ISO 8601; `unknown` when it does not say. Absent when its age is no matter. */
  readonly builtAt?: string
}

/** Names of the images of ours that must have ended before this one begins. */
export function imagesBefore({ parents, service }: Pick<PlannedImage, 'parents' | 'service'>): string[] {
  const names = [...Object.values(parents), ...service.needs]
  return names.length < 2 ? names : [...new Set(names)]
}

/** Whether anything is to be built. */
export function isBuilding(images: readonly PlannedImage[]): boolean {
  return images.some(({ decision }) => decision.kind === 'rebuild')
}

/** Whether a new image is wanted even where one of this content exists. */
export function isWanted({ decision }: Pick<PlannedImage, 'decision'>): boolean {
  if (decision.kind !== 'rebuild') return false
  return decision.reasons.some(
    (reason) =>
      ['forced', 'expired', 'untracked-input'].includes(reason.kind) ||
      (reason.kind === 'base' && reason.isAnew === true),
  )
}
