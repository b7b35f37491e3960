import { AFRESH, withoutOptions } from '../model/buildx-options.js'
import type { BuildStatus } from '../model/build-status.js'
import { type BuildCause, type BuildFailed, ok, type Result } from '../model/failure.js'
import type { BuildRequest, BuildWatch, Built } from '../ports/image-builder.js'
import type { Underway } from './execution.js'

/** What a cause is answered with, once for each of its pauses, and in what words. */
interface Remedy {
  readonly pausesMs: readonly number[]
  readonly words: string
  /** The builder has the steps' results already: what their second run tells of them is no news. */
  readonly isRepeat: boolean
  readonly change: (options: readonly string[]) => readonly string[]
}

const MINUTE_MS = 60_000

/** BuildKit itself tries a broken push four times within seconds, so that these pauses are for longer outages. */
const REMEDIES: Readonly<Record<BuildCause, Remedy | undefined>> = {
  registry: {
    pausesMs: [5000, 20_000, MINUTE_MS],
    words: 'the registry failed, the image is pushed again',
    isRepeat: true,
    change: (options) => withoutOptions(options, AFRESH),
  },
  'cache-import': {
    pausesMs: [0],
    words: 'the layer cache failed, the image is built without reading it',
    isRepeat: false,
    change: (options) => withoutOptions(options, ['--cache-from']),
  },
  // Denied once, it would be denied again, whatever is read.
  'cache-export': {
    pausesMs: [0],
    words: 'the layer cache could not be written, the image is built without that',
    isRepeat: true,
    change: (options) => withoutOptions(options, [...AFRESH, '--cache-to']),
  },
  builder: {
    pausesMs: [5000],
    words: 'the connection to the builder was lost, the image is built again',
    isRepeat: false,
    change: (options) => options,
  },
  // A notice at the end of the run says how to mend it, see `fullDisk`.
  disk: undefined,
  code: undefined,
}

/**
 * Builds, and once more where not the image but what is around it was at fault. Each cause has tries of its own, so that
 * all of them together are few, and the longest wait is known. Nothing is tried again once no further build is to start.
 */
export async function buildPersistently(
  request: BuildRequest,
  watch: BuildWatch,
  execution: Underway,
): Promise<Result<Built>> {
  const { builder, clock, notify, noneFurther } = execution
  const isOver = () => noneFurther.aborted
  const tries = new Map<BuildCause, number>()
  let [paused, isRepeat] = [0, false]
  let status: BuildStatus | undefined
  const listening: BuildWatch = {
    ...watch,
    onStatus: (heard) => {
      if (isRepeat) return
      status = heard
      watch.onStatus(heard)
    },
  }
  const started = clock.now()
  for (;;) {
    const built = await builder.build(request, listening)
    if (built.ok && tries.size === 0) return built
    if (built.ok)
      return ok({
        ...built.value,
        durationMs: clock.now() - started - paused,
        status: { ...(status ?? built.value.status), pushedBytes: built.value.status.pushedBytes },
      })
    const [failure] = built.failures
    if (failure?.kind !== 'build-failed' || isOver()) return built
    const before = tries.get(failure.cause) ?? 0
    const remedy = REMEDIES[failure.cause]
    const pause = remedy?.pausesMs[before]
    if (remedy === undefined || pause === undefined) return built
    const options = remedy.change(request.options)
    if (failure.cause.startsWith('cache-') && options.length === request.options.length) return built
    tries.set(failure.cause, before + 1)
    notify({ message: `\`${request.service}\`: ${remedy.words}: ${firstLine(failure)}` })
    const wait = Math.min(Math.max(pause, failure.retryAfterMs ?? 0), MINUTE_MS)
    await clock.pause(wait, noneFurther)
    paused += wait
    if (isOver() || (failure.cause === 'builder' && !(await isThere(execution)))) return built
    request = { ...request, options }
    isRepeat = remedy.isRepeat
  }
}

/** buildx starts a builder of its own that was stopped; one elsewhere is asked for. */
async function isThere({ builder, request }: Underway): Promise<boolean> {
  return (await builder.available(request.builder)).ok
}

function firstLine({ message }: BuildFailed): string {
  return message.split('\n')[0] ?? ''
}
