import { failed, ok, type Result } from '../../src/model/failure.js'
import type {
  Abilities,
  BuildRequest,
  BuildWatch,
  Built,
  ImageBuilder,
} from '../../src/ports/image-builder.js'
import { STATUS } from '../fakes/images.js'
import type { Images, Labels } from './images.js'
import type { Gate } from './process.js'
import { contentOf, type Service, type Sources } from './services.js'

/** One build that was started, with what an onlooker saw. */
export interface Build {
  readonly service: Service
  readonly content: string
  /** The tag that is pushed first. */
  readonly tag: string
  readonly ended: 'pushed' | 'built' | 'failed' | 'stopped'
  /** An image was there under the tag when the build was asked for. */
  readonly wasThere: boolean
}

/** Builds what a checkout has. A build without a push leaves nothing behind. */
export class ModelBuilder implements ImageBuilder {
  readonly builds: Build[] = []
  readonly #pushing: Promise<unknown>[] = []
  readonly #images: Images
  readonly #sources: Sources
  readonly #failing: readonly Service[]
  readonly #gate: Gate

  constructor(images: Images, sources: Sources, of: { failing: readonly Service[]; gate: Gate }) {
    this.#images = images
    this.#sources = sources
    this.#failing = of.failing
    this.#gate = of.gate
  }

  /** Ends with the last push, which the engine may be gone before: no later run is to meet it half done. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#pushing)
  }

  available(): Promise<Result<Abilities>> {
    return Promise.resolve(ok({ hasLayouts: true, hasLayerCaches: true }))
  }

  async build(request: BuildRequest, { signal }: BuildWatch): Promise<Result<Built>> {
    const service = request.service as Service
    const content = contentOf(service, this.#sources)
    const [reference = ''] = request.tags
    const colon = reference.lastIndexOf(':')
    const [repository, tag] = [reference.slice(0, colon), reference.slice(colon + 1)]
    const wasThere = (await this.#images.look(repository, tag)) !== undefined
    const end = (ended: Build['ended']): void => {
      this.builds.push({ service, content, tag, ended, wasThere })
    }
    await this.#gate.pass('build')
    if (signal.aborted) {
      end('stopped')
      return failed({ kind: 'interrupted', message: 'stopped' })
    }
    if (this.#failing.includes(service)) {
      end('failed')
      return failed({ kind: 'build-failed', message: 'exit code 1', log: [], cause: 'code', tail: [] })
    }
    if (!request.push) {
      end('built')
      return ok({ durationMs: 1000, status: STATUS })
    }
    if (this.#images.isDown) {
      end('failed')
      return failed({ kind: 'build-failed', message: 'push: HTTP 503', log: [], cause: 'registry', tail: [] })
    }
    const pushed = this.#images.push({ repository, tag }, content, labelsOf(request))
    this.#pushing.push(pushed)
    const digest = await pushed
    end('pushed')
    return ok({ digest, durationMs: 1000, status: STATUS })
  }
}

function labelsOf({ options }: BuildRequest): Labels {
  const labels = options.filter((_, index) => options[index - 1] === '--label')
  return Object.fromEntries(
    labels.map((label) => [label.slice(0, label.indexOf('=')), label.slice(label.indexOf('=') + 1)]),
  )
}
