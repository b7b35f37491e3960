/** A pattern of a substitution such as `${x#*.}`: `*`, `?` and escaped characters, but no `[classes]`. */
export interface ShellPattern {
  readonly text: string
  /** `*` takes as much as it can. */
  readonly isLongest: boolean
}

/** `undefined` for an escape that BuildKit refuses. */
export function patternOf(pattern: ShellPattern, anchor = ''): RegExp | undefined {
  const text = pattern.text.startsWith('\uFEFF') ? pattern.text.slice(1) : pattern.text
  const chars = Array.from(text)
  let source = anchor
  for (let at = 0; at < chars.length; at++) {
    let char = chars[at] ?? ''
    if (char === '*') {
      source += pattern.isLongest ? '[^\\n]*' : '[^\\n]*?'
      continue
    }
    if (char === '?') {
      source += '[^\\n]'
      continue
    }
    if (char === '\\') {
      const next = chars[at + 1]
      // A brace or slash had to be escaped to get here; its escape is no part of the pattern.
      if (next === '}' || next === '/') continue
      if (next !== '*' && next !== '?' && next !== '\\') return undefined
      char = next
      at++
    }
    source += `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`
  }
  return new RegExp(source, 'gu')
}

export function withoutPrefix(value: string, pattern: ShellPattern): string | undefined {
  const regex = patternOf(pattern, '^')
  if (regex === undefined) return undefined
  const found = regex.exec(value)
  return found ? value.slice(found[0].length) : value
}

/** The shortest suffix is found from the end, so both are turned around. */
export function withoutSuffix(value: string, pattern: ShellPattern): string | undefined {
  const rest = withoutPrefix(reversed(value), { ...pattern, text: reversedPattern(pattern.text) })
  return rest === undefined ? undefined : reversed(rest)
}

/** `regex` comes from `patternOf` and is at its start. */
export function firstMatch(value: string, regex: RegExp, replacement: string): string {
  const found = regex.exec(value)
  if (!found) return value
  return value.slice(0, found.index) + replacement + value.slice(found.index + found[0].length)
}

/** As Go replaces: an empty match right after another match does not count. */
export function replaceAll(value: string, regex: RegExp, replacement: string): string {
  let end = -1
  return value.replace(regex, (match: string, offset: number) => {
    if (match === '' && offset === end) return ''
    end = offset + match.length
    return replacement
  })
}

function reversed(text: string): string {
  return Array.from(text).reverse().join('')
}

function reversedPattern(text: string): string {
  return (text.match(/\\[^]|[^]/gu) ?? []).reverse().join('')
}
