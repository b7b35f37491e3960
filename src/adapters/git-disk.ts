import type { Stats } from 'node:fs'
import { lstat, readdir, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Extent } from '../model/advice.js'
import type { DiskNode } from '../ports/git-tree.js'
import { decodePath, encodePath } from './git-path.js'

/** How many files are looked at, or read, at once. */
const BOUND = 32

/** How a folder is reached from the root. */
export type Way =
  /** Our repository knows what lies in it. */
  | 'ours'
  /** In a nested repository or a submodule: for git nothing of ours lies in it. */
  | 'nested'
  /** Over a link, behind which git does not look. */
  | 'link'

/** Where nothing lies, nothing is in the way. */
export async function wayTo(root: string, folder: string): Promise<Way> {
  const parts = folder === '' ? [] : folder.split('/')
  for (const index of parts.keys()) {
    const above = parts.slice(0, index + 1).join('/')
    if ((await look(root, above))?.isSymbolicLink()) return 'link'
    if ((await look(root, `${above}/.git`)) !== undefined) return 'nested'
  }
  return 'ours'
}

/**
 * Every file and link below a folder, by paths relative to the root; what is called `.git` is left out. What is no
 * folder any more is named itself.
 */
export async function filesBelow(root: string, folder: string): Promise<string[]> {
  const isFolder = (await look(root, folder))?.isDirectory() === true
  return isFolder ? filesIn(root, folder) : [folder]
}

async function filesIn(root: string, folder: string): Promise<string[]> {
  const found: string[] = []
  const options = { withFileTypes: true, encoding: 'buffer' } as const
  const entries = await readdir(fileAt(root, folder), options).catch(undefinedWhenGone)
  for (const entry of entries ?? []) {
    const path = `${folder}/${decodePath(entry.name)}`
    if (path.endsWith('/.git')) continue
    if (entry.isDirectory()) for (const file of await filesIn(root, path)) found.push(file)
    else found.push(path)
  }
  return found
}

/** What lies at these paths, links as what they are; what lies behind a link does not lie there. */
export async function lookAll(root: string, paths: readonly string[]): Promise<Map<string, DiskNode>> {
  const disk = new Disk(root)
  const found = await inBatches(paths, async (path) => {
    const stats = await disk.statsOf(path)
    return stats && ([path, await described(stats, fileAt(root, path))] as const)
  })
  return new Map(found.filter((entry) => entry !== undefined))
}

/** Entries of a folder but `.git`; `undefined` where no folder lies, and behind a link. */
export async function folderAt(root: string, folder: string): Promise<Map<string, DiskNode> | undefined> {
  if (!(await new Disk(root).hasFolder(folder))) return undefined
  const names = await readdir(fileAt(root, folder), { encoding: 'buffer' }).catch(undefinedWhenGone)
  if (names === undefined) return undefined
  const found = await inBatches(names, async (bytes) => {
    const name = decodePath(bytes)
    const path = folder === '' ? name : `${folder}/${name}`
    const stats = name === '.git' ? undefined : await look(root, path)
    return stats && ([name, await described(stats, fileAt(root, path))] as const)
  })
  return new Map(found.filter((entry) => entry !== undefined))
}

/** How much lies at each path, with all that is in a folder, `.git` too; links are not followed. */
export async function extentsAt(root: string, paths: readonly string[]): Promise<Map<string, Extent>> {
  return new Map(await inBatches(paths, async (path) => [path, await extentAt(root, path)] as const))
}

async function extentAt(root: string, path: string): Promise<Extent> {
  const stats = await look(root, path)
  if (stats?.isDirectory() !== true) return { bytes: stats?.size ?? 0, files: stats === undefined ? 0 : 1 }
  const names = await readdir(fileAt(root, path), { encoding: 'buffer' }).catch(undefinedWhenGone)
  const within = await inBatches(names ?? [], (name) => extentAt(root, `${path}/${decodePath(name)}`))
  const none: Extent = { bytes: 0, files: 0 }
  return within.reduce((sum, one) => ({ bytes: sum.bytes + one.bytes, files: sum.files + one.files }), none)
}

async function described(stats: Stats, file: string | Buffer): Promise<DiskNode> {
  const mode = modeOf(stats)
  if (stats.isSymbolicLink()) return { mode, target: decodePath(await readlink(file, 'buffer')) }
  const usual = mode === '040000' || mode === '100755' ? 0o755 : 0o644
  const permissions = stats.mode & 0o7777
  return permissions === usual ? { mode } : { mode, permissions: permissions.toString(8).padStart(4, '0') }
}

/** As git would record it; of what git does not record, the kind of file. */
export function modeOf(stats: Stats): string {
  if (stats.isFile()) return (stats.mode & 0o100) === 0 ? '100644' : '100755'
  return (stats.mode & 0o170000).toString(8).padStart(6, '0')
}

/** A path below the root, as the file system has it. */
export function fileAt(root: string, path: string): string | Buffer {
  return encodePath(join(root, path))
}

/** The disk below a root, without what lies behind links. Remembers which folders lie at their paths. */
export class Disk {
  private readonly root: string
  readonly #folders = new Map<string, Promise<boolean>>()

  constructor(root: string) {
    this.root = root
  }

  /** Of what lies at a path; `undefined` for nothing. */
  async statsOf(path: string): Promise<Stats | undefined> {
    const parent = path.slice(0, Math.max(path.lastIndexOf('/'), 0))
    return (await this.hasFolder(parent)) ? look(this.root, path) : undefined
  }

  hasFolder(folder: string): Promise<boolean> {
    const known = this.#folders.get(folder) ?? this.#look(folder)
    this.#folders.set(folder, known)
    return known
  }

  async #look(folder: string): Promise<boolean> {
    return folder === '' || (await this.statsOf(folder))?.isDirectory() === true
  }
}

/** Does some work for each item, for a few at once; results in the order of the items. */
export async function inBatches<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (let start = 0; start < items.length; start += BOUND) {
    for (const result of await Promise.all(items.slice(start, start + BOUND).map(work))) results.push(result)
  }
  return results
}

/** What lies at a path, without following a link there; `undefined` for nothing. */
async function look(root: string, path: string): Promise<Stats | undefined> {
  return lstat(fileAt(root, path)).catch(undefinedWhenGone)
}

function undefinedWhenGone(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
  throw error
}
