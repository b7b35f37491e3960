import { availableParallelism } from 'node:os'

/** How many builds run at once unless told otherwise: they wait for network and disk more than they compute. */
export function defaultParallel(): number {
  return Math.max(4, 2 * availableParallelism())
}
