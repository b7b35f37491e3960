import { failed, type Failure, ok, type Result, unless } from '../model/failure.js'
import type { Checked } from './checked.js'
import type { TagFacts } from './tags/facts.js'
import { parseRule, type TagRule, usage } from './tags/rule.js'
import { textOf } from './tags/source.js'
import { fill, uses } from './tags/template.js'

export interface Tag {
  readonly name: string
  /**
   * Whether later commits get this tag in turn, so that an older commit must not take it back. A tag that names a
   * commit or one whole version does not move.
   */
  readonly moves: boolean
}

/** The rules of input `tags` when none are given: commit, branch, tag, pull request. */
export const DEFAULT_TAG_RULES = [
  'type=sha',
  'type=ref,event=branch',
  'type=ref,event=tag',
  'type=ref,event=pr',
]

/**
 * Tags that the rules give for a run, each once, in the order of the rules; `usage` lists all that cannot be understood
 * in any rule. The rules are those of docker/metadata-action v6 (README, "`tags` input"), except that
 *
 * - `latest` is never added on its own, as `flavor` does there; `type=raw,value=latest,enable={{is_default_branch}}` does;
 * - `type=sha` and `{{sha}}` are, in a pull request, the head that its author knows;
 * - `priority` orders nothing, as no tag goes before another here;
 * - `type=pep440`, and whatever that action ignores (unknown attributes and expressions), is refused;
 * - a line without `=` may hold several plain tags, separated by commas.
 */
export function resolveTags(lines: readonly string[], facts: TagFacts): Result<readonly Tag[]> {
  const tags = new Map<string, Tag>()
  const failures: Failure[] = []
  for (const rule of lines.flatMap(rulesOf)) {
    const tag = resolveRule(rule, facts)
    if (!tag.ok) failures.push(...tag.failures)
    else if (tag.value !== undefined) {
      const { name, moves } = tag.value
      tags.set(name, { name, moves: moves || tags.get(name)?.moves === true })
    }
  }
  return unless(failures, [...tags.values()])
}

/** A line that starts with `#` is a comment. */
function rulesOf(line: string): string[] {
  const text = line.trim()
  if (text.startsWith('#')) return []
  const rules = text.includes('=') ? [text] : text.split(',').map((tag) => tag.trim())
  return rules.filter((rule) => rule !== '')
}

function resolveRule(text: string, facts: TagFacts): Result<Tag | undefined> {
  const rule = parseRule(text)
  if (!rule.ok) return rule
  const tag = tagOf(rule.value, facts)
  return 'problem' in tag ? failed(usage(text, tag.problem)) : ok(tag.value)
}

function tagOf(rule: TagRule, facts: TagFacts): Checked<Tag | undefined> {
  const enabled = fill(rule.enable, facts)
  if ('problem' in enabled) return enabled
  if (enabled.value === 'false') return { value: undefined }
  if (enabled.value !== 'true')
    return { problem: `\`enable\` is \`${enabled.value}\`; it must be \`true\` or \`false\`` }
  const source = textOf(rule.source, facts)
  if ('problem' in source) return source
  if (source.value === undefined) return { value: undefined }
  const { text, moves } = source.value
  const affixed = fill([...rule.prefix, text, ...rule.suffix], facts)
  if ('problem' in affixed) return affixed
  const isRef = rule.source.type === 'ref'
  const name = isRef ? fitted(sanitized(affixed.value)) : sanitized(affixed.value)
  if (name === '') return { value: undefined }
  const problem = problemOf(name)
  if (problem !== undefined) return { problem }
  const namesCommit = uses(rule.prefix, 'sha') || uses(rule.suffix, 'sha')
  return { value: { name, moves: moves && !namesCommit } }
}

/** metadata-action's `sanitizeTag`. */
function sanitized(text: string): string {
  return text.replace(/[^A-Za-z0-9._-]+/g, '-')
}

/** A ref may be named as no tag can begin and longer than a tag can be; whatever else is so was written so. */
function fitted(name: string): string {
  return name.replace(/^[.-]+/, '').slice(0, 128)
}

/** OCI distribution specification 1.1, section "Pulling manifests": a tag is `[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}`. */
function problemOf(name: string): string | undefined {
  if (/^[.-]/.test(name))
    return `\`${name}\` is not a valid tag; make it start with a letter, a digit or \`_\`, or switch the rule off with \`enable=\``
  if (name.length > 128) return `\`${name}\` is not a valid tag; make it no longer than 128 characters`
  if (/^(?:pr-)?(?:fp|lock|try)-[0-9a-f]{32}$/.test(name))
    return `\`${name}\` is kept for fingerprints; choose another name`
  return undefined
}
