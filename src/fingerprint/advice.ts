import type { ContextAdvice } from '../model/advice.js'
import { attempt, demand, type Result } from '../model/failure.js'
import type { Service } from '../model/service.js'
import type { GitTree } from '../ports/git-tree.js'
import { adviseLines, type Grounds, type Sent, total } from './advice-lines.js'
import { DiskView } from './disk-view.js'
import { ignoreFileInForce, ignoreFileOf } from './ignore-file.js'
import { parsePattern } from './ignore-pattern.js'
import { IgnoreRules } from './ignore-rules.js'
import { isFile } from './inspect.js'
import { type NamedSource, recipeOf, textPaths } from './recipe.js'
import { select } from './select.js'
import { readTexts } from './texts.js'
import { isWithin, joined, pathsDownTo, type View } from './view.js'
import { isWildcard, wildcard } from './wildcard.js'

export interface AdviceOptions {
  readonly git: GitTree
  /** Of an image for which none is configured. */
  readonly platform: string
  /** Submodules whose files count one by one. */
  readonly opened: readonly string[]
}

/** What one instruction has sent to the builder. */
interface Taker {
  readonly service: Service
  readonly source: NamedSource
  /** Relative to the context. */
  readonly paths: ReadonlySet<string>
}

/** A folder with an ignore file: of several images that have both in common none may lose what it takes. */
interface Context {
  readonly folder: string
  readonly ignoreFile: string
  readonly rules: IgnoreRules
  readonly takers: readonly Taker[]
}

/** How many of the largest are named. */
const SHOWN = 5

/**
 * What builds of the named images send to the builder, and what of that an ignore file could leave out. BuildKit sends
 * what the sources of COPY, ADD and bind mounts lead to and the ignore file leaves in; what `--exclude`, `ignore` and
 * `generated` take out is sent, and so is `.git`. The disk is what counts here, whatever the commit has.
 */
export async function advise(
  services: readonly Service[],
  names: ReadonlySet<string>,
  options: AdviceOptions,
): Promise<Result<readonly ContextAdvice[]>> {
  return attempt(async () => {
    const { git } = options
    const contexts = await contextsOf(services, options)
    const ignoredFrom = ignoredBy(demand(await git.files()))
    const advice: ContextAdvice[] = []
    for (const context of contexts) {
      const takers = context.takers.filter(({ service }) => names.has(service.name))
      if (takers.length > 0) advice.push(await adviceFor(context, takers, { git, ignoredFrom }))
    }
    return advice
  })
}

async function contextsOf(services: readonly Service[], options: AdviceOptions): Promise<readonly Context[]> {
  const { git, platform, opened } = options
  const view = new DiskView(git, { opened })
  const { texts } = await readTexts(services.flatMap(textPaths), view, git)
  const selections = new Map<string, Promise<ReadonlySet<string>>>()
  const contexts = new Map<string, Context>()
  for (const service of services) {
    for (const source of demand(recipeOf(service, texts, [platform])).sources) {
      const { context: folder, rules, label } = source
      const ignoreFile = label === '' ? ignoreFileInForce(service, texts) : ignoreFileOf(folder)
      const key = JSON.stringify([folder, ignoreFile])
      const sourceKey = JSON.stringify([key, source.path, source.parents !== undefined])
      const paths = selections.get(sourceKey) ?? sentFor(source, view, git)
      selections.set(sourceKey, paths)
      const { takers = [] } = contexts.get(key) ?? {}
      const taker = { service, source, paths: await paths }
      contexts.set(key, { folder, ignoreFile, rules, takers: [...takers, taker] })
    }
  }
  return [...contexts.values()]
}

/** What is taken out of a source after it was sent counts here. */
async function sentFor(source: NamedSource, view: View, git: GitTree): Promise<ReadonlySet<string>> {
  const { entries } = await select({ ...source, exclude: IgnoreRules.NONE, isNoInput: () => false }, view)
  const paths = [...entries.values()].filter(isFile).map(({ path }) => path)
  const isWanted = reachesGit(source) && !source.rules.drops('.git')
  const isThere = isWanted && (await git.look([joined(source.context, '.git')])).size > 0
  return new Set(isThere ? [...paths, '.git'] : paths)
}

/** A source that is the context itself, or a pattern that `.git` fits. */
function reachesGit({ path }: NamedSource): boolean {
  const [first = ''] = path.split('/')
  return path === '' || path === '.git' || (isWildcard(first) && wildcard(first)?.test('.git') === true)
}

