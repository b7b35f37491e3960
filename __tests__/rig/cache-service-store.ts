import { randomUUID } from 'node:crypto'
import { READ, WRITE, type CacheScope } from './cache-service-token.js'

/** What a test may see of an entry. */
export interface CacheEntry {
  readonly key: string
  readonly version: string
  readonly scope: string
  /** `reserved` until its upload is finalised; only a `ready` one can be found. */
  readonly state: 'reserved' | 'ready'
  readonly size: number
}

interface StoredEntry {
  readonly key: string
  readonly version: string
  readonly scope: string
  readonly blob: Blob
  /** Its place in the order of finalisation, which is also its id; undefined while reserved. */
  serial: number | undefined
}

/** The bytes of an entry. A block blob stays unreadable until it is put whole or its list of blocks is committed. */
export interface Blob {
  readonly id: string
  readonly blocks: Map<string, Buffer>
  bytes: Buffer | undefined
}

export interface EntryName {
  readonly key: string
  readonly version: string
}

export type Reservation =
  | { readonly kind: 'reserved'; readonly blob: Blob }
  | { readonly kind: 'exists' }
  | { readonly kind: 'denied' }

export type Finalisation =
  | { readonly kind: 'ready'; readonly id: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'wrong-size'; readonly actual: number }

export type Lookup =
  | { readonly kind: 'found'; readonly key: string; readonly blob: Blob }
  | { readonly kind: 'missing' }
  | { readonly kind: 'denied' }

/** The entries of one repository, and who may see which of them. */
export class CacheStore {
  #entries: StoredEntry[] = []
  #finalised = 0

  /** An entry's identity is scope, version and key; once reserved, the name is taken until it is evicted. */
  reserve(scopes: readonly CacheScope[], { key, version }: EntryName): Reservation {
    const scope = writable(scopes)
    if (scope === undefined) return { kind: 'denied' }
    if (this.#find(scope, { key, version })) return { kind: 'exists' }
    const blob: Blob = { id: randomUUID(), blocks: new Map(), bytes: undefined }
    this.#entries.push({ key, version, scope, blob, serial: undefined })
    return { kind: 'reserved', blob }
  }

  finalise(scopes: readonly CacheScope[], name: EntryName, size: number): Finalisation {
    const scope = writable(scopes)
    const entry = scope === undefined ? undefined : this.#find(scope, name)
    if (entry?.blob.bytes === undefined) return { kind: 'unknown' }
    if (entry.blob.bytes.length !== size) return { kind: 'wrong-size', actual: entry.blob.bytes.length }
    // A repeated call, say after a lost answer, changes nothing.
    entry.serial ??= this.#finalised += 1
    return { kind: 'ready', id: String(entry.serial) }
  }

  /**
   * Scope by scope in the token's order; within one, key by key; for each the exact name, then the newest entry whose
   * key begins so. The primary key too matches by prefix (GitHub documentation, "Cache key matching").
   */
  lookup(scopes: readonly CacheScope[], version: string, keys: readonly string[]): Lookup {
    const readable = scopes.filter(({ permission }) => (permission & READ) !== 0)
    if (readable.length === 0) return { kind: 'denied' }
    for (const { scope } of readable) {
      const visible = this.#ready().filter((entry) => entry.scope === scope && entry.version === version)
      for (const key of keys) {
        const entry =
          visible.find((each) => each.key === key) ?? visible.find((each) => each.key.startsWith(key))
        if (entry) return { kind: 'found', key: entry.key, blob: entry.blob }
      }
    }
    return { kind: 'missing' }
  }

  blob(id: string): Blob | undefined {
    return this.#entries.find((entry) => entry.blob.id === id)?.blob
  }

  list(): CacheEntry[] {
    return this.#entries.map(({ key, version, scope, blob, serial }) => ({
      key,
      version,
      scope,
      state: serial === undefined ? 'reserved' : 'ready',
      size: blob.bytes?.length ?? 0,
    }))
  }

  /** Forgets the entries whose key begins so, and tells how many there were. */
  evict(keyPrefix: string): number {
    const kept = this.#entries.filter(({ key }) => !key.startsWith(keyPrefix))
    const evicted = this.#entries.length - kept.length
    this.#entries = kept
    return evicted
  }

  /** Replaces the bytes of the ready entries whose key begins so, and tells how many there were. */
  replace(keyPrefix: string, change: (bytes: Buffer) => Uint8Array): number {
    const affected = this.#ready().filter(({ key }) => key.startsWith(keyPrefix))
    // The change gets a copy: what a client uploaded is kept by nobody else, but it may be sliced in place.
    for (const { blob } of affected) blob.bytes = Buffer.from(change(Buffer.from(blob.bytes ?? [])))
    return affected.length
  }

  #find(scope: string, { key, version }: EntryName): StoredEntry | undefined {
    return this.#entries.find(
      (entry) => entry.scope === scope && entry.version === version && entry.key === key,
    )
  }

  /** Newest first. */
  #ready(): StoredEntry[] {
    return this.#entries
      .filter(({ serial }) => serial !== undefined)
      .sort((one, other) => (other.serial ?? 0) - (one.serial ?? 0))
  }
}

/** An entry is written to the first scope that the token may write, in practice the run's own ref. */
function writable(scopes: readonly CacheScope[]): string | undefined {
  return scopes.find(({ permission }) => (permission & WRITE) !== 0)?.scope
}
