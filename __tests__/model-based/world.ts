import { run as runEngine } from '../../src/pipeline.js'
import type { ObjectId } from '../../src/model/snapshot.js'
import { context } from '../fakes/images.js'
import { FakeBuildInfo } from '../fakes/fake-build-info.js'
import { FakeContainers } from '../fakes/fake-containers.js'
import { FakeEngine } from '../fakes/fake-engine.js'
import { MemoryArtifacts } from '../fakes/memory-artifacts.js'
import { MemoryLayers } from '../fakes/memory-layers.js'
import { MemoryLayouts } from '../fakes/memory-layouts.js'
import { RecordingHost } from '../fakes/recording-host.js'
import { ActionsCache, CacheSession } from './actions-cache.js'
import { type Build, ModelBuilder } from './builder.js'
import type { Run } from './events.js'
import type { Images } from './images.js'
import { type Fault, type FaultKind, Gate, type Interruption } from './process.js'
import { Checkout, Repository } from './repository.js'
import { contentOf, type Service, SERVICES, SOURCES, type Sources } from './services.js'

/** What a run meets with. */
export interface Fate {
  readonly fails?: readonly Service[]
  readonly fault?: Fault
  /** Services whose deploy fails; without `changed-since` a deploy that fails is the deploy job's to repeat. */
  readonly undeployed?: readonly Service[]
}

/** How a run went. */
export interface Ended {
  readonly run: Run
  /** Absent when the process went away before its end. */
  readonly code: number | undefined
  readonly host: RecordingHost
  readonly builds: readonly Build[]
  /** Set when the fault was reached. */
  readonly struck: FaultKind | undefined
  /** Methods of the ports that were called, but for git's. */
  readonly calls: readonly string[]
  /** Commit that its scope starts from: what it takes over from there needs no deploy. */
  readonly baseline: ObjectId | undefined
}

const NOW = Date.parse('2026-08-01T10:00:00Z')
const FIRST = Object.fromEntries(SOURCES.map((source) => [source, 0])) as Sources

/** All that outlives a run. */
export class World {
  readonly repository: Repository
  readonly cache = new ActionsCache()
  readonly images: Images
  /** Every run that was started, without re-runs. */
  readonly runs: Run[] = []
  readonly #checkouts = new Map<ObjectId, Checkout>()
  #time = NOW

  /** `prefix`: of the images' names in the registry. */
  constructor(images: Images, prefix: string) {
    this.images = images
    this.repository = new Repository(prefix, FIRST)
  }

  nameOf(service: Service): string {
    return `${this.repository.prefix}/${service}`
  }

  /** What an image of the service has to hold at a commit. */
  wanted(service: Service, commit: string): string {
    return contentOf(service, this.repository.at(commit).sources)
  }

  /** The engine's work in a process of its own, from its start to its end or its death. */
  async carryOut(run: Run, { fails = [], fault }: Fate, interruption?: Interruption): Promise<Ended> {
    const baseline = run.baseline?.(this.repository)
    const stop = new AbortController()
    const store = new CacheSession(this.cache)
    const strikes: Readonly<Record<FaultKind, () => void>> = {
      cancelled: () => {
        stop.abort()
      },
      'cache-outage': () => (store.isDown = true),
      'registry-outage': () => (this.images.isDown = true),
      crashed: () => undefined,
      'runner-lost': () => undefined,
      'git-failure': () => undefined,
    }
    const gate = new Gate({
      ...(fault && { fault }),
      ...(interruption && { interruption }),
      strike: (kind) => {
        strikes[kind]()
      },
    })
    const host = new RecordingHost()
    const { sources } = this.repository.at(run.commit)
    const builder = new ModelBuilder(this.images, sources, { failing: fails, gate })
    const ports = {
      git: gate.guardGit(this.#checkout(run.commit)),
      registry: gate.guard(this.images.port),
      builder,
      store: gate.guard(store),
      artifacts: new MemoryArtifacts(),
      host: gate.guard(host, 'summary'),
      engine: new FakeEngine(),
      containers: new FakeContainers(),
      buildInfo: new FakeBuildInfo(),
      layouts: new MemoryLayouts(),
      layers: new MemoryLayers(),
      layerService: new MemoryLayers(),
      definitions: { print: () => Promise.reject(new Error('there are no definitions here')) },
      clock: { now: () => ++this.#time, pause: () => Promise.resolve() },
    }
    const code = await Promise.race([runEngine(jobOf(run, stop.signal), ports), gate.died])
    await gate.settle()
    await builder.settle()
    if (gate.trouble !== undefined) throw gate.trouble as Error
    if (fault?.kind === 'registry-outage') this.images.isDown = false
    if (!(gate.isStruck && fault?.kind === 'runner-lost')) store.upload()
    const struck = gate.isStruck ? fault?.kind : undefined
    return { run, code, host, builds: builder.builds, struck, calls: gate.calls, baseline }
  }

  #checkout(commit: ObjectId): Checkout {
    const checkout = this.#checkouts.get(commit) ?? new Checkout(this.repository, commit)
    this.#checkouts.set(commit, checkout)
    return checkout
  }
}

function jobOf(run: Run, signal: AbortSignal): Parameters<typeof runEngine>[0] {
  return {
    inputs: run.inputs,
    defaults: { maxParallel: 2, layerCache: 'none' },
    context: context({
      ...run.context,
      ...(run.isRerun && { isRerun: true }),
      runId: run.id,
      stateScope: run.scope,
    }),
    rootName: 'model',
    version: '0.0.0-model',
    color: false,
    signal,
  }
}

export function requestedOf({ inputs }: Run): readonly Service[] {
  return inputs['services'] === undefined ? SERVICES : SERVICES.filter((name) => name === inputs['services'])
}
