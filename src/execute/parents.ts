import { failed, type Failure, ok, type Result, unless } from '../model/failure.js'
import type { PlannedImage } from '../model/plan.js'
import { fullName } from '../model/service.js'
import { type Parent, tagOf } from './build.js'
import type { LayoutName } from '../ports/image-layouts.js'
import type { Underway } from './execution.js'

/** The images of ours that an image is built from, as they are now: each has been built or found before. */
export function parentsOf(image: PlannedImage, execution: Underway): Result<readonly Parent[]> {
  const failures: Failure[] = []
  const parents: Parent[] = []
  for (const [context, name] of Object.entries(image.parents)) {
    const parent = parentOf(name, execution)
    if (parent.ok) parents.push({ context, ...parent.value })
    else failures.push(...parent.failures)
  }
  return unless(failures, parents)
}

/** By its digest in the registry, as a layout, or by its tag in the engine of a builder that takes no layouts. */
function parentOf(name: string, underway: Underway): Result<Omit<Parent, 'context'>> {
  const { outcomes, handover, request, audience, hasLayouts } = underway
  const outcome = outcomes.get(name)
  const layout = handover.layouts.get(name)
  if (layout !== undefined) return ok({ layout })
  if (outcome?.kind === 'built' || outcome?.kind === 'reused') {
    const repository = fullName(outcome.image.service.image)
    const { digest } = outcome
    if (digest !== undefined) return ok({ address: `docker-image://${repository}@${digest}`, digest })
    if (!request.push && !hasLayouts)
      return ok({ address: `docker-image://${repository}:${tagOf(outcome.image, audience)}` })
  }
  const message = `the image of \`${name}\`, which it is built from, was not needed when this run was planned; the next run builds both`
  return failed({ kind: 'engine-failed', message })
}

/** What an image is kept under. */
export function layoutName({ service, fingerprint }: PlannedImage): LayoutName {
  return { image: service.image, fingerprint: fingerprint.digest }
}
