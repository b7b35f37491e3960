import type {
  CommentThread,
  ThreadAnswer,
  ThreadChange,
  ThreadComment,
} from '../../src/ports/comment-thread.js'

/** Comments in memory, all of ours; each question is answered when `turn` lets it. */
export class MemoryThread implements CommentThread {
  comments: ThreadComment[] = []
  /** Whose question is answered, of those that use the thread as `of` gives it to them. */
  readonly log: { readonly who: string; readonly what: 'look' | ThreadChange['kind'] }[] = []
  private readonly turn: () => Promise<unknown>
  #ids = 0

  constructor(turn: () => Promise<unknown>) {
    this.turn = turn
  }

  of(who: string): CommentThread {
    const noted = (what: 'look' | ThreadChange['kind']) => this.log.push({ who, what })
    return {
      own: async (beginning) => {
        await this.turn()
        noted('look')
        return this.own(beginning)
      },
      make: async (change) => {
        await this.turn()
        noted(change.kind)
        return this.make(change)
      },
    }
  }

  own(beginning: string): Promise<ThreadAnswer<readonly ThreadComment[]>> {
    const value = this.comments.filter(({ body }) => body.startsWith(beginning))
    return Promise.resolve({ kind: 'done', value })
  }

  make(change: ThreadChange): Promise<ThreadAnswer<void>> {
    const { comments } = this
    if (change.kind === 'create') this.comments = [...comments, { id: ++this.#ids, body: change.body }]
    else if (change.kind === 'remove') this.comments = comments.filter(({ id }) => id !== change.id)
    else this.comments = comments.map((one) => (one.id === change.id ? { ...one, body: change.body } : one))
    return Promise.resolve({ kind: 'done', value: undefined })
  }
}
