import { createHash } from 'node:crypto'
import { createReadStream, type Stats } from 'node:fs'
import { lstat, readdir, readlink, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { failed, ok, type Result } from '../model/failure.js'
import type { TreeEntry } from '../model/snapshot.js'
import { decodePath, encodePath } from './git-path.js'

/** How many files are read at once. */
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

/** Whether a file is a link, or lies behind one, whose end is outside of a folder; both are relative to the root. */
export async function leavesFolder(root: string, of: { path: string; within: string }): Promise<boolean> {
  const end = await realpath(join(root, of.path)).catch(() => undefined)
  if (end === undefined) return false
  const folder = await realpath(join(root, of.within))
  return !end.startsWith(folder.endsWith('/') ? folder : `${folder}/`)
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
  const entries = await readdir(fileAt(root, folder), options).catch(emptyWhenGone)
  for (const entry of entries) {
    const path = `${folder}/${decodePath(entry.name)}`
    if (path.endsWith('/.git')) continue
    if (entry.isDirectory()) for (const file of await filesIn(root, path)) found.push(file)
    else found.push(path)
  }
  return found
}

function emptyWhenGone(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return []
  throw error
}

function fileAt(root: string, path: string): string | Buffer {
  return encodePath(join(root, path))
}

/** What lies at a path, without following a link there; `undefined` for nothing. */
async function look(root: string, path: string): Promise<Stats | undefined> {
  try {
    return await lstat(fileAt(root, path))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw error
  }
}

/**
 * Files as they lie on the disk, with the ids that git gives to those very bytes (a blob's header and content), so
 * that a file has one id whether git knows it or not. A path where nothing lies is left out, as is one behind a link,
 * which does not lie there; one that cannot be read is a failure, as its content would be unknown.
 */
export async function hashFiles(
  root: string,
  paths: readonly string[],
  algorithm: 'sha1' | 'sha256',
): Promise<Result<readonly TreeEntry[]>> {
  const entries: TreeEntry[] = []
  const folders = new Folders(root)
  for (let start = 0; start < paths.length; start += BOUND) {
    const batch = paths.slice(start, start + BOUND)
    try {
      const hashed = await Promise.all(batch.map((path) => hashFile({ root, path, folders }, algorithm)))
      entries.push(...hashed.filter((entry) => entry !== undefined))
    } catch (error) {
      return failed({ kind: 'git-failed', message: `an input cannot be read: ${(error as Error).message}` })
    }
  }
  return ok(entries)
}

/** Remembers of each folder whether it lies at its path, or is gone or behind a link. */
class Folders {
  private readonly root: string
  readonly #known = new Map<string, Promise<boolean>>()

  constructor(root: string) {
    this.root = root
  }

  isThere(folder: string): Promise<boolean> {
    const known = this.#known.get(folder) ?? this.#look(folder)
    this.#known.set(folder, known)
    return known
  }

  async #look(folder: string): Promise<boolean> {
    if (folder === '') return true
    return (await this.isThere(parentOf(folder))) && (await look(this.root, folder))?.isDirectory() === true
  }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0))
}

interface Location {
  readonly root: string
  readonly path: string
  readonly folders: Folders
}

async function hashFile(
  { root, path, folders }: Location,
  algorithm: string,
): Promise<TreeEntry | undefined> {
  const file = fileAt(root, path)
  const stats = (await folders.isThere(parentOf(path))) ? await look(root, path) : undefined
  if (stats === undefined || stats.isDirectory()) return undefined
  if (stats.isSymbolicLink()) {
    const target = await readlink(file, 'buffer')
    return { mode: '120000', path, id: blobHash(algorithm, target.length).update(target).digest('hex') }
  }
  // Pipes, sockets and devices have no content that could be hashed; that one lies there is all there is to know.
  if (!stats.isFile()) return { mode: (stats.mode & 0o170000).toString(8), path, id: '0'.repeat(40) }
  const hash = blobHash(algorithm, stats.size)
  await pipeline(createReadStream(file), hash)
  return { mode: modeOf(stats), path, id: hash.digest('hex') }
}

function blobHash(algorithm: string, size: number): ReturnType<typeof createHash> {
  return createHash(algorithm).update(`blob ${size}\0`)
}

function modeOf(stats: Stats): string {
  return (stats.mode & 0o100) === 0 ? '100644' : '100755'
}
