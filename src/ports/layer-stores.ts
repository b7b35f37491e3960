import type { ImageLayouts, LayoutName } from './image-layouts.js'

/** What a run may do with a place that layers are kept in from run to run. */
export type LayerAccess =
  /** Layers can be read; `canWrite`: and be left there. */
  | { readonly kind: 'open'; readonly canWrite: boolean }
  /** `problem` is absent where this run has been told of it already. */
  | { readonly kind: 'closed'; readonly problem?: string }

/** The GitHub Actions cache, as far as BuildKit itself calls it (`type=gha`). */
export interface LayerService {
  /** Asked before the first build, and answered within seconds, whatever the service does. */
  access(): Promise<LayerAccess>
}

/**
 * Folders of layers, each written and read by builds of one image (`type=local`). They are OCI layouts, and losing one
 * costs time only.
 */
export interface LayerFolders extends LayerService, Pick<ImageLayouts, 'fetch' | 'place' | 'problems'> {
  /** Takes over what a build has written to a place: it stands for all that was kept of the image before. */
  keep(name: LayoutName, place: string): Promise<void>
}
