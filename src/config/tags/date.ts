import type { Checked } from '../checked.js'

/** A format of moment.js, "Display → Format", with the time zone that it is shown in. */
export interface DateFormat {
  readonly parts: readonly (string | Token)[]
  readonly zone: string
}

type Token = (clock: ClockFace, ms: number) => string

/** What clock and calendar of a time zone show; all but the year have two digits. */
type ClockFace = Readonly<Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', string>>

const TOKENS: ReadonlyMap<string, Token> = new Map<string, Token>([
  ['YYYY', ({ year }) => year],
  ['YY', ({ year }) => year.slice(-2)],
  ['MM', ({ month }) => month],
  ['M', ({ month }) => String(Number(month))],
  ['DD', ({ day }) => day],
  ['D', ({ day }) => String(Number(day))],
  ['HH', ({ hour }) => hour],
  ['H', ({ hour }) => String(Number(hour))],
  ['hh', ({ hour }) => String(Number(hour) % 12 || 12).padStart(2, '0')],
  ['mm', ({ minute }) => minute],
  ['ss', ({ second }) => second],
  ['X', (_clock, ms) => String(Math.floor(ms / 1000))],
  ['x', (_clock, ms) => String(ms)],
])

/** `[text]`, a run of one letter, or one character, taken as moment.js takes them. */
const PART = /\[([^[]*)\]|([A-Za-z])\2*|[^]/g

/** Understands the tokens of `TOKENS`; any other letter outside of brackets is refused, as moment.js may know it. */
export function parseDateFormat(format: string, zone: string): Checked<DateFormat> {
  if (!isZone(zone)) return { problem: `\`${zone}\` is not a time zone; write one such as \`Europe/Berlin\`` }
  const parts: (string | Token)[] = []
  for (const [text, literal, letter] of format.matchAll(PART)) {
    const token = TOKENS.get(text)
    if (token !== undefined) parts.push(token)
    else if (letter !== undefined || text === '\\')
      return {
        problem: `\`${text}\` is not supported in a date; use ${[...TOKENS.keys()].join(', ')}, and brackets around text: \`[${text}]\``,
      }
    else parts.push(literal ?? text)
  }
  return { value: { parts, zone } }
}

export function formatDate({ parts, zone }: DateFormat, ms: number): string {
  const shown = clockIn(zone).formatToParts(ms)
  const clock = Object.fromEntries(shown.map(({ type, value }) => [type, value])) as ClockFace
  return parts.map((part) => (typeof part === 'string' ? part : part(clock, ms))).join('')
}

function clockIn(zone: string): Intl.DateTimeFormat {
  const twoDigits = { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const
  return new Intl.DateTimeFormat('en-US', {
    ...twoDigits,
    second: '2-digit',
    year: 'numeric',
    hourCycle: 'h23',
    timeZone: zone,
  })
}

function isZone(zone: string): boolean {
  try {
    clockIn(zone)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
