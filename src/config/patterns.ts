import type { Failure } from '../model/failure.js'
import type { Checked } from './checked.js'
import { invalid } from './invalid.js'
import { LINE, splitList } from './pairs.js'
import { folderPath } from './paths.js'
import type { SectionReader, Setting } from './section.js'

/** What a pattern of gitignore can hold although it then matches nothing, or not what was meant, with the mend. */
const MEANINGLESS: readonly (readonly [RegExp, string])[] = [
  [/^$/, 'names nothing; write what to match, such as `docs/**`'],
  [/^!$/, 'alone takes back nothing; write `!` and what to take back, such as `!docs/**`'],
  [/^#/, 'is a comment in an ignore file; write `\\#` for a file whose name starts so'],
  [/^!?[a-z]:[\\/]/i, 'is outside the repository; write a pattern relative to the repository root'],
  [
    /^!?(?:.*\/)?\.\.(?:\/|$)/,
    'holds `..`, which no path within the repository has; write the pattern from the repository root',
  ],
  [/(?<!\\)(?:\\\\)*\\(?:[\p{L}\p{N}._/-]|$)/u, 'holds a backslash; write `/` between folders'],
  [
    /(?<!\\)\{[^{}]*,[^{}]*\}/,
    'holds a list in `{}`, which ignore files do not know; write one pattern for each, or `\\{` for the character',
  ],
]

/** A complete `[…]`, in which a `]` that stands first is a member, or a character that a backslash makes plain. */
const PLAIN_OR_CLASS = /\\.|\[(?:[!^]|(?![!^]))(?:\\.|\[:[a-z]+:\]|[^\\])(?:\\.|\[:[a-z]+:\]|[^\]\\])*\]/g

/** A pattern of gitignore, relative to the repository root, unless it could never match anything. */
export function pattern(text: string): Checked<string> {
  if (/\p{Cc}/u.test(text)) return { problem: 'the pattern holds a control character or a line break' }
  const problem = MEANINGLESS.find(([sign]) => sign.test(text))?.[1]
  if (problem !== undefined) return { problem: `\`${text}\` ${problem}` }
  if (text.replace(PLAIN_OR_CLASS, '').includes('[')) {
    return {
      problem: `\`${text}\` opens a \`[\` that nothing closes; write \`\\[\` for the character itself`,
    }
  }
  const mended = withoutEmptyParts(text)
  return mended === text ? { value: text } : { problem: `\`${text}\` matches nothing; write \`${mended}\`` }
}

/** `./docs//api/` as `/docs/api/`: no path that patterns are held against has a part that is empty or `.`. */
function withoutEmptyParts(text: string): string {
  const [, not = '', start = '', body = '', end = ''] = /^(!?)((?:\.?\/)*)(.*?)(\/*)$/.exec(text) ?? []
  const parts = body.split('/').filter((part) => part !== '' && part !== '.')
  if (parts.length === 0) return `${not}**`
  return `${not}${start === '' ? '' : '/'}${parts.join('/')}${end === '' ? '' : '/'}`
}

/** Inputs beyond what the Dockerfile takes. */
export function readPaths(reader: SectionReader): readonly string[] | undefined {
  const patterns = reader.list('paths', LINE, pattern)
  if (patterns !== undefined && takesNothing(patterns)) reader.fail('paths', ONLY_TAKEN_BACK)
  return patterns
}

/** What an earlier step makes → patterns of its sources. */
export function readGenerated(reader: SectionReader, failures: Failure[]): Map<string, readonly string[]> {
  const generated = new Map<string, readonly string[]>()
  for (const [name, setting] of reader.map('generated')) {
    const path = madePath(name)
    if ('problem' in path) {
      failures.push(invalid(`\`${setting.path}\`: ${path.problem}`, setting.key))
      continue
    }
    if (generated.has(path.value))
      failures.push(invalid(`\`${setting.path}\`: \`${path.value}\` is set twice`, setting.key))
    generated.set(path.value, readSources(setting, failures))
  }
  return generated
}

const ONLY_TAKEN_BACK = 'has only patterns with `!`, which take in nothing; name first what counts'

function takesNothing(patterns: readonly string[]): boolean {
  return patterns.length > 0 && patterns.every((text) => text.startsWith('!'))
}

function madePath(text: string): Checked<string> {
  if (/[*?]/.test(text))
    return { problem: `\`${text}\` is a pattern; name the one file or folder that is made` }
  const checked = folderPath(text)
  if (!('value' in checked) || checked.value !== '') return checked
  return { problem: `\`${text}\` is the whole repository; name the file or folder that is made in it` }
}

/** `setting` has the shape of a list of texts. */
function readSources({ node, path, key }: Setting, failures: Failure[]): string[] {
  const written =
    node.kind === 'list'
      ? node.items.map((item) => ({
          text: item.kind === 'scalar' ? item.source.trim() : '',
          place: item.place,
        }))
      : splitList(node.kind === 'scalar' ? node.source : '', LINE).map((text) => ({
          text,
          place: node.place,
        }))
  for (const { text, place } of written) {
    const checked = pattern(text)
    if ('problem' in checked) failures.push(invalid(`\`${path}\`: ${checked.problem}`, place))
  }
  const sources = written.map(({ text }) => text)
  if (sources.length === 0)
    failures.push(
      invalid(`\`${path}\` has no source; name at least one pattern of the files it is made from`, key),
    )
  if (takesNothing(sources)) failures.push(invalid(`\`${path}\` ${ONLY_TAKEN_BACK}`, node.place))
  return sources
}
