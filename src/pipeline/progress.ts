import type { RunEvent } from '../model/event.js'
import type { Plan } from '../model/plan.js'
import type { Clock } from '../ports/clock.js'
import type { Host } from '../ports/host.js'
import { LiveBuilds } from '../report/live.js'
import { type EventOptions, eventLine, nameWidth } from '../report/terminal.js'

/** Of each build's log, where it is shown as a whole; the rest would only make the page slow. */
const MOST_LINES = 5000

interface Log {
  readonly lines: string[]
  left: number
}

/** Shows what happens in the way of the host: line by line, as the state of each build, or each build's log as a whole. */
export class Progress {
  readonly #host: Host
  readonly #clock: Clock
  readonly #options: EventOptions
  readonly #live: LiveBuilds
  readonly #logs = new Map<string, Log>()

  constructor(plan: Plan, of: { readonly color: boolean; readonly host: Host; readonly clock: Clock }) {
    this.#host = of.host
    this.#clock = of.clock
    this.#options = { color: of.color, width: nameWidth(plan) }
    this.#live = new LiveBuilds(plan)
    this.#host.live(() => this.#live.lines(this.#clock.now()))
  }

  show(event: RunEvent): void {
    this.#live.take(event, this.#clock.now())
    const line = eventLine(event, this.#options)
    if (this.#host.progressStyle === 'groups') this.#gather(event, line)
    if (line === undefined) return
    if (event.kind === 'finished') this.#host.progress(line)
    else if (this.#host.progressStyle === 'live') return
    else if (event.kind !== 'build-progress' || !event.isOutput) this.#host.progress(line)
    else if (this.#host.progressStyle === 'lines') this.#host.detail(line)
  }

  /** Nothing goes on any more. */
  end(): void {
    this.#host.live(undefined)
  }

  /** Lines of builds that go on at once are hard to tell apart: at its end each is shown alone. */
  #gather(event: RunEvent, line: string | undefined): void {
    if (event.kind === 'finished') {
      const { name } = event.outcome.image.service
      const log = this.#logs.get(name)
      this.#logs.delete(name)
      if (log === undefined) return
      const more = log.left > 0 ? [`… ${log.left} earlier lines are left out`] : []
      this.#host.group(`Build of ${name}`, [...more, ...log.lines])
    } else if (event.kind === 'build-progress' && line !== undefined) {
      const log = this.#logs.get(event.service) ?? { lines: [], left: 0 }
      this.#logs.set(event.service, log)
      log.lines.push(line)
      if (log.lines.length > MOST_LINES) {
        log.lines.shift()
        log.left++
      }
    }
  }
}
