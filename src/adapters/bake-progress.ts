import type { BuildProgress } from './build-progress.js'
import { type Log, parseSolveStatus, type Vertex, type Warning } from './solve-status.js'

/** How much of what a step printed is kept for a build that has the same step and comes to it later. */
const KEPT = 300

/** A step, which several builds may have in common. */
interface Step {
  readonly owners: Set<BuildProgress>
  /** What was heard of it, each once: every build that has it is told the same. */
  readonly heard: Set<string>
  readonly logs: Log[]
}

/**
 * Tells each of several builds in one process of `docker buildx bake` what concerns it. buildx puts the name of the
 * target before that of each step; all else names the step alone.
 */
export class BakeProgress {
  private readonly builds: ReadonlyMap<string, BuildProgress>
  private readonly now: () => number
  readonly #steps = new Map<string, Step>()
  readonly #lastHeard = new Map<string, number>()
  readonly #said: string[] = []

  /** `builds`: by the name of the target. */
  constructor(builds: ReadonlyMap<string, BuildProgress>, now: () => number) {
    this.builds = builds
    this.now = now
  }

  /** What is no progress of a step: of all builds, or of the one that failed. */
  get said(): readonly string[] {
    return this.#said
  }

  /** When a step of the target was last heard of. */
  lastHeardOf(target: string): number | undefined {
    return this.#lastHeard.get(target)
  }

  /** Takes one line of buildx's standard error. */
  take(line: string): void {
    const status = parseSolveStatus(line)
    if (status === undefined) {
      this.#said.push(line)
      return
    }
    for (const vertex of status.vertexes ?? []) this.#vertex(vertex)
    for (const log of status.logs ?? []) this.#log(log)
    for (const warning of status.warnings ?? []) this.#warning(warning)
    for (const one of status.statuses ?? [])
      for (const owner of this.#steps.get(one.vertex)?.owners ?? []) owner.takeStatus({ statuses: [one] })
  }

  /** What no target has, such as a login, is told of none. */
  #vertex(vertex: Vertex): void {
    const { target = '', name = '' } =
      /^\[(?<target>[^\s\]]+)(?<name>[ \]] ?.*)$/s.exec(vertex.name)?.groups ?? {}
    const owner = this.builds.get(target)
    if (owner === undefined) return
    this.#lastHeard.set(target, this.now())
    const step = this.#step(vertex.digest)
    const isNew = !step.owners.has(owner)
    step.owners.add(owner)
    const own = { ...vertex, name: name.startsWith(']') ? name.slice(2) : `[${name.slice(1)}` }
    owner.takeStatus({ vertexes: [own], logs: isNew ? step.logs : [] })
  }

  #log(log: Log): void {
    const step = this.#step(log.vertex)
    const id = `${log.timestamp} ${log.stream} ${log.data.length}`
    if (step.heard.has(id)) return
    step.heard.add(id)
    step.logs.push(log)
    if (step.logs.length > KEPT) step.logs.shift()
    for (const owner of step.owners) owner.takeStatus({ logs: [log] })
  }

  #warning(warning: Warning): void {
    const step = this.#step(warning.vertex)
    if (step.heard.has(warning.short)) return
    step.heard.add(warning.short)
    for (const owner of step.owners) owner.takeStatus({ warnings: [warning] })
  }

  #step(digest: string): Step {
    const step = this.#steps.get(digest) ?? { owners: new Set(), heard: new Set(), logs: [] }
    this.#steps.set(digest, step)
    return step
  }
}
