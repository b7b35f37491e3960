import type { Clock } from '../ports/clock.js'

/** Asks for a build together with others that are ready, too. */
export type Meet = <T>(build: () => Promise<T>) => Promise<T>

/** How long a build that is ready waits for others. */
const PATIENCE_MS = 1000

/**
 * Lets builds that become ready together be asked for in one turn of the event loop, which a builder may carry out as
 * one. Whoever is ready waits for all others whose work has begun and that are not building; none waits for ever.
 */
export class Gathering {
  private readonly clock: Pick<Clock, 'pause'>
  /** How many neither wait nor build: they ask a registry, deliver, record. */
  #busy = 0
  #ready: (() => void)[] = []
  #patience = new AbortController()

  constructor(clock: Pick<Clock, 'pause'>) {
    this.clock = clock
  }

  /** Does the whole work on one image, which has its builds met by others. */
  async join<T>(work: (meet: Meet) => Promise<T>): Promise<T> {
    this.#busy++
    try {
      return await work((build) => this.#meet(build))
    } finally {
      this.#busy--
      this.#openIfAllAreReady()
    }
  }

  async #meet<T>(build: () => Promise<T>): Promise<T> {
    this.#busy--
    await new Promise<void>((resolve) => {
      this.#ready.push(resolve)
      this.#openIfAllAreReady()
      if (this.#ready.length === 1) void this.#openInTime(this.#ready)
    })
    try {
      return await build()
    } finally {
      this.#busy++
    }
  }

  #openIfAllAreReady(): void {
    if (this.#busy === 0) this.#open()
  }

  async #openInTime(ready: (() => void)[]): Promise<void> {
    await this.clock.pause(PATIENCE_MS, this.#patience.signal)
    if (this.#ready === ready) this.#open()
  }

  #open(): void {
    this.#patience.abort()
    this.#patience = new AbortController()
    const ready = this.#ready
    this.#ready = []
    for (const go of ready) go()
  }
}
