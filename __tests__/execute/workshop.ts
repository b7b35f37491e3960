import { execute } from '../../src/execute/execute.js'
import type { Execution } from '../../src/execute/execution.js'
import type { RunEvent } from '../../src/model/event.js'
import type { Failure } from '../../src/model/failure.js'
import type { Outcome } from '../../src/model/outcome.js'
import type { Clock } from '../../src/ports/clock.js'
import type { Decision, PlannedImage } from '../../src/model/plan.js'
import { FakeBuilder } from '../fakes/fake-builder.js'
import { FakeContainers } from '../fakes/fake-containers.js'
import { FakeEngine } from '../fakes/fake-engine.js'
import { FakeRegistry } from '../fakes/fake-registry.js'
import { NO_LAYER_CACHING } from '../../src/execute/layer-cache.js'
import { MemoryLayers } from '../fakes/memory-layers.js'
import { MemoryLayouts } from '../fakes/memory-layouts.js'
import { COMMIT, digest, request } from '../fakes/images.js'

export const A = digest('a')
export const TAG = `fp-${'1'.repeat(32)}`
export const API = `ghcr.io/acme/api:${TAG}`
export const REUSE: Decision = { kind: 'reuse', found: 'record', digest: A }
export const BROKEN: Failure = {
  kind: 'build-failed',
  message: 'code 1',
  log: ['oops'],
  cause: 'code',
  tail: [],
}

/** All that plans are carried out with, and what was heard of it. */
export class Workshop {
  readonly registry = new FakeRegistry()
  readonly engine = new FakeEngine()
  readonly builder = new FakeBuilder({ registry: this.registry, engine: this.engine })
  readonly containers = new FakeContainers()
  readonly layouts = new MemoryLayouts()
  readonly layers = new MemoryLayers()
  readonly events: RunEvent[] = []
  readonly notices: string[] = []
  readonly stop = new AbortController()

  /** How long the run would have waited each time, in milliseconds. */
  readonly pauses: number[] = []
  now = 0
  /** Passes with pauses alone. */
  readonly clock: Clock = {
    now: () => this.now,
    pause: (milliseconds) => {
      this.now += milliseconds
      return Promise.resolve(void this.pauses.push(milliseconds))
    },
  }

  run(images: readonly PlannedImage[], given: Partial<Execution> = {}): Promise<Outcome[]> {
    const { registry, engine, builder, clock, layouts, layers, stop } = this
    return execute(
      { commit: COMMIT, images },
      {
        request: request({ push: true }),
        audience: 'all',
        runId: '100',
        secrets: new Map(),
        commitArgs: new Map(),
        notify: (notice) => {
          this.notices.push(notice.message)
        },
        provenance: { revision: COMMIT, builtAt: '2026-08-01T10:00:00.000Z', platforms: ['linux/amd64'] },
        tags: new Map(images.map(({ service }) => [service.name, ['main', 'v1']])),
        ...{ builder, registry, engine, layouts, hasLayouts: builder.hasLayouts, signal: stop.signal },
        containers: this.containers,
        clock,
        ...{ layers, layerCaching: NO_LAYER_CACHING, hasLayerCaches: builder.hasLayerCaches },
        on: (event) => {
          this.events.push(event)
        },
        record: () => Promise.resolve(),
        ...given,
      },
    )
  }
}

export function kindsOf(outcomes: readonly Outcome[]): string[] {
  return outcomes.map(({ image, kind }) => `${image.service.name} ${kind}`)
}
