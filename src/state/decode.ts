import * as v from 'valibot'
import type { State } from '../model/state.js'
import { seal, unseal } from './sealed.js'

const SEAL = { header: 'smart-image-build-state', version: '2' }

const hex = (digits: number) => v.pipe(v.string(), v.regex(new RegExp(`^[0-9a-f]{${digits}}$`)))
const texts = v.record(v.string(), v.string())

const digest = v.pipe(v.string(), v.regex(/^sha256:[0-9a-f]{64}$/))

const record = v.strictObject({
  service: v.string(),
  image: v.string(),
  fingerprint: hex(64),
  document: v.strictObject({
    format: v.number(),
    definition: hex(64),
    files: hex(64),
    buildArgs: texts,
    options: texts,
    contexts: texts,
  }),
  digest: v.exactOptional(digest),
  delivered: v.exactOptional(v.strictObject({ fingerprint: hex(64), digest: v.exactOptional(digest) })),
  commit: v.pipe(v.string(), v.regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/)),
  runId: v.string(),
  durationMs: v.exactOptional(v.number()),
  recordedAt: v.pipe(v.string(), v.isoTimestamp()),
})

const schema = v.strictObject({ scope: v.string(), records: v.array(record) })

/** A state, or why the stored text is not one; then there are no records. */
export type Decoded = { readonly state: State } | { readonly problem: string }

/** The stored form of a state, see `sealed.ts`. */
export function encodeState(state: State): string {
  return seal(JSON.stringify(state), SEAL)
}

/** Strict: what is not exactly what `encodeState` writes for this scope is a problem, never half a state. */
export function decodeState(text: string, scope: string): Decoded {
  const unsealed = unseal(text, SEAL)
  if ('problem' in unsealed) return unsealed
  const parsed = v.safeParse(schema, unsealed.value)
  if (!parsed.success) return { problem: `it is malformed at ${v.getDotPath(parsed.issues[0]) ?? 'the top'}` }
  if (parsed.output.scope !== scope) return { problem: 'it belongs to another scope' }
  return { state: parsed.output }
}
