/** Names of files that break what joins, splits, quotes or prints them carelessly; all that Linux and BuildKit allow. */
export const HOSTILE_NAMES: readonly string[] = [
  'größe é.txt',
  'both\'quotes".txt',
  'tab\tname',
  'new\nline',
  '-rf',
  '--chmod=777',
  '::error::injected',
  '::set-output name=any::true',
  'new\n::error::line',
  'cr\r::warning::line',
  '##[error]old form',
  'percent%0A::error::line',
  'esc\u001b[2J\u001b]0;title\u0007',
  'c1\u009b31m',
  'turned\u202Etxt.exe',
  '$(touch pwned) `touch pwned`',
  '${HOME}',
  'back\\slash',
  ' space at both ends ',
  '<img src=x>|*bold*|',
  '#comment',
  '!exception',
  'EOF<<EOF',
]

// eslint-disable-next-line no-control-regex -- finding them is its purpose
const UNSENDABLE = /[\u0000-\u001f\u007f\\]|^[ !]| $/

/**
 * Those that BuildKit takes by their name: the others it refuses to ask for (`header key "followpaths" contains value
 * with non-printable ASCII characters`), or trims, or reads as a pattern. Within a copied folder it takes all.
 */
export const NAMEABLE = HOSTILE_NAMES.filter((name) => !UNSENDABLE.test(name))

/** A COPY of exactly that file, in JSON form: each wildcard as a class of one character, then quoted for the shell's rules. */
export function jsonCopy(name: string): string {
  const pattern = name.replace(/[*?[]/g, '[$&]')
  const word = pattern.replace(/[\\'"$]/g, String.raw`\$&`)
  return `COPY ${JSON.stringify([word, '/'])}`
}
