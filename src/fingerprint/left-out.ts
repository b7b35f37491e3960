import type { Source } from './source.js'
import { joined, LINK, type Node, SUBMODULE } from './view.js'

/** What lies somewhere in a context, and how a selection came there. */
export interface Spot {
  /** Relative to the context. */
  readonly path: string
  readonly node: Pick<Node, 'mode'>
  /** Path within what is copied; empty for what the source itself names. */
  readonly within: string
  /** Links that led to it. */
  readonly links: number
}

/** What keeps files of a source out. A submodule is left out as a whole only if nothing in it may be kept. */
export class LeftOut {
  private readonly source: Source

  constructor(source: Source) {
    this.source = source
  }

  /** By the configuration. */
  isNoInput({ path, node }: Spot): boolean {
    return this.source.isNoInput(this.inRepository(path), node.mode)
  }

  /** By the ignore file. */
  isDropped({ path, node }: Spot): boolean {
    const { rules } = this.source
    return path !== '' && rules.drops(path) && !(node.mode === SUBMODULE && rules.mayKeepBelow(path))
  }

  /** By `--exclude`. */
  isExcluded(spot: Spot): boolean {
    const readings = this.#readings(spot)
    const isExcluded = readings.length > 0 && readings.every((path) => this.source.exclude.drops(path))
    return isExcluded && !(spot.node.mode === SUBMODULE && this.#mayTakeBelow(spot))
  }

  /** With all that is in it. */
  isWhole(folder: Spot): boolean {
    if (this.isDropped(folder) && !this.source.rules.mayKeepBelow(folder.path)) return true
    return this.isExcluded(folder) && !this.#mayTakeBelow(folder)
  }

  /**
   * With `--parents`: it is not among what the instruction names. Behind a link paths are others, a part of a submodule
   * can be among it, and a link that a wildcard meets has a say in what is sent to the builder.
   */
  isOther({ path, links, node: { mode } }: Spot): boolean {
    const { parents } = this.source
    return parents !== undefined && links === 0 && mode !== SUBMODULE && mode !== LINK && !parents(path)
  }

  inRepository(path: string): string {
    return joined(this.source.context, path)
  }

  #mayTakeBelow(spot: Spot): boolean {
    return this.#readings(spot).some((path) => this.source.exclude.mayKeepBelow(path))
  }

  /**
   * With `--parents` BuildKit holds the patterns against the path from the context on, or from `/./` on: out is only
   * what is so in every reading.
   */
  #readings({ path, within, links }: Spot): string[] {
    if (this.source.parents === undefined) return within === '' ? [] : [within]
    const parts = links === 0 ? path.split('/').filter(Boolean) : []
    return parts.map((_, start) => parts.slice(start).join('/'))
  }
}
