import type { Failure } from '../model/failure.js'
import { LINE_OR_COMMA, splitList } from './pairs.js'
import { closest } from './suggest.js'

/** Inputs as they were written, by the names of `action.yml`; an empty or absent one means its default. */
export type RawInputs = Readonly<Record<string, string | undefined>>

/** OCI distribution specification 1.1, section "Pulling manifests". */
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/
const DIGEST = /^sha256:[0-9a-f]{64}$/

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 }

/** Reads inputs one by one; what cannot be understood is added to the failures, and read as some value of its type. */
export class InputReader {
  private readonly inputs: RawInputs
  private readonly failures: Failure[]

  constructor(inputs: RawInputs, failures: Failure[]) {
    this.inputs = inputs
    this.failures = failures
  }

  text(name: string): string | undefined {
    const text = this.inputs[name]?.trim() ?? ''
    return text === '' ? undefined : text
  }

  list(name: string, separator = LINE_OR_COMMA): string[] {
    return splitList(this.text(name) ?? '', separator)
  }

  boolean(name: string): boolean {
    const text = this.text(name) ?? 'false'
    if (text !== 'true' && text !== 'false')
      this.#fail(`\`${name}\` is \`${text}\`; it must be \`true\` or \`false\``)
    return text === 'true'
  }

  count(name: string, most = 9999): number | undefined {
    const text = this.text(name)
    if (text === undefined) return undefined
    if (!/^[1-9]\d{0,3}$/.test(text) || Number(text) > most)
      this.#fail(`\`${name}\` is \`${text}\`; it must be a whole number from 1 to ${most}`)
    return Number(text)
  }

  /** A tag or digest; `undefined` for one of the words that mean none. */
  reference(name: string, none: readonly string[]): string | undefined {
    const text = this.text(name)
    if (text === undefined || none.includes(text)) return undefined
    const digest = name === 'from' ? DIGEST : undefined
    if (!TAG.test(text) && !digest?.test(text))
      this.#fail(`\`${name}\` is \`${text}\`; it must be a tag${digest ? ', or a digest `sha256:…`' : ''}`)
    return text
  }

  /** Milliseconds; a number without a unit is of seconds. */
  duration(name: string): number {
    const [, number, unit = 's'] = /^(\d{1,6})([smh])?$/.exec(this.text(name) ?? '0') ?? []
    if (number === undefined)
      this.#fail(
        `\`${name}\` is \`${this.text(name) ?? ''}\`; it must be seconds, or a duration such as 90s or 10m`,
      )
    return Number(number ?? 0) * (UNITS[unit] ?? 0)
  }

  /** The first choice is the default. */
  choice<T extends string>(name: string, choices: readonly [T, ...T[]]): T {
    const text = this.text(name) ?? choices[0]
    const found = choices.find((choice) => choice === text)
    if (found !== undefined) return found
    const near = closest(text, choices)
    this.#fail(
      `\`${name}\` is \`${text}\`; it must be ${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}${near ? `; did you mean \`${near}\`?` : ''}`,
    )
    return choices[0]
  }

  #fail(message: string): void {
    this.failures.push({ kind: 'usage', message })
  }
}
