import { type Notice, ok, type Result } from '../model/failure.js'
import type { Service } from '../model/service.js'
import type { Dockerfile } from './dockerfile/model.js'
import { parseDockerfile } from './dockerfile/parse.js'
import type { Analysis, Taken } from './dockerfile/analysis.js'
import { analyze } from './dockerfile/stages.js'
import { ignoreFileInForce, ignoreFileOf, ignoreFilePaths, ignoreRulesIn } from './ignore-file.js'
import { IgnoreRules } from './ignore-rules.js'
import { type IgnorePattern, parsePattern } from './ignore-pattern.js'
import { inFolders, matcher } from './patterns.js'
import type { Source } from './source.js'
import { imagesOf } from './images.js'
import { isWithin, joined } from './view.js'
import { volatileArgs } from './volatile.js'
import { isWildcard, literalName, quoted, wildcard } from './wildcard.js'

/** A source, and where the Dockerfile names it. */
export interface NamedSource extends Source {
  /** Of the instruction; absent where the configuration names it. */
  readonly line?: number
  /** What it is a source of: `''` the context, `context NAME`, `paths`, `generated PATH`. */
  readonly label: string
  /** Whether an earlier step makes what it takes, or a part of it. */
  readonly isMade: boolean
  /** It stands for an instruction of which it cannot be told what it takes. */
  readonly isDoubt?: true
  /** Two sources of one key take the same. */
  readonly key: string
}

/** What a Dockerfile says about its image, before any file is looked at. */
export interface Recipe {
  readonly definition: readonly string[]
  /** Every instruction of the file. */
  readonly instructions: readonly { readonly line: number; readonly text: string }[]
  readonly declaredArgs: ReadonlySet<string>
  readonly sources: readonly NamedSource[]
  /** Named contexts that are no folders, as they are written. */
  readonly references: Readonly<Record<string, string>>
  /** Images that it starts or copies from, see `ImageInputs.images`. */
  readonly images: readonly string[]
  /** How its files come into the image, see `Analysis.layouts`. */
  readonly layouts: Analysis['layouts']
  readonly hasTriggers: boolean
  readonly secrets?: readonly string[]
  readonly notices: readonly Notice[]
}

/** All files whose text a recipe is made from, whether they are there or not. */
export function textPaths(service: Service): string[] {
  return [service.file, ...ignoreFilePaths(service), ...contextFolders(service).map(ignoreFileOf)]
}

/** Reads the Dockerfile; `config-invalid` names the line that is wrong. */
export function recipeOf(
  service: Service,
  texts: ReadonlyMap<string, string>,
  platforms: readonly string[],
): Result<Recipe> {
  const dockerfile = parseDockerfile(texts.get(service.file) ?? '', service.file)
  if (!dockerfile.ok) return dockerfile
  const { build } = service
  const question = {
    ...(build.target !== undefined && { target: build.target }),
    buildArgs: new Map(Object.entries(build.buildArgs)),
    namedContexts: new Set(Object.keys(build.contexts)),
    platforms: build.platforms ?? platforms,
    volatileArgs: volatileArgs(build),
  }
  const analysis = analyze(dockerfile.value, question, service.file)
  if (!analysis.ok) return analysis
  return withSources(service, { dockerfile: dockerfile.value, analysis: analysis.value, texts })
}

interface Read {
  readonly dockerfile: Dockerfile
  readonly analysis: Analysis
  readonly texts: ReadonlyMap<string, string>
}

function withSources(service: Service, { dockerfile, analysis, texts }: Read): Result<Recipe> {
  const isIgnored = inFolders(matcher(service.ignore))
  const made = Object.keys(service.generated)
  const isNoInput = (path: string, mode: string) =>
    isIgnored(path, mode) || made.some((one) => isWithin(path, one))
  const isMade = ({ context, path }: Source) => made.some((one) => mayMeet(joined(context, path), one))
  const sources: NamedSource[] = []
  const notices: Notice[] = []
  for (const context of contextsOf(service, analysis)) {
    const isMain = context.name === undefined
    const ignoreFile = isMain ? ignoreFileInForce(service, texts) : ignoreFileOf(context.folder)
    const rules = ignoreRulesIn(ignoreFile, texts)
    if (!rules.ok) return rules
    const scope = { context: context.folder, rules: rules.value, isNoInput }
    const key = keyOf(service, context, ignoreFile)
    const doubts = [...context.doubts]
    for (const taken of context.taken) {
      const source = sourceOf(taken, scope)
      if (typeof source === 'string') doubts.push({ line: taken.line, why: source })
      else sources.push({ ...source, ...key(taken), line: taken.line, isMade: isMade(source) })
    }
    for (const { line, why } of doubts) {
      const whole = { ...scope, path: '', exclude: IgnoreRules.NONE }
      sources.push({ ...whole, ...key(), line, isMade: false, isDoubt: true })
      notices.push(doubt(service, { context, line, why }))
    }
  }
  const { definition, declaredArgs, layouts, hasTriggers } = analysis
  const { instructions } = dockerfile
  const references = referencesOf(service, analysis)
  const images = imagesOf(service, analysis)
  if (!images.ok) return images
  return ok({
    ...{ definition, instructions, declaredArgs, sources, references, layouts, hasTriggers, notices },
    images: images.value,
    ...(analysis.secrets && { secrets: analysis.secrets }),
  })
}

