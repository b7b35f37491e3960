import { normalize } from 'node:path/posix'

/** One line of an ignore file that is neither empty nor a comment. */
export interface IgnorePattern {
  /** Written with `!`. */
  readonly keeps: boolean
  /** Whether it speaks of this very path; what it says of a folder above is not asked here. */
  readonly matches: (path: string) => boolean
  /** Every path that it matches starts with this; a pattern without wildcards ends with NUL, as no path does. */
  readonly start: string
}

const SPACE_AROUND = /^(?:(?!\uFEFF)\s|\u0085)+|(?:(?!\uFEFF)\s|\u0085)+$/g

/** `undefined` for a pattern that BuildKit refuses, or whose meaning as one of Go's regular expressions is unclear. */
export function parsePattern(line: string): IgnorePattern | undefined {
  // Cleaned twice, as BuildKit reads the file first and its patterns later: `./!a` is an exception, as `!a` is.
  const written = trimSpace(line)
  const isException = written.startsWith('!')
  const short = withoutRoot(clean(trimSpace(isException ? written.slice(1) : written)))
  const whole = clean(trimSpace(isException ? `!${short}` : short))
  const keeps = whole.startsWith('!')
  const pattern = keeps ? whole.slice(1) : whole
  const matches = pattern === '' ? undefined : matcher(pattern)
  return matches && { keeps, matches, start: startOf(pattern) }
}

function startOf(pattern: string): string {
  const wildcard = pattern.search(/[*?[\]\\]/)
  return wildcard === -1 ? `${pattern}\0` : pattern.slice(0, wildcard)
}

/** Go's strings.TrimSpace: JavaScript's `trim` takes U+FEFF as well and leaves U+0085. */
export function trimSpace(text: string): string {
  return text.replace(SPACE_AROUND, '')
}

/** Go's filepath.Clean, except that nothing stays nothing. */
function clean(pattern: string): string {
  if (pattern === '') return ''
  const normal = normalize(pattern)
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal
}

/** `/a` and `a` mean the same. */
function withoutRoot(pattern: string): string {
  return pattern.length > 1 && pattern.startsWith('/') ? pattern.slice(1) : pattern
}

/** The special forms that patternmatcher compares as text come first: `a`, `a**`, `**a`; all else is an expression. */
function matcher(pattern: string): ((path: string) => boolean) | undefined {
  if (!/[*?[\]\\]/.test(pattern)) return (path) => path === pattern
  // Go's scanner skips a byte order mark at the very start, but its comparisons as text do not.
  if (pattern.startsWith('\uFEFF')) return undefined
  if (/^[^*?[\]\\]+\*\*$/.test(pattern)) {
    const prefix = pattern.slice(0, -2)
    return (path) => path.startsWith(prefix)
  }
  if (/^\*\*[^*?[\]\\]*$/.test(pattern)) {
    const suffix = pattern.slice(2)
    return (path) => path.endsWith(suffix) || (suffix.startsWith('/') && path === suffix.slice(1))
  }
  const source = expression(pattern)
  if (source === undefined) return undefined
  const regex = new RegExp(`^${source}$`, 'u')
  return (path) => regex.test(path)
}

/** One character of a `[class]`; Go would read `*`, `?` and `[:` there in ways of its own. */
const IN_CLASS = String.raw`(?:(?!\[:)[^\]\\*?-]|\\[\0-/:-@[-\x60{-\x7f])`
const TOKEN = new RegExp(
  String.raw`\*\*/?|\*|\?|\[\^?(?:${IN_CLASS}(?:-${IN_CLASS})?)+\]|\\[\0-\x7f]|[^*?[\\]`,
  'suy',
)

/** What a letter means after a backslash, which patternmatcher hands on to Go's regular expressions. */
const ESCAPES: Readonly<Record<string, string>> = {
  a: '\\x07',
  f: '\\f',
  n: '\\n',
  r: '\\r',
  t: '\\t',
  v: '\\v',
  A: '^',
  z: '$',
  b: '\\b',
  B: '\\B',
  d: '\\d',
  D: '\\D',
  w: '\\w',
  W: '\\W',
  s: '[\\t\\n\\f\\r ]',
  S: '[^\\t\\n\\f\\r ]',
}

/** JavaScript source of a pattern; `undefined` for what Go would refuse or understand as more than this. */
function expression(pattern: string): string | undefined {
  let source = ''
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < pattern.length) {
    const token = TOKEN.exec(pattern)?.[0]
    const part = token && sourceOf(token, TOKEN.lastIndex === pattern.length)
    if (part === undefined) return undefined
    source += part
  }
  return isExpression(source) ? source : undefined
}

/** Text for the newest patternmatcher, operators of a regular expression for those before 2025: BuildKit has either. */
const OPERATORS = new Set('+()|{}')

function sourceOf(token: string, isLast: boolean): string | undefined {
  if (token.startsWith('**')) return isLast ? '[^\\n]*' : '(?:[^\\n]*/)?'
  if (token === '*') return '[^/]*'
  if (token === '?') return '[^/]'
  // Not escaped by patternmatcher: the start of the path, wherever it stands.
  if (token === '^') return '^'
  if (token.startsWith('\\'))
    return /[A-Za-z0-9]/.test(token) ? ESCAPES[token.slice(1)] : literal(token.slice(1))
  if (!token.startsWith('[')) return OPERATORS.has(token) ? undefined : literal(token)
  const [, open = '', characters = ''] = /^(\[\^?)(.*)\]$/su.exec(token) ?? []
  return `${open}${characters.replace(/\\(.)|[^-]/gsu, (char, escaped?: string) => literal(escaped ?? char))}]`
}

function literal(char: string): string {
  return `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`
}

/** A class such as `[z-a]` passes the token pattern and is refused only here, as Go refuses it. */
function isExpression(source: string): boolean {
  try {
    return new RegExp(source, 'u').source !== ''
  } catch {
    return false
  }
}
