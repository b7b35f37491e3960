import { ok, type Result } from '../model/failure.js'
import type { BuildRequest, Built } from '../ports/image-builder.js'
import { bake, type BakeOptions, isBakeable, shareable, type SharedBuild } from './buildx-bake.js'
import { defaultParallel } from './parallel.js'

/** Builds one image by itself; `ran`: names of the steps that an earlier try of this run ran. */
export type BuildAlone = (build: SharedBuild, ran?: ReadonlySet<string>) => Promise<Result<Built>>

interface Asked extends SharedBuild {
  readonly resolve: (result: Result<Built>) => void
  readonly reject: (error: unknown) => void
}

const AGAIN = {
  text: 'Not all images could be built together: this one is built again, by itself',
  isOutput: false,
}

/** Gives builds that are asked for in the same turn of the event loop one process, and each of them its own result. */
export class SharedBuilds {
  private readonly options: BakeOptions
  private readonly alone: BuildAlone
  #asked: Asked[] = []

  constructor(options: BakeOptions, alone: BuildAlone) {
    this.options = options
    this.alone = alone
  }

  canTake(request: BuildRequest): boolean {
    return isBakeable(request, this.options.root)
  }

  build(build: SharedBuild): Promise<Result<Built>> {
    return new Promise((resolve, reject) => {
      this.#asked.push({ ...build, resolve, reject })
      if (this.#asked.length === 1) setImmediate(() => void this.#buildAsked())
    })
  }

  async #buildAsked(): Promise<void> {
    const lists = shareable(this.#asked)
    this.#asked = []
    const shared = lists.map((builds) =>
      this.#share(builds).catch((error: unknown) => {
        for (const { reject } of builds) reject(error)
      }),
    )
    await Promise.all(shared)
  }

  /** bake ends with the first failure, so that no other's is known, nor whether it would have come up without the others. */
  async #share(builds: readonly Asked[]): Promise<void> {
    const { now } = this.options
    const started = now()
    const baked = builds.length > 1 ? await bake(builds, this.options) : undefined
    if (baked?.kind === 'built') {
      for (const [build, built] of baked.built) build.resolve(ok(built))
      return
    }
    const left = [...builds]
    const inTurn = async () => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        if (baked !== undefined && !next.watch.signal.aborted) next.watch.onLine(AGAIN)
        const result = await this.alone(next, baked?.ran.get(next))
        next.resolve(result.ok ? ok({ ...result.value, durationMs: now() - started }) : result)
      }
    }
    await Promise.all(Array.from({ length: defaultParallel() }, inTurn))
  }
}
