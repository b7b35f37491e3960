/** Exit code for an entry that is not there, or was not taken. */
export const MISS = 4

/** Said on standard error, as a line, when nothing but the service is waited for. */
export const ASKING = 'asking the cache service'

export interface CacheCall {
  /** `find` is `restore` without the download. */
  readonly operation: 'find' | 'restore' | 'save'
  /** The one path in the archive: constant for what is kept, since the cache service compares it between runs. */
  readonly path: string
  readonly key: string
  /** For all but `save`: the newest entry whose key begins so. */
  readonly prefix: string
}

/**
 * One call of the Actions cache service, in the working directory in the role of the workspace. Returns the exit code;
 * throws, and warns through workflow commands on standard output, as @actions/cache does.
 */
export async function callCache({ operation, path, key, prefix }: CacheCall): Promise<number> {
  const cache = await import('@actions/cache')
  if (!cache.isFeatureAvailable()) throw new Error('this runner has no Actions cache')
  process.stderr.write(`${ASKING}\n`)
  if (operation === 'save') return (await cache.saveCache([path], key)) === -1 ? MISS : 0
  const lookupOnly = operation === 'find'
  return (await cache.restoreCache([path], key, [prefix], { lookupOnly })) === undefined ? MISS : 0
}
