import { ok, type Result, textOf } from '../model/failure.js'
import type { Existence, ImageFacts } from '../model/plan.js'
import { BUILT_AT, PARENTS } from '../model/labels.js'
import { fullName } from '../model/service.js'
import type { ImageEngine } from '../ports/image-engine.js'
import type { ImageLayouts } from '../ports/image-layouts.js'
import type { ImageRegistry } from '../ports/image-registry.js'
import { decisionAsked, matches, ownRecord, type Case } from './decide.js'

export interface Question extends Omit<Case, 'facts'> {
  /** Tags under which an image of the fingerprint may be, the one that a build gives it first. */
  readonly tags: readonly [string, ...string[]]
  /** A tag that stands for what was delivered last. */
  readonly changedSince?: string
}

/** `registry` is absent when none may be asked, `engine` and `layouts` when no image need or can be there. */
export interface Places {
  readonly registry?: ImageRegistry
  readonly engine?: ImageEngine
  readonly layouts?: ImageLayouts
}

/**
 * Asks where images of these fingerprints exist. Nothing is asked for a service that is not requested. An answer that
 * does not come is `unknown`; only a registry that wants credentials and an engine that is not there are failures.
 */
export async function probe(
  questions: readonly Question[],
  places: Places,
): Promise<Result<readonly ImageFacts[]>> {
  const { registry, engine, layouts } = places
  if (!registry && !engine && !layouts) return ok(questions.map(() => ({})))
  const loaded = questions.filter(({ requested, delivery }) => requested && delivery !== 'none')
  const local = await engine?.find(loaded.map(reference))
  if (local?.ok === false) return local
  const facts: ImageFacts[] = []
  const answers = await Promise.all(questions.map((question) => askRegistry(question, registry)))
  for (const [index, answer] of answers.entries()) {
    if (!answer.ok) return answer
    const here = local?.value.get(reference(questions[index] as Question))
    facts.push({ ...answer.value, ...(here && { local: here }) })
  }
  return ok(layouts ? await withKept(facts, questions, layouts) : facts)
}

/** Only of an image that others are built from, and of which nothing else tells that it exists, is it asked whether it is kept. */
async function withKept(
  facts: readonly ImageFacts[],
  questions: readonly Question[],
  layouts: ImageLayouts,
): Promise<readonly ImageFacts[]> {
  const parents = new Set(questions.flatMap((one) => (one.requested ? Object.values(one.parents) : [])))
  const kept = questions.map(async (question, index): Promise<ImageFacts> => {
    const known = facts[index] ?? {}
    const { service, delivery, fingerprint } = question
    const isOpen =
      decisionAsked(question) === undefined && !matches(question) && existing(known) === undefined
    if (delivery !== 'none' || !isOpen || !parents.has(service.name)) return known
    return { ...known, isKept: await layouts.has({ image: service.image, fingerprint: fingerprint.digest }) }
  })
  return Promise.all(kept)
}

/** The image in the registry. */
function existing({ recorded, tagged }: ImageFacts): string | undefined {
  const found = [recorded, tagged].find((answer) => answer?.kind === 'exists')
  return found?.kind === 'exists' ? found.digest : undefined
}

/** The complete reference under which an image of the question's fingerprint is kept. */
function reference({ service, tags: [tag] }: Question): string {
  return `${fullName(service.image)}:${tag}`
}

async function askRegistry(question: Question, registry?: ImageRegistry): Promise<Result<ImageFacts>> {
  const { image } = question.service
  if (registry === undefined || image.registry === undefined || !question.requested) return ok({})
  const [existence, deployed] = await Promise.all([
    askExistence(question, registry),
    question.changedSince === undefined
      ? undefined
      : findOrDoubt(question, { registry, reference: question.changedSince }),
  ])
  if (!existence.ok) return existence
  if (deployed?.ok === false) return deployed
  const known = { registry, facts: existence.value }
  const [builtAt, parents] = await Promise.all([askAge(question, known), askParents(question, known)])
  return ok({
    ...existence.value,
    ...(deployed && { deployed: deployed.value }),
    ...(builtAt !== undefined && { builtAt }),
    ...(parents && { parents }),
  })
}

async function askExistence(question: Question, registry: ImageRegistry): Promise<Result<ImageFacts>> {
  const digest = matches(question) ? question.record?.digest : undefined
  const find = (reference: string) => findOrDoubt(question, { registry, reference })
  const recorded = digest === undefined ? undefined : await find(digest)
  if (recorded?.ok === false) return recorded
  if (recorded?.value.kind === 'exists') return ok({ recorded: recorded.value })
  // A registry that did not answer is not asked the next question, too: each may take until its time is up.
  if (recorded?.value.kind === 'unknown') return ok({ recorded: recorded.value, tagged: recorded.value })
  let tagged: Existence = { kind: 'missing' }
  for (const tag of question.tags) {
    const found = await find(tag)
    if (!found.ok) return found
    tagged = found.value
    if (tagged.kind !== 'missing') break
  }
  return ok({ tagged, ...(recorded && { recorded: recorded.value }) })
}

interface Known {
  readonly registry: ImageRegistry
  readonly facts: ImageFacts
}

/** By the record of that very image, else by its label; `undefined` for an answer that does not come. */
async function askParents(
  question: Question,
  { registry, facts }: Known,
): Promise<Readonly<Record<string, string>> | undefined> {
  const digest = existing(facts)
  if (Object.keys(question.parents).length === 0 || digest === undefined) return undefined
  const record = ownRecord(question)
  if (record?.digest === digest && record.parents) return record.parents
  const labels = await registry.labels(question.service.image, digest)
  return labels.ok ? digestsOf(labels.value[PARENTS]) : undefined
}

/** An image without the label, or with one that cannot be read, was built from no image that is known. */
function digestsOf(label: string | undefined): Readonly<Record<string, string>> {
  try {
    const value: unknown = JSON.parse(label ?? '{}')
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : []
    return Object.fromEntries(entries.map(([context, digest]) => [context, String(digest)]))
  } catch {
    return {}
  }
}

/** An image whose age is asked for in vain is as old as can be. */
async function askAge(
  { service, notBefore }: Question,
  { registry, facts }: Known,
): Promise<string | undefined> {
  const digest = existing(facts)
  if (notBefore === undefined || digest === undefined) return undefined
  const labels = await registry.labels(service.image, digest)
  return (labels.ok ? labels.value[BUILT_AT] : undefined) ?? 'unknown'
}

/** Only who pushes needs rights in the registry; for all others a refusal leaves the question open. */
async function findOrDoubt(
  question: Question,
  at: { registry: ImageRegistry; reference: string },
): Promise<Result<Existence>> {
  const found = await at.registry.find(question.service.image, at.reference)
  if (found.ok || question.delivery === 'push') return found
  return ok({ kind: 'unknown', problem: textOf(found.failures) })
}
