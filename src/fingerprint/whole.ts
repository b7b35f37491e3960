import type { Answers, Need, Whole } from '../model/memo.js'
import { valueOf } from './need.js'
import type { View } from './view.js'

/**
 * What these answers, of all services in their order, come to; `undefined` when one of them is not for all runs: of
 * something on the disk. `key` names the questions.
 */
export async function wholeOf(
  key: string,
  answers: Answers,
  view: View,
): Promise<Omit<Whole, 'notices'> | undefined> {
  const all = [...answers.values()]
  const isForAll = all.every(({ inputs }) => inputs.missing.length + inputs.uncommitted.length === 0)
  if (!isForAll) return undefined
  const needs = [...new Set(all.flatMap(({ roughly }) => roughly.map(atTheTop)))].sort()
  const value = await valueOf(needs, view)
  if (value === undefined) return undefined
  const fingerprints = all.map(({ inputs, fingerprint }) => [fingerprint.digest, inputs.fileCount] as const)
  return { key, needs, value, fingerprints }
}

/** Whether all that the answers rest on is the same still. */
export async function isWholeStill(whole: Whole, view: View): Promise<boolean> {
  return (await valueOf(whole.needs, view)) === whole.value
}

/** Whatever lies in a folder is seen by that folder's id: to look at the root alone is enough. */
function atTheTop(need: Need): Need {
  const slash = need.indexOf('/')
  return slash === -1 ? need : `n${need.slice(1, slash)}`
}
