import { distance } from 'fastest-levenshtein'

/** The candidate that a mistyped word most likely meant; `undefined` when none is near. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates.map((candidate) => ({ candidate, edits: distance(word, candidate) }))
  const best = ranked.sort((a, b) => a.edits - b.edits)[0]
  const near = Math.min(word.length - 1, Math.max(1, Math.floor(word.length / 3)))
  return best !== undefined && best.edits <= near ? best.candidate : undefined
}
