import type { Outcome } from '../model/outcome.js'
import { mermaidText } from './mermaid-text.js'
import { durationText } from './view.js'

/** What was built when. */
export interface Timeline {
  /** A Gantt chart in mermaid's words. */
  readonly diagram: string
  /** How many builds of how many. */
  readonly shown: number
  readonly total: number
}

interface Bar {
  readonly name: string
  readonly isBase: boolean
  readonly isFailed: boolean
  /** Milliseconds since 1970. */
  readonly start: number
  readonly durationMs: number
}

/**
 * As many as a person can look over. Names are cut, so that the diagram stays within the 50,000 characters that mermaid,
 * and with it GitHub, renders (`maxTextSize`).
 */
const MOST_BARS = 60
const HOUR = 3_600_000

/** `undefined` where nothing was built. Failures are always shown, then what took longest. */
export function timeline(outcomes: readonly Outcome[]): Timeline | undefined {
  const bars = outcomes.flatMap(barsOf)
  if (bars.length === 0) return undefined
  const shown = [...bars]
    .sort((a, b) => Number(b.isFailed) - Number(a.isFailed) || b.durationMs - a.durationMs)
    .slice(0, MOST_BARS)
    .sort((a, b) => a.start - b.start)
  const first = Math.min(...bars.map(({ start }) => start))
  const span = Math.max(...shown.map(({ start, durationMs }) => start - first + durationMs))
  const lines = [
    'gantt',
    // Times are those since the first build began: mermaid reads and shows a date in the time zone of whoever looks.
    '  dateFormat YYYY-MM-DD HH:mm:ss.SSS',
    `  axisFormat ${span < HOUR ? '%M:%S' : '%H:%M:%S'}`,
    '  todayMarker off',
    ...section(
      'bases',
      shown.filter(({ isBase }) => isBase),
      first,
    ),
    ...section(
      'services',
      shown.filter(({ isBase }) => !isBase),
      first,
    ),
  ]
  return { diagram: `${lines.join('\n')}\n`, shown: shown.length, total: bars.length }
}

function barsOf(outcome: Outcome): Bar[] {
  if (outcome.kind !== 'built' && outcome.kind !== 'failed') return []
  const { startedAt, durationMs } = outcome
  if (startedAt === undefined || durationMs === undefined) return []
  const { name, kind } = outcome.image.service
  const isFailed = outcome.kind === 'failed'
  return [{ name, isBase: kind === 'base', isFailed, start: Date.parse(startedAt), durationMs }]
}

function section(title: string, bars: readonly Bar[], first: number): string[] {
  if (bars.length === 0) return []
  return [`  section ${title}`, ...bars.map((bar) => barLine(bar, first))]
}

function barLine({ name, isFailed, start, durationMs }: Bar, first: number): string {
  const label = `${mermaidText(name)}, ${durationText(durationMs)}`
  const words = [...(isFailed ? ['crit'] : []), sinceFirst(start - first), `${Math.round(durationMs)}ms`]
  return `    ${label}: ${words.join(', ')}`
}

const DAY_OF_NO_RUN = Date.UTC(2000, 0, 1)

function sinceFirst(milliseconds: number): string {
  return new Date(DAY_OF_NO_RUN + milliseconds).toISOString().slice(0, -1).replace('T', ' ')
}
