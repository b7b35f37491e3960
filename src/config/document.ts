import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  parseDocument,
  Scalar,
  type YAMLError,
  type YAMLMap,
  visit,
} from 'yaml'
import type { Failure, Place } from '../model/failure.js'
import { invalid } from './invalid.js'

/** A YAML value with the place where it is written; aliases and merge keys are already replaced by what they name. */
export type Node = ScalarNode | ListNode | MapNode

export interface ScalarNode {
  readonly kind: 'scalar'
  readonly place: Place
  readonly value: string | number | boolean | null
  /** The value as written, without quotes: `1.10` where `value` is 1.1. */
  readonly source: string
}

export interface ListNode {
  readonly kind: 'list'
  readonly place: Place
  readonly items: readonly Node[]
}

export interface MapNode {
  readonly kind: 'map'
  readonly place: Place
  readonly entries: ReadonlyMap<string, MapEntry>
}

export interface MapEntry {
  /** Of the key. */
  readonly place: Place
  readonly node: Node
}

export interface ReadDocument {
  /** Absent when the text is no YAML that can be understood; an empty document is an empty scalar. */
  readonly root?: Node
  readonly failures: readonly Failure[]
}

/** Nodes of a document after its aliases are replaced. A repository with a thousand services stays far below. */
const MAX_NODES = 100_000

/** Reads one YAML 1.2 document (core schema) and lists every syntax error, or every key that is set twice. */
export function readDocument(text: string, file: string): ReadDocument {
  const lines = new LineCounter()
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    resolveKnownTags: false,
  })
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const errors = [...document.errors, ...document.warnings]
  const fatal = errors.find((error) => error.code === 'RESOURCE_EXHAUSTION')
  if (fatal !== undefined) return { failures: [syntaxFailure(fatal, placeOf)] }
  if (errors.length > 0) return { failures: errors.map((error) => syntaxFailure(error, placeOf)) }
  if (document.directives.yaml.explicit && document.directives.yaml.version !== '1.2') {
    return { failures: [invalid('only YAML 1.2 is understood; remove the line `%YAML`', placeOf(0))] }
  }
  const converter = new Converter(document, placeOf)
  const root = converter.node(document.contents, placeOf(0))
  return converter.unreadable ? { failures: converter.failures } : { root, failures: converter.failures }
}

/** The node that a path of keys and indexes leads to, or the last one on the way that exists. */
export function nodeAt(node: Node, path: readonly unknown[]): Node {
  const [step, ...rest] = path
  const next =
    node.kind === 'map'
      ? node.entries.get(String(step))?.node
      : node.kind === 'list'
        ? node.items[Number(step)]
        : undefined
  return step === undefined || next === undefined ? node : nodeAt(next, rest)
}

function syntaxFailure(error: YAMLError, placeOf: (offset: number) => Place): Failure {
  return invalid(syntaxMessage(error), placeOf(error.pos[0]))
}

function syntaxMessage(error: YAMLError): string {
  if (error.code === 'MULTIPLE_DOCS')
    return 'the file holds several YAML documents; keep one and remove this `---`'
  if (error.code === 'TAB_AS_INDENT') return 'this line is indented by a tab; YAML wants spaces'
  if (error.code === 'RESOURCE_EXHAUSTION') return 'the YAML is nested too deeply'
  if (error.code === 'TAG_RESOLVE_FAILED')
    return `${error.message}; tags (\`!name\`) are not supported, remove it`
  return `not valid YAML: ${error.message}`
}

class Converter {
  readonly failures: Failure[] = []
  /** Set when an alias could not be replaced, so that what the document says is unknown. */
  unreadable = false
  readonly #targets: ReadonlyMap<Alias, unknown>
  readonly #placeOf: (offset: number) => Place
  readonly #open = new Set<unknown>()
  #nodes = 0

  constructor(document: Document, placeOf: (offset: number) => Place) {
    this.#targets = targetsOf(document)
    this.#placeOf = placeOf
  }

