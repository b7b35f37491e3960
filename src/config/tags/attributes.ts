import type { Checked } from '../checked.js'
import { closest } from '../suggest.js'
import { parseTemplate, type Scope, type Template } from './template.js'

/** Reads the attributes of one rule. Whoever has read all that its type has asks `refuseOthers` last. */
export class Attributes {
  /** What is wrong with the rule so far; a reading method that adds to it returns a stand-in. */
  readonly problems: string[] = []
  readonly #fields: ReadonlyMap<string, string>
  readonly #known = new Set<string>()

  constructor(fields: ReadonlyMap<string, string>) {
    this.#fields = fields
  }

  text(name: string, fallback?: string): string {
    this.#known.add(name)
    const text = this.#fields.get(name) ?? fallback
    if (text === undefined) this.problems.push(`it needs \`${name}=\``)
    return text ?? ''
  }

  choice<T extends string>(name: string, choices: readonly [T, ...T[]], fallback?: T): T {
    const text = this.text(name, fallback ?? '')
    const found = choices.find((choice) => choice === text)
    if (found === undefined) this.problems.push(`\`${name}\` must be ${alternatives(text, choices)}`)
    return found ?? choices[0]
  }

  number(name: string, fallback: number): number {
    const text = this.text(name, String(fallback))
    if (!/^-?\d+$/.test(text)) this.problems.push(`\`${name}\` must be a whole number`)
    return Number(text)
  }

  template<Context>(name: string, scope: Scope<Context>, fallback?: string): Template<Context> {
    return this.#checked(name, parseTemplate(this.text(name, fallback), scope)) ?? []
  }

  /** A regular expression, as it is or as `/source/flags`, and the number of one of its groups. */
  groupOf(name: string, numberName: string): { readonly pattern: RegExp; readonly group: number } {
    const text = this.text(name)
    const [, source = text, flags = ''] = /^\/(.+)\/(.*)$/.exec(text) ?? []
    const group = this.number(numberName, 0)
    return { group, pattern: this.#checked(name, regExpWithGroup(source, { flags, group })) ?? /^/ }
  }

  /** A regular expression with a first group; absent or empty: none. */
  firstGroupOf(name: string): RegExp | undefined {
    const source = this.text(name, '')
    return source === '' ? undefined : this.#checked(name, regExpWithGroup(source, { flags: '', group: 1 }))
  }

  /** metadata-action ignores an attribute that it does not know, and one that the type does not have. */
  refuseOthers(): void {
    for (const name of this.#fields.keys()) {
      if (this.#known.has(name)) continue
      this.problems.push(
        `\`${name}\` has no meaning here; it must be ${alternatives(name, [...this.#known])}`,
      )
    }
  }

  #checked<T>(name: string, checked: Checked<T>): T | undefined {
    if ('value' in checked) return checked.value
    this.problems.push(`\`${name}\`: ${checked.problem}`)
    return undefined
  }
}

function alternatives(word: string, words: readonly string[]): string {
  const near = closest(word, words)
  const listed = words.length > 1 ? `${words.slice(0, -1).join(', ')} or ${words.at(-1)}` : words.join('')
  return near === undefined ? listed : `${listed}; did you mean \`${near}\`?`
}

function regExpWithGroup(
  source: string,
  { flags, group }: { readonly flags: string; readonly group: number },
): Checked<RegExp> {
  // With these, `match` gives other things than groups.
  if (/[gy]/.test(flags)) return { problem: 'the flags `g` and `y` have no meaning here; remove them' }
  try {
    // With an empty alternative it matches whatever the text, so the groups can be counted.
    const groups = (new RegExp(`${source}|`, flags).exec('')?.length ?? 1) - 1
    if (group < 0 || group > groups)
      return { problem: `it has no group ${group}; put parentheses around what is meant` }
    return { value: new RegExp(source, flags) }
  } catch (error) {
    if (error instanceof SyntaxError) return { problem: error.message }
    throw error
  }
}
