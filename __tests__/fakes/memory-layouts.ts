import { ok, type Result } from '../../src/model/failure.js'
import { fullName } from '../../src/model/service.js'
import type { ImageLayouts, Layout, LayoutName } from '../../src/ports/image-layouts.js'
import { builtDigest } from './fake-builder.js'

/** Keeps which layouts there are, without a byte of them; may be told not to answer. */
export class MemoryLayouts implements ImageLayouts {
  /** What it was called for, but for places: `has ghcr.io/acme/deps`. */
  readonly log: string[] = []
  readonly kept = new Map<string, Layout>()
  outage: string | undefined
  #places = 0
  #problems = new Set<string>()

  has(name: LayoutName): Promise<boolean> {
    return Promise.resolve(this.#look('has', name) !== undefined)
  }

  fetch(name: LayoutName): Promise<Layout | undefined> {
    return Promise.resolve(this.#look('fetch', name))
  }

  place(): string {
    return `/layouts/${++this.#places}`
  }

  keep(name: LayoutName, folder: string): Promise<Result<Layout>> {
    const layout = { folder, digest: layoutDigest(folder) }
    this.#note('keep', name)
    if (this.outage === undefined) this.kept.set(keyOf(name), layout)
    return Promise.resolve(ok(layout))
  }

  problems(): Promise<readonly string[]> {
    const problems = [...this.#problems]
    this.#problems.clear()
    return Promise.resolve(problems)
  }

  #look(verb: string, name: LayoutName): Layout | undefined {
    this.#note(verb, name)
    return this.outage === undefined ? this.kept.get(keyOf(name)) : undefined
  }

  #note(verb: string, { image }: LayoutName): void {
    this.log.push(`${verb} ${fullName(image)}`)
    if (this.outage !== undefined) this.#problems.add(this.outage)
  }
}

/** Of what a build wrote to a place. */
export function layoutDigest(place: string): string {
  return builtDigest(place)
}

export function keyOf({ image, fingerprint }: LayoutName): string {
  return `${fullName(image)} ${fingerprint}`
}
