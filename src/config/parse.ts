import { failed, ok, type Failure, type Place, type Result } from '../model/failure.js'
import type { ImageName } from '../model/service.js'
import { type MapEntry, type MapNode, type Node, readDocument } from './document.js'
import { invalid } from './invalid.js'
import { parseImage, parseRegistry, type RegistryPrefix } from './image.js'
import { keyFailures } from './keys.js'
import { joinPath } from './paths.js'
import {
  LATER_SERVICE_KEYS,
  LATER_TOP_KEYS,
  PER_SERVICE_KEYS,
  SERVICE_NAME,
  serviceEntries,
} from './schema.js'
import { describe } from './section.js'
import { readSettings, type Settings } from './settings.js'

/** A configuration file after all checks that need nothing but its text. */
export interface Config {
  readonly registry?: RegistryPrefix
  readonly reusePullRequests: boolean
  readonly defaults: Settings
  /** In the order of the file; never empty. */
  readonly services: readonly ConfiguredService[]
}

export interface ConfiguredService {
  readonly name: string
  /** Of the service's key. */
  readonly place: Place
  readonly context: string
  readonly file: string
  /** As configured: without the prefix. */
  readonly image: ImageName
  /** Without those of `defaults`. */
  readonly settings: Settings
}

const TOP_KEYS = {
  allowed: ['registry', 'reuse-pull-requests', 'defaults', 'services'],
  later: LATER_TOP_KEYS,
  perService: [],
}

const SERVICE_KEYS = { allowed: Object.keys(serviceEntries), later: LATER_SERVICE_KEYS, perService: [] }

const DEFAULTS_KEYS = {
  allowed: SERVICE_KEYS.allowed.filter((key) => !PER_SERVICE_KEYS.some((own) => own === key)),
  later: LATER_SERVICE_KEYS,
  perService: PER_SERVICE_KEYS,
}

const NO_SETTINGS = readSettings({ path: 'defaults', entries: new Map() }, [])

/**
 * Understands a configuration; `file` only names it in places. Every failure is `config-invalid` with a place; all of
 * them are listed, in the order of the file, unless it is no YAML at all.
 */
export function parseConfig(text: string, file: string): Result<Config> {
  const document = readDocument(text, file)
  const failures = [...document.failures]
  const config = document.root === undefined ? undefined : readConfig(document.root, failures)
  const [first, ...more] = inOrder(failures)
  if (first !== undefined) return failed(first, ...more)
  if (config === undefined) throw new Error('A configuration that cannot be read has failures')
  return ok(config)
}

function readConfig(root: Node, failures: Failure[]): Config | undefined {
  if (root.kind !== 'map') {
    const found =
      root.kind === 'scalar' && root.value === null
        ? 'the configuration is empty'
        : `the configuration must be a map, but is ${describe(root)}`
    failures.push(invalid(`${found}; it needs at least \`services:\` with one service`, root.place))
    return undefined
  }
  failures.push(...keyFailures(root.entries, TOP_KEYS))
  const registry = readRegistry(root.entries.get('registry'), failures)
  const reusePullRequests = readReuse(root.entries.get('reuse-pull-requests'), failures)
  const defaults = readDefaults(root.entries.get('defaults'), failures)
  const services = readServices(root, failures)
  return { ...(registry === undefined ? {} : { registry }), reusePullRequests, defaults, services }
}

function readRegistry(entry: MapEntry | undefined, failures: Failure[]): RegistryPrefix | undefined {
  if (entry === undefined) return undefined
  const { node } = entry
  if (node.kind !== 'scalar' || typeof node.value !== 'string' || node.value === '') {
    failures.push(
      invalid(`\`registry\` must be text such as ghcr.io/acme, but is ${describe(node)}`, node.place),
    )
    return undefined
  }
  const checked = parseRegistry(node.value)
  if ('value' in checked) return checked.value
  failures.push(invalid(`\`registry\`: ${checked.problem}`, node.place))
  return undefined
}

function readReuse(entry: MapEntry | undefined, failures: Failure[]): boolean {
  if (entry === undefined) return true
  const { node } = entry
  if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value
  failures.push(
    invalid(`\`reuse-pull-requests\` must be true or false, but is ${describe(node)}`, node.place),
  )
  return true
}

function readDefaults(entry: MapEntry | undefined, failures: Failure[]): Settings {
  if (entry === undefined || isEmpty(entry.node)) return NO_SETTINGS
  const { node } = entry
  if (node.kind !== 'map') {
    failures.push(invalid(`\`defaults\` must be a map, but is ${describe(node)}`, node.place))
    return NO_SETTINGS
  }
  failures.push(...keyFailures(node.entries, DEFAULTS_KEYS))
  const understood = [...node.entries].filter(([key]) => DEFAULTS_KEYS.allowed.includes(key))
  return readSettings({ path: 'defaults', entries: new Map(understood) }, failures)
}

function readServices(root: MapNode, failures: Failure[]): ConfiguredService[] {
  const entry = root.entries.get('services')
  const node = entry?.node
  if (node?.kind !== 'map' || node.entries.size === 0) {
    const found =
      node === undefined
        ? 'is missing'
        : `must be a map of names to services, but is ${node.kind === 'map' ? 'an empty one' : describe(node)}`
    failures.push(invalid(`\`services\` ${found}; name at least one service`, entry?.place ?? root.place))
    return []
  }
  return [...node.entries].flatMap(([name, service]) => readService(name, service, failures) ?? [])
}

function readService(
  name: string,
  { place, node }: MapEntry,
  failures: Failure[],
): ConfiguredService | undefined {
  const path = `services.${name}`
  const isNamed = SERVICE_NAME.test(name)
  if (!isNamed) {
    const rule = 'letters, digits, `.`, `_` and `-`, a letter or digit first, at most 100 characters'
    failures.push(invalid(`\`${name}\` is not a valid name of a service: ${rule}`, place))
  }
  if (node.kind !== 'map' && !isEmpty(node)) {
    failures.push(
      invalid(`\`${path}\` must be a map with at least \`context\`, but is ${describe(node)}`, node.place),
    )
    return undefined
  }
  const entries = node.kind === 'map' ? node.entries : new Map<string, MapEntry>()
  failures.push(...keyFailures(entries, SERVICE_KEYS))
  const settings = readSettings({ path, entries }, failures)
  if (!entries.has('context')) {
    const mend = `say which folder it is built from, such as \`context: ${name}\`, or \`context: .\` for the root`
    failures.push(invalid(`\`${path}\` has no \`context\`; ${mend}`, place))
  }
  const image = isNamed && !entries.has('image') ? imageOfName(name, place, failures) : settings.image
  const { context } = settings
  if (context === undefined || image === undefined) return undefined
  return { name, place, context, file: settings.file ?? joinPath(context, 'Dockerfile'), image, settings }
}

function imageOfName(name: string, place: Place, failures: Failure[]): ImageName | undefined {
  const checked = parseImage(name)
  if ('value' in checked) return checked.value
  failures.push(invalid(`${checked.problem}; rename the service or give it an \`image\``, place))
  return undefined
}

function isEmpty(node: Node): boolean {
  return node.kind === 'scalar' && node.value === null
}

/** By place; an anchored value that is wrong in the same way wherever it is used is listed once. */
function inOrder(failures: readonly Failure[]): Failure[] {
  const sorted = failures.toSorted((a, b) => position(a) - position(b))
  return [...new Map(sorted.map((failure) => [JSON.stringify(failure), failure])).values()]
}

function position(failure: Failure): number {
  return failure.kind === 'config-invalid' && failure.place
    ? failure.place.line * 1e6 + failure.place.column
    : 0
}
