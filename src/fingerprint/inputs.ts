import { demand, Failed } from '../model/failure.js'
import type { ImageInputs, MissingSource, TreeEntry } from '../model/snapshot.js'
import type { GitTree } from '../ports/git-tree.js'
import { compareText, digestOf } from './encode.js'
import { type Inspection, isFile, pathOf, type Taken } from './inspect.js'
import { type Entry, type Selection } from './select.js'
import { joined } from './view.js'

/** An inspection whose every entry has its id. */
export type Hashed = ReadonlyMap<string, Inspection>

/** Hashes what lies on the disk, each file once, so that every entry is known by its content. */
export async function hashed(inspections: Hashed, git: GitTree): Promise<Hashed> {
  const taken = [...inspections.values()].flatMap((inspection) => inspection.taken)
  const unknown = new Set(taken.flatMap((one) => unhashed(one).map((entry) => pathOf(one, entry))))
  if (unknown.size === 0) return inspections
  const onDisk = new Map(demand(await git.onDisk([...unknown])).map((entry) => [entry.path, entry]))
  const complete = new Map<Selection, Selection>()
  const withIds = (one: Taken): Taken => {
    const selection = complete.get(one.selection) ?? fill(one, onDisk)
    complete.set(one.selection, selection)
    return { ...one, selection }
  }
  return new Map(
    [...inspections].map(([name, inspection]) => [
      name,
      { ...inspection, taken: inspection.taken.map(withIds) },
    ]),
  )
}

function unhashed({ selection }: Taken): Entry[] {
  return [...selection.entries.values()].filter((entry) => entry.id === '' && isFile(entry))
}

function fill(taken: Taken, onDisk: ReadonlyMap<string, TreeEntry>): Selection {
  const entries = [...taken.selection.entries.values()].map((entry): [string, Entry] => {
    if (entry.id !== '' || !isFile(entry)) return [entry.path, entry]
    const found = onDisk.get(pathOf(taken, entry))
    if (found === undefined) throw gone(pathOf(taken, entry))
    const { id, isPointer } = found
    return [entry.path, { ...entry, id, onDisk: true, ...(isPointer && { isPointer }) }]
  })
  return { ...taken.selection, entries: new Map(entries) }
}

function gone(path: string): Failed {
  return new Failed({
    kind: 'git-failed',
    message: `${JSON.stringify(path)} went away while it was looked at; run again`,
  })
}

/** Service → files that lockfiles stand for, as `ImageInputs.standIns`. */
export type StandIns = ReadonlyMap<string, readonly string[]>

/** Digests of what each service takes. */
export function digests(inspections: Hashed, standIns: StandIns): ReadonlyMap<string, ImageInputs> {
  const known = new Map<Selection, string>()
  const digestOfSelection = ({ selection }: Taken) => {
    const digest = known.get(selection) ?? selectionDigest(selection)
    known.set(selection, digest)
    return digest
  }
  return new Map(
    [...inspections].map(([name, inspection]) => {
      const files = standIns.get(name) ?? []
      if (files.length === 0) return [name, inputsOf(inspection, digestOfSelection)]
      const digest = (taken: Taken) => selectionDigest(withStandIns(taken, new Set(files)))
      return [name, { ...inputsOf(inspection, digest), standIns: files }]
    }),
  )
}

/** In place of an id, which it cannot be. */
const STANDS_IN = 'lockfile'

/** What the Dockerfile takes, without the content of those files; what the configuration names counts in full. */
function withStandIns(taken: Taken, files: ReadonlySet<string>): Selection {
  const { source, selection } = taken
  if (source.line === undefined) return selection
  const entries = [...selection.entries].map(([path, entry]): [string, Entry] => [
    path,
    files.has(pathOf(taken, entry)) ? { ...entry, id: STANDS_IN } : entry,
  ])
  return { ...selection, entries: new Map(entries) }
}

function inputsOf({ recipe, taken }: Inspection, digest: (taken: Taken) => string): ImageInputs {
  const sources = taken.map((one) => [one.source.label, one.source.path, digest(one)])
  const distinct = new Map(sources.map((source) => [JSON.stringify(source), source]))
  const sorted = [...distinct].sort(([a], [b]) => compareText(a, b)).flatMap(([, source]) => source)
  const files = filesOf(taken)
  return {
    definition: digestOf(recipe.definition),
    files: digestOf(sorted),
    fileCount: files.size,
    declaredArgs: [...recipe.declaredArgs].sort(compareText),
    references: recipe.references,
    images: recipe.images,
    ...(recipe.secrets && { secrets: recipe.secrets }),
    ...(recipe.hasTriggers && { hasTriggers: true }),
    missing: taken.flatMap((one) => missingSource(one) ?? []),
    uncommitted: [...files]
      .flatMap(([path, entry]) => (entry.onDisk === true ? [path] : []))
      .sort(compareText),
  }
}

/** Files that are taken by any source, by path from the root of the repository. */
export function filesOf(taken: readonly Taken[]): Map<string, Entry> {
  return new Map([...entriesOf(taken)].filter(([, entry]) => isFile(entry)))
}

/** With folders that stand for themselves. */
export function entriesOf(taken: readonly Taken[]): Map<string, Entry> {
  const entries = new Map<string, Entry>()
  for (const one of taken)
    for (const entry of one.selection.entries.values()) entries.set(pathOf(one, entry), entry)
  return entries
}

/** Order is by code unit; the order in which files were found does not count. */
function selectionDigest(selection: Selection): string {
  const entries = [...selection.entries.values()].sort((a, b) => compareText(a.path, b.path))
  return digestOf(entries.flatMap((entry) => [entry.mode, entry.path, entry.id]))
}

/**
 * A build fails where a source is nowhere, unless it is made before; so it is where a pattern's folder is not there,
 * which a step before may make.
 */
function missingSource({ source, selection }: Taken): MissingSource | undefined {
  const { context, path, line, isMade } = source
  if (selection.isFound || line === undefined || isMade) return undefined
  return { path: joined(context, path), line }
}
