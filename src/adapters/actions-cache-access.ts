import { mkdir } from 'node:fs/promises'
import type { LayerAccess, LayerService } from '../ports/layer-stores.js'
import { type Called, callCacheApart } from './actions-cache-process.js'
import type { CacheOutage } from './cache-outage.js'

/** No entry's key begins so. */
const NOTHING = 'smart-image-build-access-'

/** In GitHub's tokens; bit 1 is for reading (tonistiigi/go-actions-cache, `Permission`). */
const WRITE = 2

/** `cache-mode` of a workflow or job allows no more (as @actions/cache reads it). */
const UNREADABLE_MODES = ['none', 'write-only']

export interface CacheAccessOptions {
  readonly environment: NodeJS.ProcessEnv
  /** What calls are made in. */
  readonly folder: string
  /** What `callCache` runs in. */
  readonly program: string
  readonly outage: CacheOutage
}

/** What the run's token and `cache-mode` let it do with the Actions cache, if that answers. It is asked once. */
export class ActionsCacheAccess implements LayerService {
  private readonly options: CacheAccessOptions
  #answer: Promise<LayerAccess> | undefined

  constructor(options: CacheAccessOptions) {
    this.options = options
  }

  access(): Promise<LayerAccess> {
    return (this.#answer ??= this.#ask())
  }

  async #ask(): Promise<LayerAccess> {
    const { environment, outage } = this.options
    if (outage.problem !== undefined) return { kind: 'closed' }
    const token = environment['ACTIONS_RUNTIME_TOKEN'] ?? ''
    const mode = (environment['ACTIONS_CACHE_MODE'] ?? '').trim().toLowerCase()
    if (token === '') return { kind: 'closed', problem: 'there is no Actions cache here' }
    if (UNREADABLE_MODES.includes(mode))
      return { kind: 'closed', problem: `this job has \`cache-mode: ${mode}\`` }
    const scopes = scopesOf(token)
    // BuildKit takes no other token.
    if (scopes === undefined) return { kind: 'closed', problem: 'the token of this job names no cache' }
    const called = await this.#call()
    if (typeof called === 'object')
      return outage.note(called.problem) ? { kind: 'closed', problem: called.problem } : { kind: 'closed' }
    const canWrite = mode !== 'read' && scopes.some(({ Permission }) => (Permission & WRITE) !== 0)
    return { kind: 'open', canWrite }
  }

  async #call(): Promise<Called> {
    const { folder, program, outage } = this.options
    const request = { operation: 'find', path: 'nothing', key: NOTHING, prefix: NOTHING } as const
    try {
      await mkdir(folder, { recursive: true })
      return await outage.ask((patience) => callCacheApart(request, { folder, program, ...patience }))
    } catch (error) {
      return { problem: (error as Error).message }
    }
  }
}

interface Scope {
  readonly Permission: number
}

/** Branches whose entries the token is good for: its claim `ac` is a text that holds JSON. */
function scopesOf(token: string): readonly Scope[] | undefined {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as {
      readonly ac: string
    }
    const scopes: unknown = JSON.parse(claims.ac)
    return Array.isArray(scopes) ? (scopes as Scope[]) : undefined
  } catch {
    return undefined
  }
}
