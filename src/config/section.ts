import * as v from 'valibot'
import type { Failure, Place } from '../model/failure.js'
import type { Checked } from './checked.js'
import { type MapEntry, type Node, nodeAt } from './document.js'
import { invalid } from './invalid.js'
import { LINE, LINE_OR_COMMA, pairName, splitList, splitPair } from './pairs.js'
import { serviceEntries, type ServiceSchemas, type SettingKey } from './schema.js'

/** A map of settings: one service, or `defaults`. */
export interface Section {
  /** For messages: `services.api`. */
  readonly path: string
  readonly entries: ReadonlyMap<string, MapEntry>
}

/** One named value within a section. */
export interface Setting {
  readonly path: string
  readonly key: Place
  readonly node: Node
}

export interface PairSetting {
  readonly path: string
  readonly place: Place
  readonly value: string | null
}

type Shape<Key extends SettingKey> = v.InferOutput<ServiceSchemas[Key]>
type KeyOf<Value> = { [Key in SettingKey]: NonNullable<Shape<Key>> extends Value ? Key : never }[SettingKey]
type ListKey = Exclude<
  { [Key in SettingKey]: string[] extends Shape<Key> ? Key : never }[SettingKey],
  PairKey | 'bases'
>
type PairKey = 'labels' | 'build-args' | 'build-contexts' | 'secret-envs' | 'secret-files'

/**
 * Reads the values of a section, each in the shape that the schema gives its key, and adds to `failures` what is wrong
 * at the place where it is written. A key that is absent, or whose value is wrong, reads as `undefined` or empty.
 */
export class SectionReader {
  readonly #section: Section
  readonly #failures: Failure[]

  constructor(section: Section, failures: Failure[]) {
    this.#section = section
    this.#failures = failures
  }

