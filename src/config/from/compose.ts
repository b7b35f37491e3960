import { dirname, join, normalize } from 'node:path/posix'
import { type Node, readDocument } from '../document.js'
import { fill, parseTemplate } from '../interpolate.js'

type Variables = Readonly<Record<string, string | undefined>>

/** What a Compose file names besides itself; paths are relative to the repository root and stay in it. */
export interface ComposeFile {
  readonly services: ReadonlyMap<string, ComposeService>
  /** Files whose text decides what is built. */
  readonly files: readonly string[]
  /** Files that must be there although nothing of them gets into a build. */
  readonly presence: readonly string[]
  /** As written. */
  readonly name?: string
}

export interface ComposeService {
  /** As written. */
  readonly image?: string
  /** Name of the service that it extends, in whatever file that is. */
  readonly extended?: string
}

/** `folder`: of the project, which bake takes some paths to be relative to. A text that is no YAML names nothing. */
export function readCompose(text: string, path: string, folder: string): ComposeFile {
  // What an override takes out or replaces is no matter of names.
  const { root } = readDocument(text.replaceAll(/(?<=:[ \t]+)!(?:reset|override)\b/g, ''), path)
  const services = childrenOf(at(root, 'services'))
  const included = itemsOf(at(root, 'include')).flatMap((item) => [
    ...textsOf(item),
    ...['path', 'env_file'].flatMap((key) => itemsOf(at(item, key)).flatMap(textsOf)),
  ])
  const extended = services.flatMap(([, service]) => textsOf(at(at(service, 'extends'), 'file')))
  const presence = services.flatMap(([, service]) =>
    ['env_file', 'label_file'].flatMap((key) =>
      itemsOf(at(service, key)).flatMap((item) => [...textsOf(item), ...textsOf(at(item, 'path'))]),
    ),
  )
  const besides = included.map((file) => join(dirname(file), '.env'))
  const [name] = textsOf(at(root, 'name'))
  const folders = [folder, dirname(path)]
  return {
    services: new Map(services.map(([service, node]) => [service, serviceOf(node)])),
    files: within([...included, ...extended, ...besides], folders),
    presence: within(presence, folders),
    ...(name !== undefined && { name }),
  }
}

function serviceOf(node: Node): ComposeService {
  const [image] = textsOf(at(node, 'image'))
  const extending = at(node, 'extends')
  const [extended] = [...textsOf(extending), ...textsOf(at(extending, 'service'))]
  return { ...(image !== undefined && { image }), ...(extended !== undefined && { extended }) }
}

/** Paths in an included file are relative to it, others to the project: both are looked for. */
function within(paths: readonly string[], folders: readonly string[]): string[] {
  const all = paths.flatMap((path) => folders.map((folder) => normalize(join(folder, path))))
  return [...new Set(all)].filter((path) => !path.startsWith('..') && !path.includes('$'))
}

export interface Project {
  /** Later ones count over earlier ones. */
  readonly files: readonly ComposeFile[]
  /** Text of the `.env` beside them. */
  readonly dotenv: string
  readonly variables: Variables
  /** Name of the project's folder. */
  readonly folderName: string
}

/** The project's name after Compose's own rules (compose-go, `cli/options.go` and `loader.NormalizeProjectName`). */
export function projectName(project: Project): string {
  const written = project.files.findLast(({ name }) => name !== undefined)?.name
  const filled = written === undefined ? undefined : filledIn(written, project)
  const named = variablesOf(project)['COMPOSE_PROJECT_NAME'] || (filled ?? project.folderName)
  return named
    .toLowerCase()
    .replace(/[^a-z\d_-]/g, '')
    .replace(/^[_-]+/, '')
}

/**
 * Name of the image that Compose starts a service from (compose, `api.GetImageNameOrDefault`). `printed`: the tag that
 * bake gives it, for the forms of variables that only bake fills in.
 */
export function composeImage(service: string, project: Project, printed?: string): string {
  const written = writtenImage(service, project)
  const filled = written === undefined ? undefined : (filledIn(written, project) ?? printed)
  return filled ?? `${projectName(project)}-${service}`
}

/** Its own, or that of the service that it extends; bake has read the files, so that none extends itself through others. */
function writtenImage(service: string, project: Project): string | undefined {
  const said = project.files.flatMap(({ services }) => services.get(service) ?? [])
  const image = said.findLast((one) => one.image !== undefined)?.image
  const extended = said.findLast((one) => one.extended !== undefined)?.extended
  const isOther = extended !== undefined && extended !== service
  return image ?? (isOther ? writtenImage(extended, project) : undefined)
}

/** `undefined` for a form or a variable that is not known here. */
function filledIn(written: string, project: Project): string | undefined {
  const template = parseTemplate(written)
  if ('problem' in template || template.value.unbraced.length > 0) return undefined
  const filled = fill(template.value.parts, variablesOf(project))
  return 'value' in filled ? filled.value : undefined
}

function variablesOf({ dotenv, variables }: Project): Variables {
  const lines = [...dotenv.matchAll(/^[ \t]*(?:export[ \t]+)?(\w+)[ \t]*=[ \t]*(["']?)(.*?)\2[ \t]*$/gm)]
  return { ...Object.fromEntries(lines.map(([, name = '', , value = '']) => [name, value])), ...variables }
}

function at(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === 'map' ? node.entries.get(key)?.node : undefined
}

function childrenOf(node: Node | undefined): [string, Node][] {
  return node?.kind === 'map' ? [...node.entries].map(([name, entry]) => [name, entry.node]) : []
}

function itemsOf(node: Node | undefined): readonly Node[] {
  return node === undefined ? [] : node.kind === 'list' ? node.items : [node]
}

function textsOf(node: Node | undefined): string[] {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? [node.value] : []
}
