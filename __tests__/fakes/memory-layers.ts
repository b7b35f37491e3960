import { fullName } from '../../src/model/service.js'
import type { Layout, LayoutName } from '../../src/ports/image-layouts.js'
import type { LayerAccess, LayerFolders } from '../../src/ports/layer-stores.js'
import { layoutDigest } from './memory-layouts.js'

/** Keeps which folder of layers each image has; may be told what a run may do with them, and what goes wrong. */
export class MemoryLayers implements LayerFolders {
  readonly log: string[] = []
  readonly kept = new Map<string, Layout>()
  answer: LayerAccess = { kind: 'open', canWrite: true }
  trouble: readonly string[] = []
  #places = 0

  access(): Promise<LayerAccess> {
    this.log.push('access')
    return Promise.resolve(this.answer)
  }

  fetch({ image }: LayoutName): Promise<Layout | undefined> {
    this.log.push(`fetch ${fullName(image)}`)
    return Promise.resolve(this.kept.get(fullName(image)))
  }

  place(): string {
    return `/layers/${++this.#places}`
  }

  keep({ image }: LayoutName, folder: string): Promise<void> {
    this.log.push(`keep ${fullName(image)}`)
    this.kept.set(fullName(image), { folder, digest: layoutDigest(folder) })
    return Promise.resolve()
  }

  problems(): Promise<readonly string[]> {
    return Promise.resolve(this.trouble)
  }
}
