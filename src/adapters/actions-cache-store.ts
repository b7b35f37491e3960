import * as core from '@actions/core'
import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { StateStore, StoredState } from '../ports/state-store.js'
import { callCacheApart } from './actions-cache-process.js'
import { CacheOutage, hadCacheOutage } from './cache-outage.js'
import { FileStore } from './file-store.js'

/** The folder in the archive. */
const ENTRY = 'smart-image-build-state'

/** What the post step needs to know of the main step. */
const SAVED_FOLDER = 'state-folder'
const SAVED_SCOPES = 'state-scopes'

/** Its client alone would retry for half a minute, or hang for three. */
const SAVE_LIMIT_MS = 8000

/**
 * Keeps the state in the Actions cache: one immutable entry a run and scope, found again by its prefix. `save` writes a
 * file; the post step, which also follows a failed or cancelled main step, uploads it with `uploadState`.
 */
export class ActionsCacheStore implements StateStore {
  readonly folder: string
  readonly program: string
  readonly #loaded = new Set<string>()
  readonly #saved = new Set<string>()
  private readonly outage: CacheOutage

  /** `folder` is empty at the start of the step and outside of the work tree; `program` is what `callCache` runs in. */
  constructor(folder: string, program: string, outage = new CacheOutage()) {
    this.outage = outage
    this.folder = folder
    this.program = program
  }

  /** A second call finds what was stored since, and leaves alone what this run has saved. */
  async load(scope: string): Promise<StoredState> {
    if (this.outage.problem !== undefined) return { kind: 'unavailable', problem: this.outage.problem }
    const own = folderOf(this.folder, scope)
    const folder = this.#loaded.has(scope) ? join(own, 'again') : own
    this.#loaded.add(scope)
    const made = await mkdir(folder, { recursive: true }).catch((error: unknown) => error as Error)
    if (made instanceof Error) return { kind: 'unavailable', problem: made.message }
    const prefix = keyPrefix(scope)
    const { program } = this
    const request = { operation: 'restore', path: ENTRY, key: `${prefix}none`, prefix } as const
    const called = await this.outage.ask((patience) =>
      callCacheApart(request, { folder, program, ...patience }),
    )
    if (called === 'missed') return { kind: 'none' }
    if (called === 'garbled') return { kind: 'unavailable', problem: 'the stored entry cannot be unpacked' }
    if (called === 'done') return new FileStore(join(folder, ENTRY)).load(scope)
    this.outage.note(called.problem)
    return { kind: 'unavailable', problem: called.problem }
  }

  async save(scope: string, text: string): Promise<string | undefined> {
    core.saveState(SAVED_FOLDER, this.folder)
    core.saveState(SAVED_SCOPES, [...this.#saved.add(scope)])
    return this.#files(scope).save(scope, text)
  }

  loadMemo(): Promise<string | undefined> {
    return this.#files(this.#first()).loadMemo()
  }

  /** A run that saves nothing of the first scope does not upload it. */
  saveMemo(text: string): Promise<void> {
    return this.#files(this.#first()).saveMemo(text)
  }

  #files(scope: string): FileStore {
    return new FileStore(join(folderOf(this.folder, scope), ENTRY))
  }

  #first(): string {
    const [first] = this.#loaded
    if (first === undefined) throw new Error('the memo goes with a scope, and none was loaded')
    return first
  }
}

/**
 * The post step: uploads what the main step saved, under a name that no other step, job or attempt has. Says why when
 * it could not; nothing is lost but time. A service that failed the main step is not called again.
 */
export async function uploadState(entry: string, program: string): Promise<string | undefined> {
  const folder = core.getState(SAVED_FOLDER)
  const scopes = core.getState(SAVED_SCOPES)
  if (folder === '' || scopes === '') return undefined
  if (hadCacheOutage()) return 'the cache service had failed before'
  const calls = (JSON.parse(scopes) as string[]).map((scope) => {
    return callCacheApart(
      { operation: 'save', path: ENTRY, key: `${keyPrefix(scope)}${entry}`, prefix: '' },
      { folder: folderOf(folder, scope), program, limitMs: SAVE_LIMIT_MS },
    )
  })
  const failure = (await Promise.all(calls)).find((called) => called !== 'done')
  return typeof failure === 'string' ? 'the cache service did not take it' : failure?.problem
}

/** The entry for `callCache` beside the entry that runs, both as built: `dist/main/index.js`, `dist/cache/index.js`. */
export function cacheProgram([, entry = '']: readonly string[]): string {
  return join(entry, '..', '..', 'cache', 'index.js')
}

/** Each scope has a folder of its own, as an entry holds all that lies in it. */
function folderOf(folder: string, scope: string): string {
  return join(folder, hashOf(scope))
}

/** Fixed length, no comma, no branch name: one scope's prefix is never another's. */
function keyPrefix(scope: string): string {
  return `smart-image-build-state-v1-${hashOf(scope)}-`
}

function hashOf(scope: string): string {
  return createHash('sha256').update(scope, 'utf8').digest('hex').slice(0, 32)
}
