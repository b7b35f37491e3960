import type { RunEvent } from '../model/event.js'
import type { Notice } from '../model/failure.js'
import type { Outcome } from '../model/outcome.js'
import type { Containers } from '../ports/containers.js'
import type { Abilities, ImageBuilder } from '../ports/image-builder.js'
import type { ImageEngine } from '../ports/image-engine.js'
import type { ImageLayouts, Layout } from '../ports/image-layouts.js'
import type { ImageRegistry } from '../ports/image-registry.js'
import type { LayerFolders } from '../ports/layer-stores.js'
import type { Clock } from '../ports/clock.js'
import type { Common } from './build.js'
import type { Meet } from './gathering.js'
import type { LayerCaching } from './layer-cache.js'

/** Everything that carrying out a plan needs. */
export interface Execution extends Common, Abilities {
  /** Service → tags that its image gets besides the fingerprint's. */
  readonly tags: ReadonlyMap<string, readonly string[]>
  readonly builder: ImageBuilder
  readonly registry: ImageRegistry
  readonly engine: ImageEngine
  /** Where an image shows that it works. */
  readonly containers: Containers
  readonly clock: Clock
  readonly layouts: ImageLayouts
  readonly layerCaching: LayerCaching
  /** Where `local` keeps them. */
  readonly layers: LayerFolders
  /** Stops running builds and starts no further ones; `fail-fast` only does the latter. */
  readonly signal: AbortSignal
  /** Hears everything as it happens. */
  readonly on: (event: RunEvent) => void
  readonly notify: (notice: Notice) => void
  /** Ends before the image counts as ended. */
  readonly record: (outcome: Outcome) => Promise<void>
}

/** With what is there so far. */
export interface Underway extends Execution {
  /** Aborted once nothing further is to be started, by an interruption or `fail-fast`. */
  readonly noneFurther: AbortSignal
  /** What has ended, by the name of the image. */
  readonly outcomes: ReadonlyMap<string, Outcome>
  readonly handover: Handover
  /** Given to an image whose build may share a process with others. */
  readonly meet?: Meet
}

/** How images of a run that does not push reach those that are built from them. */
export interface Handover {
  /** Names of the images that others are built from. */
  readonly parents: ReadonlySet<string>
  /** Name of such an image → where it is, once it is there. */
  readonly layouts: Map<string, Layout>
}
