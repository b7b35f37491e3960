/** What was tried, and how often. */
export class Tally {
  readonly #counts = new Map<string, number>()

  count(what: string): void {
    this.#counts.set(what, this.of(what) + 1)
  }

  of(what: string): number {
    return this.#counts.get(what) ?? 0
  }

  toString(): string {
    const counts = [...this.#counts].sort(([, a], [, b]) => b - a)
    return counts.map(([what, count]) => `${what} ${count}`).join(', ')
  }
}
