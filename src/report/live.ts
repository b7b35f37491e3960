import type { BuildStatus } from '../model/build-status.js'
import type { RunEvent } from '../model/event.js'
import type { Plan } from '../model/plan.js'
import { nameText, nameWidth } from './terminal.js'
import { durationText } from './view.js'
import { visible, visibleLog } from './visible.js'

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
  /** In the order in which they began. */
  readonly #underway = new Map<string, Underway>()

  constructor(plan: Plan) {
    this.#width = nameWidth(plan)
    this.#estimates = new Map(
      plan.images.flatMap(({ service, record }) =>
        record?.durationMs === undefined ? [] : [[service.name, record.durationMs] as const],
      ),
    )
  }

  take(event: RunEvent, now: number): void {
    if (event.kind === 'finished') {
      this.#underway.delete(event.outcome.image.service.name)
      return
    }
    const { service } = event
    const before = this.#underway.get(service) ?? { started: now, step: '' }
    if (event.kind === 'build-status') this.#underway.set(service, { ...before, status: event.status })
    else if (event.kind === 'build-progress' && !event.isOutput)
      this.#underway.set(service, { ...before, step: visibleLog(event.line) })
    else this.#underway.set(service, before)
  }

  lines(now: number): string[] {
    return [...this.#underway].map(([service, build]) => {
      const elapsed = now - build.started
      const name = nameText(visible(service)).padEnd(this.#width)
      const estimate = this.#estimates.get(service)
      const { steps = 0, done = 0 } = build.status ?? {}
      const cells = [
        steps > 0 ? `${done}/${steps}` : '',
        percentage(estimate === undefined ? done / steps : elapsed / estimate),
        timeText(elapsed, estimate),
        build.step,
      ]
      return `${name}  | ${cells.filter((cell) => cell !== '').join('  ')}`
    })
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
