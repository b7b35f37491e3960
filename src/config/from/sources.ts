import type { Failure, Place } from '../../model/failure.js'
import { readDocument, type MapEntry, type Node } from '../document.js'
import { invalid } from '../invalid.js'
import { LINE_OR_COMMA, splitList } from '../pairs.js'
import { filePath } from '../paths.js'

/** A Compose or bake file that images are taken from. */
export interface Source {
  readonly path: string
  /** Group or target of a bake file; absent: what it says is the default. */
  readonly pick?: string
  readonly place: Place
}

/** The sources that a configuration names; what is wrong with them is left to `parseConfig`. */
export function sourcesOf(text: string, file: string): readonly Source[] {
  const { root } = readDocument(text, file)
  return root?.kind === 'map' ? readSources(root.entries.get('from'), []) : []
}

/** Reads the key `from` and adds to `failures` what is wrong. */
export function readSources(entry: MapEntry | undefined, failures: Failure[]): readonly Source[] {
  return entry === undefined
    ? []
    : itemsOf(entry.node, failures).flatMap((item) => sourceOf(item, failures) ?? [])
}

interface Item {
  readonly text: string
  readonly place: Place
}

function itemsOf(node: Node, failures: Failure[]): Item[] {
  if (node.kind === 'list') return node.items.flatMap((item) => itemsOf(item, failures))
  const { place } = node
  if (node.kind === 'scalar' && typeof node.value === 'string' && node.value !== '')
    return splitList(node.value, LINE_OR_COMMA).map((text) => ({ text, place }))
  failures.push(invalid('`from` must be a list of Compose and bake files, or text with one per line', place))
  return []
}

function sourceOf({ text, place }: Item, failures: Failure[]): Source | undefined {
  const [written = '', pick] = text.split(/#(.*)/s)
  const checked = filePath(written)
  if ('problem' in checked) failures.push(invalid(`\`from\`: ${checked.problem}`, place))
  else if (!/\.(?:ya?ml|hcl|json)$/.test(checked.value))
    failures.push(
      invalid(
        `\`from\`: \`${written}\` is neither a Compose file (.yaml, .yml) nor a bake file (.hcl, .json)`,
        place,
      ),
    )
  else if (pick !== undefined && !/^\w[\w-]*$/.test(pick))
    failures.push(
      invalid(`\`from\`: \`#${pick}\` names no group and no target; write \`${written}#NAME\``, place),
    )
  else return { path: checked.value, place, ...(pick !== undefined && { pick }) }
  return undefined
}

export function isCompose(path: string): boolean {
  return /\.ya?ml$/.test(path)
}

/** What bake is asked for: the names after `#`, else the group `default` if there is one, else every target. */
export function targetsOf(sources: readonly Source[], texts: ReadonlyMap<string, string>): readonly string[] {
  const picks = sources.flatMap(({ pick }) => pick ?? [])
  if (picks.length > 0) return picks
  const bake = sources.filter(({ path }) => !isCompose(path))
  // All services of Compose files are in a group of that name.
  const hasDefault = bake.length === 0 || bake.some(({ path }) => DEFAULT_GROUP.test(texts.get(path) ?? ''))
  return [hasDefault ? 'default' : '*']
}

/** In HCL or JSON. Where it errs bake says that there is no such group. */
const DEFAULT_GROUP = /^\s*group\s+"?default"?\s*\{|"group"\s*:\s*\{(?:[^{}]|\{[^{}]*\})*"default"\s*:/m
