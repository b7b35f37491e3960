import { join, normalize } from 'node:path/posix'
import { familiar } from './context-names.js'
import type { Origin } from './graph.js'

/** A place in an image: from its root, or, with `under`, below the working directory that it begins with. */
export interface Spot {
  /** The image or the named context that the working directory is that of, see `From`. */
  readonly under?: string
  /** Absolute without `under`, else relative; without a slash at its end. */
  readonly path: string
}

/** Where something of a build comes from; a stage by its place in the file. */
export type From =
  | { readonly kind: 'stage'; readonly index: number }
  /** The main context has no name. */
  | { readonly kind: 'context'; readonly name?: string }
  /** As BuildKit shortens its name. */
  | { readonly kind: 'image'; readonly name: string }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unknown' }

/** One step by which a stage comes to hold, or see, what it does. */
export type Step =
  | {
      readonly kind: 'copy'
      readonly line: number
      readonly from: From
      /** Relative to the root of where it comes from, wildcards as in `Taken`; absent when it cannot be told. */
      readonly source?: string
      /** Whether the path of the source is kept. */
      readonly isParents: boolean
      /** Whether some of what the source names may be left out. */
      readonly isPartial: boolean
      /** Absent when it cannot be told. */
      readonly to?: Spot
      /** Whether it is sure to be a folder that files are put into. */
      readonly isFolder: boolean
    }
  | { readonly kind: 'mount'; readonly from: From; readonly source?: string }
  | { readonly kind: 'run' }

export interface StageLayout {
  readonly base: From
  readonly steps: readonly Step[]
  /** The working directory at its end. */
  readonly workdir?: Spot
}

/** How the files of an image come there, for one platform. */
export interface Layout {
  readonly target: From
  /** Those that are reached, in the order of the file, by their places in it. */
  readonly stages: readonly (readonly [index: number, stage: StageLayout])[]
}

export function fromOf(origin: Origin): From {
  switch (origin.kind) {
    case 'stage':
      return { kind: 'stage', index: origin.stage.index }
    case 'context':
      return { kind: 'context', name: origin.context }
    case 'image':
      return { kind: 'image', name: familiar(origin.name) }
    case 'scratch':
      return { kind: 'nothing' }
    case 'unknown':
      return { kind: 'unknown' }
  }
}

/** The working directory of a stage that starts from there. */
export function workdirOf(from: From): Spot | undefined {
  if (from.kind === 'nothing') return { path: '/' }
  return from.kind === 'image' || from.kind === 'context' ? { under: from.name ?? '', path: '' } : undefined
}

/** A path as an instruction writes it; `undefined` when the place cannot be told. */
export function spotAt(workdir: Spot | undefined, path: string): Spot | undefined {
  if (/[\\:]/.test(path)) return undefined
  if (path.startsWith('/')) return { path: bare(path) }
  if (workdir?.under === undefined) return workdir && { path: bare(join(workdir.path, path)) }
  const below = bare(join(workdir.path, path))
  if (below === '..' || below.startsWith('../')) return undefined
  return { under: workdir.under, path: below === '.' ? '' : below }
}

function bare(path: string): string {
  return normalize(path).replace(/(?<=.)\/+$/, '')
}
