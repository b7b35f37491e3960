import type { ObjectId, Order } from '../model/snapshot.js'
import type { Run } from './job.js'

/** Where a commit stands to HEAD; the answer may take a fetch, if the event does not tell it. */
export function orderOf(commit: ObjectId, { job, ports }: Run): Promise<Order> {
  const { trigger } = job.context
  // A push moves its branch from there to HEAD.
  if (trigger.kind === 'push' && trigger.before === commit) return Promise.resolve('before')
  return ports.git.order(commit)
}
