import { isDigests } from './record.js'
import { seal, unseal } from './sealed.js'

const SEAL = { header: 'smart-image-build-digest', version: '1' }

/** Image of others -> its digest. */
export type Digests = ReadonlyMap<string, string>

/** The stored form, see `sealed.ts`; equal maps have equal texts, whatever their order. */
export function encodeDigests(digests: Digests): string {
  const names = [...digests.keys()].sort()
  return seal(JSON.stringify(Object.fromEntries(names.map((name) => [name, digests.get(name)]))), SEAL)
}

/** Strict: what is not exactly what `encodeDigests` writes is a problem, never half a map. */
export function decodeDigests(stored: string): { readonly digests: Digests } | { readonly problem: string } {
  const unsealed = unseal(stored, SEAL)
  if ('problem' in unsealed) return unsealed
  const { value } = unsealed
  return isDigests(value) ? { digests: new Map(Object.entries(value)) } : { problem: 'it is malformed' }
}
