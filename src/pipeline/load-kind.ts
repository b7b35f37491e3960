import { parseRequest } from '../config/request.js'
import { load } from '../execute/deliver.js'
import { type Failure, failed, ok, type Result, unless } from '../model/failure.js'
import { fingerprintTag } from '../model/fingerprint.js'
import type { PlannedImage } from '../model/plan.js'
import { fullName } from '../model/service.js'
import type { KindClusters } from '../ports/kind-clusters.js'
import { audienceOf } from './decide-all.js'
import { countsDisk, fail, type Job, type Ports, type Run } from './job.js'
import { loadServices } from './load.js'
import { makePlan } from './plan.js'
import { loadStored } from './stored.js'

export interface KindTarget {
  readonly cluster: string
  /** What the images are called in the cluster, besides their fingerprints' tags. */
  readonly tags: readonly string[]
}

/** Puts the images of the services as they are now into a kind cluster; builds none. Returns the process's exit code. */
export async function loadIntoKind(
  job: Job,
  ports: Ports & { readonly kind: KindClusters },
  target: KindTarget,
): Promise<number> {
  const loaded = await putIntoCluster(job, ports, target)
  if (!loaded.ok) return fail(loaded.failures, ports)
  const { cluster } = target
  ports.host.document(() => ({ version: 1, cluster, images: loaded.value }))
  ports.host.result(() => [...loaded.value, `${loaded.value.length} loaded into ${cluster}`])
  return 0
}

/** The references that the cluster has now. */
async function putIntoCluster(
  job: Job,
  ports: Ports & { readonly kind: KindClusters },
  { cluster, tags }: KindTarget,
): Promise<Result<readonly string[]>> {
  const request = parseRequest(job.inputs, job.defaults)
  if (!request.ok) return request
  const withDisk = await countsDisk(request.value, ports.git)
  const run: Run = { job, ports, request: request.value, notices: [], withDisk }
  const stored = await loadStored(run)
  const services = await loadServices(run, stored.memo.config)
  if (!services.ok) return services
  const planned = await makePlan(services.value, stored, run)
  if (!planned.ok) return planned
  const { plan, isShared } = planned.value
  const images = plan.images.filter(
    ({ service, decision }) => service.kind === 'service' && decision.kind !== 'skip',
  )
  const missing = images.filter(({ decision }) => decision.kind === 'rebuild').map(notThere)
  if (missing.length > 0) return unless(missing, [])
  const audience = audienceOf(run, isShared)
  const references: string[] = []
  for (const image of images) {
    const brought = await bring(image, tags, { audience, engine: ports.engine })
    if (!brought.ok) return brought
    const { service, fingerprint } = image
    const names = [fingerprintTag(fingerprint.digest, audience), ...tags].map(
      (tag) => `${fullName(service.image)}:${tag}`,
    )
    references.push(...names, ...(service.loadAs === undefined ? [] : [service.loadAs]))
  }
  const put = await ports.kind.load(cluster, references, job.signal)
  if (put.ok) return ok(references)
  return job.signal.aborted ? failed({ kind: 'interrupted', message: 'The run was interrupted.' }) : put
}

/** Into this Docker, from a registry where it is not there, under all of its names. */
function bring(
  { decision, ...image }: PlannedImage,
  tags: readonly string[],
  to: Parameters<typeof load>[2],
): Promise<Result<void>> {
  if (decision.kind !== 'reuse') throw new Error(`${image.service.name} does not exist`)
  const { digest, found } = decision
  return load({ ...image, decision }, { digest, isLoaded: found === 'engine', isReused: true, tags }, to)
}

function notThere({ service }: PlannedImage): Failure {
  const message = `\`${service.name}\` has no image of its present content in this Docker or a registry; build it first: smart-image-build build ${service.name} --load`
  return { kind: 'usage', message }
}
