import { withParents } from '../fingerprint/compute.js'
import { invalid } from '../config/invalid.js'
import { failed, ok, type Result } from '../model/failure.js'
import type { Fingerprint } from '../model/fingerprint.js'
import type { Service } from '../model/service.js'
import type { Snapshot } from '../model/snapshot.js'
import { imagesBefore } from '../model/plan.js'
import { parentsFirst, shortestCycle } from '../plan/parents.js'
import type { Run } from './job.js'
import { Upstream } from './upstream.js'

type Gathered = Pick<Snapshot, 'inputs' | 'fingerprints'>
type Fingerprints = Snapshot['fingerprints']

/** Adds to fingerprints what no file tells: digests of images of others, and fingerprints of images of ours. */
export class Completion {
  readonly #upstream: Upstream

  constructor(run: Run) {
    this.#upstream = new Upstream(run)
  }

  /** `services` are all that were gathered. Images of others are looked up for those that are requested. */
  async complete(
    gathered: Gathered,
    services: readonly Service[],
    requested: ReadonlySet<string>,
  ): Promise<Result<Fingerprints>> {
    const fingerprints = await this.#upstream.complete(gathered, services, requested)
    return fingerprints.ok ? ok(related(services, gathered.inputs, fingerprints.value)) : fingerprints
  }

  /** Of another commit, with the digests that were looked up already. */
  known(gathered: Gathered, services: readonly Service[]): Fingerprints {
    return related(services, gathered.inputs, this.#upstream.known(gathered))
  }
}

/** Without those that are built from an image which is not there, or from themselves. */
function related(
  services: readonly Service[],
  inputs: Snapshot['inputs'],
  fingerprints: Fingerprints,
): Fingerprints {
  const complete = new Map<string, Fingerprint>()
  for (const service of parentsFirst(services, (one) => namesBefore(one, inputs))) {
    const own = fingerprints.get(service.name)
    const parents = namesBefore(service, inputs).map((name) => [name, complete.get(name)?.digest] as const)
    if (own === undefined || parents.some(([, digest]) => digest === undefined)) continue
    complete.set(service.name, withParents(own, Object.fromEntries(parents) as Record<string, string>))
  }
  return complete
}

/** Name of a build context that a service's Dockerfile uses → name of the image of ours that it is. */
export function parentsOf(service: Service, inputs: Snapshot['inputs']): Readonly<Record<string, string>> {
  const used = Object.keys(inputs.get(service.name)?.references ?? {})
  const parents = used.flatMap((name) => {
    const context = service.build.contexts[name]
    return context?.kind === 'image' ? [[name, context.image] as const] : []
  })
  return Object.fromEntries(parents)
}

function namesBefore(service: Service, inputs: Snapshot['inputs']): string[] {
  return imagesBefore({ service, parents: parentsOf(service, inputs) })
}

/** Name → names of the images that it is built after; images that wait for each other are a failure. */
export function namesBeforeAll(
  services: readonly Service[],
  inputs: Snapshot['inputs'],
): Result<ReadonlyMap<string, readonly string[]>> {
  const before = new Map(services.map((service) => [service.name, namesBefore(service, inputs)]))
  const cycle = shortestCycle(before)
  if (cycle === undefined) return ok(before)
  const place = services.find(({ name }) => name === cycle[0])?.place
  const message = `images are built from each other: ${cycle.join(' → ')}; take one of these steps out`
  return failed(place === undefined ? { kind: 'config-invalid', message } : invalid(message, place))
}
