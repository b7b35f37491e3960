import type { State } from '../model/state.js'
import { isDelivery, isRecord } from './record.js'
import { seal, unseal } from './sealed.js'

const SEAL = { header: 'smart-image-build-state', version: '3' }

/** A state, or why the stored text is not one; then there are no records. */
export type Decoded = { readonly state: State } | { readonly problem: string }

/** The stored form of a state, see `sealed.ts`. */
export function encodeState(value: State): string {
  return seal(JSON.stringify(value), SEAL)
}

/** Strict: what is not exactly what `encodeState` writes for this scope is a problem, never half a state. */
export function decodeState(stored: string, scope: string): Decoded {
  const decoded = decodeAnyState(stored)
  const isAnother = 'state' in decoded && decoded.state.scope !== scope
  return isAnother ? { problem: 'it belongs to another scope' } : decoded
}

/** The same, whatever its scope. */
export function decodeAnyState(stored: string): Decoded {
  const unsealed = unseal(stored, SEAL)
  if ('problem' in unsealed) return unsealed
  const found = unsealed.value as Partial<State> | null
  if (typeof found?.scope !== 'string' || Object.keys(found).length !== 3)
    return { problem: 'it is malformed' }
  const { scope, records, deliveries } = found
  if (!Array.isArray(records) || !Array.isArray(deliveries)) return { problem: 'it is malformed' }
  const wrong = records.findIndex((record) => !isRecord(record))
  if (wrong !== -1) return { problem: `its record ${wrong + 1} is malformed` }
  if (!deliveries.every(isDelivery)) return { problem: 'a delivery in it is malformed' }
  return { state: { scope, records, deliveries } }
}
