import type { FingerprintDocument } from '../model/fingerprint.js'
import type { ChangeReason } from '../model/plan.js'

/**
 * What differs between two fingerprint documents, section by section; empty when nothing does. A new format says
 * nothing about the sections, so it stands alone.
 */
export function diff(before: FingerprintDocument, after: FingerprintDocument): ChangeReason[] {
  if (before.format !== after.format) return [{ kind: 'format' }]
  const reasons: ChangeReason[] = []
  if (before.definition !== after.definition) reasons.push({ kind: 'dockerfile' })
  if (before.files !== after.files) reasons.push({ kind: 'files' })
  const names = differingKeys(before.buildArgs, after.buildArgs)
  if (names.length > 0) reasons.push({ kind: 'build-args', names })
  const options = differingKeys(before.options, after.options)
  if (options.length > 0) reasons.push({ kind: 'options', names: options })
  const contexts = differingKeys(before.contexts, after.contexts)
  if (contexts.length > 0) reasons.push({ kind: 'contexts', names: contexts })
  const parents = differingKeys(before.parents ?? {}, after.parents ?? {})
  reasons.push(...parents.map((name) => ({ kind: 'base', name }) as const))
  return [...reasons, ...upstreamReasons(before.upstream ?? {}, after.upstream ?? {})]
}

type Digests = NonNullable<FingerprintDocument['upstream']>

function upstreamReasons(before: Digests, after: Digests): ChangeReason[] {
  return differingKeys(before, after).map((ref) => {
    const [from, to] = [before[ref], after[ref]]
    return { kind: 'upstream', ref, ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
  })
}

function differingKeys(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): string[] {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].filter((key) => a[key] !== b[key]).sort()
}
