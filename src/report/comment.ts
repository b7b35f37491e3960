import type { RunResult } from '../model/outcome.js'
import { fullName } from '../model/service.js'
import { type CommentIdentity, type CommentStamp, marker } from './comment-marker.js'
import { fitted, type Section } from './fitted.js'
import { shortImageTable } from './image-table.js'
import { markdownText } from './markdown-text.js'
import { foldedSection, logItems, noticeItems, tableSection } from './parts.js'
import { resultRows, resultSummary, type Row, savedText, shortDigest, URGENCY } from './view.js'
import { visible } from './visible.js'

export interface CommentOptions {
  readonly identity: CommentIdentity
  readonly stamp: CommentStamp
  /** Web address of the run; absent where that is not known. */
  readonly runUrl?: string
}

/** GitHub refuses a longer body: "Body is too long (maximum is 65536 characters)". No character is less than a byte. */
const MOST_BYTES = 65_536
const LOG_LINES = 20

/**
 * What a pull request is told of a run: what was built or failed, and why; the rest folded away. Begins with the marker,
 * and is never longer than GitHub takes.
 */
export function commentMarkdown(result: RunResult, options: CommentOptions): string {
  const rows = resultRows(result).sort((a, b) => URGENCY[b.verdict] - URGENCY[a.verdict])
  // Skipped images are counted in the heading, not listed.
  const listed = rows.filter(({ verdict }) => URGENCY[verdict] > URGENCY.reused)
  const reused = rows.filter(({ verdict }) => URGENCY[verdict] === URGENCY.reused)
  const heading = headingOf(result, options)

  // Each takes what it needs up to a share of what is left, so that none starves the next.
  let left = MOST_BYTES - Buffer.byteLength(heading)
  const fit = (section: Section, share: number): string => {
    const text = fitted(section, left * share)
    left -= Buffer.byteLength(text)
    return text
  }
  const table = fit(tableSection(shortImageTable(listed)), 0.5)
  const logs = fit(logsOf(rows), 0.5)
  const notices = fit(noticesOf(result), 0.3)
  const references = fit(referencesOf(result), 0.5)
  return (
    heading +
    table +
    logs +
    fit(foldedSection(shortImageTable(reused), `${reused.length} reused`), 1) +
    references +
    notices
  )
}

function headingOf(result: RunResult, { identity, stamp, runUrl }: CommentOptions): string {
  const { folder, config } = identity
  const places = [folder, config].filter((path) => path !== '').map((path) => ` ${markdownText(path)}`)
  const title = `### Images${places.length === 0 ? '' : ` of${places.join(',')}`}: ${resultSummary(result)}`
  const base = result.plan.base === undefined ? '' : `, compared with \`${shortDigest(result.plan.base)}\``
  const link = runUrl === undefined ? '' : `[All of the run](${encodeURI(runUrl)}).`
  const facts = [`Commit \`${shortDigest(stamp.commit)}\`${base}.`, savedText(result), link]
  return `${marker(identity, stamp)}\n${title}\n\n${facts.filter((fact) => fact !== '').join(' ')}\n`
}

function logsOf(rows: readonly Row[]): Section {
  const more = (left: number) => `\n… and the logs of ${left} more\n`
  return { head: '', items: logItems(rows, LOG_LINES), more, foot: '' }
}

/** What to pull, in full, of all that is in a registry. */
function referencesOf({ outcomes = [] }: RunResult): Section {
  const items = outcomes.flatMap((outcome) => {
    if (outcome.kind !== 'built' && outcome.kind !== 'reused') return []
    const { image, digest } = outcome
    // No line within the block can end it: what ends a block consists of its fence alone.
    return digest === undefined ? [] : [`${visible(`${fullName(image.service.image)}@${digest}`)}\n`]
  })
  const head = `\n<details><summary>${items.length} by digest</summary>\n\n\`\`\`\n`
  return { head, items, more: (left) => `… and ${left} more\n`, foot: '```\n\n</details>\n' }
}

function noticesOf(result: RunResult): Section {
  const items = noticeItems(result)
  const head = `\n<details><summary>${items.length} ${items.length === 1 ? 'notice' : 'notices'}</summary>\n\n`
  return { head, items, more: (left) => `- … and ${left} more\n`, foot: '\n</details>\n' }
}
