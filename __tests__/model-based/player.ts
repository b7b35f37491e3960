import type { Damage } from './actions-cache.js'
import { Audit } from './audit.js'
import type { Delivery } from './deliveries.js'
import { type Event, happen, promotionOf, type Run } from './events.js'
import type { Deletion } from './images.js'
import { failedBuilds, type Promised } from './observation.js'
import type { Interruption } from './process.js'
import type { Service } from './services.js'
import type { Tally } from './tally.js'
import type { Ended, Fate, World } from './world.js'

/** One thing that happens. Plain data, so that a sequence can be shrunk, printed and written into a test. */
export type Step =
  /** Without a fate the run never starts: a newer push superseded it. */
  | { readonly kind: 'event'; readonly event: Event; readonly fate?: Fate }
  /** The second happens while the first one's run waits for its nth call. */
  | { readonly kind: 'overlap'; readonly first: Event; readonly at: number; readonly second: Event }
  | { readonly kind: 'damage'; readonly how: Damage; readonly pick: number }
  | { readonly kind: 'deletion'; readonly what: Deletion; readonly service: Service; readonly pick: number }

/** Carries steps out; throws `Broken` at the first that breaks a promise. */
export class Player {
  readonly #world: World
  readonly #audit: Audit
  readonly #tally: Tally

  constructor(world: World, { tally, excused }: { tally: Tally; excused: ReadonlySet<Promised> }) {
    this.#world = world
    this.#audit = new Audit(world, excused)
    this.#tally = tally
  }

  async play(step: Step): Promise<void> {
    this.#tally.count('step')
    switch (step.kind) {
      case 'event': {
        const run = this.#happen(step.event)
        if (run && step.fate) await this.#carryOut(run, step.fate)
        else if (run) this.#tally.count('superseded')
        return
      }
      case 'overlap':
        return this.#overlap(step)
      case 'damage': {
        const scopes = [...this.#world.cache.entries.keys()]
        const scope = scopes[step.pick % scopes.length] ?? ''
        if (!this.#world.cache.damage(scope, step.how)) return
        this.#audit.damaged(scope, step.how)
        this.#tally.count(step.how)
        return
      }
      case 'deletion': {
        const name = this.#world.nameOf(step.service)
        const tags = await this.#world.images.tagsOf(name)
        const tag = tags[step.pick % tags.length] ?? ''
        if (!(await this.#world.images.remove(name, tag, step.what))) return
        this.#audit.deleted()
        this.#tally.count(`${step.what} deleted`)
      }
    }
  }

  #happen(event: Event): Run | undefined {
    const run = happen(event, this.#world)
    if (run === undefined) return undefined
    if (!run.isRerun) this.#world.runs.push(run)
    this.#tally.count(event.kind === 'merge' ? event.how : event.kind)
    return run
  }

  async #overlap({ first, at, second }: Step & { kind: 'overlap' }): Promise<void> {
    const slow = this.#happen(first)
    if (slow === undefined) return
    const quick: Run[] = []
    const by = async (): Promise<void> => {
      const run = this.#happen(second)
      if (run === undefined || run.id === slow.id) return
      quick.push(run)
      this.#tally.count('overlap')
      if (run.scope === slow.scope) this.#audit.overtaken(run.scope)
      await this.#carryOut(run, {}, { others: [slow] })
    }
    await this.#carryOut(slow, {}, { others: quick, interruption: { at, by } })
  }

  async #carryOut(run: Run, fate: Fate, beside: Beside = { others: [] }): Promise<void> {
    const before = await this.#audit.before(run)
    const ended = await this.#world.carryOut(run, fate, beside.interruption)
    this.#count(ended)
    if (ended.struck === 'cache-outage') this.#audit.damaged(run.scope, 'rolled-back')
    const deliveries = await this.#audit.judge(ended, before, beside.others)
    const failed = await this.#deploy(deliveries, run, fate)
    this.#audit.judgeDeploys(ended, failed, beside.others)
  }

  /** Deploys all but what is fated to fail, each followed by the promotion that says so. Returns what failed. */
  async #deploy(
    deliveries: readonly Delivery[],
    run: Run,
    { undeployed = [] }: Fate,
  ): Promise<readonly Service[]> {
    const isLasting = run.promotes === undefined
    const failed = isLasting ? [] : undeployed
    for (const { service, digest } of deliveries) {
      if (failed.includes(service)) {
        this.#tally.count('failed deploy')
        continue
      }
      const content = this.#world.wanted(service, run.commit)
      this.#audit.deployments.deploy(run.scope, service, { digest, content })
      if (isLasting) continue
      const promotion = promotionOf(run, { service, digest })
      const before = await this.#audit.before(promotion)
      await this.#audit.judge(await this.#world.carryOut(promotion, {}), before)
    }
    return failed
  }

  #count(ended: Ended): void {
    this.#tally.count('run')
    if (ended.struck) this.#tally.count(ended.struck)
    if (failedBuilds(ended).length > 0) this.#tally.count('failing build')
  }
}

interface Beside {
  /** Runs under way at the same time. */
  readonly others: readonly Run[]
  readonly interruption?: Interruption
}
