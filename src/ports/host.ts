import type { Failure, Notice } from '../model/failure.js'

/** Where the run shows what it does: the Actions log with its files, or a terminal. */
export interface Host {
  /** Whether outputs and a summary are for anybody; a host that takes none has none of GitHub's limits. */
  readonly takesOutputs: boolean
  /** How what goes on is shown: line by line, each build's state as it changes, or each build's log in a group at its end. */
  readonly progressStyle: 'lines' | 'live' | 'groups'
  /** What goes on from now on, asked for as often as it is drawn; `undefined` ends that. Only style `live` shows it. */
  live(lines: (() => readonly string[]) | undefined): void
  /** One line of live progress; text from builds and file names comes as it is, the host makes it harmless. */
  progress(line: string): void
  /** Like `progress`, for what a build's steps print: a host may keep it to itself. */
  detail(line: string): void
  /** Lines that belong together under a title, folded where the host can fold. */
  group(title: string, lines: readonly string[]): void
  /** The result for people, once, at the end; made only where it is shown. */
  result(lines: () => readonly string[]): void
  /** The result for programs, once, at the end; made only where it is shown. */
  document(value: () => unknown): void
  notice(notice: Notice): void
  failure(failure: Failure): void
  /** From now on no log shows this text. */
  mask(text: string): void
  output(name: string, value: string): void
  /** A text for which an output is too small: a file, of which the output has the path. */
  outputFile(name: string, text: string): Promise<void>
  summary(markdown: string): Promise<void>
}
