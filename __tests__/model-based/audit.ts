import type { Damage } from './actions-cache.js'
import { breachesOfDeploys, breachesOfMatrix, type Delivery, deliveriesOf } from './deliveries.js'
import { Deployments, type Memory } from './deployments.js'
import type { Run } from './events.js'
import { breachesOfImages } from './invariants.js'
import { MAIN } from './repository.js'
import { type Breach, isPushing, type Observation, type Promised } from './observation.js'
import { breachesOfPromotion, type Promotion, promotionOf } from './promotion.js'
import { type Service, SERVICES } from './services.js'
import { type Ended, requestedOf, type World } from './world.js'

/** A promise of the contract that was broken, and the run that broke it. */
export class Broken extends Error {}

/** What was looked at before a run. */
export interface Before {
  /** Service → digest that the run's moving tag points at. */
  readonly pointed: ReadonlyMap<Service, string>
  /** Of a run that promotes. */
  readonly promotion?: Promotion
}

/** Looks at the world before and after every run, remembers what the contract speaks of, and complains. */
export class Audit {
  readonly deployments = new Deployments()
  readonly #world: World
  readonly #excused: ReadonlySet<Promised>
  readonly #rightFor = new Map<string, string>()
  readonly #fingerprints = new Map<string, string>()

  /** `excused`: promises that are not kept yet. */
  constructor(world: World, excused: ReadonlySet<Promised>) {
    this.#world = world
    this.#excused = excused
  }

  async before(run: Run): Promise<Before> {
    const { moving = '' } = run.tags
    const pointed = new Map<Service, string>()
    for (const service of SERVICES) {
      const image = await this.#world.images.look(this.#world.nameOf(service), moving)
      if (image) pointed.set(service, image.digest)
    }
    if (run.inputs['mode'] !== 'promote') return { pointed }
    const known = { world: this.#world, fingerprints: this.#fingerprints }
    return { pointed, promotion: await promotionOf(known, run) }
  }

  /** Judges what the run did, and returns what is to be deployed. `others`: runs under way at the same time. */
  async judge(
    ended: Ended,
    { pointed, promotion }: Before,
    others: readonly Run[] = [],
  ): Promise<readonly Delivery[]> {
    const seen = { ...this.#seen(ended, others), pointed }
    if (promotion) {
      // What a run beside it pushes meanwhile is found by a fingerprint that is not known here yet.
      if (others.length === 0) this.#demand(ended, await breachesOfPromotion(seen, promotion))
      return []
    }
    this.#demand(ended, [...(await breachesOfImages(seen)), ...(await breachesOfMatrix(seen))])
    await this.#remember(ended)
    return deliveriesOf(seen)
  }

  /** Judges what runs when the deploys are over. `failed`: services whose deploy failed. */
  judgeDeploys(ended: Ended, failed: readonly Service[], others: readonly Run[] = []): void {
    this.#demand(ended, breachesOfDeploys(this.#seen(ended, others), failed))
    const isOver = (ended.code === 0 || ended.code === 1) && isPushing(ended.run)
    if (isOver && ended.baseline !== undefined) this.#takeForRunning(ended, failed)
  }

  /** What a branch had in common with its target counts as what runs there, wherever the target goes from then on. */
  #takeForRunning({ run, host }: Ended, failed: readonly Service[]): void {
    const digests = (host.json('digests') ?? {}) as Partial<Record<Service, string>>
    for (const service of SERVICES.filter((name) => !failed.includes(name))) {
      const digest = digests[service]
      if (digest === undefined || this.deployments.running(run.scope, service)) continue
      this.deployments.deploy(run.scope, service, {
        digest,
        content: this.#world.wanted(service, run.commit),
      })
    }
  }

  /** An accident with a cache entry: without records `main` delivers everything, others go by where they began. */
  damaged(scope: string, how: Damage): void {
    if (this.#isPromoted(scope)) return
    const isMain = scope.endsWith(`@refs/heads/${MAIN}`)
    this.deployments.doubt(scope, isMain && how !== 'rolled-back' ? 'forgetful' : 'misled')
  }

  /** What is gone from the registry cannot say any more that it is deployed. */
  deleted(): void {
    for (const { scope } of this.#world.runs)
      if (this.#isPromoted(scope)) this.deployments.doubt(scope, 'forgetful')
  }

  /** With `changed-since` the registry knows what is deployed, whatever becomes of the records. */
  #isPromoted(scope: string): boolean {
    return this.#world.runs.some((run) => run.scope === scope && run.promotes !== undefined)
  }

  /** Two runs of a scope were under way at the same time. */
  overtaken(scope: string): void {
    const isExcused = this.#excused.has('no lost deploy after simultaneous runs')
    const memory: Memory = isExcused ? 'misled' : 'overtaken'
    this.deployments.doubt(scope, memory)
  }

  #seen(ended: Ended, others: readonly Run[]): Observation {
    const [world, rightFor, fingerprints] = [this.#world, this.#rightFor, this.#fingerprints]
    return { ended, others, world, pointed: new Map(), deployments: this.deployments, rightFor, fingerprints }
  }

  #demand(ended: Ended, breaches: readonly Breach[]): void {
    const found = breaches.filter(({ promise }) => !this.#excused.has(promise))
    const lines = found.map(({ promise, what }) => `  ${promise}: ${what}`)
    if (lines.length > 0) throw new Broken([describe(ended), ...lines].join('\n'))
  }

  /** Where the tags were moved by this run: what it did not get to may point by chance where it should. */
  async #remember({ run, host }: Ended): Promise<void> {
    const { moving } = run.tags
    const delivered = host.json('digests') as Partial<Record<Service, string>> | null
    if (moving === undefined || delivered === null) return
    const { repository } = this.#world
    for (const service of requestedOf(run).filter((name) => delivered[name] !== undefined)) {
      const image = await this.#world.images.look(this.#world.nameOf(service), moving)
      if (image?.content !== this.#world.wanted(service, run.commit)) continue
      const last = this.#rightFor.get(`${run.scope} ${service}`)
      const isOld = last !== undefined && repository.isBehind(run.commit, last)
      if (isOld && repository.headOf(moving) !== run.commit) continue
      this.#rightFor.set(`${run.scope} ${service}`, run.commit)
    }
  }
}

function describe({ run, code, struck, host }: Ended): string {
  const how = code === undefined ? 'died' : `ended with ${code}`
  const why = host.failures.map(({ message }) => message.split('\n')[0]).join('; ')
  return `run ${run.id} of ${run.scope} at ${run.commit.slice(0, 7)} ${how}${struck ? ` (${struck})` : ''}: ${why}`
}
