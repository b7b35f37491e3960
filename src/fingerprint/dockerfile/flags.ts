import type { Flag } from './model.js'
import { isSpace } from './space.js'

export interface SplitFlags {
  readonly flags: readonly Flag[]
  readonly rest: string
  /** As written. */
  readonly text: string
}

/**
 * Takes the leading `--words` off a line. BuildKit reads them byte by byte, so that each byte of a letter beyond ASCII
 * becomes a letter of its own, and some end the word; this does the same.
 */
export function splitFlags(line: string, escape: string): SplitFlags {
  const bytes = Buffer.from(line, 'utf8').toString('latin1')
  const reader = new FlagReader(bytes, escape)
  const end = reader.run()
  return { flags: reader.words.map(flagOf), rest: utf8(bytes.slice(end)), text: utf8(bytes.slice(0, end)) }
}

function utf8(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

function flagOf(word: string): Flag {
  const equals = word.indexOf('=')
  return equals === -1
    ? { name: word.slice(2) }
    : { name: word.slice(2, equals), value: word.slice(equals + 1) }
}

class FlagReader {
  readonly words: string[] = []
  readonly #line: string
  readonly #escape: string
  #at = 0

  constructor(line: string, escape: string) {
    this.#line = line
    this.#escape = escape
  }

  /** Where the flags end. */
  run(): number {
    for (;;) {
      while (this.#at < this.#line.length && isSpace(this.#line.charAt(this.#at))) this.#at++
      if (this.#at >= this.#line.length || !this.#line.startsWith('--', this.#at)) return this.#at
      const { word, isQuoted } = this.#word()
      if (word === '--') return this.#at
      if (isQuoted || word !== '') this.words.push(word)
    }
  }

  #word(): { word: string; isQuoted: boolean } {
    let word = ''
    let quote: string | undefined
    let isQuoted = false
    for (; this.#at < this.#line.length; this.#at++) {
      const char = this.#line.charAt(this.#at)
      if (quote === undefined && isSpace(char)) break
      if (quote === undefined ? char === '"' || char === "'" : char === quote) {
        quote = quote === undefined ? char : undefined
        isQuoted = true
      } else if (char === this.#escape) {
        this.#at++
        word += this.#line.charAt(this.#at)
      } else {
        word += char
      }
    }
    return { word, isQuoted }
  }
}
