/** A place in a word that is read character by character. */
export class Cursor {
  readonly #chars: readonly string[]
  #at = 0

  /** As Go's scanner does, a byte order mark at the start is left out. */
  constructor(word: string) {
    this.#chars = Array.from(word.startsWith('\uFEFF') ? word.slice(1) : word)
  }

  peek(): string | undefined {
    return this.#chars[this.#at]
  }

  next(): string | undefined {
    const char = this.#chars[this.#at]
    if (char !== undefined) this.#at++
    return char
  }

  end(): void {
    this.#at = this.#chars.length
  }

  /** The name of a variable, a number or a special parameter; empty if none of them is here. */
  name(): string {
    const first = this.peek() ?? ''
    const isNumber = /^\p{Nd}$/u.test(first)
    if (!isNumber && first !== '' && '@*#?-$!'.includes(first)) {
      this.#at++
      return first
    }
    const more = isNumber ? /^\p{Nd}$/u : /^[\p{L}\p{Nd}_]$/u
    let name = ''
    for (let char = this.peek(); char !== undefined && more.test(char); char = this.peek()) {
      name += char
      this.#at++
    }
    return name
  }
}
