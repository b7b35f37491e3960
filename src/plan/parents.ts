import { type Decision, imagesBefore, isWanted, type PlannedImage } from '../model/plan.js'

/** The shortest circle of images that wait for each other, its first name again at the end; `undefined` without one. */
export function shortestCycle(before: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  let shortest: readonly string[] | undefined
  for (const name of before.keys()) {
    const cycle = cycleFrom(name, before)
    if (cycle !== undefined && (shortest === undefined || cycle.length < shortest.length)) shortest = cycle
  }
  return shortest
}

/** Breadth first, so that the first way back is the shortest. */
function cycleFrom(
  start: string,
  before: ReadonlyMap<string, readonly string[]>,
): readonly string[] | undefined {
  const seen = new Set<string>()
  let ways: (readonly [string, ...string[]])[] = [[start]]
  while (ways.length > 0) {
    const longer: (readonly [string, ...string[]])[] = []
    for (const way of ways) {
      for (const next of before.get(way[0]) ?? []) {
        if (next === start) return [start, ...way].reverse()
        if (!seen.has(next)) longer.push([next, ...way])
        seen.add(next)
      }
    }
    ways = longer
  }
  return undefined
}

/** Those names with all images that they are built from, however far back. */
export function withAllBefore(
  names: Iterable<string>,
  before: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const all = new Set(names)
  for (const name of all) for (const parent of before.get(name) ?? []) all.add(parent)
  return all
}

/** The services in an order in which each comes after those that it is built from, as far as there is one. */
export function parentsFirst<T extends { readonly name: string }>(
  services: readonly T[],
  before: (service: T) => readonly string[],
): T[] {
  const byName = new Map(services.map((service) => [service.name, service]))
  const visited = new Set<T>()
  const order: T[] = []
  const visit = (service: T): void => {
    if (visited.has(service)) return
    visited.add(service)
    for (const name of before(service)) {
      const parent = byName.get(name)
      if (parent !== undefined) visit(parent)
    }
    order.push(service)
  }
  for (const service of services) visit(service)
  return order
}

/**
 * The decisions with what follows of one for the others: what is built from an image that is built anew, or from another
 * one than it is now, is built anew; a base is built only for an image that is, or where `needed` names it. Nothing is
 * rebuilt for what is not known.
 */
export function settled(
  images: readonly PlannedImage[],
  needed: ReadonlySet<string> = new Set(),
): readonly PlannedImage[] {
  let now = images
  for (;;) {
    const next = now.map((image) => withParentsOf(image, now, needed))
    if (next.every((image, index) => image === now[index])) break
    now = next
  }
  return now.map((image) =>
    isIdle(image, now, needed) ? { ...image, decision: UNNEEDED, changed: false } : image,
  )
}

const UNNEEDED: Decision = { kind: 'skip', isUnneeded: true }

function withParentsOf(
  image: PlannedImage,
  images: readonly PlannedImage[],
  needed: ReadonlySet<string>,
): PlannedImage {
  if (image.decision.kind !== 'reuse') return image
  const known = image.builtFrom
  const contexts = new Map(Object.entries(image.parents).map(([context, name]) => [name, context]))
  const name = imagesBefore(image).find((each) => {
    const parent = images.find(({ service }) => service.name === each)
    if (parent === undefined || parent.decision.kind === 'skip') return false
    if (parent.decision.kind === 'rebuild') return !isIdle(parent, images, needed)
    const context = contexts.get(each)
    if (known === undefined || context === undefined || parent.decision.digest === undefined) return false
    return known[context] !== parent.decision.digest
  })
  if (name === undefined) return image
  return {
    ...image,
    changed: image.service.kind === 'service',
    decision: { kind: 'rebuild', reasons: [{ kind: 'base', name, isAnew: true }] },
  }
}

/** Whether it is a base that is to be built, although no image that is built starts from it. */
function isIdle(image: PlannedImage, images: readonly PlannedImage[], needed: ReadonlySet<string>): boolean {
  const { service, decision } = image
  if (service.kind !== 'base' || decision.kind !== 'rebuild' || isWanted(image)) return false
  if (needed.has(service.name)) return false
  const dependants = images.filter((one) => imagesBefore(one).includes(service.name))
  return (
    dependants.length > 0 &&
    dependants.every((one) => one.decision.kind !== 'rebuild' || isIdle(one, images, needed))
  )
}
