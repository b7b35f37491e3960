import { createHash } from 'node:crypto'

/**
 * Version of the fingerprint document and of its encoding. A new one rebuilds every image of every user, so it comes
 * only with a major release and with a line here.
 *
 * 1: whole Dockerfile, whole context minus ignore rules, build arguments, options.
 */
export const FORMAT_VERSION = 1

/**
 * sha256 in hex over a list of strings, each preceded by its length in UTF-8 bytes: no two different lists have the
 * same bytes, whatever the strings hold.
 */
export function digestOf(parts: Iterable<string>): string {
  const hash = createHash('sha256')
  for (const part of parts) {
    const bytes = Buffer.from(part, 'utf8')
    hash.update(`${bytes.length}:`)
    hash.update(bytes)
  }
  return hash.digest('hex')
}

/** Digest of a map, independent of the order of its keys; keys compare by code unit, so no locale has a say. */
export function digestOfMap(map: Readonly<Record<string, string>>): string {
  return digestOf(sortedEntries(map).flat())
}

/** Order by code unit, for `sort`. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Entries of a map in code unit order of their keys. */
export function sortedEntries<T>(map: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(map).sort(([a], [b]) => compareText(a, b))
}
