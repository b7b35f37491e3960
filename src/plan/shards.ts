import { type Failure, failed, ok, type Result } from '../model/failure.js'
import { imagesBefore, type PlannedImage } from '../model/plan.js'
import type { MatrixShard, Shards } from '../model/shard.js'
import { balanced, inFewer, largestOf, type Batch, weightOf } from './balance.js'
import { connected, type Group, groupOf, type Levels, type Node, waysToBuild } from './levels.js'
import { parentsFirst } from './parents.js'

/** Before a leg builds anything: a machine, the checkout, the builder, the login, its part of the plan. */
export const SET_UP_MS = 40_000
/** Of an image whose build no run has recorded. */
const UNKNOWN_BUILD_MS = 60_000

/**
 * All that is to be rebuilt as batches for the legs of two matrices of at most `maxJobs` each. Of the ways to build it the
 * one that ends first counts, set-ups included, and of those the one with the fewest bases, and each level in the fewest
 * legs with which its longest is no longer. The same images give the same batches.
 */
export function shardsOf(images: readonly PlannedImage[], maxJobs: number): Result<Shards> {
  const nodes = nodesOf(images)
  const smallest = weightOf(nodes) / maxJobs / 4
  let best: Allotted | undefined
  let problem: Failure | undefined
  for (const levels of nodes.length === 0 ? [] : waysToBuild(nodes, smallest)) {
    const allotted = allot(levels, maxJobs)
    if (!allotted.ok) problem ??= allotted.failures[0]
    else if (best === undefined || allotted.value.takes < best.takes) best = allotted.value
  }
  if (best === undefined) return problem === undefined ? ok({ bases: [], builds: [] }) : failed(problem)
  const { bases, builds } = takenIn(best.levels.bases, fewest(best.builds))
  const first = legsFor(bases, maxJobs)
  return first.ok ? ok({ bases: named(fewest(first.value), 'bases-'), builds: named(builds, '') }) : first
}

interface Allotted {
  readonly levels: Levels
  /** Of each runner. */
  readonly builds: readonly (readonly Batch<Group>[])[]
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
  return ok({ levels, builds: builds.value, takes })
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

function fewest(legs: readonly (readonly Batch<Group>[])[]): readonly Batch<Group>[] {
  const longest = largestOf(legs.flat())
  return legs.flatMap((ofOneRunner) => inFewer(ofOneRunner, longest))
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

/** Each runner has legs of its own; groups that want none have such, too. */
function legsFor(groups: readonly Group[], maxJobs: number): Result<readonly (readonly Batch<Group>[])[]> {
  const torn = groups.find(({ runners }) => runners.size > 1)
  if (torn !== undefined) return failed(tooManyLevels(torn))
  const byRunner = new Map<string | undefined, Group[]>()
  for (const group of groups) {
    const same = byRunner.get(runnerOf(group))
    if (same === undefined) byRunner.set(runnerOf(group), [group])
    else same.push(group)
  }
  if (byRunner.size > maxJobs) return failed(tooManyRunners([...byRunner.keys()], maxJobs))
  return ok(sharesOf([...byRunner.values()], maxJobs).map(({ groups, legs }) => balanced(groups, legs)))
}

interface Share {
  readonly groups: readonly Group[]
  readonly weight: number
  legs: number
}

/** How many legs each runner's groups may have: one, and each further one goes where the most waits for a leg. */
function sharesOf(kinds: readonly (readonly Group[])[], maxJobs: number): readonly Share[] {
  const shares = kinds.map((groups): Share => ({ groups, weight: weightOf(groups), legs: 1 }))
  const waiting = ({ weight, legs }: Share) => weight / legs
  for (let free = maxJobs - kinds.length; free > 0; free -= 1) {
    const [first, ...others] = shares.filter(({ groups, legs }) => legs < groups.length)
    if (first === undefined) break
    others.reduce((most, one) => (waiting(one) > waiting(most) ? one : most), first).legs += 1
  }
  return shares
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

function runnerIn(groups: readonly Group[]): string | undefined {
  return groups.map(runnerOf).find((runner) => runner !== undefined)
}

function runnerOf({ runners }: Group): string | undefined {
  return [...runners][0]
}

function tooManyLevels({ nodes, runners }: Group): Failure {
  const names = nodes.map(({ name, runner }) => `\`${name}\`${runner === undefined ? '' : ` (${runner})`}`)
  const message = `${names.join(', ')} are built from each other before other images are, but their \`matrix\` keys name ${runners.size} runners; name one for all of them, as legs build on two levels`
  return { kind: 'usage', message }
}

function tooManyRunners(runners: readonly (string | undefined)[], maxJobs: number): Failure {
  const names = runners.map((runner) => (runner === undefined ? 'one without a name' : `\`${runner}\``))
  const message = `the images to build want ${runners.length} runners (${names.join(', ')}), but \`max-jobs\` is ${maxJobs}; each runner needs a leg of its own`
  return { kind: 'usage', message }
}
