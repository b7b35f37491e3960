/** What a store found: `text` is undecoded and untrusted. */
export type StoredState =
  | { readonly kind: 'found'; readonly text: string }
  | { readonly kind: 'none' }
  /** The store did not answer or the entry could not be read; the run goes on without records. */
  | { readonly kind: 'unavailable'; readonly problem: string }

/** Where texts are kept between runs, by their scope: the records of a state scope, and what runs of any scope share. */
export interface StateStore {
  load(scope: string): Promise<StoredState>
  /**
   * Keeps the text as the scope's newest state, whole or not at all. Called after every success, so that a run that
   * dies loses nothing it had done. Returns what went wrong, if anything: losing state costs time only.
   */
  save(scope: string, text: string): Promise<string | undefined>
  /** What `saveMemo` kept, after `load`: it goes with the scope that was loaded first. `undefined` for nothing. */
  loadMemo(): Promise<string | undefined>
  /** Keeps what spares the next run time; that it cannot be kept is no problem. */
  saveMemo(text: string): Promise<void>
}
