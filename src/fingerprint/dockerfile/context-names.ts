/**
 * The form in which buildx and BuildKit compare names of contexts and images: without Docker Hub's domain, without
 * `library/`, without the tag `latest`.
 */
export function familiar(name: string): string {
  const [first = '', ...others] = name.split('/')
  const isDomain =
    others.length > 0 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase())
  const isHub = !isDomain || first === 'docker.io' || first === 'index.docker.io'
  const path = isDomain ? others.join('/') : name
  const short = isHub ? path.replace(/^library\/([^/]+)$/, '$1') : name
  return short.replace(/:latest$/, '')
}

/** Names of contexts that stand in for stages and images. */
export class ContextNames {
  readonly #written = new Map<string, string>()
  /** A name for one platform only (`name::platform`), which buildx itself does not take. */
  readonly isPartial: boolean

  constructor(names: Iterable<string>) {
    const all = [...names]
    for (const name of all) this.#written.set(familiar(name), name)
    this.isPartial = all.some((name) => name.includes('::'))
  }

  /** The context that replaces a stage of this name, as the user wrote it. */
  forStage(name: string): string | undefined {
    return name === 'scratch' || name === 'context' ? undefined : this.#written.get(familiar(name))
  }

  /** The context that replaces an image. */
  forImage(reference: string): string | undefined {
    return reference === 'scratch' ? undefined : this.#written.get(familiar(reference))
  }
}
