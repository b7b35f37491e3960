/** Narrow forms among the scripts below: half-width Katakana and Hangul. */
const NARROW = /[\uff61-\uffdc\uffe8-\uffee]/u
/** What Unicode's UAX #11 calls wide or full-width, as near as scripts tell it. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Yi}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u
/** Drawn onto the character before. */
const COMBINING = /[\p{Mn}\p{Me}]/u

/** Columns that text without controls takes at a terminal. */
export function textWidth(text: string): number {
  // Names and paths are mostly ASCII, of which a table has a thousand lines.
  if (/^[ -~]*$/.test(text)) return text.length
  return Array.from(text).reduce((sum, character) => sum + characterWidth(character), 0)
}

/** The beginning of a text that fits so many columns; one that is cut ends with `…`. */
export function cutToWidth(text: string, columns: number): string {
  return textWidth(text) <= columns ? text : `${headOfWidth(text, columns - 1)}…`
}

/** The longest beginning that takes no more columns than that. */
export function headOfWidth(text: string, columns: number): string {
  let head = ''
  let width = 0
  for (const character of text) {
    width += characterWidth(character)
    if (width > columns) break
    head += character
  }
  return head
}

function characterWidth(character: string): number {
  if (COMBINING.test(character)) return 0
  return WIDE.test(character) && !NARROW.test(character) ? 2 : 1
}
