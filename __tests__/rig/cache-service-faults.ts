import type { ArtifactOperation } from './artifact-service.js'
import type { Answer } from './cache-service-blobs.js'
import { twirpError, type TwirpOperation } from './cache-service-twirp.js'

/** Of the Actions cache, and of the artifacts, which have the same address. */
export type CacheOperation = TwirpOperation | 'upload' | 'download' | ArtifactOperation

/** A misbehaviour. It replaces the service's own answer: nothing is stored or read. */
export interface Fault {
  /** Unless said otherwise every operation. */
  readonly operation?: CacheOperation
  /** A status; `hang` never answers, `disconnect` closes the connection. Left out, the answer is only delayed. */
  readonly status?: number | 'hang' | 'disconnect'
  /** How often; without it until `heal`. */
  readonly times?: number
  readonly delayMs?: number
  readonly headers?: Readonly<Record<string, string>>
}

/** The faults a test asked for, each used up as often as it said. */
export class Faults {
  #planned: { readonly fault: Fault; left: number }[] = []

  plan(fault: Fault): void {
    this.#planned.push({ fault, left: fault.times ?? Infinity })
  }

  heal(): void {
    this.#planned = []
  }

  /** Takes the first fault that fits, which thereby happens once less. */
  take(operation: CacheOperation | 'unknown'): Fault | undefined {
    const taken = this.#planned.find(
      ({ fault, left }) => left > 0 && (fault.operation === undefined || fault.operation === operation),
    )
    if (taken) taken.left -= 1
    return taken?.fault
  }
}

/** What a fault says instead of the service; undefined where it only delays. */
export function faultAnswer(fault: Fault | undefined): Answer | 'hang' | 'disconnect' | undefined {
  if (fault?.status === undefined) return undefined
  if (typeof fault.status === 'string') return fault.status
  const answer = twirpError(fault.status, 'injected by the test')
  return { ...answer, headers: { ...answer.headers, ...fault.headers } }
}
