import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { link, mkdir, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { failed, ok, type Result } from '../model/failure.js'
import type { Layout } from '../ports/image-layouts.js'

/** How the OCI image specification 1.1 refers to a blob. */
interface Descriptor {
  readonly mediaType: string
  readonly digest: string
  readonly size: number
}

interface Manifest {
  readonly manifests?: readonly Descriptor[]
  readonly config?: Descriptor
  readonly layers?: readonly Descriptor[]
}

const INDEX = /^application\/vnd\.(?:oci\.image\.index\.v1|docker\.distribution\.manifest\.list\.v2)\+json$/
const MANIFEST = /^application\/vnd\.(?:oci\.image\.manifest\.v1|docker\.distribution\.manifest\.v2)\+json$/

/** The layout in a folder, as a build has just written it: its bytes are not read once more. */
export async function writtenLayout(folder: string): Promise<Result<Layout>> {
  try {
    return ok(await layoutIn(folder, { isRead: false }))
  } catch (error) {
    const message = `the builder wrote no image to ${folder}: ${(error as Error).message}`
    return failed({ kind: 'engine-failed', message })
  }
}

/**
 * The layout in a folder, if it has exactly one image and every blob that this consists of has the size and the digest
 * that it is referred to by. Whatever else is found there, or cannot be read, is no layout.
 */
export async function wholeLayout(folder: string): Promise<Layout | undefined> {
  try {
    return await layoutIn(folder, { isRead: true })
  } catch {
    return undefined
  }
}

/** Makes a folder that is the same layout, of the same blobs on the disk, and nothing else. */
export async function linkLayout(from: string, to: string): Promise<void> {
  const blobs = join('blobs', 'sha256')
  await mkdir(join(to, blobs), { recursive: true })
  const files = (await readdir(join(from, blobs))).map((name) => join(blobs, name))
  const others = (await readdir(from)).filter((name) => name === 'index.json' || name === 'oci-layout')
  for (const file of [...files, ...others]) await link(join(from, file), join(to, file))
}

async function layoutIn(folder: string, { isRead }: { readonly isRead: boolean }): Promise<Layout> {
  const { manifests } = await readJson(join(folder, 'index.json'))
  const [image, ...others] = manifests ?? []
  if (image === undefined || others.length > 0) throw new Error('its index does not name exactly one image')
  await verify(image, { folder, isRead, verified: new Set() })
  return { folder, digest: image.digest }
}

interface Verification {
  readonly folder: string
  /** Whether digests are computed, and not only sizes compared. */
  readonly isRead: boolean
  /** Digests of blobs that have been looked at: platforms share some. */
  readonly verified: Set<string>
}

async function verify({ mediaType, digest, size }: Descriptor, of: Verification): Promise<void> {
  if (of.verified.has(digest)) return
  of.verified.add(digest)
  const blob = blobOf(digest, of.folder)
  const isWhole = (await stat(blob)).size === size && (!of.isRead || (await digestOf(blob)) === digest)
  if (!isWhole) throw new Error(`${digest} is not what it was`)
  for (const child of await childrenOf(mediaType, blob)) await verify(child, of)
}

/** What an image or index consists of; a configuration or a layer of nothing more. */
async function childrenOf(mediaType: string, blob: string): Promise<readonly Descriptor[]> {
  const isIndex = INDEX.test(mediaType)
  if (!isIndex && !MANIFEST.test(mediaType)) return []
  const { manifests, config, layers } = await readJson(blob)
  const children = isIndex ? manifests : config && layers && [config, ...layers]
  if (children === undefined) throw new Error(`${blob} is no ${mediaType}`)
  return children
}

function blobOf(digest: string, folder: string): string {
  const [, hex] = /^sha256:([0-9a-f]{64})$/.exec(digest) ?? []
  if (hex === undefined) throw new Error(`${digest} is no sha256`)
  return join(folder, 'blobs', 'sha256', hex)
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return `sha256:${hash.digest('hex')}`
}

async function readJson(file: string): Promise<Manifest> {
  return JSON.parse(await readFile(file, 'utf8')) as Manifest
}
