import type { ObjectId, Order } from '../model/snapshot.js'
import type { State, StateRecord } from '../model/state.js'

/**
 * The state with a success added: of each service stay its newest record and the newest one of another run, which a
 * re-run of this run falls back to.
 */
export function merge(state: State, record: StateRecord): State {
  const others = state.records.filter((old) => old.service !== record.service)
  const before = state.records.find((old) => old.service === record.service && old.runId !== record.runId)
  return { scope: state.scope, records: [...others, record, ...(before ? [before] : [])] }
}

/** Per service the newest record, whichever run wrote it. */
export function newestRecords(state: State): ReadonlyMap<string, StateRecord> {
  return recordsBefore(state, '')
}

/** Per service the newest record that another run wrote: a re-run must see what its first attempt saw. */
export function recordsBefore(state: State, runId: string): ReadonlyMap<string, StateRecord> {
  const records = new Map<string, StateRecord>()
  for (const record of state.records) {
    if (record.runId !== runId && !records.has(record.service)) records.set(record.service, record)
  }
  return records
}

/** Where a commit stands to HEAD, see `GitTree.order`. */
export interface Commits {
  order(commit: ObjectId): Promise<Order>
}

/**
 * This run's state with what other runs stored since it was loaded: the record of a newer commit stays the newest, however
 * late this run ends. `theirs` is what is stored now; services that this run recorded have its record first in `ours`.
 */
export async function withOthers(
  ours: State,
  theirs: State,
  { runId, commits }: { readonly runId: string; readonly commits: Commits },
): Promise<State> {
  let merged = ours
  for (const [service, record] of newestRecords(theirs)) {
    const own = ours.records.find((one) => one.service === service)
    if (own !== undefined && isSameRecord(own, record)) continue
    const isOwn = own?.runId === runId
    const isNewer = isOwn
      ? (await commits.order(record.commit)) === 'after'
      : own === undefined || own.recordedAt < record.recordedAt
    merged = isNewer ? merge(merged, record) : withBefore(merged, record)
  }
  return merged
}

/** What another run recorded before is what a re-run of this one falls back to. */
function withBefore(state: State, before: StateRecord): State {
  const [newest, ...older] = state.records.filter(({ service }) => service === before.service)
  if (newest === undefined || newest.runId === before.runId) return state
  const isOlder = older.some(({ recordedAt }) => recordedAt >= before.recordedAt)
  if (isOlder) return state
  const others = state.records.filter(({ service }) => service !== before.service)
  return { scope: state.scope, records: [...others, newest, before] }
}

function isSameRecord(a: StateRecord, b: StateRecord): boolean {
  return a.runId === b.runId && a.recordedAt === b.recordedAt
}
