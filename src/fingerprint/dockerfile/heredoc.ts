import { lex } from './lexer.js'
import type { Heredoc } from './model.js'

/** What `<<NAME` announces; its content is read later. */
export type Announced = Omit<Heredoc, 'content'>

const PATTERN = /^[0-9]*<<(-?)[\t\n\f\r ]*([^<]*)$/
const NO_VARIABLES: ReadonlyMap<string, string> = new Map()

/** The heredocs that a logical line announces, in order. The escape directive has no say here. */
export function heredocsOf(line: string): readonly Announced[] | { readonly problem: string } {
  const options = {
    escape: '\\',
    variables: NO_VARIABLES,
    keepUnset: true,
    rawQuotes: true,
    rawEscapes: true,
  }
  const read = lex(line, options)
  if ('problem' in read) return []
  const found: Announced[] = []
  for (const word of read.words) {
    const heredoc = heredocOf(word)
    if (heredoc === undefined) continue
    if ('problem' in heredoc) return heredoc
    found.push(heredoc)
  }
  return found
}

/** `undefined` for a word that is no heredoc. */
export function heredocOf(word: string): Announced | { readonly problem: string } | undefined {
  const [, dash, rest = ''] = PATTERN.exec(word) ?? []
  if (rest === '') return undefined
  const options = { escape: '\\', variables: NO_VARIABLES, keepUnset: true }
  const read = lex(rest, options)
  if ('problem' in read) return { problem: `the heredoc \`${word}\` cannot be read: ${read.problem}` }
  const [name, ...more] = read.words
  if (name === undefined || more.length > 0) return undefined
  const raw = lex(rest, { ...options, rawQuotes: true })
  if ('problem' in raw || raw.words.length !== 1) {
    return { problem: `the name of the heredoc \`${word}\` cannot be read; use letters only` }
  }
  return { name, expand: quotes(name) === quotes(raw.words[0] ?? ''), chomp: dash === '-' }
}

function quotes(text: string): number {
  return text.replace(/[^'"]/g, '').length
}
