/** The one path in the archive: constant, since the cache service compares it between runs. */
export const ENTRY = 'smart-image-build-state'

/** Exit code for an entry that is not there, or was not taken. */
export const MISS = 4

export interface CacheCall {
  readonly operation: 'restore' | 'save'
  readonly key: string
  /** For `restore`: the newest entry whose key begins so. */
  readonly prefix: string
}

/**
 * One call of the Actions cache service, in the working directory in the role of the workspace. Returns the exit code;
 * throws, and warns through workflow commands on standard output, as @actions/cache does.
 */
export async function callCache({ operation, key, prefix }: CacheCall): Promise<number> {
  const cache = await import('@actions/cache')
  if (!cache.isFeatureAvailable()) throw new Error('this runner has no Actions cache')
  if (operation === 'restore')
    return (await cache.restoreCache([ENTRY], key, [prefix])) === undefined ? MISS : 0
  return (await cache.saveCache([ENTRY], key)) === -1 ? MISS : 0
}
