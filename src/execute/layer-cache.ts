import { createHash } from 'node:crypto'
import { csvField } from '../model/buildx-options.js'
import type { LayerCache } from '../model/layer-cache.js'
import { fullName, type Service } from '../model/service.js'

/** Where the builds of a run find and leave layers. */
export interface LayerCaching {
  readonly cache: LayerCache
  /** Names of the branch and then of those that it came from, each once. */
  readonly branches: readonly string[]
  /** With `inline`: name of an image → images whose layers it may use again. */
  readonly images: ReadonlyMap<string, readonly string[]>
  /** Names of images whose layers are only read, although the run writes those of others. */
  readonly readOnly: ReadonlySet<string>
}

export const NO_LAYER_CACHING: LayerCaching = {
  cache: { kind: 'none', isWritten: false },
  ...{ branches: [], images: new Map(), readOnly: new Set() },
}

/** Where the layers of one image are kept. */
export interface LayerPlace {
  readonly cache: LayerCache
  /** All that the image is built for. */
  readonly platforms: readonly string[]
  /** Names of the branch and then of those that it came from, each once. */
  readonly branches: readonly string[]
  /** With `local`: the folder that holds layers, if there are any, and one that is not there yet for the new ones. */
  readonly folders?: { readonly from?: string; readonly to?: string }
  /** With `inline`: images whose layers may be used again, the most alike first. */
  readonly images?: readonly string[]
}

/**
 * How long BuildKit goes on asking a service that answers 429, which a build waits for. No transfer is cut off by it
 * (tonistiigi/go-actions-cache, `doWithRetries`).
 */
const PATIENCE = '5s'

/**
 * The options of buildx that read and write the layers of one image. A cache that fails does not fail the build:
 * `ignore-error`, and reading only warns (BuildKit's documentation of cache backends).
 */
export function layerCacheOptions(service: Service, place: LayerPlace): string[] {
  const { cache } = place
  // What the configuration says of one image stands in place of what is said for all.
  const [from, to] = [
    service.build.cacheFrom.length > 0 ? [] : sources(service, place),
    service.build.cacheTo.length > 0 || !cache.isWritten ? [] : targets(service, place),
  ]
  return [
    ...from.flatMap((source) => ['--cache-from', source]),
    ...to.flatMap((target) => ['--cache-to', target]),
  ]
}

function sources(service: Service, place: LayerPlace): string[] {
  const { cache, branches, folders, images = [] } = place
  switch (cache.kind) {
    case 'none':
      return []
    case 'gha':
      return [`type=gha,scope=${scopeOf(service, place)},timeout=${PATIENCE}`]
    case 'registry':
      return branches.map((branch) => `type=registry,ref=${cacheReference(service, branch)}`)
    case 'local':
      return folders?.from === undefined ? [] : [`type=local,${csvField('src', folders.from)}`]
    case 'inline':
      return images.map((image) => `type=registry,ref=${image}`)
  }
}

function targets(service: Service, place: LayerPlace): string[] {
  const { cache, branches, folders } = place
  const mode = `mode=${cache.mode ?? (service.kind === 'base' ? 'max' : 'min')}`
  switch (cache.kind) {
    case 'none':
      return []
    case 'gha':
      return [`type=gha,scope=${scopeOf(service, place)},${mode},ignore-error=true,timeout=${PATIENCE}`]
    case 'registry':
      return branches.slice(0, 1).map((branch) => {
        const ref = cacheReference(service, branch)
        return `type=registry,ref=${ref},${mode},image-manifest=true,oci-mediatypes=true,ignore-error=true`
      })
    case 'local':
      return folders?.to === undefined
        ? []
        : [`type=local,${csvField('dest', folders.to)},${mode},ignore-error=true`]
    case 'inline':
      return ['type=inline']
  }
}

/** Two builds of one scope would throw out each other's layers. Neither `/` nor `+` is in a name or a platform's part. */
export function scopeOf({ name }: Service, { platforms }: Pick<LayerPlace, 'platforms'>): string {
  return `smart-image-build/${name}/${platforms.join('+')}`
}

/** In the image's own repository, as nobody may be able to write to another one. */
function cacheReference({ image }: Service, branch: string): string {
  return `${fullName(image)}:${cacheTag(branch)}`
}

/** The tag of a branch's layers in each repository; no two branches have the same. */
export function cacheTag(branch: string): string {
  const readable = branch.replace(/[^A-Za-z0-9_.-]+/g, '-').slice(0, 80)
  const suffix =
    readable === branch ? '' : `-${createHash('sha256').update(branch).digest('hex').slice(0, 12)}`
  return `cache-${readable}${suffix}`
}
