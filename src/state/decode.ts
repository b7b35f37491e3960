import type { State } from '../model/state.js'
import { list, matching, number, object, text, texts } from './check.js'
import { seal, unseal } from './sealed.js'

const SEAL = { header: 'smart-image-build-state', version: '2' }

const hash = matching(/^[0-9a-f]{64}$/)
const digest = matching(/^sha256:[0-9a-f]{64}$/)

const record = object(
  {
    service: text,
    image: text,
    fingerprint: hash,
    document: object({
      format: number,
      definition: hash,
      files: hash,
      buildArgs: texts,
      options: texts,
      contexts: texts,
    }),
    commit: matching(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/),
    runId: text,
    recordedAt: matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  },
  { digest, delivered: object({ fingerprint: hash }, { digest }), durationMs: number },
)

const state = object({ scope: text, records: list(record) })

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
  const wrong = state(unsealed.value)
  if (wrong !== undefined) return { problem: `it is malformed at ${wrong.join('.') || 'the top'}` }
  const decoded = unsealed.value as State
  return decoded.scope === scope ? { state: decoded } : { problem: 'it belongs to another scope' }
}
