import { type Failure, failed, ok, type Result } from '../model/failure.js'
import { balanced, inFewer, largestOf, type Batch, weightOf } from './balance.js'
import type { Group } from './levels.js'

/** The legs of one level, those of each runner together. */
export type Legs = readonly (readonly Batch<Group>[])[]

/** At most so many. Each runner has legs of its own; groups that want none have such, too. */
export function legsFor(groups: readonly Group[], maxJobs: number): Result<Legs> {
  const torn = groups.find(({ runners }) => runners.size > 1)
  if (torn !== undefined) return failed(tooManyLevels(torn))
  const kinds = ofEachRunner(groups, runnerOf)
  if (kinds.length > maxJobs) return failed(tooManyRunners(kinds.map(runnerIn), maxJobs))
  return ok(sharesOf(kinds, maxJobs).map(({ groups, legs }) => balanced(groups, legs)))
}

/** What wants the same runner together, in the order of the first of each. */
export function ofEachRunner<T>(
  items: readonly T[],
  runner: (item: T) => string | undefined,
): readonly T[][] {
  const kinds = new Map<string | undefined, T[]>()
  for (const item of items) {
    const same = kinds.get(runner(item))
    if (same === undefined) kinds.set(runner(item), [item])
    else same.push(item)
  }
  return [...kinds.values()]
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

/** As few as one finds with which the longest is no longer. */
export function fewest(legs: Legs): readonly Batch<Group>[] {
  const longest = largestOf(legs.flat())
  return legs.flatMap((ofOneRunner) => inFewer(ofOneRunner, longest))
}

export function runnerIn(groups: readonly Group[]): string | undefined {
  return groups.map(runnerOf).find((runner) => runner !== undefined)
}

export function runnerOf({ runners }: Group): string | undefined {
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
