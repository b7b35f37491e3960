import type { RawInputs, RequestDefaults } from '../config/request.js'
import type { RunContext, RunRequest } from '../model/request.js'
import type { Notice } from '../model/failure.js'
import type { Clock } from '../ports/clock.js'
import type { GitTree } from '../ports/git-tree.js'
import type { Host } from '../ports/host.js'
import type { ImageBuilder } from '../ports/image-builder.js'
import type { ImageEngine } from '../ports/image-engine.js'
import type { ImageRegistry } from '../ports/image-registry.js'
import type { StateStore } from '../ports/state-store.js'

/** Everything a run touches besides its own memory. */
export interface Ports {
  readonly git: GitTree
  readonly registry: ImageRegistry
  readonly engine: ImageEngine
  readonly builder: ImageBuilder
  readonly store: StateStore
  readonly host: Host
  readonly clock: Clock
}

export interface Job {
  readonly inputs: RawInputs
  readonly defaults: RequestDefaults
  readonly context: RunContext
  /** Names the image of a Dockerfile at the root of a repository without configuration. */
  readonly rootName: string
  /** Whether the text for people may be coloured. */
  readonly color: boolean
  /** Aborted when the run is to stop: running builds end, what succeeded stays recorded. */
  readonly signal: AbortSignal
}

/** A job whose inputs were understood. */
export interface Run {
  readonly job: Job
  readonly request: RunRequest
  readonly ports: Ports
  /** Grows as the run goes on; each is shown when it comes up and again in the summary. */
  readonly notices: Notice[]
}

export function notify(run: Run, notice: Notice): void {
  run.notices.push(notice)
  run.ports.host.notice(notice)
}
