import { isSpace } from './space.js'

/** The word that is being put together. In BuildKit one buffer serves a word and what is nested in it, so here too. */
export interface WordBuffer {
  text: string
}

/** Words as BuildKit's lexer splits them while it expands. */
export class WordList {
  readonly #done: string[] = []
  readonly #buffer: WordBuffer
  #isInWord = false

  constructor(buffer: WordBuffer) {
    this.#buffer = buffer
    buffer.text = ''
  }

  /** White space ends a word. */
  add(text: string): void {
    for (const char of text) {
      if (!isSpace(char)) this.addWhole(char)
      else if (this.#isInWord && this.#buffer.text !== '') this.#end()
    }
  }

  /** White space is part of the word. */
  addWhole(text: string): void {
    this.#buffer.text += text
    this.#isInWord = true
  }

  finish(): readonly string[] {
    if (this.#buffer.text !== '') this.#end()
    return this.#done
  }

  #end(): void {
    this.#done.push(this.#buffer.text)
    this.#buffer.text = ''
    this.#isInWord = false
  }
}
