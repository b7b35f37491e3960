import type { Failure, Place } from '../../model/failure.js'
import type { MapEntry, MapNode, Node } from '../document.js'
import { invalid } from '../invalid.js'
import { LINE, splitList, splitPair } from '../pairs.js'
import type { FoundImage, Value, Written } from './image.js'

/** Keys whose value is a map, or lines of `KEY=VALUE`. */
const PAIR_KEYS = ['build-args', 'build-contexts', 'labels']

/**
 * The configuration with the images of Compose and bake files put in. What it says of an image of the same name counts,
 * key by key; maps are merged, as with `defaults`. An image that it calls a base is one.
 */
export function withFound(root: MapNode, found: readonly FoundImage[], failures: Failure[]): MapNode {
  const bases = new Map(imagesOf(root, 'bases'))
  const services = new Map(imagesOf(root, 'services'))
  for (const image of found) {
    const own = bases.get(image.name) ?? services.get(image.name)
    const entry = merged(image, own, failures)
    const isBase = bases.has(image.name) || (image.kind === 'base' && !services.has(image.name))
    ;(isBase ? bases : services).set(image.name, entry)
  }
  const entries = new Map(root.entries)
  for (const [key, images] of [
    ['bases', bases],
    ['services', services],
  ] as const) {
    const own = entries.get(key)
    if (images.size === 0 || isWrong(own)) continue
    const place = own?.place ?? root.place
    entries.set(key, { place, node: { kind: 'map', place, entries: images } })
  }
  return { ...root, entries }
}

function imagesOf(root: MapNode, key: string): ReadonlyMap<string, MapEntry> {
  const node = root.entries.get(key)?.node
  return node?.kind === 'map' ? node.entries : new Map<string, MapEntry>()
}

function merged(image: FoundImage, own: MapEntry | undefined, failures: Failure[]): MapEntry {
  const { name, place, written } = image
  if (own !== undefined && isWrong(own)) return own
  const said = own?.node.kind === 'map' ? own.node.entries : new Map<string, MapEntry>()
  if (image.isInline && !said.has('file')) {
    const mend = `write it to a file, and name that as \`dockerfile\`, or as \`file\` of \`services.${name}\``
    failures.push(invalid(`the Dockerfile of \`${name}\` stands in ${place.file} itself; ${mend}`, place))
  }
  const entries = new Map(entriesOf(written, place))
  for (const [key, entry] of said) {
    const under = entries.get(key)?.node
    const over = PAIR_KEYS.includes(key) ? pairsOf(entry.node) : undefined
    const isMerged = under?.kind === 'map' && over !== undefined
    entries.set(
      key,
      isMerged ? { ...entry, node: { ...under, entries: new Map([...under.entries, ...over]) } } : entry,
    )
  }
  return { place: own?.place ?? place, node: { kind: 'map', place, entries } }
}

/** Neither a map nor empty: whoever reads it says so. */
function isWrong(entry: MapEntry | undefined): boolean {
  const node = entry?.node
  return node?.kind === 'list' || (node?.kind === 'scalar' && node.value !== null)
}

function pairsOf(node: Node): ReadonlyMap<string, MapEntry> | undefined {
  if (node.kind === 'map') return node.entries
  const { place } = node
  if (node.kind === 'list') {
    const items = node.items.map((item) => (item.kind === 'scalar' ? pairsOf(item) : undefined))
    return items.every((item) => item !== undefined) ? new Map(items.flatMap((item) => [...item])) : undefined
  }
  if (typeof node.value !== 'string') return undefined
  const pairs = splitList(node.value, LINE).map(splitPair)
  return new Map(pairs.map(({ name, value }) => [name, { place, node: scalar(value, place) }]))
}

function entriesOf(values: Written, place: Place): [string, MapEntry][] {
  return Object.entries(values).map(([key, value]) => [key, { place, node: nodeOf(value, place) }])
}

function nodeOf(value: Value, place: Place): Node {
  if (typeof value !== 'object') return scalar(value, place)
  if (isList(value)) return { kind: 'list', place, items: value.map((item) => scalar(item, place)) }
  return { kind: 'map', place, entries: new Map(entriesOf(value, place)) }
}

function isList(value: Value): value is readonly string[] {
  return Array.isArray(value)
}

function scalar(value: string | boolean | null, place: Place): Node {
  return { kind: 'scalar', place, value, source: value === null ? '' : String(value) }
}
