import { Cursor } from './cursor.js'
import { firstMatch, patternOf, replaceAll, withoutPrefix, withoutSuffix } from './shell-pattern.js'
import { WordList, type WordBuffer } from './word-list.js'

export interface LexOptions {
  readonly escape: string
  readonly variables: ReadonlyMap<string, string>
  /** Quotes stay in the result. */
  readonly rawQuotes?: boolean
  /** Escape characters stay in the result. */
  readonly rawEscapes?: boolean
  /** A variable that is not set stays as it was written. */
  readonly keepUnset?: boolean
  /** Quotes mean nothing. */
  readonly ignoreQuotes?: boolean
}

export interface Lexed {
  readonly text: string
  readonly words: readonly string[]
  /** Names that were asked for and are set. */
  readonly used: ReadonlySet<string>
  /** Names that were asked for and are not set. */
  readonly unset: ReadonlySet<string>
}

/** Reads a word with the rules of BuildKit's own shell lexer, which differ from those of any real shell. */
export function lex(word: string, options: LexOptions): Lexed | { readonly problem: string } {
  return new Lexer(word, options).run()
}

interface Mode {
  readonly rawEscapes: boolean
  /** What is read will be a pattern. */
  readonly isPattern?: boolean
}

class Lexer {
  readonly #cursor: Cursor
  readonly #options: LexOptions
  readonly #used = new Set<string>()
  readonly #unset = new Set<string>()
  #rawEscapes: boolean
  readonly #buffer: WordBuffer = { text: '' }
  /** The first thing that went wrong; from there on nothing is left to read, so that every loop ends. */
  #problem: string | undefined

  constructor(word: string, options: LexOptions) {
    this.#cursor = new Cursor(word)
    this.#options = options
    this.#rawEscapes = options.rawEscapes ?? false
  }

  run(): Lexed | { readonly problem: string } {
    const { text, words } = this.#readTo(undefined, { rawEscapes: this.#rawEscapes })
    if (this.#problem !== undefined) return { problem: this.#problem }
    return { text, words, used: this.#used, unset: this.#unset }
  }

  #fail(problem: string): '' {
    this.#problem ??= problem
    this.#cursor.end()
    return ''
  }

  #readTo(stop: string | undefined, mode: Mode): { text: string; words: readonly string[] } {
    let text = ''
    const words = new WordList(this.#buffer)
    const outer = this.#rawEscapes
    this.#rawEscapes = mode.rawEscapes
    let char = this.#cursor.peek()
    for (; char !== undefined && char !== stop; char = this.#cursor.peek()) {
      text += this.#readOne(char, words, mode)
    }
    if (char !== undefined) this.#cursor.next()
    else if (stop !== undefined) this.#fail(`a \`${stop}\` is missing`)
    this.#rawEscapes = outer
    return { text, words: words.finish() }
  }

  #readOne(char: string, words: WordList, mode: Mode): string {
    if (char === '$') {
      const value = this.#dollar()
      words.add(value)
      return value
    }
    const special = this.#special(char, mode)
    if (special !== undefined) {
      words.addWhole(special)
      return special
    }
    this.#cursor.next()
    if (char !== this.#options.escape) {
      words.add(char)
      return char
    }
    const kept = this.#rawEscapes ? char : ''
    const escaped = this.#cursor.next() ?? ''
    if (kept + escaped !== '') words.addWhole(kept + escaped)
    return kept + escaped
  }

  #special(char: string, mode: Mode): string | undefined {
    if (char === '<') return this.#lessThan()
    if (this.#options.ignoreQuotes) return undefined
    if (char === "'") return this.#singleQuoted(mode)
    if (char === '"') return this.#doubleQuoted(mode)
    return undefined
  }

  /** White space after `<<` belongs to the word, as it may be followed by the name of a heredoc. */
  #lessThan(): string {
    this.#cursor.next()
    if (this.#cursor.peek() !== '<') return '<'
    this.#cursor.next()
    let text = '<<'
    for (
      let char = this.#cursor.peek();
      char !== undefined && '\t\r '.includes(char);
      char = this.#cursor.peek()
    ) {
      text += char
      this.#cursor.next()
    }
    return text
  }

