import type { ObjectId, Order } from '../model/snapshot.js'
import type { DeliveredImage, State, StateRecord } from '../model/state.js'

/** One entry of a list of a state. */
interface Entry {
  readonly service: string
  readonly runId: string
}

/** The list with an entry that is the newest of its service; of the others stays the newest one of another run. */
export function withNewest<T extends Entry>(list: readonly T[], entry: T): readonly T[] {
  const services = byService(list)
  add(services, entry)
  return [...services.values()].flat()
}

function byService<T extends Entry>(list: readonly T[]): Map<string, readonly T[]> {
  const services = new Map<string, readonly T[]>()
  for (const entry of list) services.set(entry.service, [...(services.get(entry.service) ?? []), entry])
  return services
}

function add<T extends Entry>(services: Map<string, readonly T[]>, entry: T): void {
  const before = services.get(entry.service)?.find(({ runId }) => runId !== entry.runId)
  services.set(entry.service, before === undefined ? [entry] : [entry, before])
}

/** Per service the newest entry that another run wrote: a re-run must see what its first attempt saw. */
export function ofOthers<T extends Entry>(list: readonly T[], runId?: string): ReadonlyMap<string, T> {
  const newest = new Map<string, T>()
  for (const entry of list)
    if (entry.runId !== runId && !newest.has(entry.service)) newest.set(entry.service, entry)
  return newest
}

/** What one run adds to a state. */
export interface Additions {
  readonly records: Iterable<StateRecord>
  readonly deliveries: Iterable<DeliveredImage>
}

/**
 * The state with what a run adds: the record of a newer commit stays the newest one, however late the run ends. `orderOf`
 * tells where a commit stands to that of the run.
 */
export async function combined(
  state: State,
  { records, deliveries }: Additions,
  orderOf: (commit: ObjectId) => Promise<Order>,
): Promise<State> {
  const all = byService(state.records)
  for (const record of records) {
    const newest = all.get(record.service)?.[0]
    const isOld = newest && newest.runId !== record.runId && (await orderOf(newest.commit)) === 'after'
    add(all, record)
    if (isOld) add(all, newest)
  }
  const offered = byService(state.deliveries)
  for (const delivery of deliveries) add(offered, delivery)
  return { scope: state.scope, records: [...all.values()].flat(), deliveries: [...offered.values()].flat() }
}

/** Of two states of one scope what is newer of each service: an entry of a cache may be lost, or be an older one. */
export function newerOf(a: State, b: State): State {
  return {
    scope: a.scope,
    records: newerEntries(a.records, b.records, ({ recordedAt }) => recordedAt),
    deliveries: newerEntries(a.deliveries, b.deliveries, ({ at }) => at),
  }
}

function newerEntries<T extends Entry>(a: readonly T[], b: readonly T[], timeOf: (entry: T) => string): T[] {
  const [ofA, ofB] = [ofOthers(a), ofOthers(b)]
  const isFromB = (service: string) => {
    const [inA, inB] = [ofA.get(service), ofB.get(service)]
    return inA === undefined || (inB !== undefined && timeOf(inB) > timeOf(inA))
  }
  return [...a.filter(({ service }) => !isFromB(service)), ...b.filter(({ service }) => isFromB(service))]
}
