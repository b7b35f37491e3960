import { headOfWidth, textWidth } from '../model/text-width.js'

export interface Cell {
  readonly text: string
  /** Parameters of ANSI's "select graphic rendition". */
  readonly color?: string
  /** A number, which stands at the right of its column. */
  readonly isNumber?: boolean
}

export interface TerminalOptions {
  readonly color: boolean
  /** Width of the terminal; absent where it has none: then nothing is broken into lines. */
  readonly columns?: number
}

const GAP = 2
/** With less room than this beside the other columns the last one stands below them. */
const LEAST_ROOM = 24
const INDENT = 4

/**
 * Rows below each other in columns; each has as many cells, of which the last is prose: it is broken where the terminal
 * ends, and goes on in its own column. A column that is empty in every row takes no room.
 */
export function textTable(rows: readonly (readonly Cell[])[], options: TerminalOptions): string[] {
  const last = (rows[0]?.length ?? 0) - 1
  const widths = Array.from({ length: Math.max(0, last) }, (_, column) =>
    Math.max(...rows.map((row) => textWidth(row[column]?.text ?? ''))),
  )
  const lead = widths.reduce((sum, width) => sum + (width === 0 ? 0 : width + GAP), 0)
  const { columns = Infinity } = options
  const isBeside = columns - lead >= LEAST_ROOM
  const indent = isBeside ? lead : INDENT
  return rows.flatMap((row) => {
    const cells = widths.flatMap((width, column) =>
      width === 0 ? [] : [filled(row[column] ?? { text: '' }, width, options)],
    )
    const head = cells.join(' '.repeat(GAP))
    const [first = '', ...more] = broken(row[last]?.text ?? '', columns - indent)
    const besides = isBeside ? [[...cells, first].join(' '.repeat(GAP))] : [head, below(first)]
    return [...besides, ...more.map((line) => `${' '.repeat(indent)}${line}`)]
      .map((line) => line.trimEnd())
      .filter((line, index) => index === 0 || line !== '')
  })
}

/** Coloured where colours are wanted. */
export function painted(text: string, color: string, options: Pick<TerminalOptions, 'color'>): string {
  return options.color ? `\u001b[${color}m${text}\u001b[0m` : text
}

/** With spaces behind it up to that width. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)))
}

function filled({ text, color, isNumber }: Cell, width: number, options: TerminalOptions): string {
  const space = ' '.repeat(width - textWidth(text))
  const filledText = isNumber === true ? space + text : text + space
  return color === undefined ? filledText : painted(filledText, color, options)
}

function below(text: string): string {
  return ' '.repeat(INDENT) + text
}

/** Broken at spaces, and within a word that is wider than a line: a path after one of its folders. */
function broken(text: string, columns: number): string[] {
  if (textWidth(text) <= columns) return [text]
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && textWidth(`${line} ${word}`) > columns) {
      lines.push(line)
      line = ''
    }
    line = line === '' ? word : `${line} ${word}`
    while (textWidth(line) > columns) {
      const head = headOfWord(line, columns)
      lines.push(head)
      line = line.slice(head.length)
    }
  }
  return [...lines, line]
}

function headOfWord(word: string, columns: number): string {
  // A terminal narrower than one wide character still gets it.
  const head = headOfWidth(word, columns) || Array.from(word)[0] || ''
  return head.slice(0, head.lastIndexOf('/') + 1) || head
}