  value<Key extends SettingKey>(key: Key): Shape<Key> | undefined {
    const entry = this.#section.entries.get(key)
    if (entry === undefined) return undefined
    const asWritten = key === 'labels' || key === 'build-args'
    const written = plainValue(entry.node, asWritten)
    // Its keys are ours, so none of them is one that a person chose.
    const plain: unknown =
      key === 'health' && written instanceof Map ? Object.fromEntries<unknown>(written) : written
    const result = v.safeParse(serviceEntries[key], plain)
    if (result.success) return result.output
    for (const { issue, steps } of result.issues.flatMap((issue) => innermost(issue))) {
      const path = [this.#section.path, key, ...steps].join('.')
      this.#failures.push(shapeFailure(path, nodeAt(entry.node, steps), issue))
    }
    return undefined
  }

  text(key: KeyOf<string | number | boolean>): string | undefined {
    const value = this.value(key)
    return value === undefined ? undefined : String(value)
  }

  checked<T>(key: KeyOf<string>, check: (text: string) => Checked<T>): T | undefined {
    const text = this.text(key)
    return text === undefined ? undefined : this.#take(check(text), key, [])
  }

  list(
    key: ListKey,
    separator: RegExp,
    check: (item: string) => Checked<string> = (item) => ({ value: item }),
  ): readonly string[] | undefined {
    const value = this.value(key)
    if (value === undefined) return undefined
    const items = typeof value === 'string' ? splitList(value, separator) : value.map((item) => item.trim())
    const checked = items.map((item, index) => this.#take(check(item), key, [index]))
    return checked.every((item) => item !== undefined) ? checked : undefined
  }

  /** Name → value of a map or of KEY=VALUE lines; `check` may refuse or change names that `pairName` lets pass. */
  pairs(key: PairKey, check: (name: string) => Checked<string>): Map<string, PairSetting> {
    const pairs = new Map<string, PairSetting>()
    for (const { name: written, value, step } of this.#pairTexts(key)) {
      const valid = this.#take(pairName(written), key, [step])
      const name = valid === undefined ? undefined : this.#take(check(valid), key, [step])
      if (name === undefined) continue
      const path = [this.#section.path, key, written].join('.')
      if (pairs.has(name)) this.fail(key, `sets \`${name}\` twice`, [step])
      pairs.set(name, { path, place: this.#place(key, [step]), value })
    }
    return pairs
  }

  /** Names of other images, each at its place; of a text with several, at the text. */
  names(key: 'needs' | 'stage-of'): readonly { name: string; place: Place }[] | undefined {
    const value = this.value(key)
    if (value === undefined) return undefined
    const isList = Array.isArray(value)
    const names = isList ? value : key === 'stage-of' ? [value] : splitList(value, LINE_OR_COMMA)
    return names.map((name, index) => ({ name, place: this.#place(key, isList ? [index] : []) }))
  }

  /** What each name of a map stands for; in a list every name stands for itself. */
  named(key: 'bases'): [string, { name: string; place: Place }][] {
    const value = this.value(key)
    if (value === undefined) return []
    if (value instanceof Map)
      return [...value].map(([alias, name]) => [alias, { name, place: this.#place(key, [alias]) }])
    const isList = Array.isArray(value)
    const names = isList ? value : splitList(value, LINE_OR_COMMA)
    return names.map((name, index) => [name, { name, place: this.#place(key, isList ? [index] : []) }])
  }

  map(key: 'matrix' | 'generated'): [string, Setting][] {
    const node = this.#section.entries.get(key)?.node
    if (this.value(key) === undefined || node?.kind !== 'map') return []
    return [...node.entries].map(([name, entry]) => [
      name,
      { path: [this.#section.path, key, name].join('.'), key: entry.place, node: entry.node },
    ])
  }

  fail(key: SettingKey, problem: string, steps: readonly unknown[] = []): void {
    this.#failures.push(invalid(`\`${this.#section.path}.${key}\` ${problem}`, this.#place(key, steps)))
  }

  #pairTexts(key: PairKey): { name: string; value: string | null; step: unknown }[] {
    const value = this.value(key)
    if (value === undefined) return []
    if (value instanceof Map) {
      return [...value].map(([name, item]) => ({
        name,
        value: item === null ? null : String(item),
        step: name,
      }))
    }
    const lines = typeof value === 'string' ? splitList(value, LINE) : value.map((line) => line.trim())
    return lines.map((line, index) => ({ ...splitPair(line), step: index }))
  }

  #take<T>(checked: Checked<T>, key: SettingKey, steps: readonly unknown[]): T | undefined {
    if ('value' in checked) return checked.value
    this.#failures.push(
      invalid(`\`${this.#section.path}.${key}\`: ${checked.problem}`, this.#place(key, steps)),
    )
    return undefined
  }

  #place(key: SettingKey, steps: readonly unknown[]): Place {
    const entry = this.#section.entries.get(key)
    if (entry === undefined) throw new Error(`\`${key}\` is not in the section`)
    return nodeAt(entry.node, steps).place
  }
}

/** Of the ways in which no form of a value fits, those that come nearest: inside of a form whose outside fits. */
function innermost(issue: v.BaseIssue<unknown>, outside: readonly unknown[] = []): LocatedIssue[] {
  const steps = [...outside, ...(issue.path ?? []).map((item) => item.key)]
  const inside = (issue.issues ?? []).filter(({ path }) => path !== undefined)
  return inside.length > 0 ? inside.flatMap((inner) => innermost(inner, steps)) : [{ issue, steps }]
}

interface LocatedIssue {
  readonly issue: v.BaseIssue<unknown>
  /** Keys and indexes from the checked value to the wrong one. */
  readonly steps: readonly unknown[]
}

function shapeFailure(path: string, node: Node, issue: v.BaseIssue<unknown>): Failure {
  if (issue.type === 'strict_object' && issue.path !== undefined) {
    const problem = issue.expected === 'never' ? 'is an unknown key' : 'is missing'
    return invalid(`\`${path}\` ${problem}; write ${issue.message}`, node.place)
  }
  const quotes =
    issue.message === 'text' && node.kind === 'scalar' && node.value !== null && node.source !== ''
  const mend = quotes && typeof node.value !== 'string' ? '; put it in quotes' : ''
  return invalid(`\`${path}\` must be ${issue.message}, but is ${describe(node)}${mend}`, node.place)
}

export function describe(node: Node): string {
  if (node.kind !== 'scalar') return `a ${node.kind}`
  if (node.value === null || node.source === '') return 'empty'
  if (typeof node.value !== 'string') return node.source
  return node.source.length > 40 ? 'text' : `the text "${node.source}"`
}

/** Maps become `Map`, so that no name a person chose can meet a prototype. `asWritten`: numbers and booleans are text. */
function plainValue(node: Node, asWritten: boolean): unknown {
  if (node.kind === 'list') return node.items.map((item) => plainValue(item, asWritten))
  if (node.kind === 'map') {
    return new Map([...node.entries].map(([name, entry]) => [name, plainValue(entry.node, asWritten)]))
  }
  return asWritten && node.value !== null ? node.source : node.value
}
