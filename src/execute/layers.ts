import { withoutOptions } from '../model/buildx-options.js'
import type { PlannedImage } from '../model/plan.js'
import type { LayerFolders } from '../ports/layer-stores.js'
import { isUncached } from './build.js'
import type { Execution } from './execution.js'
import { layerCacheOptions } from './layer-cache.js'
import { layoutName } from './parents.js'

/** How one build reads and writes layers. */
export interface BuildLayers {
  /** Of buildx. */
  readonly options: readonly string[]
  /** The folder that it writes them to. */
  readonly place?: string
}

export async function layersFor(image: PlannedImage, of: Execution): Promise<BuildLayers> {
  const { layerCaching, layers, request, provenance } = of
  const { service } = image
  const { kind } = layerCaching.cache
  const isWritten = layerCaching.cache.isWritten && !layerCaching.readOnly.has(service.name)
  if (kind === 'none' || ((kind === 'registry' || kind === 'inline') && service.image.registry === undefined))
    return { options: [] }
  const isRead = !isUncached(image, request)
  const [from, to] = kind === 'local' ? await foldersFor(image, { layers, isRead, isWritten }) : []
  const options = layerCacheOptions(service, {
    cache: { ...layerCaching.cache, isWritten },
    platforms: service.build.platforms ?? provenance.platforms,
    branches: layerCaching.branches,
    folders: { ...(from !== undefined && { from }), ...(to !== undefined && { to }) },
    images: layerCaching.images.get(service.name) ?? [],
  })
  return {
    options: isRead ? options : withoutOptions(options, ['--cache-from']),
    ...(to !== undefined && { place: to }),
  }
}

interface Folders {
  readonly layers: LayerFolders
  readonly isRead: boolean
  readonly isWritten: boolean
}

/** None that the configuration of the image makes needless. */
async function foldersFor(
  image: PlannedImage,
  { layers, isRead, isWritten }: Folders,
): Promise<readonly [from: string | undefined, to: string | undefined]> {
  const { cacheFrom, cacheTo } = image.service.build
  const name = layoutName(image)
  const from = isRead && cacheFrom.length === 0 ? await layers.fetch(name) : undefined
  return [from?.folder, isWritten && cacheTo.length === 0 ? layers.place(name) : undefined]
}

/** After a build that went well. */
export async function keepLayers(
  image: PlannedImage,
  { place }: BuildLayers,
  { layers }: Execution,
): Promise<void> {
  if (place !== undefined) await layers.keep(layoutName(image), place)
}
