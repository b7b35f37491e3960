import type { Result } from '../model/failure.js'

/** One `docker buildx build`. */
export interface BuildRequest {
  readonly service: string
  /** Folder of the context and path of the Dockerfile, relative to the repository root. */
  readonly context: string
  readonly file: string
  /** Complete references, with tag. */
  readonly tags: readonly string[]
  readonly push: boolean
  readonly load: boolean
  /** Options of buildx in its own spelling, values in their own elements; without tags, outputs, context and file. */
  readonly options: readonly string[]
}

export interface Built {
  /** Digest of the manifest or index; absent when nothing was exported. */
  readonly digest?: string
  readonly durationMs: number
}

export interface ImageBuilder {
  /** Whether Docker with buildx answers, with the named or the current builder; asked once, before the first build. */
  available(builder?: string): Promise<Result<void>>
  /** Builds; `onLine` hears progress while it goes on. Stops the build, with failure `interrupted`, on abort. */
  build(request: BuildRequest, watch: BuildWatch): Promise<Result<Built>>
}

export interface ProgressLine {
  readonly text: string
  /** Printed by a step of the build, not said about it. */
  readonly isOutput: boolean
}

export interface BuildWatch {
  readonly onLine: (line: ProgressLine) => void
  readonly signal: AbortSignal
}
