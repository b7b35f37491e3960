import { select } from '../config/select.js'
import { failed, type Failure, ok, type Result, unless } from '../model/failure.js'
import { fingerprintTag } from '../model/fingerprint.js'
import type { Promotion, PromotionResult } from '../model/promotion.js'
import { fullName, type Service } from '../model/service.js'
import { type Basis, committedFingerprints } from './committed.js'
import type { Run } from './job.js'
import { loadServices } from './load.js'
import { loadStored } from './stored.js'
import { resolveAll, revisionOf } from './tags.js'

/** Time between two questions for images that another run is building. */
const PAUSE_MS = 5000

/** Points tags at images that exist. Nothing is built, and no tag moves unless every image is there. */
export async function promote(run: Run, started: number): Promise<Result<PromotionResult>> {
  const stored = await loadStored(run)
  const loaded = await loadServices(run, stored.memo.config)
  if (!loaded.ok) return loaded
  const services = requested(loaded.value.services, run)
  if (!services.ok) return services
  const tags = resolveAll(services.value, run)
  if (!tags.ok) return tags
  const untagged = services.value.filter(({ name }) => tags.value.get(name)?.length === 0)
  if (untagged.length > 0) return failed(withoutTags(untagged))
  const found = await findAll(services.value, {
    run,
    references: referencesOf(services.value, { run, loaded: loaded.value, stored }),
  })
  if (!found.ok) return found
  const promotions = await Promise.all(
    found.value.map(async ({ service, from, digest }): Promise<Promotion> => {
      const names = (tags.value.get(service.name) ?? []).map((tag) => tag.name)
      const { moved, refused } = await run.ports.registry.point(service.image, digest, names)
      const [refusal] = refused
      return { service, from, digest, moved, ...(refusal && { failure: refusal.failure }) }
    }),
  )
  return ok({ promotions, notices: run.notices, durationMs: run.ports.clock.now() - started })
}

function requested(services: readonly Service[], { request }: Run): Result<readonly Service[]> {
  const names = select(services, request.services, 'services')
  if (!names.ok) return names
  const chosen = services.filter(({ kind, name }) => kind === 'service' && names.value.has(name))
  if (request.from?.startsWith('sha256:') !== true || chosen.length === 1) return ok(chosen)
  const message = '`from` is a digest, which is of one image: name one service with `services`'
  return failed({ kind: 'usage', message })
}

function withoutTags(services: readonly Service[]): Failure {
  const names = services.map(({ name }) => `\`${name}\``).join(', ')
  return {
    kind: 'usage',
    message: `there is no tag to point at the image of ${names}; name one with \`tags\`, such as \`staging\``,
  }
}

/** Where an image is looked for, in this order. */
type References = (service: Service) => Promise<Result<readonly string[]>>

/** `from`, else the tag that a push of this commit gave it, else that of the fingerprint that it has at this commit. */
function referencesOf(services: readonly Service[], by: Basis): References {
  const { from } = by.run.request
  if (from !== undefined) return () => Promise.resolve(ok([from]))
  const fingerprints = committedFingerprints(services, by)
  return async ({ name }) => {
    const found = await fingerprints
    if (!found.ok) return found
    const fingerprint = found.value.get(name)
    const commit = `sha-${revisionOf(by.run).slice(0, 7)}`
    return ok(fingerprint === undefined ? [commit] : [commit, fingerprintTag(fingerprint.digest)])
  }
}

type Source = Pick<Promotion, 'service' | 'from' | 'digest'>

interface Search {
  readonly run: Run
  readonly references: References
}

/** All of the images, or why not: those that are not there are asked for again until the time is up. */
async function findAll(services: readonly Service[], search: Search): Promise<Result<readonly Source[]>> {
  const { request, job, ports } = search.run
  for (let left = request.waitMs; ; left -= PAUSE_MS) {
    const found = await Promise.all(services.map((service) => find(service, search)))
    const failures = found.flatMap((one) => (one.ok ? [] : one.failures))
    const missing = found.flatMap((one) => (one.ok && 'missing' in one.value ? [one.value.missing] : []))
    const isOver = left <= 0 || job.signal.aborted || failures.length > 0
    if (missing.length === 0 || isOver) {
      const sources = found.flatMap((one) => (one.ok && 'digest' in one.value ? [one.value] : []))
      return unless([...failures, ...missing], sources)
    }
    await ports.clock.pause(Math.min(left, PAUSE_MS), job.signal)
  }
}

async function find(
  service: Service,
  { run, references }: Search,
): Promise<Result<Source | { readonly missing: Failure }>> {
  const asked = await references(service)
  if (!asked.ok) return asked
  for (const from of asked.value) {
    const found = await run.ports.registry.find(service.image, from)
    if (!found.ok) return found
    if (found.value.kind === 'exists') return ok({ service, from, digest: found.value.digest })
    if (found.value.kind === 'unknown')
      return failed({ kind: 'registry-failed', message: `\`${service.name}\`: ${found.value.problem}` })
  }
  const names = asked.value.join(', ')
  const message = `${fullName(service.image)} has no image ${names}, so \`${service.name}\` cannot be promoted, and nothing was`
  return ok({ missing: { kind: 'registry-failed', message } })
}
