import { basename, join } from 'node:path/posix'
import type { Service } from '../model/service.js'
import { type Spot, spotAt, type Step } from './dockerfile/layout.js'
import { isWithin } from './view.js'
import { isWildcard, literalName, wildcard } from './wildcard.js'

/**
 * Where a copy from a folder puts a file of the repository; `undefined` when it does not take it, `{}` when the place
 * cannot be told. By the rules of BuildKit's COPY: what a folder holds goes into the destination, and a file into one
 * that is a folder.
 */
export function landing(
  step: Step & { readonly kind: 'copy' },
  of: { readonly manifest: string; readonly service: Service },
): { readonly spot?: Spot } | undefined {
  const folder = folderOf(step, of.service)
  if (folder === undefined || !isWithin(of.manifest, folder)) return undefined
  const path = folder === '' ? of.manifest : of.manifest.slice(folder.length + 1)
  const { source, to, isFolder, isParents } = step
  if (source === undefined) return {}
  const kept = restOf(source, path)
  if (kept === undefined) return undefined
  if (to === undefined) return {}
  const rest = isParents ? path : kept === '' ? basename(path) : kept
  const isOne = kept === '' && !isParents && !source.split('/').some(isWildcard)
  if (!isOne || isFolder) return spotWith(to, rest)
  // Without a slash at its end it may be a folder that is there already, or the name of the file.
  return basename(to.path) === basename(path) ? { spot: to } : {}
}

/** What is left of a path below a source; `''` when it is the source itself, `undefined` when it does not take it. */
function restOf(source: string, path: string): string | undefined {
  const parts = path.split('/')
  const pattern = source === '' ? [] : source.split('/')
  const isTaken =
    pattern.length <= parts.length && pattern.every((part, index) => isMatch(part, parts[index] ?? ''))
  return isTaken ? parts.slice(pattern.length).join('/') : undefined
}

function isMatch(part: string, name: string): boolean {
  return isWildcard(part) ? wildcard(part)?.test(name) !== false : part === name || literalName(part) === name
}

/** Whether what is copied or mounted from an image may be, or hold, what lies at a place in it. */
export function mayCover(source: string | undefined, spot: string): boolean {
  const [under, path = ''] = spot.split('\0')
  if (source === undefined || under !== '') return true
  return restOf(source, path.slice(1)) !== undefined
}

/** A text that is the same for the same place. `workdir` is that of what the place lies under, where that is known. */
export function spotKey(spot: Spot, workdir?: Spot): string {
  const { under = '', path } = (workdir && spotAt(workdir, spot.path)) ?? spot
  return `${under}\0${path}`
}

function spotWith(to: Spot, rest: string): { readonly spot: Spot } {
  return { spot: { ...to, path: join(to.path, rest) } }
}

function folderOf(
  { from }: Step & { readonly kind: 'copy' },
  { context, build }: Service,
): string | undefined {
  if (from.kind !== 'context') return undefined
  if (from.name === undefined) return context
  const named = build.contexts[from.name]
  return named?.kind === 'folder' ? named.folder : undefined
}
