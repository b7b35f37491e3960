import { withParents } from '../fingerprint/compute.js'
import { ownImage, ownImages } from '../fingerprint/own-images.js'
import { invalid } from '../config/invalid.js'
import { type Failure, failed, ok, type Result, unless } from '../model/failure.js'
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
    return related(services, gathered.inputs, this.#upstream.known(gathered, services))
  }
}

/** Without those that are built from an image which is not there, or from themselves. */
function related(
  services: readonly Service[],
  inputs: Snapshot['inputs'],
  fingerprints: Fingerprints,
): Fingerprints {
  const complete = new Map<string, Fingerprint>()
  const parentsIn = parentsAmong(services, inputs)
  const before = (service: Service) => imagesBefore({ service, parents: parentsIn(service) })
  for (const service of parentsFirst(services, before)) {
    const own = fingerprints.get(service.name)
    const parents = before(service).map((name) => [name, complete.get(name)?.digest] as const)
    if (own === undefined || parents.some(([, digest]) => digest === undefined)) continue
    complete.set(service.name, withParents(own, Object.fromEntries(parents) as Record<string, string>))
  }
  return complete
}

/** Name of a build context, or of an image, that a Dockerfile says → name of the image of ours that it is. */
export function parentsAmong(
  services: readonly Service[],
  inputs: Snapshot['inputs'],
): (service: Service) => Readonly<Record<string, string>> {
  const own = ownImages(services)
  return ({ name, build }) => {
    const { references = {}, images = [] } = inputs.get(name) ?? {}
    const contexts = Object.keys(references).flatMap((context) => {
      const meant = build.contexts[context]
      return meant?.kind === 'image' ? [[context, meant.image] as const] : []
    })
    const addresses = images.flatMap((reference) => {
      const image = ownImage(reference, own)
      // What an image takes from its own last release is not what this run makes.
      return image === undefined || image === name ? [] : [[reference, image] as const]
    })
    return Object.fromEntries([...contexts, ...addresses])
  }
}

/**
 * Name → names of the images that it is built after. Images that wait for each other are a failure; so is one with
 * instructions that run in what starts from it, as what those take is seen by neither Dockerfile.
 */
export function namesBeforeAll(
  services: readonly Service[],
  inputs: Snapshot['inputs'],
): Result<ReadonlyMap<string, readonly string[]>> {
  const parentsOf = parentsAmong(services, inputs)
  const before = new Map(
    services.map((service) => [service.name, imagesBefore({ service, parents: parentsOf(service) })]),
  )
  for (const service of services) {
    const [parent] = Object.values(parentsOf(service)).filter((name) => inputs.get(name)?.hasTriggers)
    if (parent !== undefined) return failed(triggering(parent, service))
  }
  const unlisted = unlistedBases(services, inputs, parentsOf)
  if (unlisted.length > 0) return unless(unlisted, before)
  const cycle = shortestCycle(before)
  if (cycle === undefined) return ok(before)
  const place = services.find(({ name }) => name === cycle[0])?.place
  const message = `images are built from each other: ${cycle.join(' → ')}; take one of these steps out`
  return failed(place === undefined ? { kind: 'config-invalid', message } : invalid(message, place))
}

/** A base's name where the image of a registry stands would be somebody else's image of that name. */
function unlistedBases(
  services: readonly Service[],
  inputs: Snapshot['inputs'],
  parentsOf: (service: Service) => Readonly<Record<string, string>>,
): Failure[] {
  const bases = new Set(services.filter(({ kind }) => kind === 'base').map(({ name }) => name))
  return services.flatMap((service): Failure[] => {
    const { name, file, place } = service
    const references = bases.size === 0 ? [] : (inputs.get(name)?.images ?? [])
    const named = references.filter(
      (reference) => reference !== name && bases.has(reference) && !(reference in parentsOf(service)),
    )
    return named.map((reference) => {
      const message = `${file} takes \`${reference}\`, which is a base, but \`${name}\` does not list it; add \`bases: [${reference}]\`, or call the base otherwise where an image of others is meant`
      return place === undefined ? { kind: 'config-invalid', message } : invalid(message, place)
    })
  })
}

function triggering(parent: string, { name, file }: Service): Failure {
  const message = `\`${parent}\`, which \`${name}\` is built from, has ONBUILD instructions; write them into ${file} instead`
  return { kind: 'config-invalid', message }
}
