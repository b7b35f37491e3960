import type { LayerAccess, LayerService } from '../ports/layer-stores.js'

/** Stands for the Actions cache where there is none. */
export const NO_LAYER_SERVICE: LayerService = {
  access: (): Promise<LayerAccess> =>
    Promise.resolve({
      kind: 'closed',
      problem:
        'a terminal has no Actions cache; `local` keeps layers on this machine, `registry` beside the images',
    }),
}
