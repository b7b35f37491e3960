/** How work is put in order. */
export interface Schedule<T> {
  /** What all tasks under way may take together; the last of them may go beyond it by less than what it takes. */
  readonly bound: number
  /** Items of the same list whose tasks must have ended before; without a cycle. */
  readonly before: (item: T) => readonly T[]
  /** What a task is reckoned to take, in any unit. */
  readonly weight: (item: T) => number
  /** What a task takes of the bound: 1, a part of it, or 0 when it only waits for others, such as a registry. */
  readonly share: (item: T) => number
}

/**
 * Runs one task per item; resolves to the results in the order of the items when all have ended. Of the tasks that may
 * start, the one goes first that the longest chain of others waits for, then the earlier one. A task must not throw for
 * an expected failure; when it throws, no other starts, and those under way still end before the throw goes on.
 */
export async function schedule<T, R>(
  items: readonly T[],
  how: Schedule<T>,
  task: (item: T) => Promise<R>,
): Promise<R[]> {
  const order = new Order(items, how)
  const results = new Map<T, R>()
  const errors: unknown[] = []
  const running = new Set<Promise<void>>()
  let places = how.bound
  const start = (item: T) => {
    const taken = how.share(item)
    places -= taken
    const run = task(item)
      .then(
        (result) => void results.set(item, result),
        (error: unknown) => void errors.push(error),
      )
      .then(() => {
        running.delete(run)
        places += taken
        order.ended(item)
      })
    running.add(run)
  }
  for (;;) {
    if (errors.length === 0)
      for (let next = order.take(places); next !== undefined; next = order.take(places)) start(next)
    if (running.size === 0) break
    await Promise.race(running)
  }
  if (errors.length > 0) throw errors[0]
  return items.map((item) => results.get(item) as R)
}

/** What may start, and what waits for what. */
class Order<T> {
  private readonly how: Schedule<T>
  readonly #dependants = new Map<T, T[]>()
  readonly #waitsFor = new Map<T, number>()
  readonly #places: ReadonlyMap<T, number>
  readonly #paths = new Map<T, number>()
  /** Best first. */
  readonly #ready: T[]

  constructor(items: readonly T[], how: Schedule<T>) {
    this.how = how
    this.#places = new Map(items.map((item, place) => [item, place]))
    for (const item of items) {
      const before = how.before(item)
      this.#waitsFor.set(item, before.length)
      for (const one of before) this.#dependants.set(one, [...(this.#dependants.get(one) ?? []), item])
    }
    this.#ready = items.filter((item) => this.#waitsFor.get(item) === 0)
    this.#sort()
  }

  /** The next item for which there is a place; some need none. */
  take(places: number): T | undefined {
    const at = places > 0 ? 0 : this.#ready.findIndex((item) => this.how.share(item) === 0)
    return at === -1 ? undefined : this.#ready.splice(at, 1)[0]
  }

  ended(item: T): void {
    for (const dependant of this.#dependants.get(item) ?? []) {
      const left = (this.#waitsFor.get(dependant) ?? 0) - 1
      this.#waitsFor.set(dependant, left)
      if (left > 0) continue
      this.#ready.push(dependant)
      this.#sort()
    }
  }

  #sort(): void {
    const place = (item: T) => this.#places.get(item) ?? 0
    this.#ready.sort((a, b) => this.#path(b) - this.#path(a) || place(a) - place(b))
  }

  /** The longest chain from an item to the end. */
  #path(item: T): number {
    const known = this.#paths.get(item)
    if (known !== undefined) return known
    const dependants = this.#dependants.get(item) ?? []
    const path = this.how.weight(item) + Math.max(0, ...dependants.map((one) => this.#path(one)))
    this.#paths.set(item, path)
    return path
  }
}
