import type { Result } from '../model/failure.js'
import type { FingerprintDigest } from '../model/fingerprint.js'
import type { ImageName } from '../model/service.js'

/** An image in a folder, in the form of an OCI image layout (image-spec 1.1). */
export interface Layout {
  readonly folder: string
  /** Of its manifest or, for several platforms or with attestations, of its index. */
  readonly digest: string
}

/** What an image is kept under: its content, and whose content that is. */
export interface LayoutName {
  readonly image: ImageName
  readonly fingerprint: FingerprintDigest
}

/**
 * Images that others are built from and that are in no registry, kept from run to run. Losing one costs a build and no
 * more, so that only `keep` can fail; `problems` tells what went wrong.
 */
export interface ImageLayouts {
  /** Whether one is kept, as far as that can be said without fetching it. */
  has(name: LayoutName): Promise<boolean>
  /** The newest one that is still as it was built, every byte of it; `undefined` when there is none. */
  fetch(name: LayoutName): Promise<Layout | undefined>
  /** A folder of its own for each call, not there yet, for a build to write a layout to. */
  place(name: LayoutName): string
  /**
   * Takes over what a build has written to a place, whole or not at all: from now on it is what is fetched. The layout
   * that is returned stays where it is until the run ends. Fails when there is no layout of one image in that place.
   */
  keep(name: LayoutName, place: string): Promise<Result<Layout>>
  /** Waits until what was taken over is stored; what went wrong since this was asked last. */
  problems(): Promise<readonly string[]>
}
