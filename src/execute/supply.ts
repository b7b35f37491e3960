import type { PlannedImage } from '../model/plan.js'
import { fullName } from '../model/service.js'
import { tagOf } from './build.js'
import type { Execution, Handover } from './execution.js'
import { layoutName } from './parents.js'

/**
 * The images with a place for each that a build of this run starts from, and that the plan found in no registry: one that
 * is kept is fetched, any other is built in this run. So it is asked, in turn, for those that this one is built from.
 */
export async function supplied(
  images: readonly PlannedImage[],
  execution: Execution,
  handover: Handover,
): Promise<readonly PlannedImage[]> {
  let now = images
  const seen = new Set<string>()
  for (;;) {
    const taken = new Set(now.filter(isBuilt).flatMap(({ parents }) => Object.values(parents)))
    const open = now.filter((image) => taken.has(image.service.name) && !seen.has(image.service.name))
    if (open.length === 0) break
    for (const { service } of open) seen.add(service.name)
    const isAtHand = await Promise.all(open.map((image) => provide(image, execution, handover)))
    const missing = new Set(open.filter((_, index) => isAtHand[index] === false))
    now = now.map((image) => (missing.has(image) ? toBuild(image) : image))
  }
  const { request, hasLayouts, notify } = execution
  const isLost = ({ service }: PlannedImage) => handover.parents.has(service.name)
  if (!request.push && !hasLayouts && now.some((image) => isBuilt(image) && isLost(image)))
    notify({ message: NOT_KEPT })
  return now
}

const NOT_KEPT =
  'This builder cannot export OCI image layouts: images that others are built from are loaded into Docker and not kept between runs; docker/setup-buildx-action (driver docker-container) lets them be kept'

function isBuilt({ decision }: PlannedImage): boolean {
  return decision.kind === 'rebuild'
}

/** Whether the image is, or will be, where a build can take it from. */
async function provide(image: PlannedImage, execution: Execution, handover: Handover): Promise<boolean> {
  const { decision, service } = image
  if (decision.kind === 'rebuild' || (decision.kind === 'reuse' && decision.digest !== undefined)) return true
  // A build that is to be pushed asks the registry first, and takes what is there.
  if (execution.request.push) return false
  if (!execution.hasLayouts) return decision.kind === 'reuse' && isInEngine(image, execution)
  const layout = await execution.layouts.fetch(layoutName(image))
  if (layout !== undefined) handover.layouts.set(service.name, layout)
  return layout !== undefined
}

async function isInEngine(image: PlannedImage, { engine, audience }: Execution): Promise<boolean> {
  const reference = `${fullName(image.service.image)}:${tagOf(image, audience)}`
  const found = await engine.find([reference])
  return found.ok && found.value.get(reference)?.kind === 'exists'
}

/** An image that was taken to exist, and does not. */
export function toBuild(image: PlannedImage): PlannedImage {
  const changed = image.service.kind === 'service'
  return { ...image, changed, decision: { kind: 'rebuild', reasons: [{ kind: 'image-missing' }] } }
}
