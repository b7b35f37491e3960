import { createHash } from 'node:crypto'
import * as v from 'valibot'
import type { State } from '../model/state.js'

const VERSION = 1
const HEADER = 'smart-image-build-state'

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

/**
 * The stored form: a line with version and sha256 of the rest, then JSON. A text that was cut, garbled or written by
 * another version is refused whole.
 */
export function encodeState(state: State): string {
  const body = JSON.stringify(state)
  return `${HEADER} ${VERSION} ${sha256(body)}\n${body}`
}

/** Strict: what is not exactly what `encodeState` writes for this scope is a problem, never half a state. */
export function decodeState(text: string, scope: string): Decoded {
  const end = text.indexOf('\n')
  const [header, version, checksum] = text.slice(0, Math.max(end, 0)).split(' ')
  const body = text.slice(end + 1)
  if (header !== HEADER) return { problem: 'it is not a state file' }
  if (version !== String(VERSION)) return { problem: `its version ${version ?? ''} is not ${VERSION}` }
  if (checksum !== sha256(body)) return { problem: 'it is damaged' }
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return { problem: 'it is not JSON' }
  }
  const parsed = v.safeParse(schema, value)
  if (!parsed.success) return { problem: `it is malformed at ${v.getDotPath(parsed.issues[0]) ?? 'the top'}` }
  if (parsed.output.scope !== scope) return { problem: 'it belongs to another scope' }
  return { state: parsed.output }
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
