import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Result } from '../model/failure.js'
import type { FingerprintDigest } from '../model/fingerprint.js'
import type { ImageLayouts, Layout, LayoutName } from '../ports/image-layouts.js'
import type { CacheCall } from './actions-cache-call.js'
import { type CachePlace, type Called, callCacheApart } from './actions-cache-process.js'
import type { CacheOutage } from './cache-outage.js'
import { linkLayout, wholeLayout, writtenLayout } from './oci-layout.js'

/** What layouts are kept under. */
export interface LayoutKeys {
  /** The folder in the archive, the layout itself; keys begin with it. */
  readonly entry: string
  /** What the key of a layout goes on with. */
  readonly own: (name: LayoutName) => string
  /** Beginning of the keys of those that do as well, where there is none under its own. */
  readonly akin: (name: LayoutName) => string
}

const BASES: LayoutKeys = {
  entry: 'smart-image-build-base',
  own: ({ fingerprint }) => `${fingerprint}-`,
  akin: ({ fingerprint }) => `${fingerprint}-`,
}

/** An image may have gigabytes. */
const MOVE_LIMIT_MS = 10 * 60_000

export interface CacheLayoutsOptions {
  /** Empty at the start of the step and outside of the work tree. */
  readonly folder: string
  /** What `callCache` runs in. */
  readonly program: string
  /** Stops what is under way. */
  readonly signal: AbortSignal
  readonly outage: CacheOutage
}

/**
 * Keeps layouts in the Actions cache: an immutable entry for each that is built, found again by its fingerprint, the
 * newest first. A service that failed once is not called again by this run.
 */
export class ActionsCacheLayouts implements ImageLayouts {
  private readonly options: CacheLayoutsOptions
  private readonly keys: LayoutKeys
  readonly #answers = new Map<FingerprintDigest, Promise<boolean>>()
  readonly #saves: Promise<void>[] = []
  #problems: string[] = []
  #isOut = false

  constructor(options: CacheLayoutsOptions, keys = BASES) {
    this.options = options
    this.keys = keys
  }

  has(name: LayoutName): Promise<boolean> {
    const answer = this.#answers.get(name.fingerprint) ?? this.#find(name)
    this.#answers.set(name.fingerprint, answer)
    return answer
  }

  async fetch(name: LayoutName): Promise<Layout | undefined> {
    const folder = join(this.options.folder, randomUUID())
    const called = await this.#call('restore', { name, folder })
    return called === 'done' ? wholeLayout(join(folder, this.keys.entry)) : undefined
  }

  place(): string {
    return join(this.options.folder, randomUUID(), this.keys.entry)
  }

  /**
   * The upload goes on while the layout is built from: of a folder of its own, as buildx writes a lock beside the index that
   * it reads, and tar fails where a folder changes.
   */
  async keep(name: LayoutName, place: string): Promise<Result<Layout>> {
    const written = await writtenLayout(place)
    if (!written.ok) return written
    const folder = join(this.options.folder, randomUUID())
    try {
      await linkLayout(place, join(folder, this.keys.entry))
      this.#saves.push(this.#save({ name, folder }))
    } catch (error) {
      this.#problems.push((error as Error).message)
    }
    return written
  }

  async problems(): Promise<readonly string[]> {
    await Promise.all(this.#saves)
    const problems = this.#problems
    this.#problems = []
    return problems
  }

  async #find(name: LayoutName): Promise<boolean> {
    return (await this.#call('find', { name, folder: this.options.folder })) === 'done'
  }

  async #save(of: Entry): Promise<void> {
    if ((await this.#call('save', of)) === 'missed') this.#problems.push('the cache service did not take it')
  }

  async #call(operation: CacheCall['operation'], { name, folder }: Entry): Promise<Called | 'out'> {
    const { program, signal, outage } = this.options
    if (this.#isOut || outage.problem !== undefined) return 'out'
    const { entry, own, akin } = this.keys
    // The service takes the key itself for a beginning, too, and for the one to be looked for first.
    const key = `${entry}-v1-${own(name)}${operation === 'save' ? randomUUID() : ''}`
    const request = { operation, path: entry, key, prefix: `${entry}-v1-${akin(name)}` }
    const call = (patience: Pick<CachePlace, 'limitMs'>) =>
      callCacheApart(request, { folder, program, signal, ...patience })
    const called = await mkdir(folder, { recursive: true })
      .then(() => (operation === 'find' ? outage.ask(call) : call({ limitMs: MOVE_LIMIT_MS })))
      .catch((error: unknown): Called => ({ problem: (error as Error).message }))
    if (typeof called === 'object') this.#stopCalling(operation, called.problem)
    return called
  }

  /**
   * Those who called at the same time have the same to tell. Only of a question is it certain that the service failed it:
   * else it may have been the entry, which is no reason to lose records.
   */
  #stopCalling(operation: CacheCall['operation'], problem: string): void {
    if (this.#isOut) return
    this.#isOut = true
    if (operation !== 'find' || this.options.outage.note(problem)) this.#problems.push(problem)
  }
}

interface Entry {
  readonly name: LayoutName
  /** That holds the folder in the archive. */
  readonly folder: string
}
