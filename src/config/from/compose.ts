import { dirname, join, normalize } from 'node:path/posix'
import { type Node, readDocument } from '../document.js'
import { fill, parseTemplate } from '../interpolate.js'

type Variables = Readonly<Record<string, string | undefined>>

/** What a Compose file names besides itself; paths are relative to the repository root and stay in it. */
export interface ComposeFile {
  readonly services: readonly string[]
  /** Files whose text decides what is built. */
  readonly files: readonly string[]
  /** Files that must be there although nothing of them gets into a build. */
  readonly presence: readonly string[]
  /** As written. */
  readonly name?: string
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
    services: services.map(([service]) => service),
    files: within([...included, ...extended, ...besides], folders),
    presence: within(presence, folders),
    ...(name !== undefined && { name }),
  }
}

/** Paths in an included file are relative to it, others to the project: both are looked for. */
function within(paths: readonly string[], folders: readonly string[]): string[] {
  const all = paths.flatMap((path) => folders.map((folder) => normalize(join(folder, path))))
  return [...new Set(all)].filter((path) => !path.startsWith('..') && !path.includes('$'))
}

export interface Project {
  /** In their order. */
  readonly files: readonly ComposeFile[]
  /** Text of the `.env` beside them. */
  readonly dotenv: string
  readonly variables: Variables
  /** Name of the project's folder. */
  readonly folderName: string
}

/** The project's name after Compose's own rules (compose-go, `cli/options.go` and `loader.NormalizeProjectName`). */
export function projectName({ files, dotenv, variables, folderName }: Project): string {
  const all = { ...variablesOf(dotenv), ...variables }
  const written = files.findLast(({ name }) => name !== undefined)?.name
  const template = written === undefined ? undefined : parseTemplate(written)
  const filled = template && 'value' in template ? fill(template.value.parts, all) : undefined
  const named = all['COMPOSE_PROJECT_NAME'] || (filled && 'value' in filled ? filled.value : folderName)
  return named
    .toLowerCase()
    .replace(/[^a-z\d_-]/g, '')
    .replace(/^[_-]+/, '')
}

function variablesOf(dotenv: string): Variables {
  const lines = [...dotenv.matchAll(/^[ \t]*(?:export[ \t]+)?(\w+)[ \t]*=[ \t]*(["']?)(.*?)\2[ \t]*$/gm)]
  return Object.fromEntries(lines.map(([, name = '', , value = '']) => [name, value]))
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
