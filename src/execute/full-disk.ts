import type { Notice } from '../model/failure.js'
import type { Outcome } from '../model/outcome.js'

const MIB = 1024 * 1024

/** What a person can do when builds failed for want of room: one notice, however many did. */
export function fullDisk(outcomes: readonly Outcome[]): Notice | undefined {
  const full = outcomes.flatMap(({ image, ...outcome }) => {
    if (outcome.kind !== 'failed' || outcome.failure.kind !== 'build-failed') return []
    return outcome.failure.cause === 'disk' ? [{ name: image.service.name, free: outcome.failure.free }] : []
  })
  if (full.length === 0) return undefined
  const names = full.map(({ name }) => `\`${name}\``).join(', ')
  const free = full.find((one) => one.free !== undefined)?.free
  const left = free === undefined ? '' : ` (${Math.floor(free.bytes / MIB)} MiB are left in ${free.folder})`
  const mend =
    '`docker system df` shows what takes it, `docker buildx prune` and `docker image prune` free it, and fewer builds at once (max-parallel) need less'
  return { message: `No space was left to build ${names}${left}: ${mend}.` }
}
