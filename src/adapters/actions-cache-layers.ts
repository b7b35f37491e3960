import { createHash } from 'node:crypto'
import { fullName } from '../model/service.js'
import type { Layout, LayoutName } from '../ports/image-layouts.js'
import type { LayerAccess, LayerFolders, LayerService } from '../ports/layer-stores.js'
import { ActionsCacheLayouts, type CacheLayoutsOptions } from './actions-cache-layouts.js'

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
export class ActionsCacheLayers implements LayerFolders {
  readonly #layouts: ActionsCacheLayouts
  private readonly service: LayerService
  #problems: string[] = []

  constructor(options: CacheLayoutsOptions, service: LayerService) {
    this.service = service
    this.#layouts = new ActionsCacheLayouts(options, {
      entry: ENTRY,
      own: (name) => `${prefixOf(name)}${name.fingerprint}-`,
      akin: prefixOf,
    })
  }

  access(): Promise<LayerAccess> {
    return this.service.access()
  }

  fetch(name: LayoutName): Promise<Layout | undefined> {
    return this.#layouts.fetch(name)
  }

  place(): string {
    return this.#layouts.place()
  }

  async keep(name: LayoutName, place: string): Promise<void> {
    const kept = await this.#layouts.keep(name, place)
    if (!kept.ok) this.#problems.push(...kept.failures.map(({ message }) => message))
  }

  async problems(): Promise<readonly string[]> {
    const problems = [...this.#problems, ...(await this.#layouts.problems())]
    this.#problems = []
    return problems
  }
}
