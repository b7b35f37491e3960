import { callCache, type CacheCall } from './adapters/actions-cache-call.js'

/** One call of the Actions cache service in a process of its own, see `adapters/actions-cache-store.ts`. */
export async function cache([request = '']: readonly string[]): Promise<void> {
  try {
    process.exitCode = await callCache(JSON.parse(request) as CacheCall)
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`)
    process.exitCode = 1
  }
}
