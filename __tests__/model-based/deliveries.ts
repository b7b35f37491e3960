import { type Breach, breach, isPushing, type Observation, output, type Promised } from './observation.js'
import type { Service } from './services.js'

export interface Delivery {
  readonly service: Service
  readonly digest: string
}

/** What a deploy job is started for; of a run that did not come to its end, nothing. */
export function deliveriesOf(seen: Observation): readonly Delivery[] {
  const { run, code } = seen.ended
  const isOver = (code === 0 || code === 1) && isPushing(run)
  return isOver ? output<{ include: Delivery[] }>(seen, 'matrix', { include: [] }).include : []
}

/** Before the deploys: `matrix` names only what is there, is right and does not run already. */
export async function breachesOfMatrix(seen: Observation): Promise<readonly Breach[]> {
  const { ended, world, deployments } = seen
  const { run, struck } = ended
  const failed = output<Service[]>(seen, 'failed', [])
  const isExact = deployments.memory(run.scope) === 'exact' && !run.isRerun && struck !== 'registry-outage'
  const found: Breach[] = []
  for (const { service, digest } of deliveriesOf(seen)) {
    const image = await world.images.look(world.nameOf(service), digest)
    if (failed.includes(service) || image?.content !== world.wanted(service, run.commit))
      found.push(
        ...breach('matrix holds what was delivered', `${service} is ${image?.content ?? 'no image'}`),
      )
    if (isExact && deployments.running(run.scope, service)?.digest === digest)
      found.push(...breach('no needless deploy', `${service} runs already`))
  }
  return found
}

/** After the deploys: what runs is what the commit wants, but for those whose deploy `failed`. */
export function breachesOfDeploys(seen: Observation, failed: readonly Service[]): readonly Breach[] {
  const { run, code } = seen.ended
  const isOver = (code === 0 || code === 1) && isPushing(run)
  if (!isOver || seen.deployments.memory(run.scope) === 'misled') return []
  if (seen.others.some(({ scope }) => scope === run.scope)) return []
  const digests = Object.entries(output<Partial<Record<Service, string>>>(seen, 'digests', {}))
  return (digests as [Service, string][])
    .filter(([service, digest]) => !failed.includes(service) && !runs(service, digest, seen))
    .flatMap(([service]) => breach(promiseOf(seen), `${service} is not in matrix, but something else runs`))
}

/** A branch goes by content where its records say nothing, beginning with what it has in common with its target. */
function runs(service: Service, digest: string, { ended, world, deployments }: Observation): boolean {
  const { run, baseline } = ended
  const running = deployments.running(run.scope, service)
  if (running?.digest === digest) return true
  if (baseline === undefined) return false
  return (running?.content ?? world.wanted(service, baseline)) === world.wanted(service, run.commit)
}

function promiseOf({ ended: { run, baseline }, deployments }: Observation): Promised {
  if (deployments.memory(run.scope) === 'overtaken') return 'no lost deploy after simultaneous runs'
  return baseline === undefined ? 'no lost deploy' : 'no lost deploy of a branch'
}
