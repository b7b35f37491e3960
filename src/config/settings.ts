import type { Failure, Place } from '../model/failure.js'
import type {
  BuildOptions,
  HealthCheck,
  ImageName,
  NamedContext,
  Service,
  TrackUpstream,
} from '../model/service.js'
import type { Secret } from '../model/secret.js'
import type { Checked } from './checked.js'
import { contextName, readContexts } from './contexts.js'
import { invalid } from './invalid.js'
import { parseImage } from './image.js'
import { parseTemplate, type Template } from './interpolate.js'
import { LINE, LINE_OR_COMMA, pairName } from './pairs.js'
import { filePath, folderPath } from './paths.js'
import { pattern, readGenerated, readPaths } from './patterns.js'
import { platform } from './platform.js'
import { readHealth } from './health.js'
import { type Section, SectionReader, type Setting } from './section.js'

/** What one service says, or `defaults`; a field is absent when its key is. */
export interface Settings {
  readonly context?: string
  readonly file?: string
  readonly image?: ImageName
  readonly tags?: readonly string[]
  readonly paths?: readonly string[]
  readonly ignore?: readonly string[]
  readonly generated: ReadonlyMap<string, readonly string[]>
  readonly contexts: ReadonlyMap<string, NamedContext>
  /** Name of a build context → base. */
  readonly bases: ReadonlyMap<string, Named>
  readonly needs?: readonly Named[]
  readonly stageOf?: Named
  readonly lockfiles?: Service['lockfiles']
  readonly build: Partial<Omit<BuildOptions, 'buildArgs' | 'contexts' | 'labels' | 'secrets'>>
  readonly trackUpstream?: TrackUpstream
  readonly maxAgeMs?: number
  readonly health?: HealthCheck
  readonly labels: ReadonlyMap<string, string>
  readonly buildArgs: ReadonlyMap<string, BuildArg>
  /** By id. */
  readonly secrets: ReadonlyMap<string, Secret>
  /** Values are JSON values. */
  readonly matrix: ReadonlyMap<string, unknown>
}

/** The name of another image. */
export interface Named {
  readonly name: string
  readonly place: Place
}

export interface BuildArg {
  readonly template: Template
  readonly place: Place
}

/** Fields that this action writes itself into the entries of the output `matrix`. */
const MATRIX_FIELDS = ['service', 'action', 'fingerprint', 'reason', 'digest']

/** Reads the keys that `section` holds and adds to `failures` every value that is wrong. Unknown keys are not read. */
export function readSettings(section: Section, failures: Failure[]): Settings {
  const reader = new SectionReader(section, failures)
  return {
    ...withoutUndefined({
      context: reader.checked('context', folderPath),
      file: reader.checked('file', filePath),
      image: reader.checked('image', parseImage),
      tags: reader.list('tags', LINE),
      paths: readPaths(reader),
      ignore: reader.list('ignore', LINE, pattern),
      trackUpstream: readTrackUpstream(reader),
      maxAgeMs: readMaxAge(reader),
      health: readHealth(reader),
      needs: reader.names('needs'),
      stageOf: reader.names('stage-of')?.[0],
      lockfiles: readLockfiles(reader),
    }),
    bases: readBases(reader),
    generated: readGenerated(reader, failures),
    contexts: readContexts(reader, failures),
    build: readBuild(reader),
    labels: new Map([...reader.pairs('labels', labelName)].map(([name, { value }]) => [name, value ?? ''])),
    buildArgs: readBuildArgs(reader, failures),
    secrets: readSecretSources(reader, failures),
    matrix: readMatrix(reader, failures),
  }
}

/** An id without a source is an error; one with two counts once. */
function readSecretSources(reader: SectionReader, failures: Failure[]): Map<string, Secret> {
  const secrets = new Map<string, Secret>()
  for (const key of ['secret-envs', 'secret-files'] as const) {
    for (const [id, { value, place, path }] of reader.pairs(key, (id) => ({ value: id }))) {
      if (value === null || value === '')
        failures.push(invalid(`\`${path}\` names nothing that holds it`, place))
      else if (secrets.has(id))
        failures.push(invalid(`\`${path}\`: the secret \`${id}\` is given twice`, place))
      else if (key === 'secret-envs') secrets.set(id, { id, kind: 'variable', variable: value })
      else secrets.set(id, { id, kind: 'file', path: value })
    }
  }
  return secrets
}

