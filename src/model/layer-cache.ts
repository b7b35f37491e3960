export const LAYER_CACHES = ['gha', 'registry', 'local', 'inline', 'none'] as const
export type LayerCacheKind = (typeof LAYER_CACHES)[number]

/** Which layers a cache keeps: those of the image alone, or those of every stage. */
export type LayerCacheMode = 'min' | 'max'

/** Where a run is to find layers of earlier builds, and whether it is to leave its own there. */
export interface LayerCacheRequest {
  readonly kind: LayerCacheKind
  /** Absent: `max` for bases, `min` for services. */
  readonly mode?: LayerCacheMode
  /** `auto`: runs that everybody's layers come from, such as pushes to the default branch. */
  readonly write: 'auto' | 'always' | 'never'
}

/** Where a run finds and leaves layers of earlier builds. */
export interface LayerCache {
  readonly kind: LayerCacheKind
  /** Absent: `max` for bases, `min` for services. */
  readonly mode?: LayerCacheMode
  readonly isWritten: boolean
}
