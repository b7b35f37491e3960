import { imagesBefore, type PlannedImage } from '../src/model/plan.js'

/** A base, or an image that starts from nothing of ours, and what starts from it. */
interface Family {
  readonly base: number
  readonly all: number
  /** What the base takes with its longest dependant, with its two longest, and so on; then those dependants alone. */
  readonly sums: readonly number[]
  readonly dependants: readonly number[]
}

/**
 * A length that no division of these images into two levels of so many legs is below, set-ups not counted, where each
 * starts from one base at most and no base from another.
 *
 * Let the first level take `first`. There a family is in one leg, the one of its base, so that it leaves to the second
 *
 * - all, and in one leg, if its base alone is longer than `first`;
 * - else the longest dependant of those that are not among its k longest, where the base and k + 1 of them are longer
 *   than `first`: to build a longer one there means to leave a longer one;
 * - and whatever all legs of the first level together have no time for.
 *
 * Between two lengths at which a family has room for one image more, both levels together get no shorter as `first` grows:
 * only those lengths have to be looked at.
 */
export function leastOfTwoLevels(images: readonly PlannedImage[], legs: number): number {
  const families = familiesOf(images)
  const total = families.reduce((sum, { all }) => sum + all, 0)
  const chain = families.reduce((most, { base, sums }) => Math.max(most, sums[0] ?? base), 0)
  const least = Math.max(chain, total / legs)
  const lengths = new Set([0, ...families.flatMap(({ base, sums }) => [base, ...sums])])
  let found = Infinity
  for (const first of lengths) {
    // A millisecond: sums of fractions are not exact.
    if (found <= least + 1) break
    const room = families.reduce((sum, { base, all }) => sum + (base > first ? 0 : Math.min(first, all)), 0)
    const work = (total - Math.min(room, first * legs)) / legs
    const second = families.reduce((most, family) => Math.max(most, longestLeft(family, first)), work)
    found = Math.min(found, first + second)
  }
  return found
}

function longestLeft({ base, all, sums, dependants }: Family, first: number): number {
  if (base > first) return all
  return dependants[sums.findIndex((sum) => sum > first)] ?? 0
}

function familiesOf(images: readonly PlannedImage[]): readonly Family[] {
  const durations = new Map(images.map(({ service, record }) => [service.name, record?.durationMs ?? 0]))
  const dependants = new Map<string, number[]>()
  for (const image of images) {
    const { name } = image.service
    const [parent] = imagesBefore(image)
    if (parent === undefined) dependants.set(name, dependants.get(name) ?? [])
    else dependants.set(parent, [...(dependants.get(parent) ?? []), durations.get(name) ?? 0])
  }
  return [...dependants].map(([name, taken]) => {
    const base = durations.get(name) ?? 0
    const longestFirst = taken.toSorted((a, b) => b - a)
    let all = base
    const sums = longestFirst.map((one) => (all += one))
    return { base, all, sums, dependants: longestFirst }
  })
}
