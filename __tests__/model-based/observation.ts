import type { Deployments } from './deployments.js'
import type { Run } from './events.js'
import type { Service } from './services.js'
import type { Ended, World } from './world.js'

/** What is known when a run has ended. */
export interface Observation {
  readonly ended: Ended
  /** Runs that were under way at the same time. */
  readonly others: readonly Run[]
  readonly world: World
  /** Service → digest that the run's moving tag pointed at before the run. */
  readonly pointed: ReadonlyMap<Service, string>
  readonly deployments: Deployments
  /** `scope service` → commit for which the scope's runs last left the moving tag right. */
  readonly rightFor: ReadonlyMap<string, string>
  /** `service:tag` of a fingerprint → what was built under it, and `service content` → that tag. */
  readonly fingerprints: Map<string, string>
}

/** What the contract promises, with the number in its section 9 where it has one. */
export type Promised =
  | 'green only when true'
  | 'a run that may not push changes nothing'
  | '9.1 images and tags'
  | '9.1 the tag of the branch'
  | '9.2 built once'
  | '9.2 nothing is built for an outage'
  | '9.5 one fingerprint'
  | '9.6 tags go forward'
  | '9.8 promoted as a whole'
  | 'matrix holds what was delivered'
  | 'no needless deploy'
  | 'no lost deploy'
  | 'no lost deploy of a branch'
  | 'no lost deploy after simultaneous runs'

export interface Breach {
  readonly promise: Promised
  readonly what: string
}

export function breach(promise: Promised, what: string): Breach[] {
  return [{ promise, what }]
}

/** An output of the run that is JSON, or what stands for it in a run that wrote none. */
export function output<T>({ ended }: Observation, name: string, none: T): T {
  return (ended.host.json(name) as T | null) ?? none
}

export function failedBuilds({ builds }: Ended): readonly Service[] {
  return builds.filter((build) => build.ended === 'failed').map((build) => build.service)
}

export function isPushing({ inputs, context }: Run): boolean {
  return inputs['push'] === 'true' && context.pushForbidden === undefined
}
