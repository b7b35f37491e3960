import type { StateStore, StoredState } from '../../src/ports/state-store.js'

/** Keeps each scope's text; may be told not to answer. */
export class MemoryStore implements StateStore {
  readonly texts = new Map<string, string>()
  outage: string | undefined
  saves = 0

  load(scope: string): Promise<StoredState> {
    if (this.outage !== undefined) return Promise.resolve({ kind: 'unavailable', problem: this.outage })
    const text = this.texts.get(scope)
    return Promise.resolve(text === undefined ? { kind: 'none' } : { kind: 'found', text })
  }

  memo: string | undefined

  loadMemo(): Promise<string | undefined> {
    return Promise.resolve(this.memo)
  }

  saveMemo(text: string): Promise<void> {
    this.memo = text
    return Promise.resolve()
  }

  save(scope: string, text: string): Promise<string | undefined> {
    this.saves++
    if (this.outage === undefined) this.texts.set(scope, text)
    return Promise.resolve(this.outage)
  }
}
