import { failed, ok, type Failure, type Place, type Result } from '../model/failure.js'
import type { ImageName, Service } from '../model/service.js'
import { type MapEntry, type MapNode, type Node, readDocument } from './document.js'
import { invalid } from './invalid.js'
import { parseImage, parseRegistry, type RegistryPrefix } from './image.js'
import type { FoundImage } from './from/image.js'
import { withFound } from './from/merge.js'
import { readSources } from './from/sources.js'
import { keyFailures, type KeyTable } from './keys.js'
import { BASE_KEYS, PER_SERVICE_KEYS, SERVICE_NAME, SERVICE_ONLY_KEYS, serviceEntries } from './schema.js'
import { describe } from './section.js'
import { readSettings, type Settings } from './settings.js'

/** A configuration file after all checks that need nothing but its text. */
export interface Config {
  readonly registry?: RegistryPrefix
  readonly reusePullRequests: boolean
  readonly defaults: Settings
  /** Bases first, each in the order of the file; with at least one service. */
  readonly images: readonly ConfiguredImage[]
}

export interface ConfiguredImage {
  readonly kind: Service['kind']
  readonly name: string
  /** Of the image's key. */
  readonly place: Place
  /** As configured: without the prefix. */
  readonly image: ImageName
  /** See `Service.loadAs`. */
  readonly loadAs?: string
  /** Without those of `defaults`; with a context, or else with `stageOf`. */
  readonly settings: Settings
}

const TOP_KEYS = {
  allowed: ['registry', 'reuse-pull-requests', 'defaults', 'bases', 'services', 'from'],
  perService: [],
}

/** Keys by the kind of image, and what is said of the others. */
const IMAGE_KEYS: Readonly<Record<Service['kind'], KeyTable>> = {
  service: { allowed: keysBut(BASE_KEYS), perService: [] },
  base: { allowed: keysBut(SERVICE_ONLY_KEYS), perService: [] },
}

function keysBut(others: readonly string[]): string[] {
  return Object.keys(serviceEntries).filter((key) => !others.includes(key))
}

const DEFAULTS_KEYS = {
  allowed: keysBut(PER_SERVICE_KEYS),

  perService: PER_SERVICE_KEYS,
}

const NO_SETTINGS = readSettings({ path: 'defaults', entries: new Map() }, [])

/**
 * Understands a configuration; `file` only names it in places, `found` is what is in the files that it takes images
 * `from`. Every failure is `config-invalid` with a place; all of
 * them are listed, in the order of the file, unless it is no YAML at all.
 */
export function parseConfig(text: string, file: string, found: readonly FoundImage[] = []): Result<Config> {
  const document = readDocument(text, file)
  const failures = [...document.failures]
  const config = document.root === undefined ? undefined : readConfig(document.root, found, failures)
  const [first, ...more] = inOrder(failures)
  if (first !== undefined) return failed(first, ...more)
  if (config === undefined) throw new Error('A configuration that cannot be read has failures')
  return ok(config)
}

