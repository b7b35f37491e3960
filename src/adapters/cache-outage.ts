import * as core from '@actions/core'

/** What the post step needs to know of the main step. */
const SAVED = 'cache-outage'

/** A cache service that failed a run once: it is not called again by that run, whatever for. */
export class CacheOutage {
  #problem: string | undefined

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
}

/** In the post step. */
export function hadCacheOutage(): boolean {
  return core.getState(SAVED) === 'true'
}
