import type { ObjectId, Order } from '../model/snapshot.js'
import type { Run } from './job.js'

/** Where commits stand to HEAD; each is asked for once, as the answer may take a fetch. */
export class Commits {
  readonly #run: Run
  readonly #known = new Map<ObjectId, Promise<Order>>()

  constructor(run: Run) {
    this.#run = run
  }

  order(commit: ObjectId): Promise<Order> {
    const known = this.#known.get(commit) ?? this.#find(commit)
    this.#known.set(commit, known)
    return known
  }

  #find(commit: ObjectId): Promise<Order> {
    const { job, ports } = this.#run
    const { trigger } = job.context
    // The event tells it: a push moves its branch from there to HEAD.
    if (trigger.kind === 'push' && trigger.before === commit) return Promise.resolve('before')
    return commit === ports.git.head ? Promise.resolve('same') : ports.git.order(commit)
  }
}
