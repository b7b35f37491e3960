import type { RunResult } from '../model/outcome.js'
import type { Section } from './fitted.js'
import type { ImageTable } from './image-table.js'
import { codeBlock, markdownText } from './markdown-text.js'
import type { Row } from './view.js'
import { visibleMessage } from './visible.js'

export function tableSection({ head, ...others }: ImageTable): Section {
  return { head: `\n${head}`, ...others, foot: '' }
}

/** A table that is folded away. */
export function foldedSection({ head, ...others }: ImageTable, title: string): Section {
  const summary = `\n<details><summary>${title}</summary>\n\n${head}`
  return { head: summary, ...others, foot: '\n</details>\n' }
}

/** One item of a list for each notice. */
export function noticeItems({ notices }: RunResult): string[] {
  return notices.map(({ message, place }) => {
    const where = place === undefined ? '' : ` (${markdownText(`${place.file}, line ${place.line}`)})`
    return `- ${markdownText(visibleMessage(message))}${where}\n`
  })
}

/** The ends of the logs of what failed, so many lines of each. */
export function logItems(rows: readonly Row[], most: number): string[] {
  return rows
    .filter(({ log }) => log.length > 0)
    .map(({ service, log }) => {
      const lines = log.slice(-most)
      const which = lines.length === log.length ? '' : `last ${lines.length} of ${log.length} lines of the `
      const title = `<b>${markdownText(service)}</b>: ${which}log`
      return `\n<details><summary>${title}</summary>\n\n${codeBlock(lines)}\n\n</details>\n`
    })
}
