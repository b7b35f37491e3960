import { problemOf } from './check.js'
import { DirectiveReader } from './directives.js'
import { splitFlags } from './flags.js'
import { heredocsOf, type Announced } from './heredoc.js'
import type { Dockerfile, Doubt, Heredoc, Instruction } from './model.js'
import { cutAtSpace, trimBoth, trimLeft } from './space.js'
import { KEYWORDS, readerOf, startsAsJson } from './words.js'

export interface Problem {
  readonly line: number
  readonly message: string
}

/** Go's bufio.Scanner, and so BuildKit, takes no line longer than this, its end included. */
const LONGEST_LINE = 65_536

type Escape = Dockerfile['escape']

const CONTINUED: Readonly<Record<Escape, RegExp>> = {
  '\\': /(^|[^\\])\\[ \t]*$/,
  '`': /(^|[^`])`[ \t]*$/,
}

/** Splits a Dockerfile into instructions; whether their arguments are right is asked elsewhere. */
export class Reader {
  readonly #lines: readonly string[]
  readonly #directives = new DirectiveReader('#')
  readonly #doubts: Doubt[] = []
  #escape: Escape = '\\'
  #at = 0
  #hasCheck = false

  constructor(text: string) {
    this.#lines = text.replace(/^\uFEFF/, '').match(/[^\n]*\n|[^\n]+/g) ?? []
  }

  run(): Pick<Dockerfile, 'escape' | 'instructions' | 'doubts'> | Problem {
    const tooLong = this.#lines.findIndex(
      (line) => Buffer.byteLength(line) > (line.endsWith('\n') ? LONGEST_LINE : LONGEST_LINE - 1),
    )
    if (tooLong !== -1) {
      return {
        line: tooLong + 1,
        message: 'the line is longer than the 65535 bytes that BuildKit takes; split it',
      }
    }
    const instructions: Instruction[] = []
    while (this.#at < this.#lines.length) {
      const problem = this.#readDirective()
      if (problem !== undefined) return problem
      const line = this.#at + 1
      const text = this.#logicalLine()
      if (text === undefined) continue
      const instruction = this.#instruction(text, line)
      if ('message' in instruction) return instruction
      instructions.push(instruction)
    }
    if (instructions.length === 0) {
      return { line: 1, message: 'the Dockerfile has no instructions; start it with `FROM <image>`' }
    }
    return { escape: this.#escape, instructions, doubts: this.#doubts }
  }

  #readDirective(): Problem | undefined {
    const line = this.#at + 1
    const directive = this.#directives.read(trimLeft(withoutEnd(this.#lines[this.#at] ?? '')))
    if (directive === undefined) return undefined
    if ('problem' in directive) return { line, message: directive.problem }
    if (directive.name === 'check') {
      // Older releases take it for a comment, after which directives have no effect.
      this.#hasCheck = true
    } else if (directive.name === 'escape') {
      if (directive.value !== '`' && directive.value !== '\\') {
        return {
          line,
          message: `the escape character is \`${directive.value}\`; it may be a backslash or a backtick`,
        }
      }
      this.#escape = directive.value
      if (this.#hasCheck && this.#escape === '`') {
        this.#doubts.push({
          line,
          why: 'older BuildKit releases ignore an escape directive after a check directive',
        })
      }
    }
    return undefined
  }

  /** Continuations joined; `undefined` for an empty line or a comment. */
  #logicalLine(): string | undefined {
    const first = trimLeft(withoutEnd(this.#lines[this.#at++] ?? ''))
    let part = first.startsWith('#') ? { text: '', isContinued: false } : this.#part(first)
    let text = part.text
    if (!part.isContinued && text === '') return undefined
    while (part.isContinued && this.#at < this.#lines.length) {
      const line = withoutEnd(this.#lines[this.#at++] ?? '')
      const content = trimLeft(line)
      if (content === '' || content.startsWith('#')) continue
      part = this.#part(line)
      text += part.text
    }
    return text
  }

  #part(line: string): { text: string; isContinued: boolean } {
    const text = line.replace(CONTINUED[this.#escape], '$1')
    return { text, isContinued: text !== line }
  }

  #instruction(text: string, line: number): Instruction | Problem {
    const read = instructionOf(text, { line, escape: this.#escape })
    if ('message' in read) return read
    const { instruction, doubts } = read
    this.#doubts.push(...doubts)
    const announced = takesHeredocs(read.inner ?? instruction) && text.includes('<<') ? heredocsOf(text) : []
    if ('problem' in announced) return { line, message: announced.problem }
    const heredocs: Heredoc[] = []
    for (const each of announced) {
      const content = this.#content(each)
      if (content === undefined) {
        return {
          line,
          message: `the heredoc \`${each.name}\` has no end; add a line with \`${each.name}\` alone`,
        }
      }
      heredocs.push({ ...each, content })
    }
    if (heredocs.some((heredoc) => this.#mayBeInstructions(heredoc)) && isNewHeredoc(text)) {
      this.#doubts.push({ line, why: 'older BuildKit releases see no heredoc here' })
    }
    const trigger = instruction.keyword === 'ONBUILD' ? triggerOf(text, line, heredocs) : undefined
    return withoutLoss({ ...instruction, heredocs, ...(trigger && { trigger }) })
  }

  /** Whether a release that sees no heredoc could take its lines, and the one that ends it, for instructions. */
  #mayBeInstructions({ name, content }: Heredoc): boolean {
    const [first] = cutAtSpace(trimBoth(name))
    return KEYWORDS.includes(first.toUpperCase()) || CONTINUED[this.#escape].test(withoutEnd(content))
  }

  #content(heredoc: Announced): string | undefined {
    let content = ''
    while (this.#at < this.#lines.length) {
      const line = this.#lines[this.#at++] ?? ''
      const bare = withoutEnd(line)
      if ((heredoc.chomp ? bare.replace(/^\t+/, '') : bare) === heredoc.name) return content
      content += line
    }
    return undefined
  }
}

/** Bytes that were no UTF-8 are all the same here, so that a change of them would not be seen. */
function withoutLoss(instruction: Instruction): Instruction | Problem {
  const { keyword, line, text, heredocs } = instruction
  const isLost = [text, ...heredocs.map((heredoc) => heredoc.content)].some((each) => each.includes('\uFFFD'))
  return isLost
    ? { line, message: `${keyword} holds bytes that are no UTF-8; save the file as UTF-8` }
    : instruction
}

/** Older releases want no blank before the name, and read a list with more behind it as JSON. */
function isNewHeredoc(text: string): boolean {
  return /<<-?[\t\n\f\r ]/.test(text) || /\[.*\]/s.test(text)
}

function withoutEnd(line: string): string {
  return line.replace(/[\r\n]+$/, '')
}

function takesHeredocs(instruction: Instruction): boolean {
  return ['RUN', 'COPY', 'ADD'].includes(instruction.keyword) && !instruction.json
}

/** The trigger is kept as text in the image and read again when it fires, with the backslash as its escape. */
function triggerOf(text: string, line: number, heredocs: readonly Heredoc[]): Instruction | undefined {
  const expression = text.replace(/^[\t\n\f\r ]*onbuild[\t\n\f\r ]*/i, '')
  const contents = heredocs.map((heredoc) => `\n${heredoc.content}${heredoc.name}`)
  const read = new Reader(expression + contents.join('')).run()
  if ('message' in read || read.instructions.length !== 1) return undefined
  const [trigger] = read.instructions
  return trigger === undefined || problemOf(trigger) !== undefined ? undefined : { ...trigger, line }
}

interface Read {
  readonly instruction: Instruction
  /** What ONBUILD wraps. */
  readonly inner?: Instruction
  readonly doubts: readonly Doubt[]
}

function instructionOf(text: string, at: { line: number; escape: Escape }): Read | Problem {
  const [written, afterKeyword = ''] = cutAtSpace(trimBoth(text))
  const keyword = /^[a-z]+$/i.test(written) ? written.toUpperCase() : written
  const split = splitFlags(afterKeyword, at.escape)
  const rest = trimBoth(split.rest)
  const base = { keyword, line: at.line, flags: split.flags, heredocs: [], text: trimBoth(text) }
  const doubts: Doubt[] = []
  if (at.escape === '`' && /[\\`]/.test(split.text)) {
    doubts.push({ line: at.line, why: 'BuildKit releases differ on escapes within flags' })
  }
  if (keyword === 'ONBUILD') return onbuildOf({ ...base, words: [], json: false }, rest, { ...at, doubts })
  const reader = readerOf(keyword)
  const read = reader?.(rest, at.escape) ?? { words: [''], json: false }
  if ('problem' in read) return { line: at.line, message: `${keyword}: ${read.problem}` }
  if (['COPY', 'ADD'].includes(keyword) && !read.json && startsAsJson(rest)) {
    doubts.push({ line: at.line, why: 'older BuildKit releases drop what follows a list in JSON form' })
  }
  return { instruction: { ...base, ...read }, doubts }
}

function onbuildOf(
  instruction: Instruction,
  rest: string,
  at: { line: number; escape: Escape; doubts: readonly Doubt[] },
): Read | Problem {
  if (rest === '') return { instruction, doubts: at.doubts }
  const read = instructionOf(rest, at)
  if ('message' in read) return read
  const [keyword] = cutAtSpace(rest)
  return {
    instruction: { ...instruction, words: [keyword, ...read.instruction.words] },
    inner: read.instruction,
    doubts: [...at.doubts, ...read.doubts],
  }
}
