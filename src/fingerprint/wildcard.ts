/*
 * Wildcards of COPY and ADD: each part of a path is compared by the rules of Go's filepath.Match, which is what
 * BuildKit documents for them.
 */

/** Whether a part of a path is a pattern; a backslash takes the meaning from what follows it. */
export function isWildcard(part: string): boolean {
  return /^(?:[^\\*?[]|\\.)*[*?[]/su.test(part)
}

/** A name as it stands on the disk, of a part that is no pattern; a backslash at its end is one before the `/`. */
export function literalName(part: string): string {
  return part.replace(/\\(.|$)/gsu, '$1')
}

/** Names as parts of a path that are no patterns. */
export function quoted(path: string): string {
  return path.replace(/[\\*?[]/g, String.raw`\$&`)
}

const CHARACTER = String.raw`(?:\\.|[^\]\\-])`
const TOKEN = new RegExp(String.raw`\*|\?|\[\^?(?:${CHARACTER}(?:-${CHARACTER})?)+\]|\\.|[^*?[\\]`, 'suy')

/**
 * The pattern of one part of a path; `undefined` for what Go refuses, and for a class that would match the `/`
 * between two parts, as then parts cannot be compared one by one.
 */
export function wildcard(part: string): RegExp | undefined {
  let source = ''
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < part.length) {
    const token = TOKEN.exec(part)?.[0]
    const piece = token && sourceOf(token)
    if (piece === undefined) return undefined
    source += piece
  }
  return new RegExp(`^${source}$`, 'u')
}

function sourceOf(token: string): string | undefined {
  if (token === '*') return '[^/]*'
  if (token === '?') return '[^/]'
  if (token.startsWith('\\')) return escaped(token)
  return token.startsWith('[') && token.length > 1 ? classOf(token) : escaped(token)
}

function classOf(token: string): string | undefined {
  if (token.startsWith('[^')) return undefined
  const parts: string[] = []
  for (const [, low = '', high = low] of token.slice(1, -1).matchAll(/(\\.|[^\\])(?:-(\\.|[^\\]))?/gsu)) {
    const [first, last] = [codePoint(low), codePoint(high)]
    // Go takes a range that is the wrong way round for one that matches nothing.
    if (first > last) continue
    if (first <= SLASH && SLASH <= last) return undefined
    parts.push(`\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`)
  }
  return parts.length === 0 ? '(?!)' : `[${parts.join('')}]`
}

const SLASH = 0x2f

/** Of a character, with or without a backslash before it. */
function codePoint(character: string): number {
  return character.replace(/^\\(?=.)/su, '').codePointAt(0) ?? 0
}

function escaped(character: string): string {
  return `\\u{${codePoint(character).toString(16)}}`
}
