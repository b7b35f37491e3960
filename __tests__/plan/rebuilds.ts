import type { PlannedImage } from '../../src/model/plan.js'
import { planned, REBUILD, record, service } from '../fakes/images.js'

/** An image that is to be rebuilt; without minutes no build of it is recorded. */
export interface Given {
  readonly name: string
  readonly minutes?: number
  readonly from?: readonly string[]
  readonly runner?: string
  readonly kind?: 'base' | 'service'
}

export function rebuild({ name, minutes, from = [], runner, kind = 'service' }: Given): PlannedImage {
  return planned(name, REBUILD, {
    service: service(name, { kind, matrix: runner === undefined ? {} : { runner } }),
    parents: Object.fromEntries(from.map((parent) => [parent, parent])),
    ...(minutes !== undefined && { record: record(name, { durationMs: minutes * 60_000 }) }),
  })
}

/** Services of one minute each, all from the same. */
export function dependants(parent: string, count: number, given: Partial<Given> = {}): Given[] {
  return Array.from({ length: count }, (_, at) => ({
    ...{ name: `${parent}-${at}`, minutes: 1, from: [parent] },
    ...given,
  }))
}
