import type { ChangeReason, Decision, Found } from '../model/plan.js'
import { ending, visible } from './visible.js'

type FilesReason = Extract<ChangeReason, { kind: 'files' }>

const SHOWN_NAMES = 2
const LONGEST_NAME = 60

const WHERE_FOUND: Readonly<Record<Found, string>> = {
  record: 'unchanged since its last build',
  registry: 'the registry has an image of this content',
  engine: 'this Docker has an image of this content',
  layout: 'an image of this content is kept',
  range: 'no commit of the range changed it',
}

/** Why an image is rebuilt, as one short line of plain text. */
export function reasonText(reason: ChangeReason): string {
  switch (reason.kind) {
    case 'no-record':
      return 'no earlier build is recorded'
    case 'forced':
      return 'forced'
    case 'files':
      return filesText(reason)
    case 'lockfile':
      return `lockfile ${ending(visible(reason.path), LONGEST_NAME)} changed`
    case 'dockerfile':
      return dockerfileText(reason.lines ?? [])
    case 'untracked-input':
      return `it takes what is neither tracked nor on the disk: ${listed(reason.paths, reason.paths.length)}`
    case 'contexts':
      return changedText('build context', reason.names)
    case 'build-args':
      return changedText('build argument', reason.names)
    case 'options':
      return changedText('build option', reason.names)
    case 'upstream':
      return upstreamText(reason)
    case 'format':
      return 'this version computes fingerprints anew'
    case 'base':
      return `base ${visible(reason.name)}`
    case 'image-missing':
      return 'its image does not exist any more'
    case 'expired':
      return `it is older than it may be${reason.builtAt === undefined ? '' : `, built ${reason.builtAt}`}`
    case 'unknown-range':
      return `what changed is not known: ${visible(reason.problem)}`
  }
}

/** Why an image was decided upon as it was, as one line of plain text. */
export function decisionText(decision: Decision): string {
  switch (decision.kind) {
    case 'rebuild':
      return decision.reasons.map(reasonText).join('; ')
    case 'reuse':
      return WHERE_FOUND[decision.found]
    case 'skip':
      return decision.isUnneeded ? 'no image that is built needs it' : 'not asked for'
  }
}

function dockerfileText(lines: readonly number[]): string {
  if (lines.length === 0) return 'Dockerfile changed'
  const names = lines.map(String)
  return `Dockerfile changed in line${lines.length === 1 ? '' : 's'} ${listed(names, names.length)}`
}

function filesText(reason: FilesReason): string {
  const counts = [
    { verb: 'added', count: reason.added ?? 0 },
    { verb: 'modified', count: reason.modified ?? 0 },
    { verb: 'removed', count: reason.removed ?? 0 },
  ].filter(({ count }) => count > 0)
  const paths = reason.paths ?? []
  const total = counts.reduce((sum, { count }) => sum + count, 0)
  const [first, ...others] = counts
  if (first === undefined)
    return paths.length === 0 ? 'files changed' : `files changed: ${listed(paths, paths.length)}`

  const verb = others.length === 0 ? first.verb : 'changed'
  const names = paths.length === 0 ? '' : `: ${listed(paths, total)}`
  const parts =
    others.length === 0 ? '' : ` (${counts.map((part) => `${part.count} ${part.verb}`).join(', ')})`
  return `${total} ${total === 1 ? 'file' : 'files'} ${verb}${names}${parts}`
}

function changedText(noun: string, names: readonly string[]): string {
  if (names.length === 0) return `${noun}s changed`
  return `${noun}${names.length === 1 ? '' : 's'} ${listed(names, names.length)} changed`
}

function upstreamText({ ref, from, to }: Extract<ChangeReason, { kind: 'upstream' }>): string {
  const image = `image ${ending(visible(ref), LONGEST_NAME)}`
  if (from === undefined) return `${image} counts now${to === undefined ? '' : `, as ${shortDigest(to)}`}`
  return to === undefined
    ? `${image} counts no more`
    : `${image} moved from ${shortDigest(from)} to ${shortDigest(to)}`
}

/** As Docker shortens digests. */
function shortDigest(digest: string): string {
  return digest.replace(/^sha256:/, '').slice(0, 12)
}

/** The first of the names; `total` says how many there are in all, of which `names` may be only some. */
function listed(names: readonly string[], total: number): string {
  const shown = names.slice(0, SHOWN_NAMES).map((name) => ending(visible(name), LONGEST_NAME))
  const more = Math.max(total, names.length) - shown.length
  return more === 0 ? shown.join(', ') : `${shown.join(', ')} and ${more} more`
}
