import type { Memo, Remembered, RememberedConfig } from '../model/memo.js'
import { seal, unseal } from './sealed.js'

const HEADER = 'smart-image-build-memo'

const NOTHING: Memo = { answers: new Map() }

interface Stored {
  readonly answers: readonly (readonly [string, Remembered])[]
  readonly config?: RememberedConfig
}

/** `version`: of the software, as another one may find something else in the same files. */
export function encodeMemo({ answers, config }: Memo, version: string): string {
  const stored: Stored = { answers: [...answers], ...(config && { config }) }
  return seal(JSON.stringify(stored), { header: HEADER, version })
}

/** A memo that cannot be read is an empty one: that costs time, and nobody needs to know. */
export function decodeMemo(text: string | undefined, version: string): Memo {
  const unsealed = text === undefined ? undefined : unseal(text, { header: HEADER, version })
  if (unsealed === undefined || 'problem' in unsealed) return NOTHING
  // The seal tells that the very software that reads it has written it.
  const { answers, config } = unsealed.value as Stored
  return { answers: new Map(answers), ...(config && { config }) }
}
