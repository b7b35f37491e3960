import { hash } from 'node:crypto'

/**
 * Version of the fingerprint document and of its encoding. A new one rebuilds every image of every user, so it comes
 * only with a major release and with a line here.
 *
 * 1: whole Dockerfile, whole context minus ignore rules, build arguments, options.
 * 2: what the target reaches of the Dockerfile, per source the files that it takes, declared build arguments, options,
 *    named contexts; digests of images of others for those who track them, no section for all others.
 */
export const FORMAT_VERSION = 2

/**
 * sha256 in hex over a list of strings, each preceded by its length in UTF-8 bytes: no two different lists have the
 * same bytes, whatever the strings hold.
 */
export function digestOf(parts: Iterable<string>): string {
  return sha256(encoded(parts))
}

function encoded(parts: Iterable<string>): string {
  let text = ''
  for (const part of parts) text += `${Buffer.byteLength(part, 'utf8')}:${part}`
  return text
}

/** sha256 in hex of a text's UTF-8 bytes; at once, as that takes half the time of doing it in steps. */
export function sha256(text: string): string {
  return hash('sha256', text, 'hex')
}

/** Maps of a run → digest: most services have the same few options. */
const known = new Map<string, string>()

/** Digest of a map, independent of the order of its keys; keys compare by code unit, so no locale has a say. */
export function digestOfMap(map: Readonly<Record<string, string>>): string {
  const text = encoded(sortedEntries(map).flat())
  const digest = known.get(text) ?? sha256(text)
  known.set(text, digest)
  return digest
}

/** Order by code unit, for `sort`. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Entries of a map in code unit order of their keys. */
export function sortedEntries<T>(map: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(map).sort(([a], [b]) => compareText(a, b))
}
