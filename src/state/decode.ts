import type { State } from '../model/state.js'
import { isRecord } from './record.js'
import { seal, unseal } from './sealed.js'

const SEAL = { header: 'smart-image-build-state', version: '2' }

/** A state, or why the stored text is not one; then there are no records. */
export type Decoded = { readonly state: State } | { readonly problem: string }

/** The stored form of a state, see `sealed.ts`. */
export function encodeState(value: State): string {
  return seal(JSON.stringify(value), SEAL)
}

/** Strict: what is not exactly what `encodeState` writes for this scope is a problem, never half a state. */
export function decodeState(stored: string, scope: string): Decoded {
  const unsealed = unseal(stored, SEAL)
  if ('problem' in unsealed) return unsealed
  const found = unsealed.value as Partial<State> | null
  if (typeof found?.scope !== 'string' || !Array.isArray(found.records) || Object.keys(found).length > 2)
    return { problem: 'it is malformed' }
  const wrong = found.records.findIndex((record) => !isRecord(record))
  if (wrong !== -1) return { problem: `its record ${wrong + 1} is malformed` }
  const { scope: owner, records } = found
  return owner === scope ? { state: { scope, records } } : { problem: 'it belongs to another scope' }
}
