import type { BuildStatus } from '../model/build-status.js'
import type { StatusLine, Vertex } from './solve-status.js'

/** `[build 2/5] RUN make`, with the platform before the stage's name where there are several: BuildKit's Dockerfile frontend. */
const INSTRUCTION = /^\[(?:[^\]]* )?\d+\/\d+\] (?!FROM )/

/** Steps and bytes of one build, added up from what BuildKit reports of each. */
export class BuildCounts {
  readonly #steps = new Map<string, { name: string; isDone: boolean; isCached: boolean }>()
  /** Of each transfer the most that was reported. */
  readonly #context = new Map<string, number>()
  readonly #pushed = new Map<string, number>()
  private readonly ranBefore: ReadonlySet<string>

  /** `ranBefore`: names of steps that do not count as cached, whatever BuildKit says. */
  constructor(ranBefore: ReadonlySet<string> = new Set()) {
    this.ranBefore = ranBefore
  }

  /** Names of the steps that ran to their end, now or before. */
  get ran(): ReadonlySet<string> {
    const ran = [...this.#steps.values()].filter(({ isDone, isCached }) => isDone && !isCached)
    return new Set(ran.map(({ name }) => name))
  }

  get status(): BuildStatus {
    const steps = [...this.#steps.values()]
    return {
      steps: steps.length,
      done: steps.filter(({ isDone }) => isDone).length,
      cached: steps.filter(({ isCached }) => isCached).length,
      contextBytes: total(this.#context),
      pushedBytes: total(this.#pushed),
    }
  }

  /** Whether anything was news. */
  take(vertexes: readonly Vertex[], statuses: readonly StatusLine[]): boolean {
    const steps = vertexes.filter(({ name }) => INSTRUCTION.test(name))
    for (const { digest, name, completed, cached, error } of steps) {
      const before = this.#steps.get(digest)
      const isDone = completed !== undefined && !error
      const isCached = (cached === true || before?.isCached === true) && !this.ranBefore.has(name)
      this.#steps.set(digest, { name, isDone, isCached })
    }
    const transfers = statuses.flatMap((status) => {
      const counted = this.#countOf(status)
      return counted === undefined ? [] : [{ counted, status }]
    })
    for (const { counted, status } of transfers) {
      const key = `${status.vertex} ${status.id}`
      counted.set(key, Math.max(counted.get(key) ?? 0, status.current ?? 0))
    }
    return steps.length + transfers.length > 0
  }

  /** The ids are BuildKit's for a context, also for the folder of `.dockerignore`, and buildx's for a layer that the engine pushes. */
  #countOf({ id }: StatusLine): Map<string, number> | undefined {
    if (id === 'transferring context:') return this.#context
    return id.startsWith('pushing layer ') ? this.#pushed : undefined
  }
}

function total(counted: ReadonlyMap<string, number>): number {
  return [...counted.values()].reduce((sum, count) => sum + count, 0)
}
