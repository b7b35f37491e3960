/** What Go's `unicode.IsSpace` is true for: JavaScript's `\s` has U+FEFF as well and lacks U+0085. */
const SPACE = '\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'
const ONE = new RegExp(`^[${SPACE}]$`)
const LEADING = new RegExp(`^[${SPACE}]+`)
const TRAILING = new RegExp(`[${SPACE}]$`)

export function isSpace(char: string): boolean {
  return ONE.test(char)
}

export function trimLeft(text: string): string {
  return text.replace(LEADING, '')
}

export function trimBoth(text: string): string {
  let end = text.length
  while (end > 0 && TRAILING.test(text.slice(end - 1, end))) end--
  return trimLeft(text.slice(0, end))
}

/** White space that ends a keyword or an argument; other space of Unicode is part of it. */
const BETWEEN = /[\t\v\f\r ]+/

export function splitAtSpace(text: string): string[] {
  return text.split(BETWEEN)
}

/** The part before the first white space, and the part after it if there is any white space. */
export function cutAtSpace(text: string): [string, string | undefined] {
  const found = BETWEEN.exec(text)
  return found ? [text.slice(0, found.index), text.slice(found.index + found[0].length)] : [text, undefined]
}