  node(node: unknown, parent: Place): Node {
    const place = this.#place(node, parent)
    this.#nodes += 1
    if (this.#nodes > MAX_NODES) {
      if (!this.unreadable) this.#giveUp(`more than ${MAX_NODES} values, aliases included`, place)
      return emptyNode(place)
    }
    if (isAlias(node)) return this.#alias(node, place)
    if (isMap(node)) return this.#within(node, () => this.#map(node, place))
    if (isSeq(node)) {
      return this.#within(node, () => ({
        kind: 'list',
        place,
        items: node.items.map((item) => this.node(item, place)),
      }))
    }
    return isScalar(node) ? scalarNode(node, place) : emptyNode(place)
  }

  #alias(alias: Alias, place: Place): Node {
    const target = this.#targets.get(alias)
    if (target === undefined)
      return this.#giveUp(`there is no anchor \`&${alias.source}\` before this alias`, place)
    if (this.#open.has(target))
      return this.#giveUp(`\`*${alias.source}\` stands inside of what it names`, place)
    return this.node(target, place)
  }

  #within(node: unknown, convert: () => Node): Node {
    this.#open.add(node)
    const converted = convert()
    this.#open.delete(node)
    return converted
  }

  #map(map: YAMLMap, place: Place): MapNode {
    const entries = new Map<string, MapEntry>()
    const merged: Node[] = []
    for (const pair of map.items) {
      const keyPlace = this.#place(pair.key, place)
      const value = this.node(pair.value, keyPlace)
      if (isMergeKey(pair)) merged.push(...(value.kind === 'list' ? value.items : [value]))
      else this.#set(entries, this.#key(pair, keyPlace), { place: keyPlace, node: value })
    }
    for (const source of merged) {
      if (source.kind !== 'map')
        this.failures.push(invalid('`<<` takes a map, or a list of maps', source.place))
      else for (const [key, entry] of source.entries) if (!entries.has(key)) entries.set(key, entry)
    }
    return { kind: 'map', place, entries }
  }

  #set(entries: Map<string, MapEntry>, key: string | undefined, entry: MapEntry): void {
    if (key === undefined) return
    const earlier = entries.get(key)
    if (earlier === undefined) entries.set(key, entry)
    else
      this.failures.push(invalid(`\`${key}\` is set twice, first on line ${earlier.place.line}`, entry.place))
  }

  #key(pair: Pair, place: Place): string | undefined {
    const key = this.node(pair.key, place)
    if (this.unreadable) return undefined
    if (key.kind === 'scalar' && key.source !== '')
      return typeof key.value === 'string' ? key.value : key.source
    this.failures.push(invalid('a key must be text that is not empty', place))
    return undefined
  }

  #place(node: unknown, parent: Place): Place {
    const range = (node as { range?: readonly number[] | null } | null | undefined)?.range
    return range?.[0] === undefined ? parent : this.#placeOf(range[0])
  }

  #giveUp(message: string, place: Place): ScalarNode {
    this.unreadable = true
    this.failures.push(invalid(message, place))
    return emptyNode(place)
  }
}

/** What each alias names: the nearest node before it with that anchor. One pass, as `Alias.resolve` takes one per alias. */
function targetsOf(document: Document): Map<Alias, unknown> {
  const anchors = new Map<string, unknown>()
  const targets = new Map<Alias, unknown>()
  visit(document, {
    Alias: (_key, alias) => {
      targets.set(alias, anchors.get(alias.source))
    },
    Value: (_key, node) => {
      if (node.anchor !== undefined) anchors.set(node.anchor, node)
    },
  })
  return targets
}

/** A quoted `'<<'` is an ordinary key. */
function isMergeKey(pair: Pair): boolean {
  return isScalar(pair.key) && pair.key.type === Scalar.PLAIN && pair.key.value === '<<'
}

function scalarNode(scalar: Scalar, place: Place): ScalarNode {
  const { value } = scalar
  const known =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
  return {
    kind: 'scalar',
    place,
    value: known,
    source: typeof value === 'string' ? value : (scalar.source ?? ''),
  }
}

function emptyNode(place: Place): ScalarNode {
  return { kind: 'scalar', place, value: null, source: '' }
}
