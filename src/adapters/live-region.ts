import { headOfWidth, textWidth } from '../model/text-width.js'
import { forTerminal } from './harmless.js'

/** A terminal's stream, which knows its size. */
export interface TerminalStream extends NodeJS.WritableStream {
  readonly columns?: number
  readonly rows?: number
}

type Lines = () => readonly string[]

const TICK_MS = 200
/** ECMA-48: to the start of the line so many lines above, then clear all below. */
const upAndClear = (rows: number) => `\u001b[${rows}F\u001b[J`
/** What is too wide all the same is cut by the terminal, which alone knows how wide characters are (DEC private mode 7). */
const [NO_WRAP, WRAP] = ['\u001b[?7l', '\u001b[?7h']

/** The last lines of a terminal, which are drawn again as they change; what is written meanwhile goes above them. */
export class LiveRegion {
  readonly #stream: TerminalStream
  #lines: Lines | undefined
  #drawn: readonly string[] = []
  #timer: NodeJS.Timeout | undefined

  constructor(stream: TerminalStream) {
    this.#stream = stream
  }

  show(lines: Lines | undefined): void {
    this.#lines = lines
    clearInterval(this.#timer)
    if (lines !== undefined) {
      this.#timer = setInterval(() => {
        this.#draw()
      }, TICK_MS).unref()
    }
    this.#draw()
  }

  /** Text that stays; with its line end. */
  write(text: string): void {
    this.#stream.write(this.#erasure() + text)
    this.#drawn = []
    this.#draw()
  }

  #draw(): void {
    const lines = this.#fitting(this.#lines?.() ?? [])
    if (lines.join('\n') === this.#drawn.join('\n')) return
    const text = lines.length === 0 ? '' : `${NO_WRAP}${lines.join('\n')}\n${WRAP}`
    this.#stream.write(this.#erasure() + text)
    this.#drawn = lines
  }

  /** Never as many as the terminal has rows: what has scrolled away cannot be cleared. */
  #fitting(lines: readonly string[]): string[] {
    const { columns = 80, rows = 24 } = this.#stream
    const most = Math.max(1, rows - 2)
    const shown =
      lines.length <= most
        ? lines
        : [...lines.slice(0, most - 1), `… and ${lines.length - most + 1} more builds`]
    return shown.map((line) => headOfWidth(forTerminal(line), columns - 1))
  }

  /** A terminal that became narrower since has broken lines in two. */
  #erasure(): string {
    const { columns = 80 } = this.#stream
    const rows = this.#drawn.map((line) => Math.max(1, Math.ceil(textWidth(line) / columns)))
    return rows.length === 0 ? '' : upAndClear(rows.reduce((sum, one) => sum + one, 0))
  }
}
