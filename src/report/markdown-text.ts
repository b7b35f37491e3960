import { visible, visibleLog } from './visible.js'

const LONGEST_LOG_LINE = 500
const SHORTEST_FENCE = 3

/**
 * Any text as literal inline text of GitHub's Markdown, also within a table cell or an HTML element: nothing in it
 * formats, links, mentions a user or refers to an issue, and it stays on its line.
 */
export function markdownText(text: string): string {
  return visible(text)
    .replace(/[&<>"`*_[\]\\|~#@:$]/gu, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/&#(?:35|64);|\bGH(?=-\d)/giu, '$&&#8203;') // a rendered `@name`, `#1` or `GH-1` would still be linked
    .replace(/www\./giu, (address) => `${address.slice(0, -1)}&#46;`)
}

/** A number with its unit, which stay on one line. */
export function unbroken(text: string): string {
  return text.replaceAll(' ', '&nbsp;')
}

/** Lines of a log as a code block that nothing in them can end. */
export function codeBlock(log: readonly string[]): string {
  const lines = log.map((line) => shortened(visibleLog(line)))
  const runs = lines.flatMap((line) => line.match(/`+/gu) ?? [])
  const longest = runs.reduce((most, run) => Math.max(most, run.length), SHORTEST_FENCE - 1)
  const fence = '`'.repeat(longest + 1)
  return [fence, ...lines, fence].join('\n')
}

function shortened(line: string): string {
  const characters = Array.from(line)
  const more = characters.length - LONGEST_LOG_LINE
  return more <= 0 ? line : `${characters.slice(0, LONGEST_LOG_LINE).join('')}… and ${more} more characters`
}