interface Surroundings {
  readonly git: GitTree
  readonly ignoredFrom: Grounds['ignoredFrom']
}

async function adviceFor(
  { folder, ignoreFile, rules, takers: all }: Context,
  takers: readonly Taker[],
  { git, ignoredFrom }: Surroundings,
): Promise<ContextAdvice> {
  const sent = await measured(folder, union(takers), git)
  const unclear = all.find(({ source }) => source.isDoubt)
  const lines =
    unclear === undefined
      ? adviseLines(sent, {
          rules,
          ignoredFrom: (path) => below(folder, ignoredFrom(joined(folder, path))),
          isNamed: namedBy(all, rules),
          everything: union(all),
        })
      : []
  const without = rules.with(lines.map(({ line }) => line)) ?? rules
  return {
    images: [...new Set(takers.map(({ service }) => service.name))],
    ...{ context: folder, ignoreFile, lines },
    sent: total(sent),
    largest: largest(sent),
    left: total(sent.filter(({ path }) => !without.drops(path))),
    ...(unclear && { unclear: { file: unclear.service.file, line: unclear.source.line ?? 1 } }),
  }
}

async function measured(folder: string, paths: ReadonlySet<string>, git: GitTree): Promise<readonly Sent[]> {
  const sizes = await git.extentsOnDisk([...paths].map((path) => joined(folder, path)))
  return [...paths].map((path) => ({ path, ...(sizes.get(joined(folder, path)) ?? total([])) }))
}

function union(takers: readonly Taker[]): ReadonlySet<string> {
  const [first, ...others] = new Set(takers.map(({ paths }) => paths))
  if (others.length === 0) return first ?? new Set()
  const all = new Set(first)
  for (const paths of others) for (const path of paths) all.add(path)
  return all
}

function largest(sent: readonly Sent[]): ContextAdvice['largest'] {
  const tops = new Map<string, Sent[]>()
  for (const one of sent) {
    const [top = ''] = one.path.split('/')
    const within = tops.get(top)
    if (within === undefined) tops.set(top, [one])
    else within.push(one)
  }
  return [...tops]
    .map(([path, within]) => ({ path, ...total(within) }))
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, SHOWN)
}

/** Whether a source other than a folder above takes something there, the ignore file keeps it, or an earlier step makes it. */
function namedBy(takers: readonly Taker[], rules: IgnoreRules): (path: string) => boolean {
  const sources = takers.map(({ source, paths }) => {
    const broad = broadFolder(source.path)
    // Of the context itself nothing is named.
    return { broad, covered: broad === '' ? new Set<string>() : withFolders(paths) }
  })
  const kept = rules.lines.flatMap((line) => {
    const pattern = parsePattern(line)
    return pattern?.keeps ? [pattern] : []
  })
  const made = takers.flatMap(({ service, source }) =>
    Object.keys(service.generated).flatMap((path) => below(source.context, path) ?? []),
  )
  return (path) =>
    sources.some(
      ({ broad, covered }) => covered.has(path) && !(broad !== undefined && isAbove(broad, path)),
    ) ||
    kept.some(({ matches, start }) => matches(path) || start.startsWith(`${path}/`)) ||
    made.some((one) => isWithin(one, path) || isWithin(path, one))
}

/** The folder that a source takes with all that is in it; `undefined` for a pattern that says more than `*` at its end. */
function broadFolder(path: string): string | undefined {
  const folder = path.replace(/(?:^|\/)\*$/, '')
  return folder.split('/').some(isWildcard) ? undefined : folder
}

function isAbove(folder: string, path: string): boolean {
  return path.startsWith(`${folder}/`)
}

function withFolders(paths: ReadonlySet<string>): Set<string> {
  return new Set([...paths].flatMap(pathsDownTo))
}

/** A path of the repository as one of a folder; `undefined` outside of it, and for the folder itself. */
function below(folder: string, path: string | undefined): string | undefined {
  if (path === undefined || path === folder || !isWithin(path, folder)) return undefined
  return folder === '' ? path : path.slice(folder.length + 1)
}

/** `known`: all files that are tracked or could be. */
function ignoredBy(known: readonly string[]): (path: string) => string | undefined {
  const files = new Set(known.map((path) => path.replace(/\/$/, '')))
  const folders = new Set([...files].flatMap((path) => pathsDownTo(path).slice(0, -1)))
  return (path) => {
    for (const above of pathsDownTo(path)) {
      // A submodule, or a repository within, is known as one.
      if (files.has(above)) return undefined
      if (!folders.has(above)) return above
    }
    return undefined
  }
}
