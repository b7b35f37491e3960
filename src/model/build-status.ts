/** How far a build is, or how far it came. Steps are those that a Dockerfile's instructions are, without FROM. */
export interface BuildStatus {
  readonly steps: number
  readonly done: number
  /** Of those that are done. */
  readonly cached: number
  /** What was sent of the build contexts; the builder takes only files that it has not. */
  readonly contextBytes: number
  /** What was pushed, where the builder tells: only the engine's own does, without the containerd image store. */
  readonly pushedBytes: number
}
