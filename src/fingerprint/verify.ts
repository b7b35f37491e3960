import { attempt, demand, type Failure, ok, type Result, unless } from '../model/failure.js'
import type { Fingerprint } from '../model/fingerprint.js'
import type { Service } from '../model/service.js'
import type { ImageInputs } from '../model/snapshot.js'
import type { GitTree } from '../ports/git-tree.js'
import { compute } from './compute.js'
import { DiskView } from './disk-view.js'
import type { Known } from './gather.js'
import { digests, entriesOf, filesOf, hashed } from './inputs.js'
import { type Inspection, inspect, isFile, pathOf, type Taken } from './inspect.js'
import type { Entry } from './select.js'
import { SUBMODULE } from './view.js'

/** A service of which the disk has something else than was gathered. */
export interface Deviation {
  readonly service: Service
  readonly inputs: ImageInputs
  readonly fingerprint: Fingerprint
  readonly inspection: Inspection
  /** Files and empty folders that are other ones, or are too much, relative to the root. */
  readonly paths: readonly string[]
}

/**
 * Compares what was gathered with what a build would take from the disk: git is silent about line endings, permissions,
 * files that it ignores, submodules and sparse checkouts. Only services with a difference are returned. A failure names
 * each file that is not there, or is the pointer to a file of Git LFS in its place.
 */
export async function verify(
  services: readonly Service[],
  gathered: Known,
  options: { readonly git: GitTree; readonly platform: string },
): Promise<Result<readonly Deviation[]>> {
  return attempt(async () => {
    const { git } = options
    const view = new DiskView(git, { opened: gathered.opened })
    const found = new Map<string, Inspection>()
    const failures: Failure[] = []
    for (const [name, result] of await inspect(services, { ...options, view })) {
      if (result.ok) found.set(name, result.value)
      else failures.push(...result.failures)
    }
    const onDisk = await hashed(found, git)
    const deviations: Deviation[] = []
    for (const service of services.filter(({ name }) => found.has(name))) {
      const compared = await compare(service, { ...options, gathered, onDisk })
      if (!compared.ok) failures.push(...compared.failures)
      else if (compared.value !== undefined) deviations.push(compared.value)
    }
    return demand(unless(failures, deviations))
  })
}

interface Sides {
  readonly gathered: Known
  readonly onDisk: ReadonlyMap<string, Inspection>
  readonly git: GitTree
  readonly platform: string
}

async function compare(
  service: Service,
  { gathered, onDisk, git, platform }: Sides,
): Promise<Result<Deviation | undefined>> {
  const expected = gathered.inspections.get(service.name)
  const actual = onDisk.get(service.name)
  if (expected === undefined || actual === undefined) throw new Error(`nothing is known of ${service.name}`)
  const wanted = filesOf(expected.taken)
  const present = filesOf(actual.taken)
  const gone = [...wanted].flatMap(([path, { mode }]) =>
    present.has(path) || (mode === SUBMODULE && holds(present, path)) ? [] : [path],
  )
  const pointers = [...present].flatMap(([path, { isPointer }]) => (isPointer === true ? [path] : []))
  const failures = [
    ...absentSubmodules(actual.taken).map((path) => notCheckedOut(service, path)),
    ...gone.map((path) => missing(service, path)),
    ...pointers.map((path) => pointer(service, path)),
  ]
  if (failures.length > 0) return unless(failures, undefined)
  const stored = await storedByLfs(present, wanted, git)
  const inspection = { ...actual, taken: actual.taken.map((one) => withPointers(one, stored)) }
  const gatheredInputs = gathered.snapshot.inputs.get(service.name)
  const inputs = demandInputs(service, inspection, gatheredInputs?.standIns ?? [])
  if (isSame(inputs, gatheredInputs)) return ok(undefined)
  const before = entriesOf(expected.taken)
  const paths = [...entriesOf(inspection.taken)].flatMap(([path, entry]) => {
    const other = before.get(path)
    return other?.id === entry.id && other.mode === entry.mode ? [] : [path]
  })
  const fingerprint = compute(service, inputs, [platform])
  return ok({ service, inspection, fingerprint, inputs: { ...inputs, uncommitted: paths }, paths })
}

/** Those that a build takes; of what the configuration names besides, the commit is enough. */
function absentSubmodules(taken: readonly Taken[]): string[] {
  const built = taken.filter(({ source }) => source.line !== undefined)
  const entries = built.flatMap(({ selection }) => [...selection.entries.values()])
  return [...new Set(entries.flatMap(({ absent }) => absent ?? []))]
}

/** A submodule with files that its commit does not have counts by its files. */
function holds(present: ReadonlyMap<string, Entry>, folder: string): boolean {
  return [...present.keys()].some((path) => path.startsWith(`${folder}/`))
}

function demandInputs({ name }: Service, inspection: Inspection, standIns: readonly string[]): ImageInputs {
  const inputs = digests(new Map([[name, inspection]]), new Map([[name, standIns]])).get(name)
  if (inputs === undefined) throw new Error(`no digest of ${name}`)
  return inputs
}

function isSame(a: ImageInputs, b: ImageInputs | undefined): boolean {
  return a.definition === b?.definition && a.files === b.files
}

const POINTER = /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:.*\n)*oid sha256:([0-9a-f]{64})\n/

/** Files that Git LFS has put in the place of the pointers that the commit holds → id of the pointer. */
async function storedByLfs(
  present: ReadonlyMap<string, Entry>,
  wanted: ReadonlyMap<string, Entry>,
  git: GitTree,
): Promise<ReadonlyMap<string, string>> {
  const stored = new Map<string, string>()
  for (const [path, entry] of present) {
    const committed = wanted.get(path)
    if (committed === undefined || committed.onDisk || committed.id === entry.id) continue
    if (!isRegular(entry) || !isRegular(committed)) continue
    const oid = POINTER.exec(await git.text(committed.id))?.[1]
    if (oid !== undefined && (await git.sha256OnDisk(path)) === oid) stored.set(path, committed.id)
  }
  return stored
}

function isRegular({ mode }: Entry): boolean {
  return mode.startsWith('100')
}

function withPointers(taken: Taken, stored: ReadonlyMap<string, string>): Taken {
  if (stored.size === 0) return taken
  const entries = [...taken.selection.entries].map(([path, entry]): [string, Entry] => {
    const id = isFile(entry) ? stored.get(pathOf(taken, entry)) : undefined
    return [path, id === undefined ? entry : { ...entry, id }]
  })
  return { ...taken, selection: { ...taken.selection, entries: new Map(entries) } }
}

function notCheckedOut(service: Service, path: string): Failure {
  const message = `\`${service.name}\` takes the submodule ${JSON.stringify(path)}, which is not checked out; run \`git submodule update --init --recursive\` (actions/checkout: \`submodules: recursive\`)`
  return { kind: 'usage', message }
}

function missing(service: Service, path: string): Failure {
  const message = `\`${service.name}\` takes ${JSON.stringify(path)}, which the commit has and the work tree has not; check it out (a sparse checkout leaves files out)`
  return { kind: 'usage', message }
}

function pointer(service: Service, path: string): Failure {
  const message = `\`${service.name}\` takes ${JSON.stringify(path)}, which is a pointer of Git LFS and not the file; run \`git lfs pull\` (actions/checkout: \`lfs: true\`)`
  return { kind: 'usage', message }
}
