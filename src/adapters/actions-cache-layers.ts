import { createHash } from 'node:crypto'
import { fullName } from '../model/service.js'
import type { LayoutName } from '../ports/image-layouts.js'
import type { LayerService } from '../ports/layer-stores.js'
import { ActionsCacheLayouts, type CacheLayoutsOptions } from './actions-cache-layouts.js'
import { LayoutLayers } from './layout-layers.js'

/** The folder in the archive. */
const ENTRY = 'smart-image-build-layers'

/** Of a fixed length in place of the name, so that what begins like `api` is not that of `api-gateway`. */
function prefixOf({ image }: LayoutName): string {
  return `${createHash('sha256').update(fullName(image), 'utf8').digest('hex').slice(0, 32)}-`
}

/**
 * Keeps layers in the Actions cache: an entry for each build, found again by the content that was built, and without
 * such a one the image's newest.
 */
export class ActionsCacheLayers extends LayoutLayers {
  constructor(options: CacheLayoutsOptions, service: LayerService) {
    const own = (name: LayoutName) => `${prefixOf(name)}${name.fingerprint}-`
    super(new ActionsCacheLayouts(options, { entry: ENTRY, own, akin: prefixOf }), service)
  }
}
