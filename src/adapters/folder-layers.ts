import type { Layout, LayoutName } from '../ports/image-layouts.js'
import type { LayerAccess, LayerFolders } from '../ports/layer-stores.js'
import { FolderLayouts } from './folder-layouts.js'

/** Stands for every content: an image has one folder, whatever was built. */
const ANY = '0'.repeat(64)

/** Keeps the layers of each image's last build in a folder of this machine, which never holds those of an earlier one. */
export class FolderLayers implements LayerFolders {
  readonly #layouts: FolderLayouts
  #problems: string[] = []

  constructor(folder: string) {
    this.#layouts = new FolderLayouts(folder, 1)
  }

  access(): Promise<LayerAccess> {
    return Promise.resolve({ kind: 'open', canWrite: true })
  }

  fetch({ image }: LayoutName): Promise<Layout | undefined> {
    return this.#layouts.fetch({ image, fingerprint: ANY })
  }

  place({ image }: LayoutName): string {
    return this.#layouts.place({ image, fingerprint: ANY })
  }

  async keep({ image }: LayoutName, place: string): Promise<void> {
    const kept = await this.#layouts.keep({ image, fingerprint: ANY }, place)
    if (!kept.ok) this.#problems.push(...kept.failures.map(({ message }) => message))
  }

  async problems(): Promise<readonly string[]> {
    const problems = [...this.#problems, ...(await this.#layouts.problems())]
    this.#problems = []
    return problems
  }
}
