import type { StateStore, StoredState } from '../../src/ports/state-store.js'

interface Entry {
  readonly text: string
  readonly memo: string | undefined
}

/** The Actions cache: entries never change, of a scope the one that was uploaded last is found. */
export class ActionsCache {
  /** Scope → its entries, the newest last. */
  readonly entries = new Map<string, readonly Entry[]>()
  /** Of all scopes: what it remembers serves every other one. */
  newest: Entry | undefined

  /** What happens to an entry between two runs; whether there was one that it could happen to. */
  damage(scope: string, how: Damage): boolean {
    const entries = this.entries.get(scope) ?? []
    const damaged = this.#damaged(scope, entries, how)
    if (damaged === undefined) return false
    this.entries.set(scope, damaged)
    return true
  }

  #damaged(scope: string, entries: readonly Entry[], how: Damage): readonly Entry[] | undefined {
    const newest = entries.at(-1)
    if (newest === undefined) return undefined
    const older = entries.slice(0, -1)
    const foreign = [...this.entries].find(([other]) => other !== scope)?.[1].at(-1)
    switch (how) {
      case 'evicted':
        return []
      case 'rolled-back':
        return older.length === 0 ? undefined : older
      case 'truncated':
        return [...older, mapped(newest, (text) => text.slice(0, text.length / 2))]
      case 'garbled':
        return [...older, mapped(newest, (text) => text.replace(/(?<="digest":")[0-9a-f]/g, otherDigit))]
      case 'foreign':
        return foreign && [...older, foreign]
    }
  }
}

export const DAMAGES = ['evicted', 'rolled-back', 'truncated', 'garbled', 'foreign'] as const
export type Damage = (typeof DAMAGES)[number]

/** So every remembered fingerprint becomes that of something else. */
function otherDigit(digit: string): string {
  return digit === '0' ? '1' : '0'
}

function mapped({ text, memo }: Entry, change: (text: string) => string): Entry {
  return { text: change(text), memo: memo && change(memo) }
}

/** One job's view of the cache: what it saves is uploaded by its post step, and a job without one loses it. */
export class CacheSession implements StateStore {
  isDown = false
  readonly #cache: ActionsCache
  #scope: string | undefined
  #text: string | undefined
  #memo: string | undefined

  constructor(cache: ActionsCache) {
    this.#cache = cache
  }

  load(scope: string): Promise<StoredState> {
    if (this.isDown) return Promise.resolve({ kind: 'unavailable', problem: 'the cache is down' })
    const entry = this.#cache.entries.get(scope)?.at(-1)
    this.#memo = entry?.memo ?? this.#cache.newest?.memo
    return Promise.resolve(entry === undefined ? { kind: 'none' } : { kind: 'found', text: entry.text })
  }

  save(scope: string, text: string): Promise<string | undefined> {
    this.#scope = scope
    this.#text = text
    return Promise.resolve(this.isDown ? 'the cache is down' : undefined)
  }

  loadMemo(): Promise<string | undefined> {
    return Promise.resolve(this.#memo)
  }

  saveMemo(memo: string): Promise<void> {
    this.#memo = memo
    return Promise.resolve()
  }

  /** The post step. */
  upload(): void {
    if (this.isDown || this.#scope === undefined || this.#text === undefined) return
    const entries = this.#cache.entries.get(this.#scope) ?? []
    this.#cache.newest = { text: this.#text, memo: this.#memo }
    this.#cache.entries.set(this.#scope, [...entries, this.#cache.newest])
  }
}
