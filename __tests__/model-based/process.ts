import { Failed, failed } from '../../src/model/failure.js'
import type { GitTree } from '../../src/ports/git-tree.js'

/** What may go wrong in one run from some call on: it strikes before the call. */
export const FAULTS = [
  /** Stopped by a person or by `concurrency`: an abort signal. */
  'cancelled',
  /** The process is gone; the post step still uploads what was saved. */
  'crashed',
  /** The machine is gone, and with it what no post step uploads any more. */
  'runner-lost',
  'registry-outage',
  'cache-outage',
  'git-failure',
] as const
export type FaultKind = (typeof FAULTS)[number]

export interface Fault {
  readonly kind: FaultKind
  /** Number of the call, of git's calls for git's failure and of all others' else. */
  readonly at: number
}

/** Something that happens while the run waits for its nth call. */
export interface Interruption {
  readonly at: number
  readonly by: () => Promise<void>
}

const NEVER = new Promise<never>(() => undefined)

/** Stands between a run and its ports: counts its calls, lets faults strike, and lets other things happen in between. */
export class Gate {
  /** Resolves when the process is gone. */
  readonly died: Promise<undefined>
  isStruck = false
  /** Methods that were called, but for git's. */
  readonly calls: string[] = []
  readonly #fault: Fault | undefined
  readonly #strike: (kind: FaultKind) => void
  readonly #interruption: Interruption | undefined
  #interrupted: Promise<void> | undefined
  /** What was thrown by the interruption: the run must not take it for its own. */
  trouble: unknown
  readonly #keep = (error: unknown): void => {
    this.trouble = error
  }
  #gitCalls = 0
  readonly #underWay = new Set<Promise<unknown>>()
  #die: (gone: undefined) => void = () => undefined

  constructor(of: { fault?: Fault; strike: (kind: FaultKind) => void; interruption?: Interruption }) {
    this.#fault = of.fault
    this.#strike = of.strike
    this.#interruption = of.interruption
    this.died = new Promise((resolve) => (this.#die = resolve))
  }

  /** The port, all of whose calls, or those of one method, go through the gate. */
  guard<T extends object>(port: T, only?: keyof T): T {
    return wrapped(
      port,
      async (call, method) => {
        if (only === undefined || method === only) await this.pass(method)
        const answer = Promise.resolve(call())
        this.#underWay.add(answer)
        return answer.finally(() => this.#underWay.delete(answer))
      },
      only,
    )
  }

  /** What a process had asked for when it died still comes about. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#underWay)
  }

  guardGit(git: GitTree): GitTree {
    return wrapped(git, (call, method) => {
      const isFailing = this.#fault?.kind === 'git-failure' && this.#gitCalls++ >= this.#fault.at
      if (!isFailing || method === 'hasWorkTree') return call()
      this.isStruck = true
      return gitFailure(method)
    })
  }

  /** Before the call of a port. */
  async pass(method: string): Promise<void> {
    const call = this.calls.push(method) - 1
    if (call === this.#interruption?.at) this.#interrupted = this.#interruption.by().catch(this.#keep)
    await this.#interrupted
    const { kind, at } = this.#fault ?? {}
    if (kind === undefined || kind === 'git-failure' || call < at!) return
    this.isStruck = true
    if (call === at) this.#strike(kind)
    if (kind !== 'crashed' && kind !== 'runner-lost') return
    this.#die(undefined)
    await NEVER
  }
}

type Around = (call: () => unknown, method: string) => unknown

/** With `only` the other members, which need not be asynchronous, stay as they are. */
function wrapped<T extends object>(port: T, around: Around, only?: keyof T): T {
  return new Proxy(port, {
    get(target, name) {
      const member = Reflect.get(target, name) as unknown
      if (typeof member !== 'function') return member
      const call = (...args: unknown[]): unknown => Reflect.apply(member, target, args)
      if (only !== undefined && name !== only) return call
      return (...args: unknown[]) => around(() => call(...args), String(name))
    },
  })
}

const RESULTS = ['differing', 'uncommitted', 'onDisk', 'files', 'read']
const OPTIONAL = ['obtain', 'submodule', 'prefetch']
const ANCESTORS = ['mergeBase', 'previousTag', 'remoteHead']

/** As each method of the port says that it fails. */
async function gitFailure(method: string): Promise<unknown> {
  const failure = { kind: 'git-failed', message: `git failed in ${method}` } as const
  if (RESULTS.includes(method)) return failed(failure)
  if (OPTIONAL.includes(method)) return undefined
  if (ANCESTORS.includes(method)) return { kind: 'unknown', problem: failure.message }
  if (method === 'order') return 'unknown'
  return Promise.reject(new Failed(failure))
}
