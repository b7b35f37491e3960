import type { Section } from './fitted.js'
import { markdownText, unbroken } from './markdown-text.js'
import type { Row } from './view.js'

interface Column {
  readonly title: string
  readonly rule: '---' | '---:'
  readonly cell: (row: Row) => string
}

const COLUMNS: readonly Column[] = [
  {
    title: 'image',
    rule: '---',
    cell: ({ service, isBase }) => markdownText(service) + (isBase ? ' (base)' : ''),
  },
  {
    title: 'result',
    rule: '---',
    cell: ({ verdict, result }) => (verdict === 'failed' ? `**${result}**` : result),
  },
  { title: 'why', rule: '---', cell: ({ why }) => markdownText(why) },
  { title: 'time', rule: '---:', cell: ({ time }) => unbroken(time) },
  { title: 'steps', rule: '---', cell: ({ steps }) => unbroken(steps) },
  { title: 'sent', rule: '---:', cell: ({ sent }) => unbroken(sent) },
  { title: 'pushed', rule: '---:', cell: ({ pushed }) => unbroken(pushed) },
  // Its change may stand on the next line.
  { title: 'size', rule: '---:', cell: ({ size }) => size.split(' (').map(unbroken).join(' (') },
  { title: 'digest', rule: '---', cell: ({ digest }) => (digest === '' ? '' : `\`${digest}\``) },
]

/** What a builder can be tuned by. */
const DETAILS: readonly string[] = ['steps', 'sent', 'pushed']

export type ImageTable = Pick<Section, 'head' | 'items' | 'more'>

/** Images as a table of Markdown, without columns that would be empty. */
export function imageTable(rows: readonly Row[]): ImageTable {
  return tableOf(rows, COLUMNS)
}

/** The same without what only matters to who looks into a build. */
export function shortImageTable(rows: readonly Row[]): ImageTable {
  const columns = COLUMNS.filter(({ title }) => !DETAILS.includes(title))
  return tableOf(rows, columns)
}

function tableOf(rows: readonly Row[], columns: readonly Column[]): ImageTable {
  const filled = columns.filter(({ cell }) => rows.some((row) => cell(row) !== ''))
  return {
    head: line(filled.map(({ title }) => title)) + line(filled.map(({ rule }) => rule)),
    items: rows.map((row) => line(filled.map(({ cell }) => cell(row)))),
    // Cells that a row lacks are empty.
    more: (left) => `| … and ${left} more |\n`,
  }
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`
}
