import { cutToWidth, textWidth } from '../model/text-width.js'
import type { RunEvent } from '../model/event.js'
import type { RunResult } from '../model/outcome.js'
import type { Plan } from '../model/plan.js'
import { statusText } from './status.js'
import { padded, painted, type TerminalOptions, textTable } from './text-table.js'
import { visible, visibleLog } from './visible.js'
import {
  outcomeRow,
  planRows,
  planSummary,
  resultRows,
  resultSummary,
  type Row,
  savedText,
  URGENCY,
  type Verdict,
} from './view.js'

export interface EventOptions extends TerminalOptions {
  /** Column that service names are padded to, see `nameWidth`. */
  readonly width: number
}

const WIDEST_NAME = 40
/** From so many columns on there is room for digests. */
const WIDE_ENOUGH = 100
const DIM = '2'

/** Parameters of ANSI's "select graphic rendition". */
export const VERDICT_COLOR: Readonly<Record<Verdict, string>> = {
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

/** The decisions as an aligned table, what is to be built and then a summary last, next to the prompt. */
export function planLines(plan: Plan, options: TerminalOptions): string[] {
  return [...table(planRows(plan), options), planSummary(plan)]
}

/** How the run ended, laid out like the plan, what failed last; without outcomes the plan itself. */
export function resultLines(result: RunResult, options: TerminalOptions): string[] {
  const saved = result.outcomes === undefined ? '' : savedText(result)
  const lines = [...table(resultRows(result), options), resultSummary(result)]
  return saved === '' ? lines : [...lines, saved]
}

/** Width of the longest service name, within reason. */
export function nameWidth(plan: Plan): number {
  return plan.images.reduce((most, { service }) => Math.max(most, textWidth(nameText(service.name))), 0)
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
  return `${painted(`${padded(nameText(service), options.width)}  |`, DIM, options)} ${text}`
}

function finishedText(row: Row, options: TerminalOptions): string {
  const verdict = painted(row.result, VERDICT_COLOR[row.verdict], options)
  const time = row.time === '' ? '' : ` in ${row.time}`
  return `${verdict}${time}${row.verdict === 'built' ? '' : `: ${row.why}`}`
}

function table(rows: readonly Row[], options: TerminalOptions): string[] {
  // What was not asked for is counted, not listed.
  const ranked = rows
    .filter(({ verdict }) => URGENCY[verdict] > 0)
    .sort((a, b) => URGENCY[a.verdict] - URGENCY[b.verdict])
  // A narrow terminal needs its room for the reasons; `--json` has names and digests as a whole.
  const { columns = Infinity } = options
  const widest = Math.min(WIDEST_NAME, Math.floor(columns / 3))
  const cells = ranked.map((row) => [
    { text: cutToWidth(row.service, widest) },
    { text: row.result, color: VERDICT_COLOR[row.verdict] },
    { text: row.time, isNumber: true },
    { text: columns < WIDE_ENOUGH ? '' : row.digest },
    { text: row.why },
  ])
  return textTable(cells, options)
}

/** A service's name as every line begins with it. */
export function nameText(service: string): string {
  return cutToWidth(visible(service), WIDEST_NAME)
}
