import { type Breach, breach, type Observation } from './observation.js'
import { SERVICES, type Service } from './services.js'
import { requestedOf } from './world.js'

/** Where a promotion has to point a tag; `undefined` for an image that is missing. */
export type Promotion = ReadonlyMap<Service, string | undefined>

/** What `promote` has to find, to be asked before it runs: the given digest, the commit's tag, or its fingerprint's. */
export async function promotionOf(
  seen: Pick<Observation, 'world' | 'fingerprints'>,
  run: PromoteRun,
): Promise<Promotion> {
  const promotion = new Map<Service, string | undefined>()
  for (const service of requestedOf(run)) {
    const fingerprint = seen.fingerprints.get(`${service} ${seen.world.wanted(service, run.commit)}`)
    const { from } = run.inputs
    const references = from === undefined ? [`sha-${run.commit.slice(0, 7)}`, fingerprint ?? ''] : [from]
    const images = await Promise.all(
      references.map((one) => seen.world.images.look(seen.world.nameOf(service), one)),
    )
    promotion.set(service, images.find((image) => image !== undefined)?.digest)
  }
  return promotion
}

type PromoteRun = Observation['ended']['run']

/** All or nothing, and no build. `pointed`: where the tag pointed before. */
export async function breachesOfPromotion(
  seen: Observation,
  promotion: Promotion,
): Promise<readonly Breach[]> {
  const { ended, world, pointed } = seen
  const { run, code, builds, struck } = ended
  const isPossible = ![...promotion.values()].includes(undefined)
  const wrong: string[] = []
  if (builds.length > 0) wrong.push('it built')
  if (code === 0 && !isPossible) wrong.push('green although an image is missing')
  if (code !== 0 && isPossible && struck === undefined)
    wrong.push(`code ${code ?? 'none'} although all images are there`)
  for (const service of SERVICES) {
    const now = (await world.images.look(world.nameOf(service), run.tags.moving ?? ''))?.digest
    const before = pointed.get(service)
    const wanted = code === 0 ? (promotion.get(service) ?? before) : before
    const isHalfDone = struck !== undefined && isPossible && now === promotion.get(service)
    if (now !== wanted && !isHalfDone)
      wrong.push(`${service} is at ${now ?? 'nothing'}, not at ${wanted ?? 'nothing'}`)
  }
  return wrong.flatMap((what) => breach('9.8 promoted as a whole', what))
}
