import { createHash } from 'node:crypto'
import { createReadStream, type Stats } from 'node:fs'
import { lstat, readdir, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { failed, ok, type Result } from '../model/failure.js'
import type { TreeEntry } from '../model/snapshot.js'

/** How many files are read at once. */
const BOUND = 32

/** Every file and link below a folder, by paths relative to the root; what is called `.git` is left out. */
export async function filesBelow(root: string, folder: string): Promise<string[]> {
  const found: string[] = []
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(emptyWhenGone)
  for (const entry of entries) {
    if (entry.name === '.git') continue
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) found.push(...(await filesBelow(root, path)))
    else found.push(path)
  }
  return found
}

function emptyWhenGone(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return []
  throw error
}

/**
 * Files as they lie on the disk, with the ids that git gives to those very bytes (a blob's header and content), so
 * that a file has one id whether git knows it or not. A path where nothing lies is left out; one that cannot be read
 * is a failure, as its content would be unknown.
 */
export async function hashFiles(
  root: string,
  paths: readonly string[],
  algorithm: 'sha1' | 'sha256',
): Promise<Result<readonly TreeEntry[]>> {
  const entries: TreeEntry[] = []
  for (let start = 0; start < paths.length; start += BOUND) {
    const batch = paths.slice(start, start + BOUND)
    try {
      const hashed = await Promise.all(batch.map((path) => hashFile(root, path, algorithm)))
      entries.push(...hashed.filter((entry) => entry !== undefined))
    } catch (error) {
      return failed({ kind: 'git-failed', message: `an input cannot be read: ${(error as Error).message}` })
    }
  }
  return ok(entries)
}

async function hashFile(root: string, path: string, algorithm: string): Promise<TreeEntry | undefined> {
  const file = join(root, path)
  const stats = await lstat(file).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw error
  })
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
