import { type Failure, failed, type Result, unless } from '../../model/failure.js'
import { Attributes } from './attributes.js'
import type { TagFacts } from './facts.js'
import { parseFields } from './fields.js'
import { GLOBAL_SCOPE, SCHEDULE_SCOPE } from './scope.js'
import type { Template } from './template.js'
import { type Version, VERSION_SCOPE } from './version.js'

/** A rule that is understood, whether or not it applies to the run. */
export interface TagRule {
  readonly source: TagSource
  readonly enable: Template<TagFacts>
  readonly prefix: Template<TagFacts>
  readonly suffix: Template<TagFacts>
}

/** Where a tag's text comes from. An empty `value` stands for the git tag of the run. */
export type TagSource =
  | { readonly type: 'sha'; readonly format: 'short' | 'long' }
  | { readonly type: 'ref'; readonly event: 'branch' | 'tag' | 'pr' }
  | { readonly type: 'raw'; readonly value: Template<TagFacts> }
  /** An empty `branch` stands for the default branch. */
  | { readonly type: 'edge'; readonly branch: string }
  | { readonly type: 'schedule'; readonly pattern: Template<TagFacts> }
  | {
      readonly type: 'semver'
      readonly pattern: Template<Version>
      readonly value: Template<TagFacts>
      /** Its first group is the version within the text. */
      readonly match: RegExp | undefined
    }
  | {
      readonly type: 'match'
      readonly pattern: RegExp
      readonly group: number
      readonly value: Template<TagFacts>
    }

/** Understands one rule as docker/metadata-action's `Parse` does; the failures are all that is wrong with it. */
export function parseRule(text: string): Result<TagRule> {
  const fields = parseFields(text)
  if ('problem' in fields) return failed(usage(text, fields.problem))
  const attributes = new Attributes(fields.value)
  if (fields.value.get('type') === 'pep440') return failed(usage(text, ELSEWHERE))
  const type = attributes.choice('type', TYPES, 'raw')
  // What else it may say depends on the type.
  const [problem] = attributes.problems
  if (problem !== undefined) return failed(usage(text, problem))
  if (type === 'raw' && IMAGE.test(fields.value.get('value') ?? '')) return failed(usage(text, NAME_ONLY))
  const source = sourceOf(type, attributes)
  const rule: TagRule = {
    source,
    enable: attributes.template('enable', GLOBAL_SCOPE, 'true'),
    prefix: attributes.template('prefix', GLOBAL_SCOPE, defaultPrefix(source)),
    suffix: attributes.template('suffix', GLOBAL_SCOPE, ''),
  }
  attributes.number('priority', 0)
  attributes.refuseOthers()
  return unless(
    attributes.problems.map((problem) => usage(text, problem)),
    rule,
  )
}

export function usage(rule: string, problem: string): Failure {
  return { kind: 'usage', message: `tags: rule \`${rule}\`: ${problem}` }
}

const TYPES = ['sha', 'ref', 'raw', 'edge', 'schedule', 'semver', 'match'] as const

const ELSEWHERE =
  '`type=pep440` is not supported; use docker/metadata-action and pass its output `tag-names` as `tags`'

/** Text with a path and a tag; made into a tag, `ghcr.io/acme/app:v1` would be `ghcr.io-acme-app-v1`. */
const IMAGE = /^[^{}]*\/[^{}]*:/

const NAME_ONLY =
  'this names an image; write the tag alone (docker/metadata-action has it in its output `tag-names`)'

function sourceOf(type: TagSource['type'], attributes: Attributes): TagSource {
  switch (type) {
    case 'sha':
      return { type, format: attributes.choice('format', ['short', 'long'], 'short') }
    case 'ref':
      return { type, event: attributes.choice('event', ['branch', 'tag', 'pr']) }
    case 'raw':
      return { type, value: attributes.template('value', GLOBAL_SCOPE) }
    case 'edge':
      return { type, branch: attributes.text('branch', '') }
    case 'schedule':
      return { type, pattern: attributes.template('pattern', SCHEDULE_SCOPE, 'nightly') }
    case 'semver':
      return {
        type,
        pattern: attributes.template('pattern', VERSION_SCOPE),
        value: attributes.template('value', GLOBAL_SCOPE, ''),
        match: attributes.firstGroupOf('match'),
      }
    case 'match':
      return {
        type,
        ...attributes.groupOf('pattern', 'group'),
        value: attributes.template('value', GLOBAL_SCOPE, ''),
      }
  }
}

function defaultPrefix(source: TagSource): string {
  if (source.type === 'sha') return 'sha-'
  return source.type === 'ref' && source.event === 'pr' ? 'pr-' : ''
}
