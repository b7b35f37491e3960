import { ASKING, type CacheCall, MISS } from './actions-cache-call.js'
import { run } from './process.js'

/** Where a call of the cache service runs. */
export interface CachePlace {
  /** What the path of the call is relative to. */
  readonly folder: string
  /** The entry for `callCache`, as built. */
  readonly program: string
  /** How long the service may take; the time that the process takes to start is a matter of the machine. */
  readonly limitMs: number
  /** The process has started, and asks. */
  readonly onAsking?: () => void
  /** Stops the call before its time is up. */
  readonly signal?: AbortSignal
}

/** `garbled`: the service answered, and what it has can be unpacked no more. */
export type Called = 'done' | 'missed' | 'garbled' | { readonly problem: string }

/** Far more than a busy machine needs. */
const START_LIMIT_MS = 30_000

/** What @actions/cache says of the program that unpacks an archive (its `internal/tar`). */
const UNPACKING = /^Failed to restore: \S*(?:tar|zstd|gzip)\S* failed with error/

/**
 * Calls @actions/cache in a process of its own: it can be stopped when the service hangs, and it sees the folder in
 * the role of the workspace, which makes paths in the archive the same on every runner and keeps the work tree clean.
 */
export async function callCacheApart(
  request: CacheCall,
  { folder, program, limitMs, onAsking, signal }: CachePlace,
): Promise<Called> {
  // Not `AbortSignal.timeout`: within `any`, garbage collection takes it away (nodejs/node#57736).
  const deadline = new AbortController()
  const stopAfter = (milliseconds: number) =>
    setTimeout(() => {
      deadline.abort()
    }, milliseconds)
  let timer = stopAfter(START_LIMIT_MS)
  const said: string[] = []
  const end = await run(process.execPath, [program, JSON.stringify(request)], {
    cwd: folder,
    env: { ...process.env, GITHUB_WORKSPACE: folder },
    onErrorLine: (line) => {
      if (line !== ASKING) {
        said.push(line)
        return
      }
      clearTimeout(timer)
      timer = stopAfter(limitMs)
      onAsking?.()
    },
    signal: signal === undefined ? deadline.signal : AbortSignal.any([deadline.signal, signal]),
  }).finally(() => {
    clearTimeout(timer)
  })
  if (end.kind === 'missing') throw new Error(`${process.execPath} is not there`)
  if (signal?.aborted === true) return { problem: 'the run was interrupted' }
  if (end.kind === 'killed')
    return { problem: `the cache service did not answer within ${(limitMs / 1000).toFixed(1)} s` }
  // @actions/cache says of a service that fails no more than of an entry that is not there, except by a warning.
  const warning = /^::(?:warning|error)::(.*)$/m.exec(end.stdout.toString('utf8'))?.[1]
  if (warning !== undefined) return UNPACKING.test(warning) ? 'garbled' : { problem: warning }
  if (end.exitCode === 0) return 'done'
  return end.exitCode === MISS ? 'missed' : { problem: said.join('\n').trim() || `exit code ${end.exitCode}` }
}