function readBuild(reader: SectionReader): Settings['build'] {
  return withoutUndefined({
    target: reader.text('target'),
    platforms: readPlatforms(reader),
    annotations: reader.list('annotations', LINE),
    volatileArgs: reader.list('volatile-args', LINE_OR_COMMA, pairName),
    secretIds: reader.list('secrets', LINE_OR_COMMA, pairName),
    ssh: reader.list('ssh', LINE_OR_COMMA),
    provenance: reader.text('provenance'),
    sbom: reader.text('sbom'),
    attests: reader.list('attests', LINE),
    network: reader.text('network'),
    shmSize: reader.text('shm-size'),
    addHosts: reader.list('add-hosts', LINE_OR_COMMA),
    ulimit: reader.list('ulimit', LINE_OR_COMMA),
    allow: reader.list('allow', LINE_OR_COMMA),
    noCache: reader.value('no-cache'),
    noCacheFilters: reader.list('no-cache-filters', LINE_OR_COMMA),
    cacheFrom: reader.list('cache-from', LINE),
    cacheTo: reader.list('cache-to', LINE),
  })
}

/** In a list each base is a build context of its own name. */
function readBases(reader: SectionReader): Map<string, Named> {
  const bases = new Map<string, Named>()
  for (const [written, base] of reader.named('bases')) {
    const context = contextName(written)
    if ('problem' in context) reader.fail('bases', context.problem)
    else if (bases.has(context.value)) reader.fail('bases', `sets \`${context.value}\` twice`)
    else bases.set(context.value, base)
  }
  return bases
}

function readLockfiles(reader: SectionReader): Service['lockfiles'] {
  if (reader.value('lockfiles') === 'auto') return 'auto'
  return reader.list('lockfiles', LINE_OR_COMMA, filePath)
}

function readTrackUpstream(reader: SectionReader): TrackUpstream | undefined {
  const value = reader.value('track-upstream')
  if (typeof value === 'boolean') return value ? 'always' : 'never'
  return value
}

const MILLISECONDS = { d: 86_400_000, h: 3_600_000, m: 60_000 }

/** Of a duration, which the schema has checked. */
function readMaxAge(reader: SectionReader): number | undefined {
  const text = reader.text('max-age')
  if (text === undefined) return undefined
  return Number(text.slice(0, -1)) * MILLISECONDS[text.at(-1) as keyof typeof MILLISECONDS]
}

function readPlatforms(reader: SectionReader): readonly string[] | undefined {
  const platforms = reader.list('platforms', LINE_OR_COMMA, platform)
  if (platforms?.length === 0)
    reader.fail('platforms', 'must name at least one platform; remove the key for the default')
  return platforms === undefined ? undefined : [...new Set(platforms)]
}

function labelName(name: string): Checked<string> {
  if (!name.startsWith('smart-image-build.')) return { value: name }
  return {
    problem: `\`${name}\`: labels that start with smart-image-build. are reserved, they say what was built`,
  }
}

/** An argument without a value is that of the environment variable of its name, as for `docker build --build-arg NAME`. */
function readBuildArgs(reader: SectionReader, failures: Failure[]): Map<string, BuildArg> {
  const args = new Map<string, BuildArg>()
  for (const [name, { value, place, path }] of reader.pairs('build-args', (name) => ({ value: name }))) {
    const parsed: Checked<Template> =
      value === null ? { value: { parts: [{ name }], unbraced: [] } } : parseTemplate(value)
    if ('value' in parsed) args.set(name, { template: parsed.value, place })
    else failures.push(invalid(`\`${path}\`: ${parsed.problem}`, place))
  }
  return args
}

function readMatrix(reader: SectionReader, failures: Failure[]): Map<string, unknown> {
  const matrix = new Map<string, unknown>()
  for (const [key, setting] of reader.map('matrix')) {
    if (MATRIX_FIELDS.includes(key)) {
      const others = MATRIX_FIELDS.join(', ')
      failures.push(
        invalid(`\`${setting.path}\`: the matrix has ${others} of its own; choose another name`, setting.key),
      )
    }
    matrix.set(key, jsonValue(setting, failures))
  }
  return matrix
}

/** Objects have no prototype, so that a key `__proto__` is a key like any other. */
function jsonValue({ node, path, key }: Setting, failures: Failure[]): unknown {
  if (node.kind === 'list') {
    return node.items.map((item, index) =>
      jsonValue({ node: item, path: `${path}.${index}`, key: item.place }, failures),
    )
  }
  if (node.kind === 'map') {
    const object = Object.create(null) as Record<string, unknown>
    for (const [name, entry] of node.entries) {
      object[name] = jsonValue({ node: entry.node, path: `${path}.${name}`, key: entry.place }, failures)
    }
    return object
  }
  if (typeof node.value === 'number' && String(node.value) !== node.source) {
    failures.push(
      invalid(`\`${path}\`: \`${node.source}\` would become the number ${node.value}; put it in quotes`, key),
    )
  }
  return node.value
}

function withoutUndefined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const set = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(set) as { [K in keyof T]?: Exclude<T[K], undefined> }
}
