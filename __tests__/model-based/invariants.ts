import { type Breach, breach, failedBuilds, isPushing, type Observation, output } from './observation.js'
import type { Service } from './services.js'
import { requestedOf } from './world.js'

/** All that a run did to registry and exit code which section 9 of the contract forbids. */
export async function breachesOfImages(seen: Observation): Promise<readonly Breach[]> {
  return [
    ...exitCode(seen),
    ...(await images(seen)),
    ...withoutPush(seen),
    ...buildsOnce(seen),
    ...fingerprints(seen),
    ...(await movingTags(seen)),
  ]
}

/** Green when nothing failed, red when something did; what struck the cache is no failure. */
function exitCode({ ended }: Observation): Breach[] {
  const { code, struck } = ended
  const failed = failedBuilds(ended)
  const isFreeToFail = struck !== undefined && struck !== 'cache-outage'
  const isRight = isFreeToFail ? failed.length === 0 || code !== 0 : code === (failed.length > 0 ? 1 : 0)
  const what = `code ${code ?? 'none'} although ${failed.join() || 'nothing'} failed`
  return isRight ? [] : breach('green only when true', what)
}

/** What a run says it delivered is there and is what the commit wants; only what failed is not delivered. */
async function images(seen: Observation): Promise<Breach[]> {
  const { ended, world } = seen
  const { run, code, struck } = ended
  if (code === undefined || !isPushing(run)) return []
  const digests = output<Partial<Record<Service, string>>>(seen, 'digests', {})
  const failed = failedBuilds(ended)
  const found: Breach[] = []
  for (const service of requestedOf(run)) {
    const digest = digests[service]
    const isDemanded = code === 0 || (struck === undefined && !failed.includes(service))
    if (digest === undefined && isDemanded)
      found.push(...breach('9.1 images and tags', `no digest of ${service}`))
    for (const reference of digest === undefined ? [] : [digest, ...tagsOf(seen)]) {
      const content = (await world.images.look(world.nameOf(service), reference))?.content
      const wanted = world.wanted(service, run.commit)
      if (content === wanted) continue
      const promise = reference === run.tags.moving ? '9.1 the tag of the branch' : '9.1 images and tags'
      found.push(...breach(promise, `${service} ${reference} is ${content ?? 'no image'}, not ${wanted}`))
    }
  }
  return found
}

/** Tags that have to be the run's: those that another run under way has too, or a newer commit owns, are left out. */
function tagsOf({ ended: { run }, others, world }: Observation): readonly string[] {
  const { fixed, moving } = run.tags
  const isHead = moving !== undefined && world.repository.headOf(moving) === run.commit
  const shared = new Set(others.flatMap(({ tags }) => [...tags.fixed, tags.moving]))
  return [...fixed, ...(isHead ? [moving] : [])].filter((tag) => !shared.has(tag))
}

function withoutPush({ ended: { run, builds, calls } }: Observation): Breach[] {
  if (isPushing(run)) return []
  const isPushed = builds.some((build) => build.ended === 'pushed') || calls.includes('point')
  return isPushed ? breach('a run that may not push changes nothing', 'it pushed') : []
}

/** Not even beside another run: who builds asks just before. */
function buildsOnce({ ended: { run, builds, struck } }: Observation): Breach[] {
  if (run.inputs['force'] !== undefined || !isPushing(run)) return []
  const promise = struck === 'registry-outage' ? '9.2 nothing is built for an outage' : '9.2 built once'
  return builds.flatMap(({ service, wasThere }) =>
    wasThere ? breach(promise, `${service}, whose image was there`) : [],
  )
}

function fingerprints({ ended: { builds }, fingerprints: known }: Observation): Breach[] {
  return builds.flatMap(({ service, content, tag }) => {
    const [byTag, byContent] = [`${service}:${tag}`, `${service} ${content}`]
    const [before, other] = [known.get(byTag) ?? content, known.get(byContent) ?? tag]
    known.set(byTag, content)
    known.set(byContent, tag)
    if (before === content && other === tag) return []
    return breach('9.5 one fingerprint', `${byTag} is of ${before} and of ${content}, which has ${other}`)
  })
}

/** A run of a commit that is not the branch's head must not take the tag from a descendant. */
async function movingTags(seen: Observation): Promise<Breach[]> {
  const { ended, world, pointed, rightFor, others } = seen
  const { run } = ended
  const { moving } = run.tags
  if (moving === undefined || others.length > 0 || world.repository.headOf(moving) === run.commit) return []
  const found: Breach[] = []
  for (const service of requestedOf(run)) {
    const newer = rightFor.get(`${run.scope} ${service}`)
    if (newer === undefined || !world.repository.isBehind(run.commit, newer)) continue
    const [before, now] = [pointed.get(service), await world.images.look(world.nameOf(service), moving)]
    if (before === undefined || now?.digest === before) continue
    if (now?.content === world.wanted(service, newer)) continue
    const what = `${service}:${moving} went back from ${newer.slice(0, 7)} to ${run.commit.slice(0, 7)}`
    found.push(...breach('9.6 tags go forward', what))
  }
  return found
}
