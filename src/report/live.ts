import type { BuildStatus } from '../model/build-status.js'
import type { RunEvent } from '../model/event.js'
import type { Outcome } from '../model/outcome.js'
import type { Plan } from '../model/plan.js'
import { nameText, nameWidth } from './terminal.js'
import { padded, textTable } from './text-table.js'
import { durationText } from './view.js'
import { visibleLog } from './visible.js'

interface Underway {
  readonly started: number
  readonly status?: BuildStatus
  /** The last one that began. */
  readonly step: string
}

/** The builds that go on, each as one line that says how far it is; times are in milliseconds. */
export class LiveBuilds {
  readonly #width: number
  /** Name → what its last build took. */
  readonly #estimates: ReadonlyMap<string, number>
  /** Names of the images that are to be built and have neither begun nor ended. */
  readonly #waiting: Set<string>
  /** In the order in which they began. */
  readonly #underway = new Map<string, Underway>()
  #done = 0
  #failed = 0

  constructor(plan: Plan) {
    this.#width = nameWidth(plan)
    this.#estimates = new Map(
      plan.images.flatMap(({ service, record }) =>
        record?.durationMs === undefined ? [] : [[service.name, record.durationMs] as const],
      ),
    )
    this.#waiting = new Set(
      plan.images.flatMap(({ decision, service }) => (decision.kind === 'rebuild' ? [service.name] : [])),
    )
  }

  take(event: RunEvent, now: number): void {
    if (event.kind === 'finished') this.#end(event.outcome)
    else this.#go(event, now)
  }

  #end({ kind, image }: Outcome): void {
    const { name } = image.service
    const wasWaiting = this.#waiting.delete(name)
    // Most images of a run are reused from the start.
    if (!this.#underway.delete(name) && !wasWaiting) return
    if (kind === 'built' || kind === 'reused') this.#done++
    else if (kind === 'failed' || kind === 'blocked') this.#failed++
  }

  #go(event: Exclude<RunEvent, { kind: 'finished' }>, now: number): void {
    const { service } = event
    this.#waiting.delete(service)
    const before = this.#underway.get(service) ?? { started: now, step: '' }
    if (event.kind === 'build-status') this.#underway.set(service, { ...before, status: event.status })
    else if (event.kind === 'build-progress' && !event.isOutput)
      this.#underway.set(service, { ...before, step: visibleLog(event.line) })
    else this.#underway.set(service, before)
  }

  /** None while nothing goes on; what there is besides the builds that are drawn is counted first. */
  lines(now: number): string[] {
    if (this.#underway.size === 0) return []
    const builds = [...this.#underway]
    const states = textTable(
      builds.map(([service, build]) => this.#cells(service, build, now)),
      { color: false },
    )
    const lines = builds.map(
      ([service], index) => `${padded(nameText(service), this.#width)}  | ${states[index] ?? ''}`,
    )
    return this.#done + this.#failed + this.#waiting.size === 0 ? lines : [this.#count(), ...lines]
  }

  #cells(service: string, { started, status, step }: Underway, now: number) {
    const elapsed = now - started
    const estimate = this.#estimates.get(service)
    const { steps = 0, done = 0 } = status ?? {}
    const share = estimate === undefined ? done / steps : elapsed / estimate
    return [
      { text: steps > 0 ? `${done}/${steps}` : '', isNumber: true },
      { text: percentage(share), isNumber: true },
      { text: timeText(elapsed, estimate) },
      { text: step },
    ]
  }

  #count(): string {
    const counts = [
      { count: this.#done, word: 'done' },
      { count: this.#failed, word: 'failed' },
      { count: this.#underway.size, word: 'building' },
      { count: this.#waiting.size, word: 'waiting' },
    ]
    const texts = counts.flatMap(({ count, word }) => (count === 0 ? [] : [`${count} ${word}`]))
    return texts.join(', ')
  }
}

/** What goes on is not done; `NaN`, of no steps, says nothing. */
function percentage(share: number): string {
  return Number.isNaN(share) ? '' : `${Math.min(99, Math.floor(share * 100))} %`
}

function timeText(elapsed: number, estimate: number | undefined): string {
  const left = (estimate ?? 0) - elapsed
  return left > 0 ? `${durationText(elapsed)}, ~${durationText(left)} left` : durationText(elapsed)
}
