import type { AdvisedLine, AdviceKind, Extent } from '../model/advice.js'
import type { IgnoreRules } from './ignore-rules.js'
import { isWithin, pathsDownTo } from './view.js'

/** A file that is sent to the builder, or a folder of which nothing is looked at but its size: git's own, a submodule. */
export interface Sent extends Extent {
  /** Relative to the context. */
  readonly path: string
}

/** What decides whether something may be left out of a context. */
export interface Grounds {
  readonly rules: IgnoreRules
  /** The topmost folder above a path, or the path itself, in which git ignores everything; `undefined`: git does not ignore it. */
  readonly ignoredFrom: (path: string) => string | undefined
  /** Whether anything names what lies at a path or in it, so that it is wanted. */
  readonly isNamed: (path: string) => boolean
  /** All that is sent for any image that the same ignore file counts for. */
  readonly everything: ReadonlySet<string>
}

/** Of what is advised for its name alone, so much is worth a line. */
const WORTHWHILE_BYTES = 1_000_000

/** So many lines a person reads. */
const MOST_LINES = 20

/** What tools and tests have in their folders. */
const USUAL_FOLDERS = new Set([
  ...['node_modules', 'bower_components', 'target', 'dist', 'build', '.venv', 'venv', '__pycache__', '.tox'],
  ...[
    '.gradle',
    '.terraform',
    '.next',
    '.cache',
    'coverage',
    'test',
    'tests',
    '__tests__',
    'e2e',
    'testdata',
  ],
])
const USUAL_FILE = /\.log$/

interface Part extends Sent {
  readonly kind: AdviceKind
}

/**
 * Lines for the ignore file that leave out what is seldom wanted and nothing else that is sent, the most first. Whether a
 * step of the build reads it no rule can tell.
 */
export function adviseLines(sent: readonly Sent[], grounds: Grounds): readonly AdvisedLine[] {
  const parts = partsOf(sent, grounds).filter(
    ({ path, kind, bytes }) =>
      (kind !== 'usual' || bytes >= WORTHWHILE_BYTES) && !grounds.isNamed(path) && isDroppable(path, grounds),
  )
  return merged(parts, grounds)
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, MOST_LINES)
}

export function total(extents: Iterable<Extent>): Extent {
  let [bytes, files] = [0, 0]
  for (const extent of extents) {
    bytes += extent.bytes
    files += extent.files
  }
  return { bytes, files }
}

/** Each file is in one part at most. */
function partsOf(sent: readonly Sent[], grounds: Grounds): readonly Part[] {
  const parts = new Map<string, Part>()
  for (const one of sent) {
    const found = partOf(one.path, grounds)
    if (found === undefined) continue
    const sum = total([parts.get(found.path) ?? { bytes: 0, files: 0 }, one])
    parts.set(found.path, { ...found, ...sum })
  }
  return [...parts.values()]
}

function partOf(path: string, { ignoredFrom }: Grounds): Pick<Part, 'path' | 'kind'> | undefined {
  if (path === '.git') return { path, kind: 'repository' }
  const ignored = ignoredFrom(path)
  if (ignored !== undefined) return { path: ignored, kind: 'ignored' }
  const paths = pathsDownTo(path)
  const folder = paths.slice(0, -1).find((one) => USUAL_FOLDERS.has(nameOf(one)))
  const usual = folder ?? (USUAL_FILE.test(path) ? path : undefined)
  return usual === undefined ? undefined : { path: usual, kind: 'usual' }
}

function isDroppable(path: string, { rules }: Grounds): boolean {
  return rules.with([lineOf(path)])?.drops(path) === true
}

/** One line for all that have the same name, where everything of that name is meant. */
function merged(parts: readonly Part[], { everything }: Grounds): AdvisedLine[] {
  const byName = new Map<string, Part[]>()
  for (const part of parts) {
    const key = JSON.stringify([part.kind, nameOf(part.path)])
    byName.set(key, [...(byName.get(key) ?? []), part])
  }
  return [...byName.values()].flatMap((group) => {
    const [{ path, kind } = { path: '', kind: 'usual' as const }] = group
    const name = nameOf(path)
    if (group.length > 1 && areAll(group, name, everything))
      return [{ line: `**/${lineOf(name)}`, kind, ...total(group) }]
    return group.map(({ path: one, bytes, files }) => ({ line: lineOf(one), kind, bytes, files }))
  })
}

function areAll(group: readonly Part[], name: string, everything: ReadonlySet<string>): boolean {
  for (const path of everything)
    for (const above of pathsDownTo(path))
      if (nameOf(above) === name && !group.some((part) => isWithin(above, part.path))) return false
  return true
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** A path as a pattern that means it alone; what no pattern can mean is found out by trying. */
function lineOf(path: string): string {
  return path.replace(/[*?[\\+(){}|^]|^[!#]/g, String.raw`\$&`)
}
