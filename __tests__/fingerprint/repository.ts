import { gather, type GatherOptions, type Gathered } from '../../src/fingerprint/gather.js'
import { pathOf } from '../../src/fingerprint/inspect.js'
import type { Service } from '../../src/model/service.js'
import type { ImageInputs } from '../../src/model/snapshot.js'
import { FakeGitTree, type FakeTree } from '../fakes/fake-git-tree.js'
import { service, valueOf } from '../fakes/images.js'

/** Path → text; what starts with `-> ` is a link, with `+x ` executable, with `@` a submodule. */
export type Files = Readonly<Record<string, string>>

export function treeOf(files: Files): FakeTree {
  const committed: Record<string, string> = {}
  const modes: Record<string, string> = {}
  for (const [path, text] of Object.entries(files)) {
    const [, sign, rest] = /^(-> |\+x |@)?(.*)$/s.exec(text) ?? []
    committed[path] = rest ?? ''
    if (sign !== undefined) modes[path] = { '-> ': '120000', '+x ': '100755', '@': '160000' }[sign] ?? ''
  }
  return { committed, modes }
}

/** A service whose Dockerfile lies outside of its context, the folder `c`. */
export const SERVICE = service('app', { context: 'c', file: 'docker/Dockerfile' })

export function withDockerfile(instructions: string, files: Files): Files {
  return { 'docker/Dockerfile': `FROM scratch\n${instructions}\n`, 'c/_': '', ...files }
}

export function optionsFor(git: FakeGitTree, given: Partial<GatherOptions> = {}): GatherOptions {
  return { git, withDisk: false, platform: 'linux/amd64', memo: new Map(), ...given }
}

export async function gathered(
  tree: FakeTree,
  services: readonly Service[] = [SERVICE],
  given: Partial<GatherOptions> = {},
): Promise<Gathered> {
  return valueOf(await gather(services, optionsFor(new FakeGitTree(tree), given)))
}

/** Paths, relative to the root, of all that a service takes, sorted; `/` ends those of folders. */
export function takenBy({ inspections }: Pick<Gathered, 'inspections'>, name = SERVICE.name): string[] {
  const all = (inspections.get(name)?.taken ?? []).flatMap((one) =>
    [...one.selection.entries.values()].map((entry) => {
      const path = pathOf(one, entry)
      return entry.mode.startsWith('040000') ? `${path}/` : path
    }),
  )
  return [...new Set(all)].sort()
}

/** What instructions take from a context, relative to it: `c/` is not said. */
export async function taken(instructions: string, files: Files, of: Service = SERVICE): Promise<string[]> {
  const found = await gathered(treeOf(withDockerfile(instructions, files)), [of])
  return takenBy(found).map((path) => path.replace(/^c\//, ''))
}

export function without(files: Files, ...paths: readonly string[]): Files {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !paths.includes(path)))
}

export async function inputsOf(tree: FakeTree, of: Service = SERVICE): Promise<ImageInputs> {
  const { snapshot } = await gathered(tree, [of], { withDisk: true })
  const inputs = snapshot.inputs.get(of.name)
  if (inputs === undefined) throw new Error('nothing was gathered')
  return inputs
}

export async function filesDigest(
  instructions: string,
  files: Files,
  of: Service = SERVICE,
): Promise<string> {
  return (await inputsOf(treeOf(withDockerfile(instructions, files)), of)).files
}