/** Whether a source, and what is made at a path, can be one, or one a part of the other. */
function mayMeet(source: string, made: string): boolean {
  const parts = made.split('/')
  return source
    .split('/')
    .slice(0, parts.length)
    .every((part, index) => {
      const name = parts[index] ?? ''
      if (part === '') return true
      return isWildcard(part)
        ? wildcard(part)?.test(name) !== false
        : literalName(part) === name || part === name
    })
}

/** A build context that is a folder, with all that is taken from it. */
interface Context {
  readonly folder: string
  /** Absent: the main one. */
  readonly name?: string
  readonly taken: readonly Taken[]
  readonly doubts: readonly { readonly line: number; readonly why: string }[]
}

function contextsOf(service: Service, { taken, undecided }: Analysis): Context[] {
  const of = (name: string | undefined) => ({
    taken: taken.filter(({ context }) => context === name),
    doubts: undecided.filter(({ context }) => context === name),
  })
  const contexts = Object.entries(service.build.contexts).flatMap(([name, context]) =>
    context.kind === 'folder' ? [{ folder: context.folder, name, ...of(name) }] : [],
  )
  return [{ folder: service.context, ...of(undefined) }, ...contexts]
}

/** Folders of the named contexts. */
export function contextFolders(service: Service): string[] {
  return Object.values(service.build.contexts).flatMap((context) =>
    context.kind === 'folder' ? [context.folder] : [],
  )
}

type Scope = Pick<Source, 'context' | 'rules' | 'isNoInput'>

/** The source, or why it cannot be told what the instruction takes. */
function sourceOf({ kind, path, exclude, parents }: Taken, scope: Scope): Source | string {
  // A mount takes a name as it stands.
  if (kind === 'bind') return { ...scope, path: quoted(path), exclude: IgnoreRules.NONE }
  const excluded = IgnoreRules.ofFlags(exclude)
  if (excluded === undefined) return `it is not clear what \`--exclude=${exclude.join(' ')}\` leaves out`
  if (path.split('/').some((part) => isWildcard(part) && wildcard(part) === undefined))
    return `it is not clear what the pattern \`${path}\` matches`
  const source = { ...scope, path, exclude: excluded }
  if (!parents) return source
  const pattern = parsePattern(path)
  if (pattern === undefined || pattern.keeps) return `it is not clear what the pattern \`${path}\` matches`
  return { ...source, parents: (candidate) => matchesAtOrAbove(pattern, candidate) }
}

function matchesAtOrAbove(pattern: IgnorePattern, path: string): boolean {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1))
    if (pattern.matches(path.slice(0, end))) return true
  return false
}

/** What a source is known by: all that decides which files it takes, given the folder of its context. */
function keyOf(
  service: Service,
  { folder, name }: Context,
  ignoreFile: string,
): (taken?: Taken) => Pick<NamedSource, 'key' | 'label'> {
  return (taken) => ({
    key: JSON.stringify([
      ...[folder, ignoreFile, service.ignore, Object.keys(service.generated)],
      ...(taken === undefined ? [] : [taken.kind === 'bind', taken.path, taken.exclude, taken.parents]),
    ]),
    label: name === undefined ? '' : `context ${name}`,
  })
}

function referencesOf(service: Service, { references }: Analysis): Record<string, string> {
  const used = references.filter(({ isNamedContext }) => isNamedContext).map(({ name }) => name)
  const entries = Object.entries(service.build.contexts).flatMap(([name, context]) => {
    if (context.kind === 'folder' || !used.includes(name)) return []
    return [[name, context.kind === 'image' ? `image:${context.image}` : context.reference] as const]
  })
  return Object.fromEntries(entries)
}

function doubt(service: Service, of: { context: Context; line: number; why: string }): Notice {
  const { name, folder } = of.context
  const which = name === undefined ? 'the whole context' : `the whole context \`${name}\``
  const message = `\`${service.name}\`: ${of.why}; ${which} (\`${folder || '.'}\`) counts as its input`
  return { message, place: { file: service.file, line: of.line, column: 1 } }
}