  #singleQuoted(mode: Mode): string {
    const quote = this.#options.rawQuotes ? "'" : ''
    this.#cursor.next()
    let text = quote
    for (let char = this.#cursor.next(); char !== "'"; char = this.#cursor.next()) {
      if (char === undefined) return this.#fail("a ' is missing")
      if (mode.isPattern && char === this.#options.escape) {
        return this.#fail('BuildKit releases differ on an escape within single quotes of a pattern')
      }
      text += char
    }
    return text + quote
  }

  #doubleQuoted(mode: Mode): string {
    const quote = this.#options.rawQuotes ? '"' : ''
    this.#cursor.next()
    let text = quote
    for (let char = this.#cursor.peek(); char !== '"'; char = this.#cursor.peek()) {
      if (char === undefined) return this.#fail('a " is missing')
      text += char === '$' ? this.#dollar() : this.#oneOfDoubleQuoted(mode)
    }
    this.#cursor.next()
    return text + quote
  }

  #oneOfDoubleQuoted(mode: Mode): string {
    const { escape } = this.#options
    const char = this.#cursor.next() ?? ''
    const following = this.#cursor.peek()
    if (char !== escape || following === undefined) return char === escape ? '' : char
    if (following === '"' || following === '$' || following === escape) {
      this.#cursor.next()
      return this.#rawEscapes ? char + following : following
    }
    const isDoubled = this.#rawEscapes && (!this.#options.rawQuotes || mode.isPattern)
    return isDoubled ? char + char : char
  }

  #dollar(): string {
    this.#cursor.next()
    if (this.#cursor.peek() !== '{') {
      const name = this.#cursor.name()
      if (name === '') return '$'
      const value = this.#value(name)
      return value === undefined && this.#options.keepUnset ? `$${name}` : (value ?? '')
    }
    this.#cursor.next()
    const first = this.#cursor.peek()
    if (first === undefined) return this.#fail('a `}` is missing')
    if ('{}:'.includes(first)) return this.#fail(`\`\${${first}\` is no substitution`)
    const name = this.#cursor.name()
    const char = this.#cursor.next()
    if (char === '}') {
      const value = this.#value(name)
      return value === undefined && this.#options.keepUnset ? `\${${name}}` : (value ?? '')
    }
    if (char === '/') return this.#replaced(name)
    if (char === ':') return this.#modified(name, this.#cursor.next(), true)
    return char !== undefined && '+-?#%'.includes(char)
      ? this.#modified(name, char, false)
      : this.#fail(`\`\${${name}${char ?? ''}\` is no substitution that BuildKit knows`)
  }

  #modified(name: string, char: string | undefined, isEmptyUnset: boolean): string {
    const sign = (isEmptyUnset ? ':' : '') + (char ?? '')
    const isPattern = char === '#' || char === '%'
    if (isPattern && isEmptyUnset) return this.#fail(`BuildKit does not know \`\${${name}${sign}…}\``)
    const { text: word } = this.#readTo('}', { rawEscapes: isPattern, isPattern })
    if (this.#problem !== undefined) return ''
    const value = this.#value(name)
    if (value === undefined && this.#options.keepUnset) return `\${${name}${sign}${word}}`
    const isSet = value !== undefined && !(isEmptyUnset && value === '')
    switch (char) {
      case '-':
        return isSet ? value : word
      case '+':
        return isSet ? word : ''
      case '?':
        return isSet ? value : this.#fail(`${name}: ${word || 'has to be set'}`)
      case '#':
      case '%':
        return this.#trimmed(value ?? '', word, char)
      case undefined:
      default:
        return this.#fail(`\`\${${name}${sign}\` is no substitution that BuildKit knows`)
    }
  }

  #trimmed(value: string, word: string, char: '#' | '%'): string {
    const isLongest = word.startsWith(char)
    const pattern = { text: isLongest ? word.slice(1) : word, isLongest }
    const trimmed = char === '#' ? withoutPrefix(value, pattern) : withoutSuffix(value, pattern)
    return trimmed ?? this.#fail(`\`${word}\` is no pattern that BuildKit knows`)
  }

  #replaced(name: string): string {
    const isAll = this.#cursor.peek() === '/'
    if (isAll) this.#cursor.next()
    const { text: pattern } = this.#readTo('/', { rawEscapes: true, isPattern: true })
    const { text: replacement } = this.#readTo('}', { rawEscapes: true })
    if (this.#problem !== undefined) return ''
    const value = this.#value(name)
    if (value === undefined && this.#options.keepUnset) return `\${${name}/${pattern}/${replacement}}`
    const regex = patternOf({ text: pattern, isLongest: true })
    if (regex === undefined) return this.#fail(`\`${pattern}\` is no pattern that BuildKit knows`)
    if (!isAll) return firstMatch(value ?? '', regex, replacement)
    // Go's regular expressions would take a name after the dollar as that of a group.
    if (replacement.includes('$'))
      return this.#fail('a `$` in what replaces all matches has a meaning of its own')
    return replaceAll(value ?? '', regex, replacement)
  }

  #value(name: string): string | undefined {
    const value = this.#options.variables.get(name)
    ;(value === undefined ? this.#unset : this.#used).add(name)
    return value
  }
}
