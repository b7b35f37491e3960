/** What is done as a whole, by one leg. */
export interface Load {
  /** In any unit, more than zero. */
  readonly weight: number
}

/** What one leg does. */
export interface Batch<T extends Load> {
  readonly items: readonly T[]
  readonly weight: number
}

interface Open<T> {
  readonly items: T[]
  weight: number
}

/** Exchanges that are looked at before what was found has to do: ten thousand items take well below a second. */
const MOST_LOOKS = 2_000_000
/** Items that are few enough to look for the best division of all, and looks that this may take. */
const MOST_SEARCHED = 40
const MOST_LOOKS_OF_SEARCH = 20_000
/** So near to what no division could be better than, nothing better is looked for. */
const NEAR = 1.005

/**
 * Items to at most so many legs, none of them empty, so that the longest is as short as it gets: longest first to the leg
 * that has the least (Graham 1969), then exchanges between the longest leg and another while they help, and of few items a
 * search for the best division of all. The same items in the same order give the same legs.
 */
export function balanced<T extends Load>(items: readonly T[], legs: number): readonly Batch<T>[] {
  const goal = Math.max(largestOf(items), (weightOf(items) / legs) * NEAR)
  return divided(items, legs, goal)
}

/** The items of these legs in as few as one finds of which none is longer than that; at worst the same legs. */
export function inFewer<T extends Load>(legs: readonly Batch<T>[], longest: number): readonly Batch<T>[] {
  const items = legs.flatMap((leg) => leg.items)
  for (let count = Math.ceil(weightOf(items) / longest); count < legs.length; count += 1) {
    const found = divided(items, count, longest)
    if (largestOf(found) <= longest) return found
  }
  return legs
}

export function weightOf(loads: readonly Load[]): number {
  return loads.reduce((sum, { weight }) => sum + weight, 0)
}

/** Zero of nothing. */
export function largestOf(loads: readonly Load[]): number {
  return loads.reduce((most, { weight }) => Math.max(most, weight), 0)
}

/** Stops to look for something better when no leg is longer than `goal`. */
function divided<T extends Load>(items: readonly T[], legs: number, goal: number): readonly Batch<T>[] {
  const open = Array.from({ length: Math.min(legs, items.length) }, (): Open<T> => ({ items: [], weight: 0 }))
  for (const item of items.toSorted((a, b) => b.weight - a.weight)) {
    const leg = open.reduce((least, one) => (one.weight < least.weight ? one : least))
    leg.items.push(item)
    leg.weight += item.weight
  }
  improve(open, goal)
  return items.length > MOST_SEARCHED ? open : searched(open, goal)
}

/**
 * The best of all divisions where these legs are not the best, as far as one is found: each item in turn to each leg that
 * it leaves shorter than the longest known. Exchanges of two alone miss some where a leg has few items.
 */
function searched<T extends Load>(known: readonly Open<T>[], goal: number): readonly Batch<T>[] {
  const items = known.flatMap((leg) => leg.items).sort((a, b) => b.weight - a.weight)
  const legs = known.map((): Open<T> => ({ items: [], weight: 0 }))
  let best: readonly Batch<T>[] = known
  let longest = largestOf(known)
  let looks = 0
  const place = (at: number): void => {
    const item = items[at]
    if (item === undefined) {
      best = legs.map((leg) => ({ items: [...leg.items], weight: leg.weight }))
      longest = largestOf(legs)
      return
    }
    const tried = new Set<number>()
    for (const leg of legs.toSorted((a, b) => a.weight - b.weight)) {
      looks += 1
      if (longest <= goal || looks > MOST_LOOKS_OF_SEARCH) return
      if (tried.has(leg.weight) || leg.weight + item.weight >= longest) continue
      tried.add(leg.weight)
      leg.items.push(item)
      leg.weight += item.weight
      place(at + 1)
      leg.items.pop()
      leg.weight -= item.weight
    }
  }
  place(0)
  return best
}

function improve<T extends Load>(legs: readonly Open<T>[], goal: number): void {
  const count = legs.reduce((sum, { items }) => sum + items.length, 0)
  for (let looks = 0; looks < MOST_LOOKS;) {
    if (largestOf(legs) <= goal) return
    const longest = legs.reduce((most, one) => (one.weight > most.weight ? one : most))
    looks += longest.items.length * (count + legs.length)
    const exchange = bestExchange(longest, legs)
    if (exchange === undefined) return
    carryOut(exchange, longest)
  }
}

/** One item of the longest leg for one of another leg, or for none. */
interface Exchange<T> {
  readonly given: T
  readonly taken?: T
  readonly other: Open<T>
  /** What the longer of the two legs has afterwards. */
  readonly longer: number
}

/** `undefined` where none makes the longer of the two legs shorter. */
function bestExchange<T extends Load>(longest: Open<T>, legs: readonly Open<T>[]): Exchange<T> | undefined {
  let best: Exchange<T> | undefined
  for (const other of legs) {
    if (other === longest) continue
    for (const given of longest.items) {
      for (const taken of [undefined, ...other.items]) {
        const less = given.weight - (taken?.weight ?? 0)
        const longer = Math.max(longest.weight - less, other.weight + less)
        if (longer >= (best?.longer ?? longest.weight)) continue
        best = { given, other, longer, ...(taken !== undefined && { taken }) }
      }
    }
  }
  return best
}

function carryOut<T extends Load>({ given, taken, other }: Exchange<T>, longest: Open<T>): void {
  move(given, longest, other)
  if (taken !== undefined) move(taken, other, longest)
}

function move<T extends Load>(item: T, from: Open<T>, to: Open<T>): void {
  from.items.splice(from.items.indexOf(item), 1)
  to.items.push(item)
  from.weight -= item.weight
  to.weight += item.weight
}
