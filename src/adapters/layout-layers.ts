import type { ImageLayouts, Layout, LayoutName } from '../ports/image-layouts.js'
import type { LayerAccess, LayerFolders, LayerService } from '../ports/layer-stores.js'

/** Keeps layers as layouts are kept, under the name that `nameOf` gives to what was built. */
export class LayoutLayers implements LayerFolders {
  private readonly layouts: ImageLayouts
  private readonly service: LayerService
  private readonly nameOf: (built: LayoutName) => LayoutName
  #problems: string[] = []

  constructor(layouts: ImageLayouts, service: LayerService, nameOf = (built: LayoutName) => built) {
    this.layouts = layouts
    this.service = service
    this.nameOf = nameOf
  }

  access(): Promise<LayerAccess> {
    return this.service.access()
  }

  fetch(built: LayoutName): Promise<Layout | undefined> {
    return this.layouts.fetch(this.nameOf(built))
  }

  place(built: LayoutName): string {
    return this.layouts.place(this.nameOf(built))
  }

  async keep(built: LayoutName, place: string): Promise<void> {
    const kept = await this.layouts.keep(this.nameOf(built), place)
    if (!kept.ok) this.#problems.push(...kept.failures.map(({ message }) => message))
  }

  async problems(): Promise<readonly string[]> {
    const problems = [...this.#problems, ...(await this.layouts.problems())]
    this.#problems = []
    return problems
  }
}
