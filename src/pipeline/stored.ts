import type { Notice } from '../model/failure.js'
import type { Memo } from '../model/memo.js'
import type { State } from '../model/state.js'
import { decodeState } from '../state/decode.js'
import { decodeMemo, encodeMemo } from '../state/memo.js'
import { notify, type Run } from './job.js'

/** What earlier runs left. */
export interface Stored {
  /** With nothing in it when that is unknown. */
  readonly state: State
  readonly memo: Memo
}

export async function loadStored(run: Run): Promise<Stored> {
  // The memo comes with the state.
  const state = await loadState(run, (notice) => {
    notify(run, notice)
  })
  return { state, memo: decodeMemo(await run.ports.store.loadMemo(), run.job.version) }
}

/** Keeps what was found out for the next run, unless it is what is kept already. */
export async function keepMemo(memo: Memo, before: Memo, run: Run): Promise<void> {
  if (!isSame(memo, before)) await run.ports.store.saveMemo(encodeMemo(memo, run.job.version))
}

/** An answer that was found again is the very one that was kept. */
function isSame(memo: Memo, before: Memo): boolean {
  if (memo === before) return true
  if (memo.config !== before.config || memo.whole?.value !== before.whole?.value) return false
  if (memo.whole?.key !== before.whole?.key || memo.answers.size !== before.answers.size) return false
  return [...memo.answers].every(([question, answer]) => before.answers.get(question) === answer)
}

/** What other runs have stored by now; what cannot be read was said when the run began. */
export async function storedNow(run: Run): Promise<State> {
  return loadState(run, () => undefined)
}

/** What cannot be read is no record: that costs time, and the notice says so. */
async function loadState(run: Run, notify: (notice: Notice) => void): Promise<State> {
  const scope = run.job.context.stateScope
  const none: State = { scope, records: [], deliveries: [] }
  const stored = await run.ports.store.load(scope)
  switch (stored.kind) {
    case 'none':
      return none
    case 'unavailable':
      notify({ message: `Earlier records are not available: ${stored.problem}` })
      return none
    case 'found': {
      const decoded = decodeState(stored.text, scope)
      if ('state' in decoded) return decoded.state
      notify({ message: `The stored records are not used: ${decoded.problem}` })
      return none
    }
  }
}
