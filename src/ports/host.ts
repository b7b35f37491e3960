import type { Failure, Notice } from '../model/failure.js'

/** Where the run shows what it does: the Actions log with its files, or a terminal. */
export interface Host {
  /** Whether outputs and a summary are for anybody; a host that takes none has none of GitHub's limits. */
  readonly takesOutputs: boolean
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
  output(name: string, value: string): void
  summary(markdown: string): Promise<void>
}
