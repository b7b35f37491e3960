import { join } from 'node:path/posix'
import type { Place } from '../../model/failure.js'
import type { Service } from '../../model/service.js'
import type { Target } from './definition.js'

/** What an image says under the keys of a configuration. */
export type Written = Readonly<Record<string, Value>>
export type Value = string | boolean | readonly string[] | Readonly<Record<string, string>>

/** An image of a Compose or bake file, in the words of a configuration. */
export interface FoundImage {
  readonly kind: Service['kind']
  readonly name: string
  /** Of the file that it is in. */
  readonly place: Place
  readonly written: Written
  /** See `Service.loadAs`. */
  readonly loadAs?: string
  /** Its Dockerfile stands in the file itself, where nothing of ours can read it. */
  readonly isInline: boolean
}

export interface Naming {
  readonly image: string
  /** Folder that its paths are relative to. */
  readonly folder: string
  /** Name of a target → name of the image that is made for it. */
  readonly nameOf: (target: string) => string
}

/** A target under our own keys. What is empty is left out, so that `defaults` count. */
export function writtenOf(target: Target, { image, folder, nameOf }: Naming): Written {
  const context = withinFolder(folder, target.context)
  const all: Record<string, Value | undefined> = {
    context,
    ...(target['dockerfile-inline'] === undefined && { file: withinFolder(context, target.dockerfile) }),
    image,
    target: target.target,
    platforms: target.platforms,
    // `$` begins a variable in our files; in bake's answer there are none left.
    'build-args': valuesOf(target.args, (value) => value.replaceAll('$', '$$$$')),
    'build-contexts': valuesOf(target.contexts, (source) => {
      const linked = targetOf(source)
      if (linked !== undefined) return `target:${nameOf(linked)}`
      return isAddress(source) ? source : withinFolder(folder, source)
    }),
    labels: target.labels,
    annotations: target.annotations,
    ssh: target.ssh.map((one) => (typeof one === 'string' ? one : sshLine(one))),
    attests: target.attest.map((one) => (typeof one === 'string' ? one : attestLine(one))),
    network: target.network,
    'shm-size': target['shm-size'],
    'add-hosts': Object.entries(target['extra-hosts']).map(([host, address]) => `${host}:${address}`),
    ulimit: target.ulimits,
    allow: target.entitlements,
    'no-cache': target['no-cache'],
    'no-cache-filters': target['no-cache-filter'],
  }
  return Object.fromEntries(
    Object.entries(all).flatMap(([key, value]) => (isSaid(value) ? [[key, value]] : [])),
  )
}

/** The target that a build context is; `undefined` for any other. */
export function targetOf(source: string): string | undefined {
  return /^target:(.+)$/s.exec(source)?.[1]
}

/** Of a context that BuildKit fetches itself (buildx, `build/opt.go`). */
export function isAddress(source: string): boolean {
  return /^(?:[a-z][a-z\d+.-]*:\/\/|[\w-]+@[\w.-]+:|github\.com\/)/i.test(source)
}

/** A path that leaves the repository, or an address, is refused where the key is read. */
function withinFolder(folder: string, path: string): string {
  return isAddress(path) || path.startsWith('/') ? path : join(folder, path).replace(/(?<=.)\/$/, '')
}

function isSaid(value: Value | undefined): value is Value {
  if (value === undefined || value === false || value === '') return false
  return typeof value !== 'object' || Object.keys(value).length > 0
}

function valuesOf(
  map: Readonly<Record<string, string>>,
  change: (value: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, change(value)]))
}

type Attributes = Readonly<Record<string, unknown>>

function sshLine({ id, paths }: Attributes): string {
  return [id, ...(Array.isArray(paths) ? [paths.join(',')] : [])].join('=')
}

/** A line of `key=value`; a pair with a comma stands in quotes (CSV, as buildx reads it). */
function attestLine({ type, ...others }: Attributes): string {
  return Object.entries({ type, ...others })
    .map(([key, value]) => `${key}=${String(value)}`)
    .map((pair) => (/[",]/.test(pair) ? `"${pair.replaceAll('"', '""')}"` : pair))
    .join(',')
}
