import type { RunResult } from '../model/outcome.js'
import { fitted, type Section } from './fitted.js'
import { imageTable } from './image-table.js'
import { foldedSection, logItems, noticeItems, tableSection } from './parts.js'
import { timeline } from './timeline.js'
import { resultRows, resultSummary, type Row, savedText, shortDigest, URGENCY } from './view.js'

export interface SummaryOptions {
  /** Bytes of UTF-8 that the Markdown may take; GitHub drops a step's summary beyond 1 MiB. */
  readonly budget?: number
}

const DEFAULT_BUDGET = 900_000
const LOG_LINES = 40
/** From so many reused images on, their rows are folded away. */
const MANY_REUSED = 11

/**
 * The job summary: counts, a table, what was built when, notices, and the ends of the logs of what failed; never above its
 * budget.
 */
export function summaryMarkdown(result: RunResult, options: SummaryOptions = {}): string {
  // Skipped images are counted in the heading, not listed.
  const rows = resultRows(result)
    .filter((row) => URGENCY[row.verdict] > 0)
    .sort((a, b) => URGENCY[b.verdict] - URGENCY[a.verdict])
  const reused = rows.filter(isReused)
  const folds = reused.length >= MANY_REUSED
  const shown = folds ? rows.filter((row) => !isReused(row)) : rows
  const heading = `## Images: ${resultSummary(result)}\n\n${introduction(result)}\n`

  // Each takes what it needs up to a share of what is left, so that none starves the next.
  let left = (options.budget ?? DEFAULT_BUDGET) - Buffer.byteLength(heading)
  const fit = (section: Section, share: number): string => {
    const text = fitted(section, left * share)
    left -= Buffer.byteLength(text)
    return text
  }
  const table = fit(tableSection(imageTable(shown)), 0.6)
  const times = fit(timelineSection(result), 0.5)
  const logs = fit(logSection(rows), 0.75)
  const notices = fit(noticeSection(result), 0.5)
  const folded = fit(foldedSection(imageTable(folds ? reused : []), `${reused.length} reused`), 1)
  return heading + table + folded + times + notices + logs
}

function isReused(row: Row): boolean {
  return row.verdict === 'reused' || row.verdict === 'reuse'
}

function introduction(result: RunResult): string {
  const { commit, base } = result.plan
  const compared = base === undefined ? '' : `, compared with \`${shortDigest(base)}\``
  const saved = savedText(result)
  return `Commit \`${shortDigest(commit)}\`${compared}.${saved === '' ? '' : ` ${saved}`}`
}

/** One item: half a diagram is none. */
function timelineSection({ outcomes = [] }: RunResult): Section {
  const times = timeline(outcomes)
  const head = '\n### What was built when\n'
  if (times === undefined) return { head, items: [], more: () => '', foot: '' }
  const { diagram, shown, total } = times
  const left = total - shown
  const note =
    left === 0 ? '' : `\nNot shown: ${left} of ${total} builds; failures and the longest come first.\n`
  return {
    ...{ head, items: [`\n\`\`\`mermaid\n${diagram}\`\`\`\n${note}`], foot: '' },
    more: () => '\nLeft out, as this summary is too long.\n',
  }
}

function noticeSection(result: RunResult): Section {
  const more = (left: number) => `- … and ${left} more\n`
  return { head: '\n### Notices\n\n', items: noticeItems(result), more, foot: '' }
}

function logSection(rows: readonly Row[]): Section {
  const more = (left: number) => `\n… and ${left} more\n`
  return { head: '\n### Logs\n', items: logItems(rows, LOG_LINES), more, foot: '' }
}
