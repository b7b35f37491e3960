import type { Checked } from '../checked.js'
import { branchOf, gitTagOf, isDefaultBranch, shortCommit, type TagFacts } from './facts.js'
import type { TagSource } from './rule.js'
import { fill, type Template, uses } from './template.js'
import { parseVersion, versionText } from './version.js'

/** A tag before prefix and suffix; see `Tag.moves`. */
export interface TagText {
  readonly text: string
  readonly moves: boolean
}

type Source<Type extends TagSource['type']> = Extract<TagSource, { readonly type: Type }>

const NONE = { value: undefined }

/** The text that a rule gives in this run, as metadata-action's `proc…` functions do; `undefined`: it does not apply. */
export function textOf(source: TagSource, facts: TagFacts): Checked<TagText | undefined> {
  switch (source.type) {
    case 'sha':
      return fixed(source.format === 'long' ? facts.commit : shortCommit(facts))
    case 'ref':
      return refText(source.event, facts)
    case 'raw':
      return filled(source.value, facts)
    case 'edge':
      return edgeText(source, facts)
    case 'schedule':
      return facts.isScheduled ? filled(source.pattern, facts) : NONE
    case 'semver':
      return semverText(source, facts)
    case 'match':
      return matchText(source, facts)
  }
}

function refText(event: Source<'ref'>['event'], facts: TagFacts): Checked<TagText | undefined> {
  switch (event) {
    case 'branch':
      return moving(branchOf(facts))
    case 'tag':
      return fixed(gitTagOf(facts))
    case 'pr':
      return moving(facts.pullRequest?.toString())
  }
}

function edgeText(source: Source<'edge'>, facts: TagFacts): Checked<TagText | undefined> {
  const branch = branchOf(facts)
  if (branch === undefined) return NONE
  const applies = source.branch === '' ? isDefaultBranch(facts) : { value: branch === source.branch }
  if ('problem' in applies) return applies
  return applies.value ? moving('edge') : NONE
}

function semverText(source: Source<'semver'>, facts: TagFacts): Checked<TagText | undefined> {
  const subject = subjectOf(source.value, facts)
  if ('problem' in subject) return subject
  if (subject.value === undefined) return NONE
  // What `match` does not match counts as a whole; it is hardly a version then.
  const raw = source.match?.exec(subject.value)?.[1] ?? subject.value
  const version = parseVersion(raw.replaceAll('/', '-'))
  return version === undefined ? NONE : versionText(source.pattern, version)
}

function matchText(source: Source<'match'>, facts: TagFacts): Checked<TagText | undefined> {
  const subject = subjectOf(source.value, facts)
  if ('problem' in subject) return subject
  if (subject.value === undefined) return NONE
  return moving(source.pattern.exec(subject.value)?.[source.group])
}

/** What a version is looked for in: the rule's `value`, else the git tag of the run. */
function subjectOf(value: Template<TagFacts>, facts: TagFacts): Checked<string | undefined> {
  return value.length === 0 ? { value: gitTagOf(facts) } : fill(value, facts)
}

function filled(template: Template<TagFacts>, facts: TagFacts): Checked<TagText> {
  const text = fill(template, facts)
  return 'problem' in text ? text : { value: { text: text.value, moves: !uses(template, 'sha') } }
}

function moving(text: string | undefined): Checked<TagText | undefined> {
  return text === undefined ? NONE : { value: { text, moves: true } }
}

function fixed(text: string | undefined): Checked<TagText | undefined> {
  return text === undefined ? NONE : { value: { text, moves: false } }
}
