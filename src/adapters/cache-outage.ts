import * as core from '@actions/core'

/** What the post step needs to know of the main step. */
const SAVED = 'cache-outage'

/** A service that is well answers within so long. */
const USUAL_MS = 1000

/**
 * What a run waits beyond that, for all that it asks together: with the usual times a service that fails it, or is slow
 * throughout, costs it less than ten seconds, and one slow answer is still waited for.
 */
const PATIENCE_MS = 6000

/** For a question to the service. */
export interface Patience {
  readonly limitMs: number
  /** From now on the service is waited for. */
  readonly onAsking: () => void
}

/** A cache service that failed a run once: it is not called again by that run, whatever for. */
export class CacheOutage {
  #problem: string | undefined
  /** Questions that are waited for. */
  readonly #underway = new Set<unknown>()
  #since = 0
  #lostMs = 0

  get problem(): string | undefined {
    return this.#problem
  }

  /** Whether this is the first to be heard of it: who calls at the same time has the same to tell. */
  note(problem: string): boolean {
    if (this.#problem !== undefined) return false
    core.saveState(SAVED, 'true')
    this.#problem = problem
    return true
  }

  /** Asks the service something, which may take what is left of the run's patience. Who asks at the same time waits once. */
  async ask<T>(question: (patience: Patience) => Promise<T>): Promise<T> {
    const limitMs = Math.max(0, PATIENCE_MS - this.#lostMs - this.#overdueMs()) + USUAL_MS
    const onAsking = () => {
      if (this.#underway.size === 0) this.#since = performance.now()
      this.#underway.add(onAsking)
    }
    try {
      return await question({ limitMs, onAsking })
    } finally {
      const overdueMs = this.#overdueMs()
      if (this.#underway.delete(onAsking) && this.#underway.size === 0) this.#lostMs += overdueMs
    }
  }

  #overdueMs(): number {
    return this.#underway.size === 0 ? 0 : Math.max(0, performance.now() - this.#since - USUAL_MS)
  }
}

/** In the post step. */
export function hadCacheOutage(): boolean {
  return core.getState(SAVED) === 'true'
}
