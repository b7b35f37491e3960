import type { RunEvent } from '../model/event.js'
import type { Notice } from '../model/failure.js'
import type { Outcome } from '../model/outcome.js'
import type { ImageBuilder } from '../ports/image-builder.js'
import type { ImageEngine } from '../ports/image-engine.js'
import type { ImageRegistry } from '../ports/image-registry.js'
import type { Common } from './build.js'

/** Everything that carrying out a plan needs. */
export interface Execution extends Common {
  /** Service → tags that its image gets besides the fingerprint's. */
  readonly tags: ReadonlyMap<string, readonly string[]>
  readonly builder: ImageBuilder
  readonly registry: ImageRegistry
  readonly engine: ImageEngine
  /** Stops running builds and starts no further ones; `fail-fast` only does the latter. */
  readonly signal: AbortSignal
  /** Hears everything as it happens. */
  readonly on: (event: RunEvent) => void
  readonly notify: (notice: Notice) => void
  /** Ends before the next image of the same worker is started. */
  readonly record: (outcome: Outcome) => Promise<void>
}

/** With what has ended so far, by the name of the image. */
export interface Underway extends Execution {
  readonly outcomes: ReadonlyMap<string, Outcome>
}
