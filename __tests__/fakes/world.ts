import type { RawInputs } from '../../src/config/input-reader.js'
import type { RunContext } from '../../src/model/request.js'
import type { StateRecord } from '../../src/model/state.js'
import { run } from '../../src/pipeline.js'
import type { CommentThread } from '../../src/ports/comment-thread.js'
import type { Job, Ports } from '../../src/pipeline/job.js'
import { decodeState } from '../../src/state/decode.js'
import { FakeBuildInfo } from './fake-build-info.js'
import { FakeBuilder } from './fake-builder.js'
import { FakeContainers } from './fake-containers.js'
import { FakeDefinitions } from './fake-definitions.js'
import { FakeEngine } from './fake-engine.js'
import { FakeGitTree, type FakeTree } from './fake-git-tree.js'
import { FakeRegistry } from './fake-registry.js'
import { context } from './images.js'
import { MemoryArtifacts } from './memory-artifacts.js'
import { MemoryLayers } from './memory-layers.js'
import { MemoryLayouts } from './memory-layouts.js'
import { MemoryStore } from './memory-store.js'
import { RecordingHost } from './recording-host.js'

const NOW = Date.parse('2026-08-01T10:00:00Z')
const CONFIG = '.github/smart-image-build.yml'

/** A repository of two services, `api` and `web`. */
export const SHOP: Readonly<Record<string, string>> = {
  [CONFIG]: 'registry: ghcr.io/acme\nservices:\n  api: {context: api}\n  web: {context: web}\n',
  'api/Dockerfile': 'FROM scratch\nCOPY . /\n',
  'api/main.go': 'package main',
  'web/Dockerfile': 'FROM scratch\nCOPY . /\n',
  'web/index.html': '<html>',
}

/** What a run left behind, besides what it changed in the world. */
export interface Run {
  readonly code: number
  readonly host: RecordingHost
  readonly builder: FakeBuilder
}

/** All that outlives a run: repository, registry, engine, kept layouts and stored records. Runs are numbered 1, 2, 3. */
export class World {
  readonly git: FakeGitTree
  readonly definitions = new FakeDefinitions()
  readonly registry = new FakeRegistry()
  readonly engine = new FakeEngine()
  readonly layouts = new MemoryLayouts()
  readonly layers = new MemoryLayers()
  /** What a run may do with the cache that BuildKit itself calls. */
  readonly layerService = new MemoryLayers()
  readonly store = new MemoryStore()
  readonly artifacts = new MemoryArtifacts()
  readonly containers = new FakeContainers()
  readonly buildInfo = new FakeBuildInfo()
  /** Of the pull request that the runs to come are for. */
  thread?: CommentThread
  readonly stop = new AbortController()
  /** Stands still but for pauses; `onPause` changes the world meanwhile. */
  readonly clock = { now: () => this.now, pause: (milliseconds: number) => this.#pause(milliseconds) }
  now = NOW
  onPause: () => void = () => undefined
  /** Changes the host and builder of the runs to come. */
  prepare: (run: Pick<Run, 'host' | 'builder'>) => void = () => undefined
  #runs = 0

  constructor(tree: FakeTree = {}) {
    this.git = new FakeGitTree({ committed: SHOP, ...tree })
  }

  #pause(milliseconds: number): Promise<void> {
    this.now += milliseconds
    this.onPause()
    return Promise.resolve()
  }

  async run(inputs: RawInputs = { push: 'true' }, given: Partial<RunContext> = {}): Promise<Run> {
    const host = new RecordingHost()
    const builder = new FakeBuilder({ registry: this.registry, engine: this.engine })
    this.prepare({ host, builder })
    this.registry.log.length = 0
    this.layouts.log.length = 0
    const job: Job = {
      inputs,
      defaults: { maxParallel: 4, layerCache: 'none' },
      context: context({ runId: String(++this.#runs), ...given }),
      rootName: 'shop',
      color: false,
      version: '0.0.0-test',
      signal: this.stop.signal,
    }
    const code = await run(job, this.ports({ host, builder }))
    return { code, host, builder }
  }

  /** All that a run touches. */
  ports({ host, builder }: Pick<Run, 'host' | 'builder'>): Ports {
    const { git, definitions, registry, engine, layouts, layers, layerService, store, artifacts } = this
    return {
      git,
      definitions,
      registry,
      engine,
      layouts,
      layers,
      layerService,
      store,
      artifacts,
      containers: this.containers,
      buildInfo: this.buildInfo,
      builder,
      host,
      ...(this.thread && { thread: this.thread }),
      clock: this.clock,
    }
  }

  /** The newest record of a service in a scope. */
  recordOf(service: string, scope = context().stateScope): StateRecord | undefined {
    const decoded = decodeState(this.store.texts.get(scope) ?? '', scope)
    return 'state' in decoded ? decoded.state.records.find((record) => record.service === service) : undefined
  }
}
