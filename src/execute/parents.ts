import { failed, type Failure, ok, type Result, unless } from '../model/failure.js'
import type { PlannedImage } from '../model/plan.js'
import { fullName } from '../model/service.js'
import { type Parent, tagOf } from './build.js'
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

function parentOf(name: string, { outcomes, request, audience }: Underway): Result<Omit<Parent, 'context'>> {
  const outcome = outcomes.get(name)
  if (outcome?.kind === 'built' || outcome?.kind === 'reused') {
    const repository = fullName(outcome.image.service.image)
    const { digest } = outcome
    if (digest !== undefined) return ok({ address: `docker-image://${repository}@${digest}`, digest })
    if (request.load) return ok({ address: `docker-image://${repository}:${tagOf(outcome.image, audience)}` })
  }
  const message = `the image of \`${name}\`, which it is built from, is at no place that a build could take it from; \`push\` or \`load\` it`
  return failed({ kind: 'engine-failed', message })
}
