import type { ExportRequest } from './oracle-export.js'
import { file, link, type Node, type Tree } from './oracle-tree.js'

/** A service of the configuration, with its Dockerfile and the ignore file that is only its own. */
export interface Service extends Omit<ExportRequest, 'file'> {
  readonly description: string
  readonly dockerfile: string
  /** Text of `<Dockerfile>.dockerignore`. */
  readonly ignoreFile?: string
  /** Where the Dockerfile lies; unless said otherwise outside of every context. */
  readonly file?: string
  /** Keys of the configuration that change the fingerprint without BuildKit seeing anything. */
  readonly paths?: readonly string[]
  readonly ignore?: readonly string[]
}

/** A repository and its configuration, as they are at one moment. */
export interface World {
  readonly tree: Tree
  readonly services: ReadonlyMap<string, Service>
}

export function worldOf(tree: Tree, services: Readonly<Record<string, Service>>): World {
  return { tree, services: new Map(Object.entries(services)) }
}

export const CONFIGURATION = '.github/smart-image-build.yml'

export function dockerfileOf(name: string, { file }: Service): string {
  return file ?? `docker/${name}.Dockerfile`
}

/** All files of a world: its tree, the Dockerfiles and their ignore files, the configuration. */
export function filesOf({ tree, services }: World): Tree {
  const files = new Map(tree)
  for (const [name, service] of services) {
    const path = dockerfileOf(name, service)
    files.set(path, file(service.dockerfile))
    if (service.ignoreFile !== undefined) files.set(`${path}.dockerignore`, file(service.ignoreFile))
  }
  return files.set(CONFIGURATION, file(configurationOf(services)))
}

export function requestsOf({ services }: World): Map<string, ExportRequest> {
  return new Map(
    [...services].map(([name, service]) => [name, { ...service, file: dockerfileOf(name, service) }]),
  )
}

/** Keys of the configuration that a service needs. */
export function keysOf(service: Service): string[] {
  return Object.keys(settingsOf('any', service))
}

/** JSON, which is YAML, too. */
function configurationOf(services: World['services']): string {
  const entries = [...services].map(([name, service]) => [name, settingsOf(name, service)])
  return `${JSON.stringify({ services: Object.fromEntries(entries) as unknown }, undefined, 2)}\n`
}

function settingsOf(name: string, service: Service): Record<string, unknown> {
  const { context, target, args, contexts, paths, ignore } = service
  // `$` starts a reference to the environment there.
  const escaped = Object.entries(args ?? {}).map(([key, value]) => [key, value.replaceAll('$', '$$$$')])
  return {
    context: context === '' ? '.' : context,
    file: dockerfileOf(name, service),
    ...(target !== undefined && { target }),
    ...(args && { 'build-args': Object.fromEntries(escaped) as unknown }),
    ...(contexts && { 'build-contexts': contexts }),
    ...(paths && { paths }),
    ...(ignore && { ignore }),
  }
}

/** One step of a mutation. */
export type Edit = (world: World) => World

export interface Mutation {
  readonly description: string
  /** What its pairs are counted under. */
  readonly kind: string
  readonly edits: readonly Edit[]
}

export function mutate(world: World, { edits }: Mutation): World {
  return edits.reduce((before, edit) => edit(before), world)
}

/** Puts a node at a path; what is in its way, above or below, goes. */
export function put(path: string, node: Node): Edit {
  return onTree((tree) => {
    for (const other of [...tree.keys()]) {
      if (other.startsWith(`${path}/`) || path.startsWith(`${other}/`)) tree.delete(other)
    }
    tree.set(path, node)
  })
}

export function write(path: string, content: string): Edit {
  return put(path, file(content))
}

export function linkTo(path: string, target: string): Edit {
  return put(path, link(target))
}

/** Changes one byte in the middle, so that neither length nor ends tell. */
export function touch(path: string): Edit {
  return onFile(path, (node) => {
    const content = Buffer.from(node.content)
    if (content.length === 0) return file('\n', node.isExecutable)
    const middle = Math.floor(content.length / 2)
    content[middle] = content[middle] === 0x7e ? 0x7d : 0x7e
    return { ...node, content }
  })
}

/** Replaces text that must be there, in a file of the tree. */
export function replace(path: string, from: string, to: string): Edit {
  return onFile(path, (node) => {
    const text = Buffer.from(node.content).toString('utf8')
    if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`)
    return { ...node, content: text.replace(from, () => to) }
  })
}

export function chmod(path: string): Edit {
  return onFile(path, (node) => ({ ...node, isExecutable: !node.isExecutable }))
}

/** A file, a link, or a folder with all that is in it. */
export function remove(path: string): Edit {
  return onTree((tree) => {
    for (const name of below(tree, path)) tree.delete(name)
  })
}

export function rename(from: string, to: string): Edit {
  return onTree((tree) => {
    for (const name of below(tree, from)) {
      tree.set(to + name.slice(from.length), tree.get(name)!)
      tree.delete(name)
    }
  })
}

export function swap(one: string, other: string): Edit {
  return onTree((tree) => {
    const [first, second] = [below(tree, one)[0]!, below(tree, other)[0]!]
    const node = tree.get(first)!
    tree.set(first, tree.get(second)!).set(second, node)
  })
}

/** Changes the Dockerfile or the settings of one service. */
export function redefine(name: string, change: (service: Service) => Partial<Service>): Edit {
  return ({ tree, services }) => {
    const service = services.get(name)
    // A service may be left out as its keys are not known yet.
    if (service === undefined) return { tree, services }
    return { tree, services: new Map(services).set(name, { ...service, ...change(service) }) }
  }
}

/** Changes the text of the Dockerfile of every service with this context. */
export function redefineAll(context: string, change: (dockerfile: string) => string): Edit {
  return ({ tree, services }) => {
    const changed = [...services].map(([name, service]) => {
      const isMeant = service.context === context
      return [name, isMeant ? { ...service, dockerfile: change(service.dockerfile) } : service] as const
    })
    return { tree, services: new Map(changed) }
  }
}

function onTree(change: (tree: Map<string, Node>) => void): Edit {
  return ({ tree, services }) => {
    const changed = new Map(tree)
    change(changed)
    return { tree: changed, services }
  }
}

function onFile(path: string, change: (node: Extract<Node, { kind: 'file' }>) => Node): Edit {
  return onTree((tree) => {
    const node = tree.get(path)
    if (node?.kind !== 'file') throw new Error(`${path} is not a file`)
    tree.set(path, change(node))
  })
}

/** The path itself, or all paths below it; that there are none is an error of the mutation. */
function below(tree: Tree, path: string): string[] {
  const names = [...tree.keys()].filter((name) => name === path || name.startsWith(`${path}/`))
  if (names.length === 0) throw new Error(`nothing lies at ${path}`)
  return names
}
