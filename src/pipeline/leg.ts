import { type Failure, ok, type Result } from '../model/failure.js'
import type { ImageResult, Shard } from '../model/leg.js'
import type { Outcome } from '../model/outcome.js'
import { imagesBefore, type PlannedImage } from '../model/plan.js'
import { fullName } from '../model/service.js'
import { keyOf, newestOf } from '../plan/overlay.js'
import { encodeLeg } from '../state/leg.js'
import { type Book, buildPlan } from './build.js'
import { notify, type Run } from './job.js'
import { artifactName, leftBehind } from './legs.js'
import type { Planned } from './plan.js'

/**
 * What one leg came to, for the job that collects all of them. It is kept after each image, so that a leg that is killed
 * still tells of those that it ended.
 */
export class LegReport implements Book {
  private readonly shard: Shard
  private readonly run: Run
  readonly #results = new Map<string, ImageResult>()
  #kept: Promise<void> = Promise.resolve()
  #isBroken = false

  constructor(shard: Shard, run: Run) {
    this.shard = shard
    this.run = run
  }

  /** Builds what no leg before this one has failed at; outcomes come in the plan's order. */
  async build(planned: Planned): Promise<Result<readonly Outcome[]>> {
    const ended = await this.#endedBefore(planned.plan.images)
    const images = planned.plan.images.map((image): PlannedImage =>
      ended.has(image.service.name) ? { ...image, decision: { kind: 'skip' } } : image,
    )
    for (const outcome of ended.values()) if (outcome.kind === 'blocked') await this.add(outcome)
    const built = await buildPlan({ ...planned, plan: { ...planned.plan, images } }, this.run, this)
    if (!built.ok) return built
    return ok(built.value.map((outcome) => ended.get(outcome.image.service.name) ?? outcome))
  }

  async add(outcome: Outcome): Promise<void> {
    const { image, kind } = outcome
    const { service, fingerprint, decision } = image
    // What it took from others they tell of themselves.
    const isTaken = kind === 'reused' && !this.shard.images.includes(service.name)
    if (kind === 'skipped' || isTaken) return
    const end = Object.fromEntries(Object.entries(outcome).filter(([name]) => name !== 'image'))
    this.#results.set(service.name, {
      ...{ name: service.name, repository: fullName(service.image), decision },
      ...{ fingerprint: fingerprint.digest, document: fingerprint.document },
      end: end as unknown as ImageResult['end'],
    })
    if (kind === 'built' || kind === 'failed') await this.#keep([])
  }

  /** `failures` are what ended the leg before its images did. */
  async upload(failures: readonly Failure[]): Promise<Result<void>> {
    await this.#keep(failures)
    return this.run.ports.artifacts.upload(this.#name(), this.#text(failures))
  }

  /** By name: what another leg of this attempt has failed to make for this one, and what is built from that. */
  async #endedBefore(images: readonly PlannedImage[]): Promise<ReadonlyMap<string, Outcome>> {
    const ended = new Map<string, Outcome>()
    const open = images.filter(({ decision }) => decision.kind === 'rebuild')
    const missing = open.filter(({ service }) => !this.shard.images.includes(service.name))
    if (missing.length === 0) return ended
    const { legs } = await leftBehind(this.run)
    const found = newestOf(legs.filter(({ attempt }) => attempt === this.#attempt()))
    for (const image of missing) {
      const { end, fingerprint } = found.get(keyOf(image.service))?.result ?? {}
      const isSame = fingerprint === image.fingerprint.digest
      if (isSame && (end?.kind === 'failed' || end?.kind === 'blocked'))
        ended.set(image.service.name, { ...end, image })
    }
    for (let before = -1; before < ended.size;) {
      before = ended.size
      for (const image of open) {
        const by = imagesBefore(image).find((name) => ended.has(name))
        if (by !== undefined && !ended.has(image.service.name))
          ended.set(image.service.name, { kind: 'blocked', image, by })
      }
    }
    return ended
  }

  /** One after the other: each replaces the one before. */
  #keep(failures: readonly Failure[]): Promise<void> {
    const text = this.#text(failures)
    const { artifacts } = this.run.ports
    this.#kept = this.#kept.then(async () => {
      const problem = await artifacts.keep(this.#name(), text)
      if (problem === undefined || this.#isBroken) return
      this.#isBroken = true
      const message = `If this leg is killed, nothing will be known of what it has built: ${problem}`
      notify(this.run, { message })
    })
    return this.#kept
  }

  #name(): string {
    return artifactName(this.shard.name, this.run)
  }

  #attempt(): number {
    return this.run.job.context.attempt ?? 1
  }

  #text(failures: readonly Failure[]): string {
    return encodeLeg({
      shard: this.shard.name,
      attempt: this.#attempt(),
      images: this.shard.images,
      results: [...this.#results.values()],
      problems: failures.map(({ message }) => message),
      notices: this.run.notices,
    })
  }
}
