type Environment = Readonly<Record<string, string | undefined>>

/**
 * Whether text for people is coloured. `FORCE_COLOR` (force-color.org; `0` and `false` turn colours off, as for Node) decides
 * before `NO_COLOR` (no-color.org), and both before what is known of the terminal; an empty one says nothing.
 */
export function wantsColor(environment: Environment, isTerminal: boolean): boolean {
  const force = environment['FORCE_COLOR'] ?? ''
  if (force !== '') return force !== '0' && force !== 'false'
  if ((environment['NO_COLOR'] ?? '') !== '') return false
  return isTerminal && environment['TERM'] !== 'dumb'
}
