import type { Outcome } from '../model/outcome.js'
import { fullName } from '../model/service.js'
import type { DeliveredImage, State, StateRecord } from '../model/state.js'
import { matches, ownRecord } from '../plan/decide.js'
import { encodeState } from '../state/decode.js'
import { combined, newerOf, ofOthers } from '../state/merge.js'
import { orderOf } from './commits.js'
import { notify, type Run } from './job.js'
import { storedNow } from './stored.js'

/**
 * Adds successes to the state and stores it after each build, one store at a time, and at the end: a run that is killed
 * loses no build.
 */
export class Recorder {
  readonly #run: Run
  readonly #records = new Map<string, StateRecord>()
  /** Services that the run wants deployed. */
  readonly #offered = new Set<string>()
  #deliveries: readonly DeliveredImage[] = []
  /** What others recorded. */
  #before: State
  #stored: Promise<void> = Promise.resolve()
  /** Something is not stored yet. */
  #isDue = false
  #isBroken = false

  constructor(before: State, run: Run) {
    this.#before = before
    this.#run = run
  }

  /** Records what exists now; it counts as delivered only with `complete`. */
  async add(outcome: Outcome): Promise<void> {
    this.#take(outcome)
    if (outcome.kind === 'built') await this.#store()
  }

  /** Like `add` for each, stored once: what other jobs built is not lost with this one. */
  async addAll(outcomes: readonly Outcome[]): Promise<void> {
    for (const outcome of outcomes) this.#take(outcome)
    if (this.#records.size > 0) await this.#store()
  }

  #take(outcome: Outcome): void {
    const record = this.#recordOf(outcome)
    if (record === undefined) return
    this.#records.set(record.service, record)
    if (outcome.image.changed) this.#offered.add(record.service)
  }

  /**
   * The run came to its end, and offers for deployment all that it recorded. What an interrupted run offers is deployed by
   * nobody, so that the next run has to offer it again.
   */
  async complete(): Promise<void> {
    if (this.#records.size === 0) return
    const { signal } = this.#run.job
    // Another run may have come to its end meanwhile. What it offered runs, where this run offers nothing.
    this.#before = newerOf(this.#before, await storedNow(this.#run))
    const known = ofOthers(this.#before.deliveries)
    const offered = [...this.#records.values()].filter(
      ({ service }) => this.#offered.has(service) || !known.has(service),
    )
    if (!signal.aborted)
      this.#deliveries = offered.map((record) => this.#delivery(record, known.get(record.service)))
    await this.#store()
    if (!signal.aborted || this.#deliveries.length === 0) return
    this.#deliveries = []
    await this.#store()
  }

  #delivery(record: StateRecord, before: DeliveredImage | undefined): DeliveredImage {
    const { service, image, fingerprint, digest, runId, recordedAt: at } = record
    // What a run without push offers is in no registry: the digest stays that of the last push.
    const pushed = this.#run.request.push ? digest : before?.digest
    return { service, image, fingerprint, runId, at, ...(pushed !== undefined && { digest: pushed }) }
  }

  /** Ends when all that is known now is stored: while one store is under way, those who ask have the next in common. */
  #store(): Promise<void> {
    this.#isDue = true
    this.#stored = this.#stored.then(() => this.#storeIfDue())
    return this.#stored
  }

  async #storeIfDue(): Promise<void> {
    if (!this.#isDue) return
    this.#isDue = false
    const additions = { records: [...this.#records.values()], deliveries: this.#deliveries }
    const state = await combined(this.#before, additions, (commit) => orderOf(commit, this.#run))
    await this.#save(encodeState(state))
  }

  async #save(text: string): Promise<void> {
    if (this.#isBroken) return
    const problem = await this.#run.ports.store.save(this.#before.scope, text)
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
    const isBefore = pushed !== undefined && pushed === before?.digest
    const measured = outcome.kind === 'built' ? outcome.sizeBytes : undefined
    const sizeBytes = measured ?? (isBefore ? before.sizeBytes : undefined)
    const parents = outcome.kind === 'built' ? outcome.parents : image.builtFrom
    const isBuiltFrom = request.push && parents !== undefined && Object.keys(parents).length > 0
    return {
      service: image.service.name,
      image: fullName(image.service.image),
      fingerprint: image.fingerprint.digest,
      document: image.fingerprint.document,
      commit: ports.git.head,
      runId: job.context.runId,
      recordedAt: new Date(ports.clock.now()).toISOString(),
      ...(pushed !== undefined && { digest: pushed }),
      ...(sizeBytes !== undefined && { sizeBytes }),
      ...(isBuiltFrom && { parents }),
      ...(durationMs !== undefined && { durationMs }),
    }
  }
}
