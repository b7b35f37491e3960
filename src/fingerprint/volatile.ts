import type { BuildOptions } from '../model/service.js'

/** Build arguments whose value changes with every commit or run. */
const ALWAYS = ['GIT_COMMIT', 'BUILD_DATE', 'CACHE_BUST', 'SOURCE_DATE_EPOCH']

/** Names of build arguments for which no image is rebuilt. */
export function volatileArgs({ volatileArgs: configured }: BuildOptions): ReadonlySet<string> {
  return new Set([...ALWAYS, ...configured])
}
