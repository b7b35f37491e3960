import type { Outcome } from '../model/outcome.js'
import { fullName } from '../model/service.js'
import type { State, StateRecord } from '../model/state.js'
import { matches, ownRecord } from '../plan/decide.js'
import { encodeState } from '../state/decode.js'
import { merge, withOthers } from '../state/merge.js'
import { notify, type Run } from './job.js'
import { storedNow } from './stored.js'

/**
 * Adds successes to the state and stores it after each build, one store at a time, and at the end: a run that is killed
 * loses no build.
 */
export class Recorder {
  readonly #run: Run
  /** Services that this very attempt has recorded. */
  readonly #recorded = new Set<string>()
  #state: State
  #stored: Promise<void> = Promise.resolve()
  #isBroken = false
  #hasBuilt = false

  constructor(state: State, run: Run) {
    this.#state = state
    this.#run = run
  }

  /** Records what exists now; it counts as delivered only with `complete`. */
  async add(outcome: Outcome): Promise<void> {
    const record = this.#recordOf(outcome)
    if (record === undefined) return
    this.#recorded.add(record.service)
    this.#state = merge(this.#state, record)
    if (outcome.kind !== 'built') return
    this.#hasBuilt = true
    await this.#store()
  }

  /** The run came to its end. `isOffered`: all that it recorded is offered for deployment. */
  async complete({ isOffered }: { readonly isOffered: boolean }): Promise<void> {
    if (this.#recorded.size === 0) return
    const { job, ports } = this.#run
    const records = this.#state.records.map((record) =>
      isOffered && record.runId === job.context.runId && this.#recorded.has(record.service)
        ? this.#delivered(record)
        : record,
    )
    this.#state = { ...this.#state, records }
    // While images were built, another run may have come to its end.
    if (this.#hasBuilt) {
      const others = { runId: job.context.runId, commits: ports.git }
      this.#state = await withOthers(this.#state, await storedNow(this.#run), others)
    }
    await this.#store()
  }

  #delivered(record: StateRecord): StateRecord {
    // What a run without push offers is in no registry: the digest stays that of the last push.
    const digest = this.#run.request.push ? record.digest : record.delivered?.digest
    return {
      ...record,
      delivered: { fingerprint: record.fingerprint, ...(digest !== undefined && { digest }) },
    }
  }

  async #store(): Promise<void> {
    const text = encodeState(this.#state)
    this.#stored = this.#stored.then(() => this.#save(text))
    await this.#stored
  }

  async #save(text: string): Promise<void> {
    if (this.#isBroken) return
    const problem = await this.#run.ports.store.save(this.#state.scope, text)
    if (problem === undefined) return
    this.#isBroken = true
    notify(this.#run, { message: `What was built could not be recorded: ${problem}` })
  }

  #recordOf(outcome: Outcome): StateRecord | undefined {
    if (outcome.kind !== 'built' && outcome.kind !== 'reused') return undefined
    const { job, ports, request } = this.#run
    const { image, digest } = outcome
    const before = ownRecord(image)
    const durationMs = outcome.kind === 'built' ? outcome.durationMs : before?.durationMs
    // A run that does not push leaves standing what an earlier one pushed of this content.
    const pushed = request.push ? digest : matches(image) ? before?.digest : undefined
    return {
      service: image.service.name,
      image: fullName(image.service.image),
      fingerprint: image.fingerprint.digest,
      document: image.fingerprint.document,
      commit: ports.git.head,
      runId: job.context.runId,
      recordedAt: new Date(ports.clock.now()).toISOString(),
      ...(pushed !== undefined && { digest: pushed }),
      ...(before?.delivered && { delivered: before.delivered }),
      ...(durationMs !== undefined && { durationMs }),
    }
  }
}
