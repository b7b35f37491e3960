/** An image that is to be built, among the others that are. */
export interface Node {
  readonly name: string
  /** Its place in an order in which each image comes after those that it is built from. */
  readonly place: number
  readonly weight: number
  /** The runner that it has to be built on; absent: any. */
  readonly runner?: string
  /** Those to be built that it is built from, and those that are built from it. */
  readonly before: Node[]
  readonly after: Node[]
}

/** Images that one leg builds, in their order. */
export interface Group {
  readonly nodes: readonly Node[]
  readonly weight: number
  readonly runners: ReadonlySet<string>
}

/** What is built first, and then: no image needs one of another group of its own level. */
export interface Levels {
  readonly bases: readonly Group[]
  readonly builds: readonly Group[]
}

const STEP = 0.8

/**
 * Ways to build the images on one or two levels, the first with the fewest bases: what is connected stays together unless
 * it wants several runners. Each further way has bases more, so that no group of the second level is longer than four
 * fifths of what was allowed before, as far as there is something to part; the last has none above `smallest`.
 */
export function waysToBuild(nodes: readonly Node[], smallest: number): readonly Levels[] {
  const bases = new Set<Node>()
  const ways: Levels[] = []
  const add = () => ways.push({ bases: connected(nodes.filter((node) => bases.has(node))), builds })
  let builds = parted(connected(nodes), bases, ({ runners }) => runners.size > 1)
  add()
  let most = builds.reduce((longest, { weight }) => Math.max(longest, weight), 0) * STEP
  for (; most >= smallest; most *= STEP) {
    const count = bases.size
    builds = parted(builds, bases, ({ weight }) => weight > most)
    if (bases.size > count) add()
  }
  return ways
}

/** The groups of which none is to be parted, as far as it can be; what they are parted at is added to the bases. */
function parted(
  groups: readonly Group[],
  bases: Set<Node>,
  isTooLarge: (group: Group) => boolean,
): readonly Group[] {
  const left = [...groups]
  const done: Group[] = []
  for (const group of left) {
    const taken = isTooLarge(group) ? joints(group) : []
    for (const node of taken) bases.add(node)
    if (taken.length === 0) done.push(group)
    else left.push(...connected(group.nodes.filter((node) => !bases.has(node))))
  }
  return done
}

/**
 * The first images of the group that several others are built from, with all that they are built from. In a group without
 * such, which is one image and what leads to it, nothing may be parted but what wants another runner.
 */
function joints({ nodes, runners }: Group): readonly Node[] {
  const within = new Set(nodes)
  const branching = nodes.filter(({ after }) => after.filter((node) => within.has(node)).length > 1)
  if (branching.length === 0)
    return runners.size > 1 ? nodes.filter(({ after }) => after.some((node) => within.has(node))) : []
  const later = new Set<Node>()
  const joint = new Set(branching)
  for (const node of nodes)
    if (node.before.some((one) => within.has(one) && (joint.has(one) || later.has(one)))) later.add(node)
  const taken = new Set(branching.filter((node) => !later.has(node)))
  for (const node of taken) for (const one of node.before) if (within.has(one)) taken.add(one)
  return [...taken]
}

/** The nodes in groups that have nothing to do with each other; both lists keep the order. */
export function connected(nodes: readonly Node[]): Group[] {
  const left = new Set(nodes)
  const groups: Group[] = []
  for (const start of nodes) {
    if (!left.delete(start)) continue
    const members = [start]
    for (const node of members)
      for (const neighbour of [...node.before, ...node.after])
        if (left.delete(neighbour)) members.push(neighbour)
    groups.push(groupOf(members.sort((a, b) => a.place - b.place)))
  }
  return groups
}

export function groupOf(nodes: readonly Node[]): Group {
  return {
    nodes,
    weight: nodes.reduce((sum, { weight }) => sum + weight, 0),
    runners: new Set(nodes.flatMap(({ runner }) => runner ?? [])),
  }
}