function readConfig(root: Node, found: readonly FoundImage[], failures: Failure[]): Config | undefined {
  if (root.kind !== 'map') {
    const what =
      root.kind === 'scalar' && root.value === null
        ? 'the configuration is empty'
        : `the configuration must be a map, but is ${describe(root)}`
    failures.push(invalid(`${what}; it needs at least \`services:\` with one service`, root.place))
    return undefined
  }
  failures.push(...keyFailures(root.entries, TOP_KEYS))
  const registry = readRegistry(root.entries.get('registry'), failures)
  const reusePullRequests = readReuse(root.entries.get('reuse-pull-requests'), failures)
  const defaults = readDefaults(root.entries.get('defaults'), failures)
  readSources(root.entries.get('from'), failures)
  const whole = withFound(root, found, failures)
  const configured = [...readBases(whole, failures), ...readServices(whole, failures)]
  failures.push(...doubleNames(configured))
  const loadAs = new Map(found.map((image) => [image.name, image.loadAs]))
  const images = configured.map((image) => {
    const name = loadAs.get(image.name)
    return name === undefined ? image : { ...image, loadAs: name }
  })
  return { ...(registry === undefined ? {} : { registry }), reusePullRequests, defaults, images }
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

function readBases(root: MapNode, failures: Failure[]): ConfiguredImage[] {
  const node = root.entries.get('bases')?.node
  if (node === undefined || isEmpty(node)) return []
  if (node.kind === 'map') return readImages(node, 'base', failures)
  failures.push(invalid(`\`bases\` must be a map of names to bases, but is ${describe(node)}`, node.place))
  return []
}

function readServices(root: MapNode, failures: Failure[]): ConfiguredImage[] {
  const entry = root.entries.get('services')
  const node = entry?.node
  if (node?.kind === 'map' && node.entries.size > 0) return readImages(node, 'service', failures)
  const found =
    node === undefined
      ? 'is missing'
      : `must be a map of names to services, but is ${node.kind === 'map' ? 'an empty one' : describe(node)}`
  failures.push(invalid(`\`services\` ${found}; name at least one service`, entry?.place ?? root.place))
  return []
}

function readImages(node: MapNode, kind: Service['kind'], failures: Failure[]): ConfiguredImage[] {
  return [...node.entries].flatMap(([name, entry]) => readImage({ kind, name, entry }, failures) ?? [])
}

interface Named {
  readonly kind: Service['kind']
  readonly name: string
  readonly entry: MapEntry
}

function readImage(named: Named, failures: Failure[]): ConfiguredImage | undefined {
  const { kind, name, entry } = named
  const { place, node } = entry
  const path = `${kind}s.${name}`
  const isNamed = SERVICE_NAME.test(name)
  if (!isNamed) {
    const rule = 'letters, digits, `.`, `_` and `-`, a letter or digit first, at most 100 characters'
    failures.push(invalid(`\`${name}\` is not a valid name of a ${kind}: ${rule}`, place))
  }
  if (node.kind !== 'map' && !isEmpty(node)) {
    failures.push(
      invalid(`\`${path}\` must be a map with at least \`context\`, but is ${describe(node)}`, node.place),
    )
    return undefined
  }
  const entries = node.kind === 'map' ? node.entries : new Map<string, MapEntry>()
  failures.push(...keyFailures(entries, IMAGE_KEYS[kind]))
  const settings = readSettings({ path, entries }, failures)
  failures.push(...originFailures(named, entries))
  const image = isNamed && !entries.has('image') ? imageOfName(name, place, failures) : settings.image
  const hasOrigin = settings.context !== undefined || settings.stageOf !== undefined
  return image === undefined || !hasOrigin ? undefined : { kind, name, place, image, settings }
}

/** An image is built from a folder, or it is a stage of another one's Dockerfile. */
function originFailures({ kind, name, entry }: Named, entries: ReadonlyMap<string, MapEntry>): Failure[] {
  const path = `${kind}s.${name}`
  if (kind === 'base' && entries.has('stage-of')) {
    if (!entries.has('target'))
      return [invalid(`\`${path}\` has no \`target\`; name the stage that it is`, entry.place)]
    return ['context', 'file'].flatMap((key) => {
      const own = entries.get(key)
      const problem = `\`${path}.${key}\` has no meaning beside \`stage-of\`: it is that of the service`
      return own === undefined ? [] : [invalid(problem, own.place)]
    })
  }
  if (entries.has('context')) return []
  const mend = `say which folder it is built from, such as \`context: ${name}\`, or \`context: .\` for the root`
  return [invalid(`\`${path}\` has no \`context\`; ${mend}`, entry.place)]
}

function doubleNames(images: readonly ConfiguredImage[]): Failure[] {
  return images.flatMap(({ kind, name, place }) => {
    const isDouble = kind === 'service' && images.some((one) => one.kind === 'base' && one.name === name)
    return isDouble ? [invalid(`\`${name}\` is a base and a service; rename one of them`, place)] : []
  })
}

function imageOfName(name: string, place: Place, failures: Failure[]): ImageName | undefined {
  const checked = parseImage(name)
  if ('value' in checked) return checked.value
  failures.push(invalid(`${checked.problem}; rename it or give it an \`image\``, place))
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
