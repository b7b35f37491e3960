import { normalize } from 'node:path/posix'
import type { Need } from '../model/memo.js'
import { type Failure, failed, type Notice, ok, type Result } from '../model/failure.js'
import type { Service } from '../model/service.js'
import type { GitTree } from '../ports/git-tree.js'
import { GitView } from './git-view.js'
import { IgnoreRules } from './ignore-rules.js'
import { needOfKind, needOfNode } from './need.js'
import { gitFolderNotice, idlePathsNotice } from './notices.js'
import { inFolders, matcher, placesOf } from './patterns.js'
import { contextFolders, type NamedSource, type Recipe, recipeOf, textPaths } from './recipe.js'
import { type Entry, select, type Selection } from './select.js'
import { readTexts } from './texts.js'
import { FOLDER, joined, LINK, pathsDownTo, SUBMODULE, type View } from './view.js'
import { quoted } from './wildcard.js'

/** A source with what it takes; files are hashed. */
export interface Taken {
  readonly source: NamedSource
  readonly selection: Selection
}

/** All that one service's Dockerfile and configuration take. */
export interface Inspection {
  readonly recipe: Recipe
  readonly taken: readonly Taken[]
  /** What all of it rests on. */
  readonly needs: ReadonlySet<Need>
}

export interface Surroundings {
  readonly git: GitTree
  readonly view: View
  /** Of an image for which none is configured. */
  readonly platform: string
}

/** Reads what each service takes; files and folders that several take are read once. */
export async function inspect(
  services: readonly Service[],
  surroundings: Surroundings,
): Promise<ReadonlyMap<string, Result<Inspection>>> {
  const { git, view, platform } = surroundings
  const { texts, failures, needs } = await readTexts(services.flatMap(textPaths), view, git)
  const hasGitFolder = (await git.look(['.git'])).size > 0
  const recipes = await Promise.all(
    services.map(async (service) => {
      const problem = (await contextProblem(service, view)) ?? textProblem(service, failures)
      const recipe = problem ?? withDockerfile(service, texts, platform)
      return recipe.ok && hasGitFolder ? ok(withGitNotice(service, recipe.value)) : recipe
    }),
  )
  const committed = new GitView(git, git.head, [])
  const selections = new Map<string, Promise<Selection>>()
  const selected = (source: NamedSource) => {
    const selection = selections.get(source.key) ?? select(source, view)
    selections.set(source.key, selection)
    return selection
  }
  const inspections = services.map(async (service, index): Promise<[string, Result<Inspection>]> => {
    const recipe = recipes[index] as Result<Recipe>
    if (!recipe.ok) return [service.name, recipe]
    const declared = [...declaredSources(service), ...lockfileSources(service)]
    const secrets = await secretSources(service, committed)
    const sources = [...recipe.value.sources, ...declared, ...secrets]
    const taken = await Promise.all(
      sources.map(async (source) => ({ source, selection: await selected(source) })),
    )
    const absent = taken.find(({ source, selection }) => source.label === LOCKFILES && !selection.isFound)
    if (absent !== undefined) return [service.name, noLockfile(service, absent.source.path)]
    const rested = [
      ...textPaths(service).flatMap((path) => needs.get(path) ?? []),
      ...[service.context, ...contextFolders(service)].flatMap(pathsDownTo).map(needOfKind),
      ...secretFiles(service).map(({ path }) => needOfNode(path)),
      ...taken.flatMap(({ selection }) => [...selection.needs]),
    ]
    const idle = idlePaths(service, taken)
    const noticed = idle === undefined ? recipe.value : withNotice(recipe.value, idle)
    return [service.name, ok({ recipe: noticed, taken, needs: new Set(rested) })]
  })
  return new Map(await Promise.all(inspections))
}

function withGitNotice(service: Service, recipe: Recipe): Recipe {
  const notice = gitFolderNotice(service, recipe)
  return notice === undefined ? recipe : withNotice(recipe, notice)
}

function withNotice(recipe: Recipe, notice: Notice): Recipe {
  return { ...recipe, notices: [...recipe.notices, notice] }
}

/** A change that was meant to count would not. */
function idlePaths(service: Service, taken: readonly Taken[]): Notice | undefined {
  const entries = taken.flatMap(({ source, selection }) =>
    source.label === PATHS ? [...selection.entries.values()] : [],
  )
  // Nothing of what lies in a submodule is known.
  return entries.some(({ mode }) => mode === SUBMODULE)
    ? undefined
    : idlePathsNotice(
        service,
        entries.map(({ path }) => path),
      )
}

function withDockerfile(
  service: Service,
  texts: ReadonlyMap<string, string>,
  platform: string,
): Result<Recipe> {
  if (texts.has(service.file)) return recipeOf(service, texts, [platform])
  return invalid(
    service,
    `Dockerfile \`${service.file}\` does not exist; set \`file:\` to its path from the repository root`,
  )
}

