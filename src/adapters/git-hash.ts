import { createHash } from 'node:crypto'
import { createReadStream, type Stats } from 'node:fs'
import { readFile, readlink } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { TreeEntry } from '../model/snapshot.js'
import { Disk, fileAt, inBatches, modeOf } from './git-disk.js'

/** A pointer is shorter (Git LFS specification, "The Pointer"). */
const MOST_OF_POINTER = 1024

const POINTER_START = Buffer.from('version https://git-lfs.github.com/spec/v1\n', 'latin1')

/**
 * Files as they lie on the disk, with the ids that git gives to those very bytes (a blob's header and content), so
 * that a file has one id whether git knows it or not. A path where nothing lies is left out, as is one behind a link,
 * which does not lie there. Throws for one that cannot be read, as its content would be unknown.
 */
export async function hashFiles(
  root: string,
  paths: readonly string[],
  algorithm: 'sha1' | 'sha256',
): Promise<readonly TreeEntry[]> {
  const disk = new Disk(root)
  const hashed = await inBatches(paths, async (path) => {
    const stats = await disk.statsOf(path)
    if (stats === undefined || stats.isDirectory()) return undefined
    return { mode: modeOf(stats), path, ...(await content(fileAt(root, path), stats, algorithm)) }
  })
  return hashed.filter((entry) => entry !== undefined)
}

async function content(
  file: string | Buffer,
  stats: Stats,
  algorithm: 'sha1' | 'sha256',
): Promise<Pick<TreeEntry, 'id' | 'isPointer'>> {
  const hashOf = (size: number) => createHash(algorithm).update(`blob ${size}\0`)
  const idOf = (bytes: Buffer) => hashOf(bytes.length).update(bytes).digest('hex')
  if (stats.isSymbolicLink()) return { id: idOf(await readlink(file, 'buffer')) }
  // Pipes, sockets and devices have no content that could be hashed; that one lies there is all there is to know.
  if (!stats.isFile()) return { id: '0'.repeat(algorithm === 'sha1' ? 40 : 64) }
  if (stats.size > MOST_OF_POINTER) {
    const hash = hashOf(stats.size)
    await pipeline(createReadStream(file), hash)
    return { id: hash.digest('hex') }
  }
  const bytes = await readFile(file)
  const isPointer = bytes.subarray(0, POINTER_START.length).equals(POINTER_START)
  return { id: idOf(bytes), ...(isPointer && { isPointer }) }
}

/** sha256 in hex of a file's content. */
export async function sha256Of(root: string, path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(fileAt(root, path)), hash)
  return hash.digest('hex')
}
