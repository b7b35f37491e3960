import type { Failure } from '../model/failure.js'
import type { MapEntry } from './document.js'
import { invalid } from './invalid.js'
import { closest } from './suggest.js'

/** What may stand at one level of the configuration. */
export interface KeyTable {
  readonly allowed: readonly string[]
  /** Keys that belong to each service. */
  readonly perService: readonly string[]
}

/** Compose's words for what build-push-action calls otherwise. */
const COMPOSE_WORDS = new Map([
  ['dockerfile', 'file'],
  ['args', 'build-args'],
  ['build', 'context'],
  ['extra_hosts', 'add-hosts'],
])

/** A failure for each key that is not allowed here, at the key. */
export function keyFailures(entries: ReadonlyMap<string, MapEntry>, table: KeyTable): Failure[] {
  return [...entries]
    .filter(([key]) => !table.allowed.includes(key))
    .map(([key, entry]) => invalid(keyMessage(key, table), entry.place))
}

function keyMessage(key: string, { allowed, perService }: KeyTable): string {
  if (perService.includes(key)) {
    return `\`${key}\` cannot be the same for all services; say it in each service, not in \`defaults\``
  }
  const word = COMPOSE_WORDS.get(key.toLowerCase()) ?? key
  const near = closest(word, allowed)
  if (near !== undefined) return `unknown key \`${key}\`; did you mean \`${near}\`?`
  return `unknown key \`${key}\`; allowed here: ${allowed.join(', ')}`
}
