import { type Failure, type Result, unless } from '../model/failure.js'

/** What tag rules are filled in from. */
export interface TagFacts {
  /** The commit that a person knows: in a pull request its head, not the merge that is checked out. */
  readonly commit: string
  readonly ref?: string
  readonly pullRequest?: number
}

/** The rules of input `tags` when none are given: commit, branch, tag, pull request. */
export const DEFAULT_TAG_RULES = [
  'type=sha',
  'type=ref,event=branch',
  'type=ref,event=tag',
  'type=ref,event=pr',
]

/** OCI distribution specification 1.1, section "Pulling manifests": a tag. */
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/

/**
 * Tags that the rules give for a run, without duplicates, in the order of the rules. A rule is a plain tag or one of
 * docker/metadata-action's `type=sha`, `type=ref` and `type=raw`, with `prefix=`, `suffix=` and `enable=`; a rule that
 * does not apply to the run (a branch rule on a tag) gives none. `usage` lists every rule that cannot be understood.
 */
export function resolveTags(rules: readonly string[], facts: TagFacts): Result<string[]> {
  const tags = new Set<string>()
  const failures: Failure[] = []
  for (const rule of rules) {
    const tag = rule.includes('=') ? tagOfRule(rule, facts) : rule
    if (typeof tag === 'object') failures.push(usage(rule, tag.problem))
    else if (tag === undefined) continue
    else if (/^(?:fp|lock|try)-[0-9a-f]{32}$/.test(tag))
      failures.push(usage(rule, 'tags of this form are kept for fingerprints'))
    else if (!TAG.test(tag)) failures.push(usage(rule, `\`${tag}\` is not a valid tag`))
    else tags.add(tag)
  }
  return unless(failures, [...tags])
}

const TAG_FIELDS = ['type', 'enable', 'priority', 'prefix', 'suffix', 'value', 'event', 'format', 'pattern']

function tagOfRule(rule: string, facts: TagFacts): string | undefined | { problem: string } {
  const fields = new Map<string, string>()
  for (const part of rule.split(',')) {
    const equals = part.indexOf('=')
    if (equals === -1) return { problem: `\`${part}\` is not key=value` }
    const key = part.slice(0, equals).trim()
    if (!TAG_FIELDS.includes(key)) return { problem: `\`${key}\` is not one of ${TAG_FIELDS.join(', ')}` }
    fields.set(key, part.slice(equals + 1).trim())
  }
  const enable = fields.get('enable') ?? 'true'
  if (enable !== 'true' && enable !== 'false') return { problem: '`enable` is `true` or `false`' }
  const value = valueOfRule(fields, facts)
  if (typeof value === 'object') return value
  if (value === undefined || value === '' || enable === 'false') return undefined
  const tag = `${fields.get('prefix') ?? defaultPrefix(fields)}${value}${fields.get('suffix') ?? ''}`
  // Only the name of a branch or tag is cut to a tag's length; whatever else is too long was written so.
  return fields.get('type') === 'ref' ? tag.slice(0, 128) : tag
}

function defaultPrefix(fields: ReadonlyMap<string, string>): string {
  if (fields.get('type') === 'sha') return 'sha-'
  return fields.get('event') === 'pr' ? 'pr-' : ''
}

function valueOfRule(
  fields: ReadonlyMap<string, string>,
  facts: TagFacts,
): string | undefined | { problem: string } {
  const type = fields.get('type') ?? 'raw'
  switch (type) {
    case 'sha':
      return fields.get('format') === 'long' ? facts.commit : facts.commit.slice(0, 7)
    case 'raw':
      return fields.get('value') ?? { problem: '`type=raw` needs `value=`' }
    case 'ref':
      return valueOfRef(fields.get('event'), facts)
    case 'semver':
    case 'schedule':
      return { problem: `\`type=${type}\` is not supported by this version yet` }
    default:
      return { problem: `\`type=${type}\` is not one of sha, ref, raw` }
  }
}

function valueOfRef(event: string | undefined, facts: TagFacts): string | undefined | { problem: string } {
  switch (event) {
    case 'branch':
      return sanitized(facts.ref, 'refs/heads/')
    case 'tag':
      return sanitized(facts.ref, 'refs/tags/')
    case 'pr':
      return facts.pullRequest === undefined ? undefined : String(facts.pullRequest)
    case undefined:
    default:
      return { problem: '`type=ref` needs `event=branch`, `event=tag` or `event=pr`' }
  }
}

/** The short name of a ref of this kind, with what a tag may not hold replaced by `-`, as metadata-action does. */
function sanitized(ref: string | undefined, prefix: string): string | undefined {
  if (ref === undefined || !ref.startsWith(prefix)) return undefined
  return ref
    .slice(prefix.length)
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[.-]+/, '')
}

function usage(rule: string, problem: string): Failure {
  return { kind: 'usage', message: `tags: rule \`${rule}\`: ${problem}` }
}
