import { createHash } from 'node:crypto'
import type { BuildStatus } from '../../src/model/build-status.js'
import { failed, ok, type Failure, type Result } from '../../src/model/failure.js'
import type {
  Abilities,
  BuildRequest,
  BuildWatch,
  Built,
  ImageBuilder,
  ProgressLine,
} from '../../src/ports/image-builder.js'
import { STATUS } from './images.js'
import type { FakeEngine } from './fake-engine.js'
import type { FakeRegistry } from './fake-registry.js'

/** Builds at once and puts what it built where the request wants it; a digest is made from the reference. */
export class FakeBuilder implements ImageBuilder {
  readonly requests: BuildRequest[] = []
  /** Every call, in order. */
  readonly log: string[] = []
  /** Service → how its builds fail. */
  readonly failing = new Map<string, Failure>()
  /** Services whose builds end only when they are aborted. */
  readonly endless = new Set<string>()
  /** Services whose builds name no digest. */
  readonly nameless = new Set<string>()
  readonly lines: ProgressLine[] = []
  /** Called when a build starts. */
  onStart: (service: string) => void = () => undefined
  isMissing = false
  hasLayouts = true
  hasLayerCaches = true
  /** What each build tells of itself. */
  status: BuildStatus = STATUS
  /** Bytes of each image that is pushed; absent: its manifest does not say it. */
  size?: number
  private readonly places: { registry?: FakeRegistry; engine?: FakeEngine }

  constructor(places: { registry?: FakeRegistry; engine?: FakeEngine } = {}) {
    this.places = places
  }

  available(builder?: string): Promise<Result<Abilities>> {
    this.log.push(`available ${builder ?? ''}`.trimEnd())
    return Promise.resolve(
      this.isMissing
        ? failed({ kind: 'environment-missing', message: 'Docker does not answer' })
        : ok({ hasLayouts: this.hasLayouts, hasLayerCaches: this.hasLayerCaches }),
    )
  }

  async build(request: BuildRequest, watch: BuildWatch): Promise<Result<Built>> {
    this.requests.push(request)
    this.log.push(`build ${request.service}`)
    this.onStart(request.service)
    for (const line of this.lines) watch.onLine(line)
    await new Promise(setImmediate)
    if (this.endless.has(request.service)) {
      await aborted(watch.signal)
      return failed({ kind: 'interrupted', message: 'stopped' })
    }
    const failure = this.failing.get(request.service)
    if (failure !== undefined) return failed(failure)
    if (this.nameless.has(request.service)) return ok({ durationMs: 1000, status: this.status })
    for (const tag of request.tags) {
      const { registry } = this.places
      if (request.push && registry?.immutable.has(tag.replace(/:[^:]*$/, '')) && registry.manifests.has(tag))
        return failed({
          kind: 'build-failed',
          message: `${tag} is immutable`,
          log: [],
          cause: 'code',
          tail: [],
        })
      const content = { labels: labelsOf(request), ...(this.size !== undefined && { size: this.size }) }
      if (request.push) this.places.registry?.push(tag, builtDigest(tag), content)
      if (request.load) this.places.engine?.images.set(tag, builtDigest(tag))
    }
    return ok({ digest: builtDigest(request.tags[0] ?? ''), durationMs: 1000, status: this.status })
  }
}

function labelsOf({ options }: BuildRequest): Record<string, string> {
  const labels = options.filter((_, index) => options[index - 1] === '--label')
  return Object.fromEntries(labels.map((label) => label.split(/=(.*)/s, 2) as [string, string]))
}

/** The digest of what the fake builds under a reference. */
export function builtDigest(reference: string): string {
  return `sha256:${createHash('sha256').update(reference).digest('hex')}`
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => {
      resolve()
    })
  })
}
