export interface Dockerfile {
  readonly escape: '\\' | '`'
  /** Reference of the frontend that a `syntax` directive names, without what follows its first blank. */
  readonly syntax?: string
  readonly instructions: readonly Instruction[]
  /** What BuildKit releases, or a frontend other than Docker's, may read in another way than this. */
  readonly doubts: readonly Doubt[]
  /** The whole text, when `syntax` names a frontend other than Docker's: only that one knows what it means. */
  readonly foreign?: string
}

export interface Doubt {
  readonly line: number
  readonly why: string
}

export interface Heredoc {
  readonly name: string
  /** As written, with leading tabs, without the line of the terminator. */
  readonly content: string
  /** Variables within the content have a meaning. */
  readonly expand: boolean
  /** Leading tabs do not count. */
  readonly chomp: boolean
}

/** `--name=value` as written, before expansion; no `value` where there is no `=`. */
export interface Flag {
  readonly name: string
  readonly value?: string
}

export interface Instruction {
  /** Upper case. */
  readonly keyword: string
  /** First line in the file, from 1. */
  readonly line: number
  /** In order, repeated ones repeated. */
  readonly flags: readonly Flag[]
  /**
   * The arguments as BuildKit's parser hands them on for this keyword, before expansion: the strings of the JSON form;
   * for ENV and LABEL name, value and `=` (or nothing, in the form without it) of each pair.
   */
  readonly words: readonly string[]
  readonly json: boolean
  readonly heredocs: readonly Heredoc[]
  /** The logical line: continuations joined, comments and blank lines within dropped, outer white space trimmed. */
  readonly text: string
  /** Of ONBUILD: what fires later, as it will be read then; not there if it will be refused then. */
  readonly trigger?: Instruction
}
