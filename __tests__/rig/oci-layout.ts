import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { INDEX, MANIFEST } from './raw-repository.js'

const CONFIG = 'application/vnd.oci.image.config.v1+json'
const LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip'

interface Descriptor {
  readonly mediaType: string
  readonly digest: string
  readonly size: number
}

/** Writes an OCI image layout as BuildKit does; images differ in their layers. Several platforms make an index. */
export async function writeLayout(folder: string, platforms = 1): Promise<Descriptor> {
  const blobs = join(folder, 'blobs', 'sha256')
  await mkdir(blobs, { recursive: true })
  const put = async (mediaType: string, bytes: Buffer | string): Promise<Descriptor> => {
    const hex = createHash('sha256').update(bytes).digest('hex')
    await writeFile(join(blobs, hex), bytes)
    return { mediaType, digest: `sha256:${hex}`, size: Buffer.byteLength(bytes) }
  }
  const shared = await put(LAYER, randomBytes(1000))
  const image = async (platform: number): Promise<Descriptor> => {
    const config = await put(CONFIG, JSON.stringify({ os: 'linux', architecture: `a${platform}` }))
    const layers = [shared, await put(LAYER, randomBytes(100_000))]
    return put(MANIFEST, JSON.stringify({ schemaVersion: 2, mediaType: MANIFEST, config, layers }))
  }
  const manifests = await Promise.all(Array.from({ length: platforms }, (_, platform) => image(platform)))
  const [only] = manifests
  const whole =
    platforms === 1 && only !== undefined
      ? only
      : await put(INDEX, JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests }))
  await writeFile(join(folder, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}')
  await writeIndex(folder, [whole])
  return whole
}

/** What names the images of a layout. */
export async function writeIndex(folder: string, manifests: readonly Descriptor[]): Promise<void> {
  await writeFile(
    join(folder, 'index.json'),
    JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests }),
  )
}

/** The files of all blobs. */
export async function blobsOf(folder: string): Promise<string[]> {
  const blobs = join(folder, 'blobs', 'sha256')
  return (await readdir(blobs)).sort().map((name) => join(blobs, name))
}
