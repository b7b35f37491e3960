import type { Need } from '../model/memo.js'
import { compareText, digestOf } from './encode.js'
import { type Folder, joined, type Node, parted, type View } from './view.js'
import { wildcard } from './wildcard.js'

/*
 * Needs: `n` and a path, what lies there, a folder with all that is in it; `k` and a path, whether a folder, a link or
 * nothing lies there; `p` and a path whose last part is a pattern, whether its folder is there and which names in it
 * match. What is found behind such a name is a need of its own.
 */

export function needOfNode(path: string): Need {
  return `n${path}`
}

export function needOfKind(path: string): Need {
  return `k${path}`
}

export function needOfPattern(folder: string, part: string): Need {
  return `p${joined(folder, part)}`
}

/** The path that a need lies at, or in the case of a pattern that of its folder. */
export function placeOf(need: Need): string {
  return need.startsWith('p') ? parted(need.slice(1)).parent : need.slice(1)
}

/** Digest of what the needs come to now; `undefined` where something has no id, as it differs on the disk. */
export async function valueOf(needs: readonly Need[], view: View): Promise<string | undefined> {
  const values: string[] = []
  for (const need of needs) {
    const { parent, name } = parted(need.slice(1))
    // Most needs lie in few folders: to wait for each of thousands anew would take most of the time.
    const folder = view.seen(parent) ?? { entries: await view.folder(parent) }
    const value = need === 'n' ? await rootValue(view) : valueIn(folder.entries, need, name)
    if (value === undefined) return undefined
    values.push(value)
  }
  return digestOf(values)
}

async function rootValue(view: View): Promise<string | undefined> {
  const root = await view.node('')
  return root === undefined ? '' : nodeValue(root)
}

function valueIn(folder: Folder, need: Need, name: string): string | undefined {
  if (need.startsWith('p')) return matches(folder, name)
  const node = folder?.get(name)
  if (node === undefined) return ''
  return need.startsWith('k') ? node.mode : nodeValue(node)
}

function nodeValue({ mode, id }: Node): string | undefined {
  return id === '' ? undefined : `${mode} ${id}`
}

function matches(folder: Folder, name: string): string {
  const pattern = wildcard(name)
  if (folder === undefined || pattern === undefined) return ''
  return digestOf([...folder.keys()].filter((child) => pattern.test(child)).sort(compareText))
}
