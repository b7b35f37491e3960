import type { PlannedImage } from '../src/model/plan.js'
import { imagesBefore } from '../src/model/plan.js'
import type { MatrixShard, Shards } from '../src/model/shard.js'
import { SET_UP_MS, shardsOf } from '../src/plan/shards.js'
import { leastOfTwoLevels } from './shard-bound.js'
import { history } from './shard-history.js'

const SERVICES = [10, 100, 1000, 10_000]
const MOST_LEGS = [1, 2, 4, 8, 16, 64, 256]
/** GitHub: a matrix generates at most so many jobs of a run. */
const MOST_JOBS = 256

/** Requests to the services of GitHub Actions: to read or write an entry of the cache, to leave or fetch an artifact. */
const REQUESTS = { read: 2, write: 3, leave: 3, list: 1, fetch: 2 }
/** To the registry, of each image that is built: for the plan, before, after, for its digest and its size. */
const OF_BUILD = 5

const HEAD = [
  '| services | legs at most | legs | longest leg | runner minutes | requests | × least | × two levels |',
  '| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
]

interface Run {
  readonly label: string
  readonly shards: Shards
  /** Jobs besides the legs. */
  readonly others: number
}

/** The tables of `docs/scale.md`, line by line; the same in every run. */
export function shardTables(): readonly string[] {
  return [...table(false), '', ...table(true)]
}

function table(withBases: boolean): readonly string[] {
  const title = withBases ? 'Every service starts from a base, twenty from the same:' : 'Without bases:'
  return [title, '', ...HEAD, ...SERVICES.flatMap((count) => rows(history(count, withBases), count))]
}

function rows(images: readonly PlannedImage[], count: number): readonly string[] {
  const inAll: Run = { label: 'one job in all', shards: ofOne([images]), others: 0 }
  const sharded = MOST_LEGS.map((most): Run => {
    const shards = shardsOf(images, most)
    if (!shards.ok) throw new Error(shards.failures.map(({ message }) => message).join())
    return { label: String(most), shards: shards.value, others: 2 }
  })
  const bases = images.filter(({ service }) => service.kind === 'base')
  const each: Run = {
    label: 'one job per service',
    shards: ofOne(
      images.filter(({ service }) => service.kind === 'service').map((image) => [image]),
      bases.map((image) => [image]),
    ),
    others: 2,
  }
  return [inAll, ...sharded, ...(count > MOST_JOBS ? [] : [each])].map((run) => row(run, images, count))
}

function row({ label, shards, others }: Run, images: readonly PlannedImage[], count: number): string {
  const durations = new Map(images.map(({ service, record }) => [service.name, record?.durationMs ?? 0]))
  const taken = ({ images: names }: MatrixShard) =>
    names.reduce((sum, name) => sum + (durations.get(name) ?? 0), 0)
  const levels = [shards.bases, shards.builds].filter((legs) => legs.length > 0)
  const longest = levels.map((legs) => Math.max(...legs.map(taken)))
  const builds = longest.reduce((sum, one) => sum + one, 0)
  const total = [...durations.values()].reduce((sum, one) => sum + one, 0)
  const legs = shards.bases.length + shards.builds.length
  const most = /^\d+$/.test(label) ? Number(label) : legs
  const least = Math.max(longestChain(images, durations), total / most)
  const cells = [
    ...[count, label, shards.bases.length > 0 ? `${shards.bases.length} + ${shards.builds.length}` : legs],
    ...[minutes(builds + levels.length * SET_UP_MS), minutes(total + (legs + others) * SET_UP_MS)],
    ...[requests(shards, images, others), (builds / least).toFixed(2)],
    (builds / leastOfTwoLevels(images, most)).toFixed(2),
  ]
  return `| ${cells.join(' | ')} |`
}

function ofOne(
  builds: readonly (readonly PlannedImage[])[],
  bases: readonly (readonly PlannedImage[])[] = [],
): Shards {
  const legs = (groups: readonly (readonly PlannedImage[])[]): MatrixShard[] =>
    groups.map((group) => ({ shard: '', images: group.map(({ service }) => service.name), minutes: 0 }))
  return { bases: legs(bases), builds: legs(builds) }
}

/** Of bases that start from nothing of ours, as the history has them. */
function longestChain(images: readonly PlannedImage[], durations: ReadonlyMap<string, number>): number {
  const of = (name: string) => durations.get(name) ?? 0
  return Math.max(
    ...images.map((image) => of(image.service.name) + Math.max(0, ...imagesBefore(image).map(of))),
  )
}

function requests(shards: Shards, images: readonly PlannedImage[], others: number): number {
  const before = new Map(images.map((image) => [image.service.name, imagesBefore(image)]))
  const legs = [...shards.bases, ...shards.builds]
  const { read, write, leave, list, fetch } = REQUESTS
  if (others === 0) return OF_BUILD * images.length + read + write
  const asked = legs.map(({ images: names }) => {
    const all = new Set([...names, ...names.flatMap((name) => before.get(name) ?? [])])
    return OF_BUILD * names.length + all.size - names.length
  })
  const ofLegs = asked.reduce((sum, one) => sum + one + read + leave + fetch, 0)
  const plan = images.length + read + leave
  const collect = images.length + read + list + write
  return plan + ofLegs + collect
}

function minutes(milliseconds: number): string {
  return (milliseconds / 60_000).toFixed(1)
}
