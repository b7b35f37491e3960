import type { RawInputs } from '../config/input-reader.js'
import type { RequestDefaults } from '../config/request.js'
import type { Failure, Notice } from '../model/failure.js'
import type { RunContext, RunRequest } from '../model/request.js'
import type { BuildInfo } from '../ports/build-info.js'
import type { Clock } from '../ports/clock.js'
import type { CommentThread } from '../ports/comment-thread.js'
import type { Containers } from '../ports/containers.js'
import type { DefinitionReader } from '../ports/definition-reader.js'
import type { GitTree } from '../ports/git-tree.js'
import type { Host } from '../ports/host.js'
import type { ImageBuilder } from '../ports/image-builder.js'
import type { ImageEngine } from '../ports/image-engine.js'
import type { ImageLayouts } from '../ports/image-layouts.js'
import type { ImageRegistry } from '../ports/image-registry.js'
import type { LayerFolders, LayerService } from '../ports/layer-stores.js'
import type { RunArtifacts } from '../ports/run-artifacts.js'
import type { StateStore } from '../ports/state-store.js'

/** Everything a run touches besides its own memory. */
export interface Ports {
  readonly git: GitTree
  readonly definitions: DefinitionReader
  readonly registry: ImageRegistry
  readonly engine: ImageEngine
  readonly builder: ImageBuilder
  readonly layouts: ImageLayouts
  readonly layers: LayerFolders
  readonly layerService: LayerService
  readonly store: StateStore
  readonly artifacts: RunArtifacts
  readonly host: Host
  /** Of the pull request that the run is for; absent where there is none. */
  readonly thread?: CommentThread
  readonly clock: Clock
  readonly containers: Containers
  readonly buildInfo: BuildInfo
}

export interface Job {
  readonly inputs: RawInputs
  readonly defaults: RequestDefaults
  readonly context: RunContext
  /** Names the image of a Dockerfile at the root of a repository without configuration. */
  readonly rootName: string
  /** Path of the folder that plays the root within the repository; absent for the repository itself. */
  readonly folder?: string
  /** Of this software. */
  readonly version: string
  /** Whether the text for people may be coloured. */
  readonly color: boolean
  /** Width of the terminal that such text goes to; absent where it is none. */
  readonly columns?: number
  /** Draw the graph of the images in place of the table of decisions. */
  readonly graph?: 'text' | 'mermaid'
  /** Aborted when the run is to stop: running builds end, what succeeded stays recorded. */
  readonly signal: AbortSignal
}

/** A job whose inputs were understood. */
export interface Run {
  readonly job: Job
  readonly request: RunRequest
  readonly ports: Ports
  /** Whether what lies on the disk counts in place of the commit. */
  readonly withDisk: boolean
  /** Image of others → the digest that the legs went by which this run collects; absent in every other run. */
  readonly upstream?: ReadonlyMap<string, string>
  /** Grows as the run goes on; each is shown when it comes up and again in the summary. */
  readonly notices: Notice[]
}

export function notify(run: Run, notice: Notice): void {
  run.notices.push(notice)
  run.ports.host.notice(notice)
}

/** What went wrong with the images that others are built from costs no more than time. */
export async function reportLayouts(run: Run): Promise<void> {
  for (const problem of await run.ports.layouts.problems())
    notify(run, { message: `Images that others are built from may have to be built again: ${problem}` })
}

/** So it is with layers; several images have the same to tell. */
export async function reportLayers(run: Run): Promise<void> {
  const [problem] = await run.ports.layers.problems()
  if (problem !== undefined)
    notify(run, { message: `Layers of this run are not kept for later ones: ${problem}` })
}

/** Whether the disk counts in place of the commit; a clone without files has none that could. */
export async function countsDisk({ inputsFrom }: RunRequest, git: GitTree): Promise<boolean> {
  return inputsFrom === 'auto' ? git.hasWorkTree() : inputsFrom === 'worktree'
}

/** Exit codes of contract and command line, by what went wrong. */
const EXIT_CODES: Readonly<Record<Failure['kind'], number>> = {
  'config-invalid': 2,
  usage: 2,
  'environment-missing': 3,
  'git-failed': 1,
  'registry-failed': 1,
  'registry-denied': 1,
  'engine-failed': 1,
  'artifact-failed': 1,
  'verification-failed': 1,
  'build-failed': 1,
  unexpected: 1,
  interrupted: 130,
}

/** Shows failures that ended a run, and returns its exit code. */
export function fail(failures: readonly Failure[], ports: Pick<Ports, 'host'>): number {
  for (const failure of failures) ports.host.failure(failure)
  return Math.max(...failures.map((failure) => EXIT_CODES[failure.kind]))
}
