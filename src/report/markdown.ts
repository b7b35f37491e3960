import type { RunResult } from '../model/outcome.js'
import { codeBlock, markdownText } from './markdown-text.js'
import { visibleMessage } from './visible.js'
import { resultRows, resultSummary, shortDigest, type Row, type Verdict } from './view.js'

export interface SummaryOptions {
  /** Bytes of UTF-8 that the Markdown may take; GitHub drops a step's summary beyond 1 MiB. */
  readonly budget?: number
}

/** What is repeated: items that stand or fall as a whole, and a line for those that did not fit. */
interface Section {
  readonly head: string
  readonly items: readonly string[]
  readonly more: (left: number) => string
  readonly foot: string
}

const DEFAULT_BUDGET = 900_000
const LOG_LINES = 40
/** From so many reused images on, their rows are folded away. */
const MANY_REUSED = 11

const TABLE_HEAD = '| service | result | why | time | digest |\n| --- | --- | --- | --- | --- |\n'

/** Order of the rows: what needs a person first. Skipped images are counted in the heading, not listed. */
const VERDICT_RANK: Readonly<Record<Verdict, number | undefined>> = {
  failed: 0,
  blocked: 0,
  cancelled: 1,
  built: 2,
  rebuild: 2,
  reused: 3,
  reuse: 3,
  skipped: undefined,
  skip: undefined,
}

/** The job summary: counts, a table, notices, and the ends of the logs of what failed; never above its budget. */
export function summaryMarkdown(result: RunResult, options: SummaryOptions = {}): string {
  const rows = rankedRows(result)
  const reused = rows.filter(isReused)
  const folds = reused.length >= MANY_REUSED
  const shown = folds ? rows.filter((row) => !isReused(row)) : rows
  const heading = `## Images: ${resultSummary(result)}\n\n${comparison(result)}\n`

  // Each takes what it needs up to a share of what is left, so that none starves the next.
  let left = (options.budget ?? DEFAULT_BUDGET) - Buffer.byteLength(heading)
  const fit = (section: Section, share: number): string => {
    const text = fitted(section, left * share)
    left -= Buffer.byteLength(text)
    return text
  }
  const table = fit(tableSection(shown), 0.6)
  const logs = fit(logSection(rows), 0.75)
  const notices = fit(noticeSection(result), 0.5)
  const folded = fit(foldedSection(folds ? reused : []), 1)
  return heading + table + folded + notices + logs
}

function rankedRows(result: RunResult): Row[] {
  return resultRows(result)
    .flatMap((row) => {
      const rank = VERDICT_RANK[row.verdict]
      return rank === undefined ? [] : [{ row, rank }]
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ row }) => row)
}

function isReused(row: Row): boolean {
  return row.verdict === 'reused' || row.verdict === 'reuse'
}

function comparison({ plan }: RunResult): string {
  const commit = `Commit \`${shortDigest(plan.commit)}\``
  return plan.base === undefined ? `${commit}.` : `${commit}, compared with \`${shortDigest(plan.base)}\`.`
}

function tableSection(rows: readonly Row[]): Section {
  return { head: `\n${TABLE_HEAD}`, items: rows.map(tableRow), more: moreRows, foot: '' }
}

function foldedSection(rows: readonly Row[]): Section {
  const head = `\n<details><summary>${rows.length} reused</summary>\n\n${TABLE_HEAD}`
  return { head, items: rows.map(tableRow), more: moreRows, foot: '\n</details>\n' }
}

function moreRows(left: number): string {
  return `| … and ${left} more | | | | |\n`
}

function tableRow(row: Row): string {
  const result = row.verdict === 'failed' ? `**${row.result}**` : row.result
  const digest = row.digest === '' ? '' : `\`${row.digest}\``
  const cells = [markdownText(row.service), result, markdownText(row.why), row.time, digest]
  return `| ${cells.join(' | ')} |\n`
}

function noticeSection({ notices }: RunResult): Section {
  const items = notices.map(({ message, place }) => {
    const where = place === undefined ? '' : ` (${markdownText(`${place.file}, line ${place.line}`)})`
    return `- ${markdownText(visibleMessage(message))}${where}\n`
  })
  return { head: '\n### Notices\n\n', items, more: (left) => `- … and ${left} more\n`, foot: '' }
}

function logSection(rows: readonly Row[]): Section {
  const items = rows
    .filter((row) => row.log.length > 0)
    .map((row) => {
      const lines = row.log.slice(-LOG_LINES)
      const title = `<b>${markdownText(row.service)}</b>: ${logTitle(lines.length, row.log.length)}`
      return `\n<details><summary>${title}</summary>\n\n${codeBlock(lines)}\n\n</details>\n`
    })
  return { head: '\n### Logs\n', items, more: (left) => `\n… and ${left} more\n`, foot: '' }
}

function logTitle(shown: number, all: number): string {
  return shown === all ? 'log' : `last ${shown} of ${all} lines of the log`
}

/** The section with as many items as its budget holds; empty when it has none or not even its frame fits. */
function fitted({ head, items, more, foot }: Section, budget: number): string {
  if (items.length === 0) return ''
  const frame = Buffer.byteLength(head) + Buffer.byteLength(foot)
  const sizes = items.map((item) => Buffer.byteLength(item))
  const whole = sizes.reduce((sum, size) => sum + size, frame)
  if (whole <= budget) return head + items.join('') + foot

  let size = frame + Buffer.byteLength(more(items.length))
  if (size > budget) return ''
  let kept = 0
  for (const itemSize of sizes) {
    if (size + itemSize > budget) break
    size += itemSize
    kept += 1
  }
  return head + items.slice(0, kept).join('') + more(items.length - kept) + foot
}
