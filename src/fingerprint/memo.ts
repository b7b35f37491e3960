import type { Fingerprint } from '../model/fingerprint.js'
import type { Answers, Need, Remembered } from '../model/memo.js'
import { type BuildOptions, fullName, type Service } from '../model/service.js'
import type { ImageInputs } from '../model/snapshot.js'
import { FORMAT_VERSION, sha256 } from './encode.js'
import type { Inspection } from './inspect.js'
import { placeOf, valueOf } from './need.js'
import { isWithin, parted, type View } from './view.js'

/**
 * All that decides the fingerprint of each service, besides the files themselves. `all` are the images that there are:
 * what a base's lockfiles stand for is decided by the others.
 */
export function questionsOf(
  services: readonly Service[],
  { platform, all }: { readonly platform: string; readonly all: readonly Service[] },
): string[] {
  const questions = services.map((service) => questionOf(service, platform))
  if (services.every(({ lockfiles }) => lockfiles === undefined)) return questions
  const others = sha256(JSON.stringify(all.map((one) => [questionOf(one, platform), fullName(one.image)])))
  return questions.map((question, index) => {
    const lockfiles = services[index]?.lockfiles
    return lockfiles === undefined ? question : sha256(JSON.stringify([question, lockfiles, others]))
  })
}

function questionOf(service: Service, platform: string): string {
  const { name, context, file, paths, ignore, generated, build, trackUpstream } = service
  const text = texts.get(build) ?? JSON.stringify(build)
  texts.set(build, text)
  const isTracking = trackUpstream !== 'never'
  return sha256(
    JSON.stringify([
      FORMAT_VERSION,
      platform,
      name,
      context,
      file,
      paths,
      ignore,
      generated,
      text,
      isTracking,
    ]),
  )
}

/** Most services have the very same settings. */
const texts = new WeakMap<BuildOptions, string>()

/** The fingerprint that was computed of the remembered inputs, without the digests of images of others. */
export function fingerprintOf({ inputs, fingerprint }: Remembered): Fingerprint {
  const { digest, settings } = fingerprint
  const { definition, files, references: contexts, fileCount } = inputs
  const document = { format: FORMAT_VERSION, definition, files, ...settings, contexts }
  return { document, digest, fileCount }
}

/** What is remembered, if all that it rests on is the same still. */
export async function recall(question: string, memo: Answers, view: View): Promise<Remembered | undefined> {
  const known = memo.get(question)
  if (known === undefined) return undefined
  const roughValue = await valueOf(known.roughly, view)
  if (roughValue === known.roughValue) return known
  const exactly = JSON.parse(known.exactly) as readonly Need[]
  if ((await valueOf(exactly, view)) !== known.exactValue) return undefined
  return { ...known, roughValue: roughValue ?? known.roughValue }
}

interface Found {
  readonly inputs: ImageInputs
  readonly fingerprint: Fingerprint
  readonly inspection: Inspection
}

/** Of folders that differ on the disk, beside what is taken: no value of a commit is this. */
const UNKNOWN = ''

/** What may be remembered: nothing that the disk had a part in, as no id tells when that changes. */
export async function rememberable(
  service: Service,
  found: Found,
  view: View,
): Promise<Remembered | undefined> {
  const { inspection, inputs } = found
  const exactly = [...inspection.needs].sort()
  const roughly = roughlyOf(service, exactly)
  const [roughValue, exactValue] = await Promise.all([valueOf(roughly, view), valueOf(exactly, view)])
  if (exactValue === undefined) return undefined
  const { notices } = inspection.recipe
  const { document, digest } = found.fingerprint
  const { buildArgs, options } = document
  const fingerprint = { digest, settings: { buildArgs, options } }
  return {
    inputs,
    fingerprint,
    notices,
    roughly,
    roughValue: roughValue ?? UNKNOWN,
    exactly: JSON.stringify(exactly),
    exactValue,
  }
}

/** What lies in the folder of the context, or of the Dockerfile, is seen by that folder's id. */
function roughlyOf(service: Service, needs: readonly Need[]): Need[] {
  const folders = [service.context, parted(service.file).parent].filter((folder) => folder !== '')
  const rough = needs.map((need) => {
    const folder = folders.find((candidate) => isWithin(placeOf(need), candidate))
    return folder === undefined ? need : `n${folder}`
  })
  return [...new Set(rough)].sort()
}
