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

/** Per service the newest record that another run wrote: a re-run must see what its first attempt saw. */
export function recordsBefore(state: State, runId: string): ReadonlyMap<string, StateRecord> {
  const records = new Map<string, StateRecord>()
  for (const record of state.records) {
    if (record.runId !== runId && !records.has(record.service)) records.set(record.service, record)
  }
  return records
}
