import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Result } from '../model/failure.js'
import type { FingerprintDigest } from '../model/fingerprint.js'
import type { ImageLayouts, Layout, LayoutName } from '../ports/image-layouts.js'
import type { CacheCall } from './actions-cache-call.js'
import { type Called, callCacheApart } from './actions-cache-process.js'
import { wholeLayout, writtenLayout } from './oci-layout.js'

/** The folder in the archive: the layout itself. */
const ENTRY = 'smart-image-build-base'

/** A question is answered at once, while an image may have gigabytes. */
const FIND_LIMIT_MS = 10_000
const MOVE_LIMIT_MS = 10 * 60_000

export interface CacheLayoutsOptions {
  /** Empty at the start of the step and outside of the work tree. */
  readonly folder: string
  /** What `callCache` runs in. */
  readonly program: string
  /** Stops what is under way. */
  readonly signal: AbortSignal
}

/**
 * Keeps layouts in the Actions cache: an immutable entry for each that is built, found again by its fingerprint, the
 * newest first. A service that failed once is not called again by this run.
 */
export class ActionsCacheLayouts implements ImageLayouts {
  private readonly options: CacheLayoutsOptions
  readonly #answers = new Map<FingerprintDigest, Promise<boolean>>()
  readonly #saves: Promise<void>[] = []
  #problems: string[] = []
  #isOut = false

  constructor(options: CacheLayoutsOptions) {
    this.options = options
  }

  has({ fingerprint }: LayoutName): Promise<boolean> {
    const answer = this.#answers.get(fingerprint) ?? this.#find(fingerprint)
    this.#answers.set(fingerprint, answer)
    return answer
  }

  async fetch({ fingerprint }: LayoutName): Promise<Layout | undefined> {
    const folder = join(this.options.folder, randomUUID())
    const called = await this.#call('restore', { fingerprint, folder })
    return called === 'done' ? wholeLayout(join(folder, ENTRY)) : undefined
  }

  place(): string {
    return join(this.options.folder, randomUUID(), ENTRY)
  }

  /** The upload goes on while the layout is built from, as neither changes it. */
  async keep({ fingerprint }: LayoutName, place: string): Promise<Result<Layout>> {
    const written = await writtenLayout(place)
    if (written.ok) this.#saves.push(this.#save({ fingerprint, folder: dirname(place) }))
    return written
  }

  async problems(): Promise<readonly string[]> {
    await Promise.all(this.#saves)
    const problems = this.#problems
    this.#problems = []
    return problems
  }

  async #find(fingerprint: FingerprintDigest): Promise<boolean> {
    return (await this.#call('find', { fingerprint, folder: this.options.folder })) === 'done'
  }

  async #save(of: Entry): Promise<void> {
    if ((await this.#call('save', of)) === 'missed') this.#problems.push('the cache service did not take it')
  }

  async #call(operation: CacheCall['operation'], { fingerprint, folder }: Entry): Promise<Called | 'out'> {
    if (this.#isOut) return 'out'
    const { program, signal } = this.options
    const prefix = `${ENTRY}-v1-${fingerprint}-`
    const request = { operation, path: ENTRY, key: `${prefix}${randomUUID()}`, prefix }
    const limitMs = operation === 'find' ? FIND_LIMIT_MS : MOVE_LIMIT_MS
    const called = await mkdir(folder, { recursive: true })
      .then(() => callCacheApart(request, { folder, program, limitMs, signal }))
      .catch((error: unknown): Called => ({ problem: (error as Error).message }))
    if (typeof called === 'object') this.#stopCalling(called.problem)
    return called
  }

  /** Those who called at the same time have the same to tell. */
  #stopCalling(problem: string): void {
    if (this.#isOut) return
    this.#isOut = true
    this.#problems.push(problem)
  }
}

interface Entry {
  readonly fingerprint: FingerprintDigest
  /** That holds `ENTRY`. */
  readonly folder: string
}
