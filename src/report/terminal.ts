import type { RunEvent } from '../model/event.js'
import type { RunResult } from '../model/outcome.js'
import type { Plan } from '../model/plan.js'
import { statusText } from './status.js'
import { beginning, visible, visibleLog } from './visible.js'
import {
  outcomeRow,
  planRows,
  planSummary,
  resultRows,
  resultSummary,
  type Row,
  type Verdict,
} from './view.js'

export interface TerminalOptions {
  readonly color: boolean
}

export interface EventOptions extends TerminalOptions {
  /** Column that service names are padded to, see `nameWidth`. */
  readonly width: number
}

const WIDEST_NAME = 40
const DIM = '2'

/** Parameters of ANSI's "select graphic rendition". */
const VERDICT_COLOR: Readonly<Record<Verdict, string>> = {
  rebuild: '33',
  reuse: '36',
  skip: DIM,
  built: '32',
  reused: '36',
  skipped: DIM,
  failed: '31',
  blocked: '31',
  cancelled: '33',
}

/** The decisions as an aligned table, one line per image and a summary as the last line. */
export function planLines(plan: Plan, options: TerminalOptions): string[] {
  return [...table(planRows(plan), options), planSummary(plan)]
}

/** How the run ended, laid out like the plan; without outcomes the plan itself. */
export function resultLines(result: RunResult, options: TerminalOptions): string[] {
  return [...table(resultRows(result), options), resultSummary(result)]
}

/** Width of the longest service name, within reason. */
export function nameWidth(plan: Plan): number {
  return widest(plan.images.map((image) => nameText(visible(image.service.name))))
}

/** One line of live progress, or nothing for an event that is not worth a line. */
export function eventLine(event: RunEvent, options: EventOptions): string | undefined {
  switch (event.kind) {
    case 'build-started':
      return progressLine(event.service, 'build started', options)
    case 'build-progress': {
      const text = visibleLog(event.line).trimEnd()
      return text === '' ? undefined : progressLine(event.service, text, options)
    }
    case 'build-status':
      return undefined
    case 'finished': {
      const { outcome } = event
      const row = outcomeRow(outcome)
      // Neither took time; the plan has said it of many images already.
      if (row.verdict === 'skipped' || row.verdict === 'reused') return undefined
      const status = outcome.kind === 'built' ? statusText(outcome.status) : ''
      const text = `${finishedText(row, options)}${status === '' ? '' : ` (${status})`}`
      return progressLine(outcome.image.service.name, text, options)
    }
  }
}

function progressLine(service: string, text: string, options: EventOptions): string {
  const name = nameText(visible(service)).padEnd(options.width)
  return `${painted(`${name}  |`, DIM, options)} ${text}`
}

function finishedText(row: Row, options: TerminalOptions): string {
  const verdict = painted(row.result, VERDICT_COLOR[row.verdict], options)
  const time = row.time === '' ? '' : ` in ${row.time}`
  return `${verdict}${time}${row.verdict === 'built' ? '' : `: ${row.why}`}`
}

function table(rows: readonly Row[], options: TerminalOptions): string[] {
  const name = widest(rows.map((row) => nameText(row.service)))
  const result = widest(rows.map((row) => row.result))
  const time = widest(rows.map((row) => row.time))
  const digest = widest(rows.map((row) => row.digest))
  return rows.map((row) => {
    const verdict = painted(row.result.padEnd(result), VERDICT_COLOR[row.verdict], options)
    // A column that is empty in every row takes no room.
    const cells = [nameText(row.service).padEnd(name), verdict]
    if (time > 0) cells.push(row.time.padStart(time))
    if (digest > 0) cells.push(row.digest.padEnd(digest))
    return [...cells, row.why].join('  ').trimEnd()
  })
}

/** Within reason. */
export function nameText(service: string): string {
  return beginning(service, WIDEST_NAME)
}

function widest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, text.length), 0)
}

function painted(text: string, color: string, options: TerminalOptions): string {
  return options.color ? `\u001b[${color}m${text}\u001b[0m` : text
}
