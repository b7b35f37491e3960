import { type Failure, failed, ok, type Result } from '../model/failure.js'
import { imagesBefore, type PlannedImage } from '../model/plan.js'
import type { MatrixShard, Shards } from '../model/shard.js'
import { largestOf, type Batch, weightOf } from './balance.js'
import { filled } from './fill.js'
import { fewest, legsFor, type Legs, runnerIn } from './legs.js'
import { connected, type Group, groupOf, type Levels, type Node, waysToBuild } from './levels.js'
import { parentsFirst } from './parents.js'

/** Before a leg builds anything: a machine, the checkout, the builder, the login, its part of the plan. */
export const SET_UP_MS = 40_000
/** Of an image whose build no run has recorded. */
const UNKNOWN_BUILD_MS = 60_000

/** Legs of the first level build more than bases only where all is over by so much earlier. */
const NOTABLE = 0.97

/**
 * All that is to be rebuilt as batches for the legs of two matrices of at most `maxJobs` each. Of the ways to build it the
 * one that ends first counts, set-ups included, and of those the one with the fewest bases, unless legs of the first level
 * that build more than bases make it notably shorter. Each level is in the fewest legs with which its longest is no longer.
 * The same images give the same batches.
 */
export function shardsOf(images: readonly PlannedImage[], maxJobs: number): Result<Shards> {
  const nodes = nodesOf(images)
  const smallest = weightOf(nodes) / maxJobs / 4
  const ways: Allotted[] = []
  let problem: Failure | undefined
  for (const levels of nodes.length === 0 ? [] : waysToBuild(nodes, smallest)) {
    const allotted = allot(levels, maxJobs)
    if (allotted.ok) ways.push(allotted.value)
    else problem ??= allotted.failures[0]
  }
  const [simplest, ...others] = ways
  if (simplest === undefined) return problem === undefined ? ok({ bases: [], builds: [] }) : failed(problem)
  const best = others.reduce((least, way) => (way.takes < least.takes ? way : least), simplest)
  return filledWay(ways, best.takes, maxJobs) ?? plainWay(best, maxJobs)
}

function filledWay(ways: readonly Allotted[], takes: number, maxJobs: number): Result<Shards> | undefined {
  const most = takes * NOTABLE - 2 * SET_UP_MS
  const found = filled(
    ways.map(({ levels, bases }) => ({ bases, builds: levels.builds })),
    most,
    maxJobs,
  )
  return found && ok({ bases: named(fewest(found.bases), 'bases-'), builds: named(fewest(found.builds), '') })
}

function plainWay(best: Allotted, maxJobs: number): Result<Shards> {
  const { bases, builds } = takenIn(best.levels.bases, fewest(best.builds))
  const first = legsFor(bases, maxJobs)
  return first.ok ? ok({ bases: named(fewest(first.value), 'bases-'), builds: named(builds, '') }) : first
}

interface Allotted {
  readonly levels: Levels
  readonly bases: Legs
  readonly builds: Legs
  /** From the first leg's begin to the last one's end. */
  readonly takes: number
}

function allot(levels: Levels, maxJobs: number): Result<Allotted> {
  const bases = legsFor(levels.bases, maxJobs)
  if (!bases.ok) return bases
  const builds = legsFor(levels.builds, maxJobs)
  if (!builds.ok) return builds
  const used = [bases.value.flat(), builds.value.flat()].filter((legs) => legs.length > 0)
  const takes = used.reduce((sum, legs) => sum + SET_UP_MS + largestOf(legs), 0)
  return ok({ levels, bases: bases.value, builds: builds.value, takes })
}

/** A base whose dependants came into one leg is built there, as far as that leg gets no longer than the longest. */
function takenIn(
  bases: readonly Group[],
  legs: readonly Batch<Group>[],
): { readonly bases: readonly Group[]; readonly builds: readonly Batch<Group>[] } {
  const longest = largestOf(legs)
  const open = legs.map(({ items, weight }) => ({ items: [...items], weight, runner: runnerIn(items) }))
  const legOf = new Map(
    open.flatMap((leg) => leg.items.flatMap(({ nodes }) => nodes.map((node) => [node, leg] as const))),
  )
  const left: Node[] = []
  for (const node of bases.flatMap(({ nodes }) => nodes).sort((a, b) => b.place - a.place)) {
    const [leg, ...others] = new Set(node.after.map((dependant) => legOf.get(dependant)))
    const isFit =
      leg !== undefined &&
      leg.weight + node.weight <= longest &&
      (node.runner === undefined || node.runner === leg.runner)
    if (isFit && others.length === 0) {
      leg.items.push(groupOf([node]))
      leg.weight += node.weight
      legOf.set(node, leg)
    } else left.unshift(node)
  }
  return { bases: connected(left), builds: open }
}

/** The rebuilds, bases first, each after those that it is built from. */
function nodesOf(images: readonly PlannedImage[]): Node[] {
  const rebuilds = images.filter(({ decision }) => decision.kind === 'rebuild')
  const before = new Map(rebuilds.map((image) => [image.service.name, imagesBefore(image)]))
  const isBase = ({ service }: PlannedImage) => service.kind === 'base'
  const order = parentsFirst(
    [...rebuilds.filter(isBase), ...rebuilds.filter((image) => !isBase(image))].map(({ service }) => service),
    ({ name }) => before.get(name) ?? [],
  )
  const durations = new Map(rebuilds.map(({ service, record }) => [service.name, record?.durationMs]))
  const nodes = new Map<string, Node>()
  for (const { name, matrix } of order) {
    const { runner } = matrix
    const parents = (before.get(name) ?? []).flatMap((parent) => nodes.get(parent) ?? [])
    const node: Node = {
      ...{ name, place: nodes.size, before: parents, after: [] },
      weight: Math.max(1, durations.get(name) ?? UNKNOWN_BUILD_MS),
      ...(typeof runner === 'string' && { runner }),
    }
    for (const parent of parents) parent.after.push(node)
    nodes.set(name, node)
  }
  return [...nodes.values()]
}

/** The longest leg is the first: where runners are few, it should not be the last to begin. */
function named(legs: readonly Batch<Group>[], prefix: string): MatrixShard[] {
  const order = legs.toSorted((a, b) => b.weight - a.weight || firstPlace(a) - firstPlace(b))
  return order.map(({ items, weight }, at) => {
    const nodes = items.flatMap((group) => group.nodes).sort((a, b) => a.place - b.place)
    const runner = runnerIn(items)
    return {
      shard: `${prefix}${at + 1}-of-${order.length}`,
      images: nodes.map(({ name }) => name),
      minutes: Math.round(weight / 6000) / 10,
      ...(runner !== undefined && { runner }),
    }
  })
}

function firstPlace({ items }: Batch<Group>): number {
  return Math.min(...items.map(({ nodes }) => nodes[0]?.place ?? 0))
}
