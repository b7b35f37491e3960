import { join } from 'node:path'
import type { BuildRequest } from '../ports/image-builder.js'

/** A target of `docker buildx bake`, by the keys of its definition. */
export type BakeTarget = Readonly<Record<string, unknown>>

/** What a key of a target holds: a word is only there or not. */
type Kind = 'word' | 'text' | 'list' | 'map'

/**
 * Options of `docker buildx build` → the same in a target (`bake/bake.go`, `commands/build.go` of docker/buildx). An
 * image with any other option is built by itself: those that are missing mean something else in a target, or need to be
 * allowed on the command line once more.
 */
const KEYS: Readonly<Record<string, readonly [key: string, kind: Kind, write?: (value: string) => string]>> =
  {
    '--platform': ['platforms', 'list'],
    '--label': ['labels', 'map'],
    '--build-arg': ['args', 'map'],
    '--build-context': ['contexts', 'map'],
    '--target': ['target', 'text'],
    '--annotation': ['annotations', 'list'],
    '--secret': ['secret', 'list'],
    '--ssh': ['ssh', 'list'],
    '--provenance': ['attest', 'list', (value) => attest('provenance', value)],
    '--sbom': ['attest', 'list', (value) => attest('sbom', value)],
    '--network': ['network', 'text'],
    '--shm-size': ['shm-size', 'text'],
    '--ulimit': ['ulimits', 'list'],
    '--no-cache': ['no-cache', 'word'],
    '--no-cache-filter': ['no-cache-filter', 'list'],
    '--pull': ['pull', 'word'],
    '--cache-from': ['cache-from', 'list'],
    '--cache-to': ['cache-to', 'list'],
  }

/** The same as buildx makes of these two (`CanonicalizeAttest`), which a target does not have. */
function attest(type: string, value: string): string {
  if (/^(?:1|t|T|TRUE|true|True)$/.test(value)) return `type=${type},disabled=false`
  if (/^(?:0|f|F|FALSE|false|False)$/.test(value)) return `type=${type},disabled=true`
  return `type=${type},${value}`
}

export interface BakePlaces {
  readonly root: string
  /** Name of a build context → the layout that it is, as buildx takes it. */
  readonly layouts: Readonly<Record<string, string>>
}

/** The target that makes the same image as `docker buildx build`; `undefined` where there is none for certain. */
export function bakeTarget(request: BuildRequest, { root, layouts }: BakePlaces): BakeTarget | undefined {
  const options = pairsOf(request.options)
  const outputs = outputsOf(request)
  if (options === undefined || outputs === undefined) return undefined
  const target = new Target()
  target.add('context', 'text', join(root, request.context))
  target.add('dockerfile', 'text', join(root, request.file))
  for (const tag of request.tags) target.add('tags', 'list', tag)
  for (const output of outputs) target.add('output', 'list', output)
  for (const [option, value] of options) {
    const [key, kind, write] = KEYS[option] ?? []
    if (key === undefined || kind === undefined) return undefined
    // A target needs to be allowed the network of the host, where `docker buildx build` is.
    if (option === '--network' && value === 'host') return undefined
    for (const part of option === '--platform' ? value.split(',') : [value])
      target.add(key, kind, write === undefined ? part : write(part))
  }
  for (const [name, layout] of Object.entries(layouts)) target.add('contexts', 'map', `${name}=${layout}`)
  return target.written()
}

/** One output: of several buildx 0.29 writes wrong layouts. As with `docker buildx build`, none means the cache alone. */
function outputsOf(request: BuildRequest): string[] | undefined {
  const { push, load, layout } = request
  const outputs = [
    ...(push ? [pushOutput(request)] : []),
    ...(load ? ['type=docker'] : []),
    ...(layout === undefined ? [] : [layoutOutput(layout)]),
  ]
  if (outputs.length === 0) return ['type=cacheonly']
  return outputs.length === 1 ? outputs : undefined
}

/**
 * The engine, and containerd, would keep and unpack what they push (BuildKit, "Image and registry exporters"): a
 * twentieth of the time that small images take, and a disk that fills.
 */
export function pushOutput({ isKept }: BuildRequest): string {
  return isKept === true ? 'type=image,push=true' : 'type=image,push=true,store=false'
}

/** A field of CSV: the path may have commas and quotes. */
export function layoutOutput(folder: string): string {
  return `type=oci,"dest=${folder.replaceAll('"', '""')}",tar=false`
}

/** Which builder does it is said for all targets, see `builderOf`. */
function pairsOf(options: readonly string[]): readonly (readonly [string, string])[] | undefined {
  const pairs: (readonly [string, string])[] = []
  for (let at = 0; at < options.length; at += 1) {
    const option = options[at] ?? ''
    const isWord = KEYS[option]?.[1] === 'word'
    const value = isWord ? '' : options[(at += 1)]
    if (value === undefined) return undefined
    if (option !== '--builder') pairs.push([option, value])
  }
  return pairs
}

export function builderOf({ options }: BuildRequest): string | undefined {
  const at = options.lastIndexOf('--builder')
  return at === -1 ? undefined : options[at + 1]
}

/** Gathers what a target holds, and whether it may. */
class Target {
  readonly #keys = new Map<string, string | true | string[] | Map<string, string>>()
  #isCertain = true

  add(key: string, kind: Kind, value: string): void {
    if (!survives(value)) this.#isCertain = false
    const before = this.#keys.get(key)
    if (kind === 'word') this.#keys.set(key, true)
    else if (kind === 'text') this.#keys.set(key, value)
    else if (kind === 'list') this.#keys.set(key, [...(Array.isArray(before) ? before : []), value])
    else this.#put(key, before instanceof Map ? before : new Map<string, string>(), value)
  }

  #put(key: string, map: Map<string, string>, pair: string): void {
    const at = pair.indexOf('=')
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
    // Without a value it stands for a variable of the environment.
    if (at < 1 || (key === 'contexts' && !isPlainContext(name, value))) this.#isCertain = false
    this.#keys.set(key, map.set(name, value))
  }

  written(): BakeTarget | undefined {
    if (!this.#isCertain) return undefined
    return Object.fromEntries([...this.#keys].map(([key, value]) => [key, writtenValue(value)]))
  }
}

/** bake takes names of contexts as they are, where `docker buildx build` shortens them, and has sources of its own. */
function isPlainContext(name: string, source: string): boolean {
  return !/^(?:(?:index\.)?docker\.io|library)\/|:latest$/.test(name) && !/^(?:target|cwd):/.test(source)
}

/** HCL brings text into Unicode's normal form C, in which a file may have another name, and drops a byte order mark. */
function survives(text: string): boolean {
  return text === Buffer.from(text).toString('utf8').normalize('NFC') && !text.includes('\ufeff')
}

function writtenValue(value: string | true | readonly string[] | ReadonlyMap<string, string>): unknown {
  if (value === true) return true
  if (typeof value === 'string') return literal(value)
  if (value instanceof Map)
    return Object.fromEntries(
      [...(value as ReadonlyMap<string, string>)].map(([name, text]) => [literal(name), literal(text)]),
    )
  return (value as readonly string[]).map(literal)
}

/** Each string of a definition, names of keys included, is a template of HCL. */
function literal(text: string): string {
  return text.replaceAll('${', () => '$${').replaceAll('%{', '%%{')
}
