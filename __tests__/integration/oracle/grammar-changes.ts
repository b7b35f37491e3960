import fc from 'fast-check'
import { file } from '../../rig/oracle-tree.js'
import { type Edit, type Mutation, put, redefine, touch, type World } from '../../rig/oracle-world.js'
import { node, parent, path, rule } from './grammar-tree.js'

const KINDS = [
  ...([
    'content',
    'mode',
    'delete',
    'delete folder',
    'rename',
    'replace',
    'add',
    'swap',
    'rules',
    'empty',
  ] as const),
]

export const changes = fc.record({
  kind: fc.constantFrom(...KINDS),
  at: fc.nat(99),
  other: fc.nat(99),
  path,
  node,
  rule,
})
export type Change = typeof changes extends fc.Arbitrary<infer T> ? T : never

export function mutationOf(change: Change, folder: string): Mutation {
  const { kind, at, other } = change
  return {
    kind,
    description: `${kind} (${folder}: ${at}, ${other}, ${change.path})`,
    edits: [editOf(change, folder)],
  }
}

/** It chooses among what there is, so it can be made whatever the tree holds. */
function editOf(change: Change, folder: string): Edit {
  return (world) => {
    const all = [...world.tree.keys()].filter(
      (at) => at.startsWith(`${folder}/`) && !at.endsWith('/.dockerignore'),
    )
    const files = all.filter((at) => world.tree.get(at)?.kind === 'file')
    const [at, other] = [files[change.at % files.length]!, all[change.other % all.length]!]
    const [one, two] = [world.tree.get(at)!, world.tree.get(other)!]
    const isExecutable = one.kind === 'file' && one.isExecutable
    switch (change.kind) {
      case 'content':
        return touch(at)(world)
      case 'mode':
        return put(at, file(one.kind === 'file' ? one.content : '', !isExecutable))(world)
      case 'delete':
        return without(world, (path) => path === other)
      case 'delete folder':
        return without(
          world,
          (path) => path !== `${folder}/kept/a` && path.startsWith(`${parent(at)}/`) && parent(at) !== folder,
        )
      case 'rename':
        return put(`${folder}/${change.path}`, two)(without(world, (path) => path === other))
      case 'replace':
        return put(other, change.node)(world)
      case 'add':
        return put(`${folder}/${change.path}`, change.node)(world)
      case 'empty':
        return put(`${parent(at)}/empty`, file(''))(world)
      case 'swap':
        return put(at, two)(put(other, one)(world))
      case 'rules':
        return withRule(world, folder, change.rule)
    }
  }
}

function without({ tree, services }: World, isGone: (path: string) => boolean): World {
  return { tree: new Map([...tree].filter(([path]) => !isGone(path))), services }
}

/** A rule at the end of the context's ignore file and of every one beside a Dockerfile. */
function withRule(world: World, folder: string, rule: string): World {
  const path = `${folder}/.dockerignore`
  const own = world.tree.get(path)
  const text = own?.kind === 'file' ? Buffer.from(own.content).toString('utf8') : ''
  const changed = put(path, file(`${text}${rule}\n`))(world)
  return [...world.services].reduce((before, [service, { context, ignoreFile }]) => {
    if (context !== folder || ignoreFile === undefined) return before
    return redefine(service, () => ({ ignoreFile: `${ignoreFile}${rule}\n` }))(before)
  }, changed)
}
