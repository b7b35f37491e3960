import type { Failure } from '../model/failure.js'
import type { Outcome, RunResult } from '../model/outcome.js'
import type { PlannedImage } from '../model/plan.js'
import { fullName } from '../model/service.js'
import { flagDraft, legDrafts, matrixDraft, MOST_ENTRIES } from './matrices.js'
import { type Draft, type Outputs, withinBudget } from './output-budget.js'
import { decisionText } from './reason.js'
import { reasonForms } from './reasons-output.js'

/** How one image goes to the outputs, be it by decision or by outcome. */
interface Delivery {
  readonly image: PlannedImage
  readonly action: 'rebuilt' | 'reused' | 'failed' | 'none'
  /** `sha256:…` where one is known. */
  readonly digest?: string
}

/**
 * The Action's outputs, as far as GitHub's limits let them be said: what builds and deploys go by first, then lists of
 * names, then what explains. A plan without its `matrix` is no failure, as nothing could be built after one; the run that
 * has built says it. No registry address is in `matrix` and `digests`: GitHub blanks an output that contains a secret.
 */
export function outputs(result: RunResult): Outputs {
  const isPlan = result.outcomes === undefined
  const deliveries = result.outcomes?.map(byOutcome) ?? result.plan.images.map(byDecision)
  const services = deliveries.filter(({ image }) => image.service.kind === 'service')
  const deploys = deliveries.filter(wantsDeploy)
  const crowd = deploys.length > MOST_ENTRIES ? tooManyDeploys(deploys.length) : undefined
  const legs = result.shards === undefined ? undefined : legDrafts(result.shards)
  const named = (name: string, action: Delivery['action']) =>
    namesDraft(
      name,
      deliveries.filter((delivery) => delivery.action === action),
    )
  const { values, notices, failures } = withinBudget([
    flagDraft('any', deploys.length > 0),
    ...(legs?.drafts ?? []),
    ...(isPlan ? [] : [mapDraft('digests', services, ({ digest }) => digest)]),
    ...(crowd === undefined
      ? [{ ...matrixDraft('matrix', deploys.map(matrixEntry)), isNeeded: !isPlan }]
      : []),
    named('failed', 'failed'),
    namesDraft('changed', deploys),
    named('rebuilt', 'rebuilt'),
    named('reused', 'reused'),
    ...(isPlan ? [] : [{ ...mapDraft('images', services, addressOf), isNeeded: false }]),
    reasonsDraft(result),
  ])
  return {
    values,
    notices: [...(isPlan && crowd !== undefined ? [{ message: crowd.message }] : []), ...notices],
    failures: [...(isPlan || crowd === undefined ? [] : [crowd]), ...(legs?.failures ?? []), ...failures],
  }
}

function byDecision(image: PlannedImage): Delivery {
  switch (image.decision.kind) {
    case 'rebuild':
      return { image, action: 'rebuilt' }
    case 'reuse':
      return { image, action: 'reused', ...withDigest(image.decision.digest) }
    case 'skip':
      return { image, action: 'none' }
  }
}

function byOutcome(outcome: Outcome): Delivery {
  const { image } = outcome
  switch (outcome.kind) {
    case 'built':
      return { image, action: 'rebuilt', ...withDigest(outcome.digest) }
    case 'reused':
      return { image, action: 'reused', ...withDigest(outcome.digest) }
    case 'failed':
    case 'blocked':
      return { image, action: 'failed' }
    case 'skipped':
    case 'cancelled':
      return { image, action: 'none' }
  }
}

function withDigest(digest: string | undefined): { digest?: string } {
  return digest === undefined ? {} : { digest }
}

function wantsDeploy({ image, action }: Delivery): boolean {
  return image.changed && (action === 'rebuilt' || action === 'reused')
}

function matrixEntry({ image, action, digest }: Delivery): Record<string, unknown> {
  return {
    service: image.service.name,
    action,
    fingerprint: image.fingerprint.digest,
    reason: decisionText(image.decision),
    ...withDigest(digest),
    ...image.service.matrix,
  }
}

function addressOf({ image, digest }: Delivery): string | undefined {
  return digest === undefined ? undefined : `${fullName(image.service.image)}@${digest}`
}

function namesDraft(name: string, deliveries: readonly Delivery[]): Draft {
  const names = deliveries.map(({ image }) => image.service.name)
  return { name, forms: [{ text: JSON.stringify(names) }], holds: `${names.length} names`, isNeeded: false }
}

/** Name → value, of those that have one. */
function mapDraft(
  name: string,
  deliveries: readonly Delivery[],
  valueOf: (delivery: Delivery) => string | undefined,
): Draft {
  const entries = deliveries.flatMap((delivery) => {
    const value = valueOf(delivery)
    return value === undefined ? [] : [[delivery.image.service.name, value] as const]
  })
  const text = JSON.stringify(Object.fromEntries(entries))
  return { name, forms: [{ text }], holds: `${entries.length} entries`, isNeeded: true }
}

function reasonsDraft({ plan }: RunResult): Draft {
  const holds = `those of ${plan.images.length} images`
  return { name: 'reasons', forms: reasonForms(plan), holds, isNeeded: false }
}

function tooManyDeploys(count: number): Extract<Failure, { kind: 'usage' }> {
  const message =
    `${count} services want a deploy, but a GitHub matrix takes at most ${MOST_ENTRIES} entries, so that output \`matrix\` ` +
    'is left out; name fewer services with input `services`, in several jobs. What is built is not built again, and counts as ' +
    'changed until a run offers it'
  return { kind: 'usage', message }
}
