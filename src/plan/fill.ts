import { type Batch, largestOf, weightOf } from './balance.js'
import { legsFor, type Legs, ofEachRunner, runnerIn, runnerOf } from './legs.js'
import { connected, type Group, type Node } from './levels.js'

/** A way to build on two levels: legs with bases, of each runner, and groups of which none has several runners. */
export interface Way {
  readonly bases: Legs
  readonly builds: readonly Group[]
}

export interface Filled {
  readonly bases: Legs
  readonly builds: Legs
  /** What the longest leg of each level builds, together. */
  readonly weight: number
}

/** How much longer the first level may be in each further attempt. */
const STEP = 1.04

/**
 * The way that is over first when legs of the first level build, while its longest has not ended, dependants of their own
 * bases and images that need none of another leg. `undefined` unless both levels together are shorter than `most`.
 */
export function filled(ways: readonly Way[], most: number, maxJobs: number): Filled | undefined {
  let best: Filled | undefined
  let shortest = most
  for (const way of ways) {
    const bases = way.bases.flat()
    if (weightOf([...bases, ...way.builds]) / maxJobs >= shortest) continue
    const level = emptied(way, maxJobs)
    for (let cap = largestOf(bases); cap > 0 && cap < shortest; cap *= STEP) {
      const { first, left } = filledUpTo(cap, level)
      const longest = largestOf(first)
      if (longest + Math.max(largestOf(left), weightOf(left) / maxJobs) >= shortest) continue
      const builds = legsFor(left, maxJobs)
      if (!builds.ok) continue
      const weight = longest + largestOf(builds.value.flat())
      if (weight >= shortest) continue
      shortest = weight
      best = { bases: inUnits(first), builds: builds.value, weight }
    }
  }
  return best
}

/** A leg of the first level, by its place there. */
interface Leg extends Batch<Group> {
  readonly runner: string | undefined
}

interface Candidate {
  readonly group: Group
  /** The legs that build what it needs. */
  readonly needs: ReadonlySet<number>
}

interface Level {
  readonly legs: readonly Leg[]
  /** Longest first. */
  readonly candidates: readonly Candidate[]
  readonly maxJobs: number
}

/** The first level with its bases alone, and what could be built there besides. */
function emptied({ bases, builds }: Way, maxJobs: number): Level {
  const legs = bases.flat().map((leg): Leg => ({ ...leg, runner: runnerIn(leg.items) }))
  const legOf = new Map<Node, number>()
  for (const [at, { items }] of legs.entries())
    for (const node of items.flatMap(({ nodes }) => nodes)) legOf.set(node, at)
  const candidates = builds
    .toSorted((a, b) => b.weight - a.weight)
    .map((group): Candidate => {
      const needed = group.nodes.flatMap(({ before }) => before.flatMap((node) => legOf.get(node) ?? []))
      return { group, needs: new Set(needed) }
    })
  return { legs, candidates, maxJobs }
}

/** No leg gets longer than `cap`; each group goes to the leg that its bases are in, or else to the shortest of its runner. */
function filledUpTo(cap: number, { legs, candidates, maxJobs }: Level): { first: Leg[]; left: Group[] } {
  const first = legs.map(({ items, ...leg }) => ({ ...leg, items: [...items] }))
  const left: Group[] = []
  for (const { group, needs } of candidates) {
    const runner = runnerOf(group)
    const open = [...needs].flatMap((at) => first[at] ?? [])
    if (needs.size === 0) {
      if (first.length < maxJobs && group.weight <= cap) first.push({ items: [], weight: 0, runner })
      open.push(...shortestOf(first, runner))
    }
    const [leg, ...others] = open
    const isFit = leg !== undefined && others.length === 0 && leg.runner === runner
    if (isFit && leg.weight + group.weight <= cap) {
      leg.items.push(group)
      leg.weight += group.weight
    } else left.push(group)
  }
  return { first: first.filter(({ items }) => items.length > 0), left }
}

function shortestOf<T extends Leg>(legs: readonly T[], runner: string | undefined): T[] {
  const [first, ...others] = legs.filter((leg) => leg.runner === runner)
  return first === undefined
    ? []
    : [others.reduce((least, leg) => (leg.weight < least.weight ? leg : least), first)]
}

/** The legs of each runner, of units that can go to another leg of it, as nothing in them needs another unit. */
function inUnits(legs: readonly Leg[]): Legs {
  return ofEachRunner(legs, ({ runner }) => runner).map((ofOneRunner) =>
    ofOneRunner.map(({ items, weight }) => {
      const nodes = items.flatMap((group) => group.nodes).sort((a, b) => a.place - b.place)
      return { items: connected(nodes), weight }
    }),
  )
}
