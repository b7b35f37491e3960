import type { Image } from './images.js'
import type { Service } from './services.js'

/**
 * How far the records of a scope can be trusted to tell what runs, from best to worst. `overtaken`: runs were under way
 * at the same time. `forgetful`: what runs may be deployed once more. `misled`: the records speak of something else, and
 * then only `changed-since` keeps a deploy from being lost.
 */
const MEMORIES = ['exact', 'overtaken', 'forgetful', 'misled'] as const
export type Memory = (typeof MEMORIES)[number]

/** What runs where: a state scope stands for the place that its workflow deploys to. */
export class Deployments {
  readonly #running = new Map<string, Image>()
  readonly #memories = new Map<string, Memory>()

  running(scope: string, service: Service): Image | undefined {
    return this.#running.get(`${scope} ${service}`)
  }

  deploy(scope: string, service: Service, image: Image): void {
    this.#running.set(`${scope} ${service}`, image)
  }

  memory(scope: string): Memory {
    return this.#memories.get(scope) ?? 'exact'
  }

  /** Trust that is lost does not come back. */
  doubt(scope: string, memory: Memory): void {
    const worst = Math.max(MEMORIES.indexOf(this.memory(scope)), MEMORIES.indexOf(memory))
    this.#memories.set(scope, MEMORIES[worst] ?? memory)
  }
}
