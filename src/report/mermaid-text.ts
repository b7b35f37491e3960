import { beginning, visible } from './visible.js'

/** A label stays in the picture, and a diagram of many within what is rendered: an escaped character takes up to nine. */
const LONGEST_NAME = 40

/** Letters but `ﬂ` and `ß`, from which mermaid makes its own escapes, digits, and what means nothing to it in a label. */
const LITERAL = /^(?:(?![ﬂß])[\p{L}\p{Nd} _.,/()-])$/u

/** Words by which mermaid's Gantt charts know a line, in any case. */
const KEYWORD =
  /^(?:acc(?:title|descr)|axisformat|call|click|dateformat|excludes|gantt|href|includes|inclusiveenddates|section|tickinterval|title|todaymarker|topaxis|week(?:day|end))/i

/** Any text as a label that mermaid shows as it is; whatever has a meaning is written as mermaid's `#code;`. */
export function mermaidText(text: string): string {
  const characters = Array.from(beginning(visible(text), LONGEST_NAME))
  const isKeyword = KEYWORD.test(text)
  return characters
    .map((character, index) => {
      const isLiteral = index === 0 ? /\p{L}/u.test(character) && !isKeyword : true
      return isLiteral && LITERAL.test(character) ? character : `#${character.codePointAt(0) ?? 0};`
    })
    .join('')
}
