import type { Failure, Notice, Place } from '../model/failure.js'
import type { Host } from '../ports/host.js'
import { forTerminal } from './harmless.js'
import { LiveRegion, type TerminalStream } from './live-region.js'

export interface TerminalStreams {
  readonly out: NodeJS.WritableStream
  readonly error: TerminalStream
}

export interface TerminalOptions {
  /** The document of `document` on standard output, and nothing else there. */
  readonly json: boolean
  /** No progress and no table, only failures. */
  readonly quiet: boolean
  /** What a build's steps print, too. */
  readonly verbose: boolean
  /** Whether the state of builds may be drawn again and again. */
  readonly live: boolean
}

/** Shows a run at a terminal: the result on standard output, everything else on standard error. */
export class TerminalHost implements Host {
  readonly takesOutputs = false
  readonly progressStyle: 'lines' | 'live'
  readonly #region: LiveRegion
  private readonly streams: TerminalStreams
  private readonly options: TerminalOptions

  constructor(streams: TerminalStreams, options: TerminalOptions) {
    this.streams = streams
    this.options = options
    this.progressStyle = options.live && !options.quiet && !options.verbose ? 'live' : 'lines'
    this.#region = new LiveRegion(streams.error)
  }

  live(lines: (() => readonly string[]) | undefined): void {
    if (this.progressStyle === 'live') this.#region.show(lines)
  }

  progress(line: string): void {
    if (!this.options.quiet) this.#region.write(`${forTerminal(line)}\n`)
  }

  detail(line: string): void {
    if (this.options.verbose) this.progress(line)
  }

  group(title: string, lines: readonly string[]): void {
    this.progress(title)
    for (const line of lines) this.progress(`  ${line}`)
  }

  result(lines: () => readonly string[]): void {
    if (this.options.json || this.options.quiet) return
    for (const line of lines()) this.streams.out.write(`${forTerminal(line)}\n`)
  }

  document(value: () => unknown): void {
    if (this.options.json) this.streams.out.write(`${JSON.stringify(value())}\n`)
  }

  notice(notice: Notice): void {
    this.progress(`notice: ${located(notice.message, notice.place)}`)
  }

  failure(failure: Failure): void {
    const place = 'place' in failure ? failure.place : undefined
    if (failure.kind === 'build-failed' && !this.#hasShownLogs()) this.#errors('log:', failure.log)
    this.#region.write(`${forTerminal(`error: ${located(failure.message, place)}`)}\n`)
  }

  #hasShownLogs(): boolean {
    return this.options.verbose && !this.options.quiet
  }

  /** A log is part of its failure, so it is shown even where progress is not. */
  #errors(title: string, lines: readonly string[]): void {
    for (const line of [title, ...lines.map((one) => `  ${one}`)])
      this.#region.write(`${forTerminal(line)}\n`)
  }

  mask(): void {
    // Nothing reads a terminal but who sits before it.
  }

  output(): void {
    // A terminal has the document in its place.
  }

  async outputFile(): Promise<void> {
    // So it is with files.
  }

  async summary(): Promise<void> {
    // A terminal has the result in its place.
  }
}

function located(message: string, place: Place | undefined): string {
  return place === undefined ? message : `${place.file}:${place.line}:${place.column}: ${message}`
}
