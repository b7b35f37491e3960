import type { Failure, Notice } from '../../src/model/failure.js'
import type { Host } from '../../src/ports/host.js'

/** Keeps everything that it is told. */
export class RecordingHost implements Host {
  takesOutputs = true
  progressStyle: Host['progressStyle'] = 'lines'
  /** What is drawn of what goes on. */
  drawn: (() => readonly string[]) | undefined
  readonly lines: string[] = []
  readonly details: string[] = []
  readonly groups: string[] = []
  readonly grouped: string[] = []
  readonly results: (readonly string[])[] = []
  readonly documents: unknown[] = []
  readonly notices: Notice[] = []
  readonly failures: Failure[] = []
  readonly outputs = new Map<string, string>()
  readonly summaries: string[] = []
  summaryProblem: string | undefined

  live(lines: (() => readonly string[]) | undefined): void {
    this.drawn = lines
  }

  progress(line: string): void {
    this.lines.push(line)
  }

  detail(line: string): void {
    this.details.push(line)
  }

  group(title: string, lines: readonly string[]): void {
    this.groups.push(title)
    this.grouped.push(...lines)
  }

  result(lines: () => readonly string[]): void {
    this.results.push(lines())
  }

  document(value: () => unknown): void {
    this.documents.push(value())
  }

  notice(notice: Notice): void {
    this.notices.push(notice)
  }

  failure(failure: Failure): void {
    this.failures.push(failure)
  }

  readonly masked: string[] = []

  mask(text: string): void {
    this.masked.push(text)
  }

  output(name: string, value: string): void {
    this.outputs.set(name, value)
  }

  /** Texts of output files, by the name of their output. */
  readonly files = new Map<string, string>()

  outputFile(name: string, text: string): Promise<void> {
    this.files.set(name, text)
    return Promise.resolve()
  }

  summary(markdown: string): Promise<void> {
    if (this.summaryProblem !== undefined) return Promise.reject(new Error(this.summaryProblem))
    this.summaries.push(markdown)
    return Promise.resolve()
  }

  /** A JSON output as a value. */
  json(name: string): unknown {
    return JSON.parse(this.outputs.get(name) ?? 'null')
  }
}
