import { expandWord } from './expand.js'

/** A text, or why it cannot be told before the build. */
export type Decided = { readonly text: string } | { readonly why: string }

/** Variables at one place of a Dockerfile, as far as they are known when planning. */
export class Environment {
  readonly #known: Map<string, string>
  readonly #unknown: Map<string, string>
  /** Why a name that is neither known nor unknown may be set all the same; `undefined`: it is not set. */
  #others: string | undefined

  private constructor(known: Map<string, string>, unknown: Map<string, string>, others: string | undefined) {
    this.#known = known
    this.#unknown = unknown
    this.#others = others
  }

  static empty(): Environment {
    return new Environment(new Map(), new Map(), undefined)
  }

  /** One in which any name may be set, for the given reason. */
  static open(why: string): Environment {
    return new Environment(new Map(), new Map(), why)
  }

  copy(): Environment {
    return new Environment(new Map(this.#known), new Map(this.#unknown), this.#others)
  }

  /** This one, with all that `over` may set laid over it. */
  under(over: Environment): Environment {
    const merged = over.copy()
    for (const [name, text] of this.#known) {
      if (over.#has(name)) continue
      if (over.#others === undefined) merged.set(name, { text })
      else merged.set(name, { why: over.#others })
    }
    for (const [name, why] of this.#unknown) if (!over.#has(name)) merged.set(name, { why })
    merged.#others ??= this.#others
    return merged
  }

  set(name: string, value: Decided): void {
    this.#known.delete(name)
    this.#unknown.delete(name)
    if ('text' in value) this.#known.set(name, value.text)
    else this.#unknown.set(name, value.why)
  }

  /** Some name that cannot be told was set. */
  setSome(why: string): void {
    this.#known.clear()
    this.#unknown.clear()
    this.#others = why
  }

  /** `undefined`: not set. */
  get(name: string): Decided | undefined {
    const text = this.#known.get(name)
    if (text !== undefined) return { text }
    const why = this.#unknown.get(name) ?? this.#others
    return why === undefined ? undefined : { why: because(name, why) }
  }

  expand(word: string, escape: string): Decided {
    const expanded = expandWord(word, this.#known, escape)
    if ('problem' in expanded) return { why: `\`${word}\` cannot be expanded: ${expanded.problem}` }
    for (const name of expanded.unset) {
      const why = this.#unknown.get(name) ?? this.#others
      if (why !== undefined) return { why: because(name, why) }
    }
    return { text: expanded.text }
  }

  #has(name: string): boolean {
    return this.#known.has(name) || this.#unknown.has(name)
  }
}

function because(name: string, why: string): string {
  return `the value of \`${name}\` is not known: ${why}`
}
