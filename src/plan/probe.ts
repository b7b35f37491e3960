import { fingerprintTag } from '../model/fingerprint.js'
import { ok, type Result } from '../model/failure.js'
import type { Existence, ImageFacts } from '../model/plan.js'
import { fullName } from '../model/service.js'
import type { ImageEngine } from '../ports/image-engine.js'
import type { ImageRegistry } from '../ports/image-registry.js'
import { matches, type Case } from './decide.js'

export type Question = Omit<Case, 'facts'>

/** `registry` is absent when none may be asked, `engine` when the images need not be in it. */
export interface Places {
  readonly registry?: ImageRegistry
  readonly engine?: ImageEngine
}

/** How many services' questions are under way at once. */
const BOUND = 16

/**
 * Asks where images of these fingerprints exist. Nothing is asked for a service that is not requested. An answer that
 * does not come is `unknown`; only a registry that wants credentials and an engine that is not there are failures.
 */
export async function probe(
  questions: readonly Question[],
  places: Places,
): Promise<Result<readonly ImageFacts[]>> {
  if (!places.registry && !places.engine) return ok(questions.map(() => ({})))
  const requested = questions.filter((question) => question.requested)
  const local = places.engine ? await places.engine.find(requested.map(reference)) : undefined
  if (local?.ok === false) return local
  const facts: ImageFacts[] = []
  for (let start = 0; start < questions.length; start += BOUND) {
    const batch = questions.slice(start, start + BOUND)
    const answers = await Promise.all(batch.map((question) => askRegistry(question, places.registry)))
    for (const [index, answer] of answers.entries()) {
      if (!answer.ok) return answer
      const here = local?.value.get(reference(batch[index] as Question))
      facts.push({ ...answer.value, ...(here && { local: here }) })
    }
  }
  return ok(facts)
}

/** The complete reference under which an image of the question's fingerprint is kept. */
function reference(question: Question): string {
  return `${fullName(question.service.image)}:${fingerprintTag(question.fingerprint.digest)}`
}

async function askRegistry(question: Question, registry?: ImageRegistry): Promise<Result<ImageFacts>> {
  const { image } = question.service
  if (registry === undefined || image.registry === undefined || !question.requested) return ok({})
  const digest = matches(question) ? question.record?.digest : undefined
  const find = (reference: string) => findOrDoubt(question, { registry, reference })
  const recorded = digest === undefined ? undefined : await find(digest)
  if (recorded?.ok === false) return recorded
  if (recorded?.value.kind === 'exists') return ok({ recorded: recorded.value })
  // A registry that did not answer is not asked the next question, too: each may take until its time is up.
  if (recorded?.value.kind === 'unknown') return ok({ recorded: recorded.value, tagged: recorded.value })
  const tagged = await find(fingerprintTag(question.fingerprint.digest))
  if (!tagged.ok) return tagged
  const facts: { recorded?: Existence; tagged: Existence } = { tagged: tagged.value }
  if (recorded) facts.recorded = recorded.value
  return ok(facts)
}

/** Only who pushes needs rights in the registry; for all others a refusal leaves the question open. */
async function findOrDoubt(
  question: Question,
  at: { registry: ImageRegistry; reference: string },
): Promise<Result<Existence>> {
  const found = await at.registry.find(question.service.image, at.reference)
  if (found.ok || question.delivery === 'push') return found
  return ok({ kind: 'unknown', problem: found.failures.map((failure) => failure.message).join('; ') })
}
