import type { BuildStatus } from '../model/build-status.js'
import type { Result } from '../model/failure.js'
import type { Layout } from './image-layouts.js'

/** One build, in the words of `docker buildx build`. */
export interface BuildRequest {
  readonly service: string
  /** Folder of the context and path of the Dockerfile, relative to the repository root. */
  readonly context: string
  readonly file: string
  /** Complete references, with tag. */
  readonly tags: readonly string[]
  readonly push: boolean
  /** With `push`: whether who builds keeps the image, too, if it has a place for images. */
  readonly isKept?: true
  /** Never with `push`: buildx cannot give one name to what it pushes and what it loads. */
  readonly load: boolean
  /** Folder that is not there yet and gets the image as an OCI image layout; absent: none does. */
  readonly layout?: string
  /** Name of a build context → the layout that it is. */
  readonly layouts: Readonly<Record<string, Layout>>
  /** Variables of the process that builds, besides its own: values that no argument list may hold. */
  readonly environment: Readonly<Record<string, string>>
  /** Options of buildx in its own spelling, values in their own elements; without tags, outputs, context and file. */
  readonly options: readonly string[]
  /**
   * It may go in one process with others that are asked for in the same turn of the event loop. That spares time, unless
   * one fails: then all are built a second time, of the steps that the builder kept.
   */
  readonly mayShare: boolean
}

export interface Built {
  /** Digest of the manifest or index; absent when nothing was exported. */
  readonly digest?: string
  readonly durationMs: number
  readonly status: BuildStatus
}

/** What not every builder can do. */
export interface Abilities {
  /** Writing and taking OCI image layouts. */
  readonly hasLayouts: boolean
  /** Leaving layers for later builds elsewhere than in the image itself, and reading them from there. */
  readonly hasLayerCaches: boolean
}

export interface ImageBuilder {
  /**
   * What Docker's buildx can do with the named or the current builder, a failure when it does not answer; asked once,
   * before the first build.
   */
  available(builder?: string): Promise<Result<Abilities>>
  /**
   * Builds; `onLine` hears progress while it goes on. Stops the build, with failure `interrupted`, on abort. What becomes
   * of one build is its own, whatever becomes of others that it shares a process with.
   */
  build(request: BuildRequest, watch: BuildWatch): Promise<Result<Built>>
}

export interface ProgressLine {
  readonly text: string
  /** Printed by a step of the build, or said by buildx of why it ended; else the beginning of a step. */
  readonly isOutput: boolean
}

export interface BuildWatch {
  readonly onLine: (line: ProgressLine) => void
  /** Hears how far the build is whenever that changes. */
  readonly onStatus: (status: BuildStatus) => void
  readonly signal: AbortSignal
}
