import { trimLeft } from './space.js'

export type DirectiveName = 'syntax' | 'escape' | 'check'

export interface Directive {
  readonly name: DirectiveName
  readonly value: string
}

const NAMES: ReadonlySet<string> = new Set<DirectiveName>(['syntax', 'escape', 'check'])
const PATTERN = /^([a-zA-Z][a-zA-Z0-9]*)[\t\n\f\r ]*=[\t\n\f\r ]*([^\n]+?)[\t\n\f\r ]*$/

/** Reads parser directives line by line: they count only before the first line that is none. */
export class DirectiveReader {
  readonly #seen = new Set<string>()
  readonly #comment: string
  #isOver = false

  constructor(comment: '#' | '//') {
    this.#comment = comment
  }

  get isOver(): boolean {
    return this.#isOver
  }

  read(line: string): Directive | { readonly problem: string } | undefined {
    if (this.#isOver) return undefined
    const text = line.startsWith(this.#comment) ? trimLeft(line.slice(this.#comment.length)) : ''
    const [, key = '', value = ''] = PATTERN.exec(text) ?? []
    const name = key.toLowerCase()
    if (!isDirectiveName(name)) {
      this.#isOver = true
      return undefined
    }
    if (this.#seen.has(name))
      return { problem: `the directive \`${name}\` may be there only once; remove one` }
    this.#seen.add(name)
    return { name, value }
  }
}

function isDirectiveName(name: string): name is DirectiveName {
  return NAMES.has(name)
}

/**
 * The frontend that BuildKit hands the file to, as its DetectSyntax finds it: a directive after `#` or `//` (a first
 * line with `#!` does not count), or the key `syntax` of a file that is JSON.
 */
export function detectSyntax(text: string): string | undefined {
  const body = text.replace(/^\uFEFF/, '').replace(/^#![^\n]*(?:\n|$)/, '')
  return syntaxAfter('#', body) ?? syntaxAfter('//', body) ?? syntaxOfJson(body)
}

function syntaxAfter(comment: '#' | '//', body: string): string | undefined {
  const reader = new DirectiveReader(comment)
  for (const line of body.split('\n')) {
    const directive = reader.read(line.replace(/\r$/, ''))
    if (directive === undefined || 'problem' in directive) return undefined
    if (directive.name === 'syntax') return directive.value.split(' ')[0]
  }
  return undefined
}

function syntaxOfJson(body: string): string | undefined {
  if (!/^[\t\n\r ]*\{/.test(body)) return undefined
  try {
    const value = JSON.parse(body) as { readonly syntax?: unknown }
    return typeof value.syntax === 'string' ? value.syntax : undefined
  } catch {
    return undefined
  }
}

/** Whether a frontend is Docker's own, of any tag or digest. */
export function isDockerSyntax(reference: string): boolean {
  return /^(?:(?:index\.)?docker\.io\/)?docker\/dockerfile(?:-upstream)?(?:[:@]|$)/.test(reference)
}
