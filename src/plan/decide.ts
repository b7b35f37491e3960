import type { Fingerprint } from '../model/fingerprint.js'
import type { ChangeReason, Decision, ImageFacts, PlannedImage } from '../model/plan.js'
import type { Force } from '../model/request.js'
import { fullName, type Service } from '../model/service.js'
import type { DeliveredImage, StateRecord } from '../model/state.js'
import { diff } from './diff.js'

/** All that one service's decision rests on. */
export interface Case {
  readonly service: Service
  /** Name of a build context → name of the image of ours that it is. */
  readonly parents: Readonly<Record<string, string>>
  readonly fingerprint: Fingerprint
  readonly requested: boolean
  readonly force: Force
  /** Where the image has to be afterwards. */
  readonly delivery: Delivery
  /** Paths of sources that are nowhere; a build may find anything there. */
  readonly missing: readonly string[]
  /** Newest record of the scope, whatever its fingerprint. */
  readonly record?: StateRecord
  /** What the scope offered last. */
  readonly delivered?: DeliveredImage
  readonly facts: ImageFacts
  /** The image may not be built before this time, ISO 8601; absent: its age is no matter. */
  readonly notBefore?: string
  /** What stands for the last delivery where the scope has none: the content where the branch left its target. */
  readonly baseline?: Fingerprint
}

/** `push`: the registry must have it; `load`: this engine; `none`: it is enough that it was built once. */
export type Delivery = 'push' | 'load' | 'none'

/** The decision with its reasons. Pure: the same case gives the same plan. Doubt never ends in `reuse`. */
export function decide(of: Case): PlannedImage {
  const { service, parents, fingerprint, record } = of
  const decision = decisionOf(of)
  const builtFrom = of.facts.parents
  const shared = {
    ...{ service, parents, fingerprint, decision },
    ...(record && { record }),
    ...(builtFrom && { builtFrom }),
  }
  return { ...shared, changed: isChanged(decision, of) }
}

function decisionOf(of: Case): Decision {
  const asked = decisionAsked(of)
  if (asked !== undefined) return asked
  const reuse = reuseOf(of)
  if (reuse === undefined) return { kind: 'rebuild', reasons: reasonsOf(of) }
  return isExpired(of) ? { kind: 'rebuild', reasons: [expired(of.facts)] } : reuse
}

/** Both are in UTC, so that their texts compare as their times do; an image that does not say when it was built is old. */
function isExpired({ notBefore, facts: { builtAt } }: Case): boolean {
  if (notBefore === undefined || builtAt === undefined) return false
  return builtAt === 'unknown' || builtAt < notBefore
}

function expired({ builtAt }: ImageFacts): ChangeReason {
  return builtAt === undefined || builtAt === 'unknown' ? { kind: 'expired' } : { kind: 'expired', builtAt }
}

type Asked = Pick<Case, 'requested' | 'force' | 'missing' | 'service'>

/** What is decided whether or not an image of this content exists; `undefined` where that is the question. */
export function decisionAsked({ requested, force, missing, service }: Asked): Decision | undefined {
  if (!requested) return { kind: 'skip' }
  const isForced = force.kind === 'all' || (force.kind === 'names' && force.names.includes(service.name))
  if (isForced) return { kind: 'rebuild', reasons: [{ kind: 'forced' }] }
  if (missing.length === 0) return undefined
  return { kind: 'rebuild', reasons: [{ kind: 'untracked-input', paths: missing }] }
}

/** The engine where that is enough, the record's digest if it still exists, the fingerprint's tag, what is kept, then nothing. */
function reuseOf(of: Case): Decision | undefined {
  const { recorded, tagged, local, isKept } = of.facts
  if (of.delivery === 'load' && local?.kind === 'exists') return { kind: 'reuse', found: 'engine' }
  if (recorded?.kind === 'exists') return { kind: 'reuse', found: 'record', digest: recorded.digest }
  if (tagged?.kind === 'exists') return { kind: 'reuse', found: 'registry', digest: tagged.digest }
  if (of.delivery === 'none' && matches(of)) return { kind: 'reuse', found: 'record' }
  if (of.delivery === 'none' && isKept === true) return { kind: 'reuse', found: 'layout' }
  // Nothing is rebuilt for an outage: pointing the tags asks the registry again, and fails red if it still errs.
  const digest = recorded?.kind === 'unknown' && tagged?.kind !== 'missing' ? of.record?.digest : undefined
  return of.delivery === 'push' && matches(of) && digest !== undefined
    ? { kind: 'reuse', found: 'record', digest }
    : undefined
}

/** The record, if it is of this very repository: another one's tells nothing of this image. */
export function ownRecord({ record, service }: Pick<Case, 'record' | 'service'>): StateRecord | undefined {
  return record?.image === fullName(service.image) ? record : undefined
}

/** What was offered last, if it was of this very repository. */
export function ownDelivery({
  delivered,
  service,
}: Pick<Case, 'delivered' | 'service'>): DeliveredImage | undefined {
  return delivered?.image === fullName(service.image) ? delivered : undefined
}

/** Whether the record speaks of this very content. */
export function matches(of: Pick<Case, 'record' | 'fingerprint' | 'service'>): boolean {
  return ownRecord(of)?.fingerprint === of.fingerprint.digest
}

function reasonsOf(of: Case): readonly ChangeReason[] {
  const record = ownRecord(of)
  if (record === undefined) {
    const since = of.baseline === undefined ? [] : diff(of.baseline.document, of.fingerprint.document)
    return since.length > 0 ? since : [{ kind: 'no-record' }]
  }
  const reasons = diff(record.document, of.fingerprint.document)
  if (reasons.length > 0) return reasons
  // What was only built before was never there.
  const wasPushed = of.delivery !== 'push' || record.digest !== undefined
  return [{ kind: wasPushed ? 'image-missing' : 'no-record' }]
}

/** A push goes by the digest that was delivered last, all other runs by the content; nothing delivered is changed. */
function isChanged(decision: Decision, of: Case): boolean {
  if (of.service.kind === 'base') return false
  switch (decision.kind) {
    case 'skip':
      return false
    case 'rebuild':
      return true
    case 'reuse': {
      const { deployed } = of.facts
      // Without an answer it may be another one: a deploy too many mends itself, one too few does not.
      if (deployed !== undefined) return deployed.kind !== 'exists' || deployed.digest !== decision.digest
      const delivered = ownDelivery(of)
      if (delivered === undefined && of.baseline !== undefined) {
        return of.baseline.digest !== of.fingerprint.digest
      }
      return of.delivery === 'push'
        ? decision.digest !== delivered?.digest
        : delivered?.fingerprint !== of.fingerprint.digest
    }
  }
}
