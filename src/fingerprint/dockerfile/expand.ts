import { lex } from './lexer.js'

export interface Expanded {
  readonly text: string
  /** Names that were asked for and not set, also within modifiers. */
  readonly unset: ReadonlySet<string>
  /** Names that were asked for and set, also within modifiers. */
  readonly used: ReadonlySet<string>
}

/** `problem`: BuildKit refuses the word, or its releases differ on what it means. */
export function expandWord(
  word: string,
  variables: ReadonlyMap<string, string>,
  escape: string,
): Expanded | { readonly problem: string } {
  return lex(word, { escape, variables })
}
