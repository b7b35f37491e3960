/** Controls, invisible and direction-changing characters, line separators, halves of surrogate pairs. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu
/** What the Actions runner takes for a command: `::` at a line's start, `##[` anywhere. */
const COMMAND = /^(\s*):(?=:)|#(?=#\[)/gu
/** Colours and cursor movements (CSI), window titles and links (OSC). */
// eslint-disable-next-line no-control-regex -- finding them is its purpose
const ANSI_SEQUENCE = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\))/gu

/**
 * Text of any origin (a file name, a message) as one line that a person can read: what would move the cursor, break
 * the line or be taken for a workflow command is shown as an escape such as `\n` or `\x1b`. For eyes only: a
 * backslash stays as it is, so the original cannot be told from the result.
 */
export function visible(text: string): string {
  const printable = text.replace(UNPRINTABLE, escapeOf)
  return printable.replace(COMMAND, (_, space: string | undefined) =>
    space === undefined ? '\\x23' : `${space}\\x3a`,
  )
}

/** A line of a build's log: colours dropped, tabs widened, the rest as `visible` shows it. */
export function visibleLog(line: string): string {
  const plain = line
    .replace(ANSI_SEQUENCE, '')
    .replace(/\t/gu, '    ')
    .replace(/[\r\n]+$/u, '')
  return visible(plain)
}

/** A message of several lines as one. */
export function visibleMessage(message: string): string {
  return visible(message.trim().replace(/\s+/gu, ' '))
}

/** At most so many characters, the beginning kept. */
export function beginning(text: string, most: number): string {
  const characters = Array.from(text)
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`
}

/** At most so many characters, the end kept: of a path it tells more than the beginning. */
export function ending(text: string, most: number): string {
  const characters = Array.from(text)
  return characters.length <= most ? text : `…${characters.slice(1 - most).join('')}`
}

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (character === '\n') return '\\n'
  if (character === '\r') return '\\r'
  if (character === '\t') return '\\t'
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`
}