function textProblem(
  service: Service,
  failures: ReadonlyMap<string, readonly Failure[]>,
): Result<never> | undefined {
  const [first, ...more] = textPaths(service).flatMap((path) => failures.get(path) ?? [])
  return first && failed(first, ...more)
}

/** BuildKit follows a link to its context, git does not: such a context would look empty for ever. */
async function contextProblem(service: Service, view: View): Promise<Result<never> | undefined> {
  const { context } = service
  for (const folder of [context, ...contextFolders(service)]) {
    for (const path of pathsDownTo(folder)) {
      const node = await view.node(path)
      if (node?.mode === LINK)
        return invalid(
          service,
          `context \`${folder}\` is a link or lies behind one; name the folder it points to`,
        )
      if (node?.mode === SUBMODULE)
        return invalid(
          service,
          `context \`${folder}\` lies in the submodule \`${path}\`, whose files this commit does not hold; check it out and set \`inputs-from: worktree\``,
        )
    }
  }
  const children = await view.folder(context)
  if (children !== undefined && children.size > 0) return undefined
  const message = `context \`${context || '.'}\` has no files; set \`context:\` to a folder of the repository`
  return invalid(service, message)
}

const PATHS = 'paths'

/** What the configuration names besides the Dockerfile: `paths`, and the sources of what an earlier step makes. */
function declaredSources(service: Service): NamedSource[] {
  const lists = [
    { label: PATHS, patterns: service.paths },
    ...Object.entries(service.generated).map(([made, patterns]) => ({
      label: `generated ${made}`,
      patterns,
    })),
  ]
  const isIgnored = inFolders(matcher(service.ignore))
  return lists.flatMap(({ label, patterns }) => {
    const matches = matcher(patterns)
    // What lies in a submodule is known by its commit alone, so that any of it can be meant.
    const isMeant = (path: string, mode: string) => mode === SUBMODULE || matches(path)
    // What is not there yet is no doubt here: the patterns say what counts.
    return placesOf(patterns).map((place) => ({
      ...{ context: '', path: quoted(place), rules: IgnoreRules.NONE, exclude: IgnoreRules.NONE },
      isNoInput: (path: string, mode: string) => !isMeant(path, mode) || isIgnored(path, mode),
      label,
      isMade: false,
      key: JSON.stringify(['declared', label, place, patterns, service.ignore]),
    }))
  })
}

const LOCKFILES = 'lockfiles'

/** They count whether or not the Dockerfile takes them. */
function lockfileSources({ lockfiles }: Service): NamedSource[] {
  if (lockfiles === undefined || lockfiles === 'auto') return []
  return lockfiles.map((path) => fileSource(path, LOCKFILES))
}

/** Of secrets that files hold: what no commit has may be another file in each run, and never counts. */
async function secretSources(service: Service, committed: View): Promise<NamedSource[]> {
  const sources = secretFiles(service).map(async ({ id, path }) => {
    const node = await committed.node(path)
    return node === undefined ? [] : [fileSource(path, `secret ${id}`)]
  })
  return (await Promise.all(sources)).flat()
}

/** Those that lie in the repository. */
function secretFiles({ build }: Service): { readonly id: string; readonly path: string }[] {
  return build.secrets.flatMap((secret) => {
    const path = secret.kind === 'file' ? normalize(secret.path) : '/'
    return /^(?:\/|\.\.(?:\/|$))/.test(path) ? [] : [{ id: secret.id, path }]
  })
}

function fileSource(path: string, label: string): NamedSource {
  return {
    ...{ context: '', path: quoted(path), rules: IgnoreRules.NONE, exclude: IgnoreRules.NONE },
    ...{ isNoInput: () => false, label, isMade: false, key: JSON.stringify(['file', path]) },
  }
}

function noLockfile(service: Service, path: string): Result<never> {
  const mend = 'write its path from the repository root, or `lockfiles: auto`'
  return invalid(service, `lockfile ${JSON.stringify(path)} does not exist; ${mend}`)
}

/** Path of an entry from the root of the repository. */
export function pathOf({ source }: Pick<Taken, 'source'>, entry: Entry): string {
  return joined(source.context, entry.path)
}

/** Links and submodules count as files; a folder may carry its permissions behind its mode. */
export function isFile(entry: Entry): boolean {
  return !entry.mode.startsWith(FOLDER)
}

function invalid(
  service: Service,
  problem: string,
): { readonly ok: false; readonly failures: readonly Failure[] } {
  const message = `${service.kind} \`${service.name}\`: ${problem}`
  return failed({ kind: 'config-invalid', message, ...(service.place && { place: service.place }) })
}
