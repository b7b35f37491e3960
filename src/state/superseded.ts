import type { KeptLayout, KeptText, Superseded } from '../model/kept.js'
import type { State } from '../model/state.js'
import { decodeAnyState } from './decode.js'

/** What the states of this machine's scopes come to. */
export interface StatesKept {
  readonly superseded: readonly Superseded[]
  /** Of the scopes that somebody may still build in. */
  readonly current: readonly State[]
}

/** What is in use, and so is kept whatever its age. */
export interface InUse {
  /** Complete name of an image → fingerprints that records have of it. */
  readonly fingerprints: ReadonlyMap<string, ReadonlySet<string>>
}

/** What a terminal calls the state of a branch, or of a commit that is checked out without one. */
const TERMINAL_SCOPE = 'terminal@'

/**
 * States of branches that are gone. `heads`: full names of the branches, and commits that are checked out. What is no
 * state of a terminal stays: it may be a newer version's, or another part's.
 */
export function supersededStates(texts: readonly KeptText[], heads: readonly string[]): StatesKept {
  const scopes = new Set(heads.map((head) => `${TERMINAL_SCOPE}${head}`))
  const superseded: Superseded[] = []
  const current: State[] = []
  for (const { path, bytes, text } of texts) {
    const decoded = decodeAnyState(text)
    if (!('state' in decoded)) continue
    const { scope } = decoded.state
    if (!scope.startsWith(TERMINAL_SCOPE) || scopes.has(scope)) current.push(decoded.state)
    else superseded.push({ path, bytes, scope, reason: 'branch-gone' })
  }
  return { superseded, current }
}

/** Images by the fingerprints that states have of them; those of `images` are in use, too, whatever was recorded. */
export function imagesInUse(states: readonly State[], images: readonly string[]): InUse {
  const fingerprints = new Map<string, Set<string>>(images.map((image) => [image, new Set()]))
  for (const { image, fingerprint } of states.flatMap(({ records }) => records))
    fingerprints.set(image, (fingerprints.get(image) ?? new Set()).add(fingerprint))
  return { fingerprints }
}

/** `layouts` of one image come with the newest first, which always stays. */
export function supersededLayouts(layouts: readonly KeptLayout[], { fingerprints }: InUse): Superseded[] {
  const seen = new Set<string>()
  return layouts.flatMap(({ path, bytes, kind, image, fingerprint }): Superseded[] => {
    const known = image === undefined ? undefined : fingerprints.get(image)
    if (image === undefined || known === undefined) return [{ path, bytes, reason: 'image-gone' }]
    const isNewest = !seen.has(`${kind} ${image}`)
    seen.add(`${kind} ${image}`)
    return isNewest || known.has(fingerprint) ? [] : [{ path, bytes, image, reason: 'older' }]
  })
}
