import { type Failure, unexpected } from '../model/failure.js'
import type { Outcome } from '../model/outcome.js'
import type { Plan, PlannedImage } from '../model/plan.js'
import { deliver } from './deliver.js'
import type { Execution } from './execution.js'
import { rebuild } from './rebuild.js'
import { inParallel } from './schedule.js'

/**
 * Carries out every decision of the plan; outcomes come in the plan's order. One image's failure stays with it: the
 * others are built, pushed and reported, unless `fail-fast` is set.
 */
export async function execute(plan: Plan, execution: Execution): Promise<Outcome[]> {
  const stop = new AbortController()
  const signal = AbortSignal.any([execution.signal, stop.signal])
  return inParallel(plan.images, execution.request.maxParallel, async (image) => {
    const isStopped = signal.aborted && image.decision.kind !== 'skip'
    const outcome = isStopped ? cancelled(image) : await carryOut(image, execution).catch(brokenOff(image))
    if (outcome.kind === 'failed' && execution.request.failFast) stop.abort()
    await execution.record(outcome)
    execution.on({ kind: 'finished', outcome })
    return outcome
  })
}

/** A bug in one image's work must not take the others' results with it. */
function brokenOff(image: PlannedImage): (error: unknown) => Outcome {
  return (error) => failedOutcome(image, [unexpected(error)])
}

function cancelled(image: PlannedImage): Outcome {
  return { kind: 'cancelled', image }
}

async function carryOut(image: PlannedImage, execution: Execution): Promise<Outcome> {
  const { decision } = image
  if (decision.kind === 'skip') return { kind: 'skipped', image }
  if (decision.kind === 'reuse') {
    const { digest, found } = decision
    const isLoaded = found === 'engine'
    const delivered = await deliver(image, { digest, isLoaded, isReused: true }, execution)
    if (delivered.kind === 'done') return { kind: 'reused', image, ...(digest !== undefined && { digest }) }
    if (delivered.kind === 'failed') return failedOutcome(image, delivered.failures)
    // It is gone since it was asked for, or could not be asked for.
    const reasons = [{ kind: 'image-missing' }] as const
    return carryOut({ ...image, changed: true, decision: { kind: 'rebuild', reasons } }, execution)
  }
  const rebuilt = await rebuild(image, execution)
  switch (rebuilt.kind) {
    case 'adopted':
      return carryOut(
        { ...image, decision: { kind: 'reuse', found: 'registry', digest: rebuilt.digest } },
        execution,
      )
    case 'interrupted':
      return cancelled(image)
    case 'failed':
      return failedOutcome(image, rebuilt.failures)
    case 'built': {
      const { digest, durationMs } = rebuilt
      const isLoaded = execution.request.load
      const delivered = await deliver(image, { digest, isLoaded, isReused: false }, execution)
      if (delivered.kind === 'done')
        return { kind: 'built', image, durationMs, ...(digest !== undefined && { digest }) }
      return failedOutcome(image, delivered.failures)
    }
  }
}

function failedOutcome(image: PlannedImage, [failure]: readonly Failure[]): Outcome {
  if (failure === undefined) throw new Error('A failed result without a failure')
  return { kind: 'failed', image, failure }
}
