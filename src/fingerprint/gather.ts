import { dirname } from 'node:path/posix'
import { failed, ok, type Result } from '../model/failure.js'
import type { Service } from '../model/service.js'
import type { ObjectId, Snapshot, TreeEntry } from '../model/snapshot.js'
import type { GitTree } from '../ports/git-tree.js'
import { compareText } from './encode.js'
import { ignoreFilePaths, ignoreRulesOf, takes } from './ignore-file.js'

/**
 * Reads all that the services' fingerprints need, with a number of git processes that does not grow with the number
 * of services. Where the disk differs from HEAD, the disk counts, as BuildKit takes its context from there.
 */
export async function gather(services: readonly Service[], git: GitTree): Promise<Result<Snapshot>> {
  const texts = await readTexts(services, git)
  if (!texts.ok) return texts
  const folders = [...new Set(services.map((service) => service.context))]
  const committed = await git.committed(folders)
  if (!committed.ok) return committed
  const problem = linkedContext(services, committed.value)
  if (problem !== undefined) return problem
  const links = committed.value.filter((entry) => entry.mode === '160000').map((entry) => entry.path)
  const differing = await git.differing(folders, links)
  if (!differing.ok) return differing

  const wanted = takenBySome(services, texts.value, differing.value)
  if (!wanted.ok) return wanted
  const onDisk = await git.onDisk(wanted.value)
  if (!onDisk.ok) return onDisk

  const replaced = new Set(differing.value)
  // A submodule's entry gives way to the files that lie in it; one without files keeps its commit.
  const submodules = new Set(
    links.filter((path) => onDisk.value.some((entry) => entry.path.startsWith(`${path}/`))),
  )
  const kept = committed.value.filter((entry) => !replaced.has(entry.path) && !submodules.has(entry.path))
  const all = [...kept, ...onDisk.value]
  const uncommitted = wanted.value.filter((path) => !isInSubmodule(path, submodules))
  return ok({ commit: git.head, contexts: byContext(folders, all), texts: texts.value, uncommitted })
}

/** What the fingerprints of some services were at an earlier commit. */
export interface Earlier {
  readonly snapshot: Snapshot
  /** Those of which it can be told. */
  readonly services: readonly Service[]
}

/**
 * Reads an earlier commit from object ids alone, so that a clone without its files will do. A service whose Dockerfile
 * or ignore file was another one then, or is not committed now, is left out.
 */
export async function gatherEarlier(
  services: readonly Service[],
  of: { readonly git: GitTree; readonly commit: ObjectId; readonly now: Snapshot },
): Promise<Result<Earlier>> {
  const { git, commit, now } = of
  const folders = [...new Set(services.map((service) => service.context))]
  const paths = [...new Set(services.flatMap((service) => [service.file, ...ignoreFilePaths(service)]))]
  const [before, after, uncommitted] = await Promise.all([
    git.committed([...folders, ...paths], commit),
    git.committed(paths),
    git.uncommitted(paths),
  ])
  if (!before.ok) return before
  if (!after.ok) return after
  if (!uncommitted.ok) return uncommitted
  const idsBefore = new Map(before.value.map((entry) => [entry.path, entry.id]))
  const idsAfter = new Map(after.value.map((entry) => [entry.path, entry.id]))
  const other = new Set(uncommitted.value)
  for (const path of paths) if (idsBefore.get(path) !== idsAfter.get(path)) other.add(path)
  const same = services.filter((service) =>
    [service.file, ...ignoreFilePaths(service)].every((path) => !other.has(path)),
  )
  const contexts = byContext(folders, before.value)
  return ok({ snapshot: { commit, contexts, texts: now.texts, uncommitted: [] }, services: same })
}

async function readTexts(services: readonly Service[], git: GitTree): Promise<Result<Map<string, string>>> {
  const folders = new Map<string, string>()
  for (const service of services) {
    const [beside, inContext] = ignoreFilePaths(service)
    folders.set(inContext, service.context)
    const folder = dirname(service.file)
    for (const path of [service.file, beside]) folders.set(path, folder === '.' ? '' : folder)
  }
  const texts = new Map<string, string>()
  for (const [path, folder] of folders) {
    const text = await git.read(path, folder)
    if (!text.ok) return text
    if (text.value !== undefined) texts.set(path, text.value)
  }
  return ok(texts)
}

/** Only what at least one service's context takes is hashed: a `node_modules` that every image ignores is not read. */
function takenBySome(
  services: readonly Service[],
  texts: ReadonlyMap<string, string>,
  paths: readonly string[],
): Result<string[]> {
  const wanted = new Set<string>()
  for (const service of services) {
    const rules = ignoreRulesOf(service, texts)
    if (!rules.ok) return rules
    for (const path of paths) if (takes(service, rules.value, path)) wanted.add(path)
  }
  return ok([...wanted])
}

function isInSubmodule(path: string, submodules: ReadonlySet<string>): boolean {
  return [...submodules].some((submodule) => path.startsWith(`${submodule}/`))
}

/** BuildKit follows a link to its context, git does not: such a context would look empty for ever. */
function linkedContext(
  services: readonly Service[],
  entries: readonly TreeEntry[],
): Result<never> | undefined {
  const links = new Set(entries.filter((entry) => entry.mode === '120000').map((entry) => entry.path))
  const service = services.find((candidate) => links.has(candidate.context))
  if (service === undefined) return undefined
  const message = `service \`${service.name}\`: context \`${service.context}\` is a link; name the folder it points to`
  return failed({ kind: 'config-invalid', message, ...(service.place && { place: service.place }) })
}

/** Each context's files, with paths relative to it, sorted; one pass whatever the number of contexts. */
function byContext(folders: readonly string[], entries: readonly TreeEntry[]): Map<string, TreeEntry[]> {
  const contexts = new Map<string, TreeEntry[]>(folders.map((folder) => [folder, []]))
  const sorted = entries.toSorted((a, b) => compareText(a.path, b.path))
  for (const entry of sorted) {
    contexts.get('')?.push(entry)
    for (let slash = entry.path.indexOf('/'); slash !== -1; slash = entry.path.indexOf('/', slash + 1)) {
      contexts.get(entry.path.slice(0, slash))?.push({ ...entry, path: entry.path.slice(slash + 1) })
    }
  }
  return contexts
}
